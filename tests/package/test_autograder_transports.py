"""Whatever lies between: the in-process transport and every level give one and the same result."""

import functools
import os
import random

import pytest

from lintutor.autograder import catalogue
from lintutor.autograder.levels import survey
from lintutor.autograder.run import grade
from lintutor.autograder.sandbox import LEVELS

files = catalogue.beside(__file__, "answer_files")
CHAPTER = [entry for entry in catalogue.exercises() if entry.chapter == "ch03"]
TWINS = [(entry, m.id) for entry in CHAPTER if entry.kind == "code" for m in entry.misconceptions]
SLICE = random.Random("one and the same").sample(TWINS, 10)
pytestmark = pytest.mark.audit


@functools.cache
def levels():
    """The levels of this machine; skips without any, and fails in CI, where all must be there."""
    found = survey()
    asked = [each for each in found if each.name != "account" or os.geteuid() == 0]  # only root can have it
    missing = [f"{each.name}: {each.why_not}. {each.remedy}" for each in asked if not each.available]
    if missing and os.environ.get("CI"):
        pytest.fail("; ".join(missing))
    return [each.name for each in found if each.available]


def told(exercises, path, isolation):
    """Return a result as JSON has it, without the clock and the name of the level."""
    data = grade(exercises, path, isolation).as_dict()
    assert data.pop("isolation") == isolation
    assert data["grader_fault"] is None
    for row in data["exercises"]:
        del row["seconds"]
    return data


@pytest.mark.parametrize("level", LEVELS)
def test_the_worked_answers_get_the_same_result_at_every_level(level):
    if level not in levels():
        pytest.skip(f"isolation {level!r} is not possible here")
    path = CHAPTER[0].root / "solutions" / CHAPTER[0].file
    here, there = (told(CHAPTER, path, isolation) for isolation in ("in process", level))
    assert here == there
    assert there["score"] == there["max_score"] == 100


@pytest.mark.parametrize("level", LEVELS)
@pytest.mark.parametrize(("entry", "key"), SLICE, ids=[f"{entry.function}-{key}" for entry, key in SLICE])
def test_a_twin_gets_the_same_result_at_every_level(entry, key, level, tmp_path):
    if level not in levels():
        pytest.skip(f"isolation {level!r} is not possible here")
    path = tmp_path / entry.file
    path.write_text(files.standalone(entry, files.twin_of(entry, key)), encoding="utf-8")
    here, there = (told([entry], path, isolation) for isolation in ("in process", level))
    assert here == there
    assert there["score"] < there["max_score"]
    assert key in {found for row in there["exercises"][0]["checks"] for found in row["diagnoses"]}
