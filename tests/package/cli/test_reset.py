"""``lintutor reset``: the stub again, after a question, and nothing that was written is lost."""

import shutil

import pytest

from lintutor.autograder.project import find_root

NAME = "ch03_hinge_loss.py"
ROOT = find_root()


@pytest.fixture
def project(tmp_path):
    """A project in which something was written."""
    for folder in ("exercises", "solutions"):
        shutil.copytree(ROOT / folder, tmp_path / folder, ignore=shutil.ignore_patterns("*~"))
    checks = shutil.ignore_patterns("__pycache__", "*.py")
    shutil.copytree(ROOT / "tests" / "autograder", tmp_path / "tests" / "autograder", ignore=checks)
    shutil.copy(tmp_path / "solutions" / NAME, tmp_path / "exercises" / NAME)
    return tmp_path


def read(project):
    return (project / "exercises" / NAME).read_text(encoding="utf-8")


def test_it_says_what_was_written_and_where_the_old_text_is(run, project):
    before = read(project)
    code, out, err = run("reset", "svm_loss_vectorized", "--yes", cwd=project)
    assert (code, err) == (0, "")
    assert f"written: exercises/{NAME}\n" in out
    assert f"what it held: exercises/{NAME}~\n" in out
    assert (project / "exercises" / f"{NAME}~").read_text(encoding="utf-8") == before
    assert 'NotImplementedError("svm_loss_vectorized is not written yet")' in read(project)


def test_a_chapter_can_be_reset_and_a_second_time_nothing_changes(run, project):
    assert run("reset", "ch03", "-y", cwd=project)[0] == 0
    assert read(project) == (ROOT / "exercises" / NAME).read_text(encoding="utf-8")
    code, out, _ = run("reset", "ch03", "-y", cwd=project)
    assert (code, out) == (0, "Nothing has changed: the stub is in place already.\n")


@pytest.mark.parametrize(("answer", "code"), [("n\n", 0), ("", 1)])
def test_without_a_yes_nothing_changes(run, project, monkeypatch, answer, code):
    import io

    monkeypatch.setattr("sys.stdin", io.StringIO(answer))
    before = read(project)
    ended, out, _ = run("reset", "svm_loss_vectorized", cwd=project)
    assert ended == code
    assert "svm_loss_vectorized?" in out
    assert read(project) == before
    assert not list((project / "exercises").glob("*~"))


def test_an_unknown_name_ends_with_2(run, project):
    code, _, err = run("reset", "nothing", cwd=project)
    assert code == 2
    assert "no exercise 'nothing'" in err
