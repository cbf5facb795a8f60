"""``lintutor doctor``: what keeps others' code apart here, and how to get the rest."""

import json

import pytest

from lintutor.autograder import levels
from lintutor.autograder.levels import Level

STRONG = Level("bubblewrap", True, "", "", ("write files", "reach the network"))
ABSENT = Level("bubblewrap", False, "bwrap is not installed", "apt-get install bubblewrap", ())
WEAK = Level("process", True, "", "", ("take all memory",))


@pytest.fixture
def machine(monkeypatch):
    def has(*found, best):
        monkeypatch.setattr(levels, "survey", lambda: list(found))
        monkeypatch.setattr(levels, "best", lambda: best)

    return has


def test_where_others_work_can_be_graded_it_says_at_which_level_and_ends_with_0(run, machine):
    machine(STRONG, WEAK, best="bubblewrap")
    code, out, err = run("doctor")
    assert (code, err) == (0, "")
    assert "Others' work can be graded here, at level bubblewrap." in out
    assert "stops write files, reach the network" in out


def test_where_it_cannot_it_says_why_and_how_and_ends_with_1(run, machine):
    machine(ABSENT, WEAK, best=None)
    code, out, err = run("doctor")
    assert (code, err) == (1, "")
    assert "bwrap is not installed" in out
    assert "apt-get install bubblewrap" in out
    assert "cannot be graded safely here" in out


@pytest.mark.parametrize(("level", "best"), [(STRONG, "bubblewrap"), (ABSENT, None)])
def test_json_is_one_object_with_every_level(run, machine, level, best):
    machine(level, WEAK, best=best)
    code, out, err = run("doctor", "--json")
    assert (code, err, out.count("\n")) == (0 if best else 1, "", 1)
    found = json.loads(out)
    assert found["schema"] == "lintutor/doctor/1"
    assert found["best"] == best
    assert [each["name"] for each in found["levels"]] == ["bubblewrap", "process"]
    assert set(found["levels"][0]) == {"name", "available", "why_not", "remedy", "stops"}
    assert {"python", "numpy", "pytest", "sympy"} <= set(found["versions"])


def test_stubs_that_are_out_of_date_are_named(run, machine, tmp_path):
    machine(STRONG, best="bubblewrap")
    for name in ("solutions", "exercises", "tests/autograder"):
        (tmp_path / name).mkdir(parents=True)
    (tmp_path / "solutions" / "ch03_hinge_loss.py").write_text("x = 1\n", encoding="utf-8")
    _, out, _ = run("doctor", cwd=tmp_path)
    assert "exercises/ch03_hinge_loss.py is missing" in out
    assert "an author runs `lintutor stubs`" in " ".join(out.split())


def test_this_machine_is_examined_for_real(run):
    code, out, err = run("doctor", "--json")
    assert err == ""
    assert code == (0 if levels.best() else 1)
    assert json.loads(out)["levels"]
