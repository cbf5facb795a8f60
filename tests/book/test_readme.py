"""The README shows what the commands print."""

import doctest
import importlib
import re
import subprocess
import sys
from pathlib import Path

import lintutor

ROOT = Path(__file__).resolve().parents[2]
README = (ROOT / "README.md").read_text(encoding="utf-8")
PAGE = (ROOT / "book" / "grading.md").read_text(encoding="utf-8")


def lines(text: str) -> list[str]:
    """Return the lines of an output, with the numbers that a secret seed chooses masked."""
    chosen = re.compile(r"(changes by|dW says) -?[\d.]+|W\[\d, \d\]")
    return [chosen.sub("...", line.rstrip()) for line in text.splitlines() if line.strip()]


def test_the_wrong_answer_of_the_readme_gets_the_feedback_of_the_readme(tmp_path):
    (answer,) = re.findall(r"```python\n(.*?)```", README, re.S)
    (shown,) = re.findall(r"\$ lintutor check svm_loss_vectorized\n(.*?)```", README, re.S)
    (tmp_path / "ch03_hinge_loss.py").write_text(answer, encoding="utf-8")
    ran = subprocess.run(
        [sys.executable, "-m", "lintutor", "check", "svm_loss_vectorized", "--file", str(tmp_path)],
        cwd=ROOT,
        capture_output=True,
        text=True,
        encoding="utf-8",
    )
    printed = " ".join(" ".join(lines(ran.stdout)).split())
    assert printed == " ".join(" ".join(lines(shown)).split())
    assert ran.returncode == 1


def test_the_table_of_the_readme_is_that_of_the_page_on_grading():
    (shown,) = re.findall(r"^```\n(\$ lintutor grade.*?)^```", README, re.MULTILINE | re.DOTALL)
    assert shown in PAGE  # where a test holds it against the command


def test_the_readme_names_every_command_and_no_other():
    from typer.main import get_command

    from lintutor.cli.front import app

    named = re.findall(r"^\| `lintutor (\w+)", README, re.MULTILINE)
    assert named == list(get_command(app).commands)


def test_the_readme_names_every_level_of_isolation():
    from lintutor.autograder.sandbox import LEVELS

    grading = README.split("## Grade")[1]
    assert re.findall(r"^\| `(\w+)` \|", grading, re.MULTILINE) == list(LEVELS)


def test_the_session_of_the_readme_prints_what_it_shows():
    (session,) = re.findall(r"```pycon\n(.*?)```", README, re.DOTALL)
    test = doctest.DocTestParser().get_doctest(session, {}, "README", None, None)
    assert doctest.DocTestRunner().run(test) == (0, 5)


def test_the_readme_names_every_module_that_a_user_imports():
    named = re.findall(r"^\| `(\w+)` \| ", README.split("## Grade")[0], re.MULTILINE)
    inside = {"autograder", "derivations", "progress", "tables"}  # for the grader and the book
    assert sorted(named) == sorted(set(lintutor._MODULES) - inside)
    for name in named:
        importlib.import_module(f"lintutor.{name}")
