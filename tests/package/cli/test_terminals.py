"""What is printed can be read on any terminal: in ASCII, without colors, in a pipe, at 60 columns."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from lintutor.autograder.project import find_root

ROOT = find_root(Path(__file__).parent)
NAME = "ch03_hinge_loss.py"
SOLUTION = (ROOT / "solutions" / NAME).read_text(encoding="utf-8")
WRONG = SOLUTION.replace("2 * reg * W", "reg * W").replace(
    "import numpy as np\n", "import numpy as np\nprint('\\x1b[2J::error::no \\u5f20')\n", 1
)
KEPT = ("PATH", "HOME", "PYTHONPATH")
LEAST = {"LINTUTOR_SECRET": "of a test", **{name: os.environ[name] for name in KEPT if name in os.environ}}


@pytest.fixture
def answer(tmp_path):
    path = tmp_path / NAME
    path.write_text(WRONG, encoding="utf-8")
    return path


def lintutor(*arguments, **environment):
    command = [sys.executable, "-m", "lintutor", *map(str, arguments)]
    return subprocess.run(command, cwd=ROOT, capture_output=True, env={**LEAST, **environment}, timeout=60)


@pytest.mark.parametrize(
    ("command", "encoding"), [("check", "ascii"), ("check", "cp1252"), ("status", "ascii")]
)
def test_a_terminal_that_is_not_utf_8_gets_what_it_can_show(answer, command, encoding):
    ran = lintutor(command, "svm_loss_vectorized", "--file", answer, PYTHONIOENCODING=encoding)
    assert ran.returncode in (0, 1)
    assert ran.stderr == b""
    text = ran.stdout.decode(encoding)
    assert "16 of 20" in text
    assert "?" not in text


def test_a_pipe_gets_no_escape_sequence(answer):
    ran = lintutor("check", "svm_loss_vectorized", "--file", answer)
    assert b"\x1b" not in ran.stdout
    assert b"::error::" not in ran.stdout


@pytest.mark.parametrize("end", ["head -1", "true"])
def test_a_pipe_that_is_closed_early_is_no_accident(answer, end):
    command = f"{sys.executable} -m lintutor check svm_loss_vectorized --file {answer} | {end}"
    ran = subprocess.run(["bash", "-c", command], cwd=ROOT, capture_output=True, timeout=60)
    assert ran.stdout.startswith(b"The SVM loss" if end == "head -1" else b"")
    assert ran.stderr == b""


@pytest.mark.parametrize("columns", ["60", "80", "200"])
def test_lines_fit_and_are_never_longer_than_is_good_to_read(answer, columns):
    ran = lintutor("check", "svm_loss_vectorized", "--file", answer, COLUMNS=columns, PYTHONUTF8="1")
    lines = ran.stdout.decode().splitlines()
    assert max(map(len, lines)) <= min(int(columns), 88)
    assert len(lines) <= 40 + 10 * (columns == "60")


@pytest.mark.skipif(sys.platform == "win32", reason="needs a pseudo terminal")
@pytest.mark.parametrize("no_color", [False, True])
def test_a_terminal_gets_colors_unless_no_color_is_set_and_nothing_of_the_answer_s(answer, no_color):
    import pty

    here, there = pty.openpty()
    environment = {**LEAST, "TERM": "xterm-256color", **({"NO_COLOR": "1"} if no_color else {})}
    command = [sys.executable, "-m", "lintutor", "check", "svm_loss_vectorized", "--file", str(answer)]
    running = subprocess.Popen(command, cwd=ROOT, stdout=there, stderr=there, env=environment)
    os.close(there)
    shown = read_all(here)
    assert running.wait(60) == 1
    assert bool(re.search(rb"\x1b\[[\d;]*3\dm", shown)) != no_color
    assert not re.search(rb"\x1b\[[^m]*[A-LN-Za-ln-z]", shown)  # colors at most, no other order
    assert b"::error::" not in shown


def read_all(descriptor):
    parts = []
    while True:
        try:
            part = os.read(descriptor, 65536)
        except OSError:  # the other end is closed
            part = b""
        if not part:
            os.close(descriptor)
            return b"".join(parts)
        parts.append(part)


@pytest.mark.parametrize("arguments", [["--version"], ["hint", "svm_loss_vectorized"], ["--help"]])
def test_small_commands_load_nothing_heavy(arguments):
    code = f"""if True:
        import sys
        from lintutor import cli
        sys.argv[1:] = {arguments}
        try:
            cli.main()
        except SystemExit:
            pass
        print(*sorted({{name.split(".")[0] for name in sys.modules}}), file=sys.stderr)
    """
    ran = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    assert not {"pytest", "hypothesis", "sympy", "watchfiles", "matplotlib"} & set(ran.stderr.split())
