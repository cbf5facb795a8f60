"""``lintutor watch``: one check a save, whatever the editor does to the file."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from lintutor.autograder.project import find_root
from lintutor.cli import watching

ROOT = find_root(Path(__file__).parent)
NAME = "ch03_hinge_loss.py"


@pytest.fixture
def folder(tmp_path):
    (tmp_path / NAME).write_text("x = 0\n", encoding="utf-8")
    return tmp_path


def checks(folder, *bursts):
    """How many checks there are, the first one included, when these things happen one after another."""

    def happening():
        for number, burst in enumerate(bursts):
            burst(folder / NAME, number)
            yield burst

    return sum(1 for _ in watching.rounds(happening(), lambda: watching.answers(folder)))


def save(path, number):
    path.write_text(f"x = {number + 1}\n", encoding="utf-8")


def save_again(path, number):
    path.write_bytes(path.read_bytes())


def leave_a_backup(path, number):
    path.with_name(f"{path.name}~").write_text(f"{number}", encoding="utf-8")
    path.with_name(f".{path.name}.swp").write_text(f"{number}", encoding="utf-8")


def replace(path, number):
    other = path.with_name("4913")
    other.write_text(f"x = {number + 1}\n", encoding="utf-8")
    path.unlink()
    other.rename(path)


def delete(path, number):
    path.unlink()


def test_there_is_a_check_at_the_start(folder):
    assert checks(folder) == 1


@pytest.mark.parametrize(("burst", "more"), [(save, 1), (replace, 1), (save_again, 0), (leave_a_backup, 0)])
def test_a_save_is_one_check_and_what_is_no_save_is_none(folder, burst, more):
    assert checks(folder, burst) == 1 + more


def test_a_burst_that_is_reported_in_parts_is_one_check(folder):
    assert checks(folder, save, save_again, leave_a_backup, save_again) == 2


def test_a_file_that_is_deleted_and_written_again_is_waited_for(folder, monkeypatch):
    waited = []

    def write_it(seconds):
        waited.append(seconds)
        save(folder / NAME, 7)

    monkeypatch.setattr(time, "sleep", write_it)
    assert checks(folder, delete) == 2
    assert len(waited) == 1


def test_a_save_during_a_check_is_checked_afterwards(folder):
    bursts = iter([None, None])
    found = watching.rounds(bursts, lambda: watching.answers(folder))
    next(found)
    save(folder / NAME, 1)  # while the check runs, seen by nobody
    next(found)
    with pytest.raises(StopIteration):
        next(found)


def test_a_file_can_be_watched_as_well_as_a_folder(folder):
    assert watching.answers(folder / NAME) == [folder / NAME]
    assert watching.answers(folder) == [folder / NAME]


def test_the_command_checks_on_save_and_ends_cleanly_with_ctrl_c(folder):
    answer = folder / NAME
    answer.write_text((ROOT / "exercises" / NAME).read_text(encoding="utf-8"), encoding="utf-8")
    command = [sys.executable, "-u", "-m", "lintutor", "watch", "svm_loss_vectorized", "--file", str(folder)]
    running = subprocess.Popen(
        command,
        cwd=ROOT,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        encoding="utf-8",
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),  # as from a terminal
    )
    try:
        first = until(running, "Ctrl-C ends it")
        right = (ROOT / "solutions" / NAME).read_text(encoding="utf-8")
        for _ in range(3):
            answer.write_text(right, encoding="utf-8")
        second = until(running, "Ctrl-C ends it")
        os.kill(running.pid, signal.SIGINT)
        rest, errors = running.communicate(timeout=20)
    finally:
        running.kill()
        running.communicate()
    assert "0 of 20 points" in first
    assert "20 of 20 points" in second
    assert (rest.strip(), errors, running.returncode) == ("", "", 0)


def until(running, text):
    """What the program prints up to a line with this text."""
    lines = []
    while not lines or text not in lines[-1]:
        line = running.stdout.readline()
        assert line, lines
        lines.append(line)
    return "".join(lines)
