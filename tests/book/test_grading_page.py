"""The page on grading shows what the commands print, and its check is one."""

import json
import re
import shutil
import subprocess
import sys
from pathlib import Path

import jsonschema
import pytest

from lintutor.autograder.reports import schema
from lintutor.cli import front

ROOT = Path(__file__).resolve().parents[2]
PAGE = (ROOT / "book" / "grading.md").read_text(encoding="utf-8")
NAME = "ch03_hinge_loss.py"
SOLUTION = (ROOT / "solutions" / NAME).read_text(encoding="utf-8")
ONLY = ["--only", "hinge_loss_one", "--only", "svm_loss_vectorized"]


def lintutor(*arguments, cwd=ROOT):
    command = [sys.executable, "-m", "lintutor", *map(str, arguments)]
    return subprocess.run(command, cwd=cwd, capture_output=True, text=True, encoding="utf-8")


@pytest.fixture(scope="module")
def handed_in(tmp_path_factory):
    """The three submissions of the page."""
    top = tmp_path_factory.mktemp("page")
    folder = top / "handed_in"
    for name in ("anna", "ben"):
        (folder / name).mkdir(parents=True)
    (folder / "anna" / NAME).write_text(SOLUTION, encoding="utf-8")
    start = SOLUTION.index("BEGIN SOLUTION", SOLUTION.index("def svm_loss_vectorized"))
    halved = SOLUTION[:start] + SOLUTION[start:].replace("2 * reg * W", "reg * W", 1)
    assert halved != SOLUTION
    (folder / "ben" / NAME).write_text(halved, encoding="utf-8")
    lines = SOLUTION.splitlines(keepends=True)
    (at,) = [number for number, line in enumerate(lines) if line.startswith("def hinge_loss_one")]
    lines[at] = "def hinge_loss_one(s, y,\n"
    (folder / "chen.py").write_text("".join(lines), encoding="utf-8")
    return folder


def block(opening):
    """The one block of the page that opens with this."""
    (found,) = re.findall(rf"^```{re.escape(opening)}(.*?)^```", PAGE, re.MULTILINE | re.DOTALL)
    return found


def without_what_changes(text):
    """Without times and the level, which differ from machine to machine."""
    text = re.sub(r"isolation: [\w ]+", "isolation", text)
    return [re.sub(r"\d+\.\d$", "time", line.rstrip()) for line in text.strip().splitlines()]


def test_the_table_is_what_the_command_prints(handed_in, monkeypatch):
    monkeypatch.setenv("COLUMNS", "88")
    ran = lintutor("grade", handed_in, *ONLY, "--isolation", "process")
    shown = block("\n$ lintutor grade handed_in/ --only hinge_loss_one --only svm_loss_vectorized\n")
    assert ran.returncode == 0
    assert without_what_changes(ran.stdout) == without_what_changes(shown)


def test_the_result_is_what_the_command_prints(handed_in):
    ran = lintutor("grade", handed_in, *ONLY, "--isolation", "process", "--json")
    (result,) = [each for each in map(json.loads, ran.stdout.splitlines()) if each["submitter"] == "ben"]
    assert shape(example(result)) == shape(json.loads(block("json\n")))


def example(result):
    """The result with its second exercise only, and of that the first check that failed."""
    exercise = result["exercises"][1]
    exercise["checks"] = [next(check for check in exercise["checks"] if check["status"] == "failed")]
    return {**result, "submission": "handed_in/ben", "exercises": [exercise]}


def shape(result):
    jsonschema.validate(result, schema.schema())
    for key in ("submission_sha256", "tests_sha256", "versions", "isolation"):
        result[key] = None
    result["exercises"][0]["seconds"] = None
    return result


def test_the_exit_codes_of_the_page_are_those_of_the_command():
    codes = [line.split(None, 1)[0] for line in front.CODES.splitlines()[2:]]
    named = (front.RIGHT, front.WRONG, front.USAGE, front.FAULT, front.INTERRUPTED)
    assert codes == [str(code) for code in named]
    assert all(code in lintutor("--help").stdout for code in codes)


def test_the_check_of_the_page_fails_an_answer_and_passes_the_worked_one(tmp_path):
    for name in ("solutions", "tests/autograder"):
        shutil.copytree(ROOT / name, tmp_path / name, ignore=shutil.ignore_patterns("__pycache__"))
    checks = tmp_path / "tests/autograder/ch03_hinge_loss/hinge_loss_one/test_hinge_loss_one.py"
    checks.write_text(f"{checks.read_text(encoding='utf-8')}\n{block('python')}", encoding="utf-8")
    right = lintutor("check", "hinge_loss_one", "--file", "solutions", cwd=tmp_path)
    assert right.returncode == 0, right.stdout + right.stderr
    assert "✓ adding one number to all scores changes nothing  1/1" in right.stdout
    wrong = tmp_path / NAME
    wrong.write_text(
        "def hinge_loss_one(s, y, delta=1.0):\n    return float(sum(abs(s)))\n", encoding="utf-8"
    )
    said = lintutor("check", "hinge_loss_one", "--file", wrong, cwd=tmp_path)
    shown = block("\n  ✗ adding one number")
    assert numbers_masked(f"  ✗ adding one number{shown}") in numbers_masked(said.stdout)


def numbers_masked(text):
    return " ".join(re.sub(r"-?\d+(\.\d+)?", "...", text).split())
