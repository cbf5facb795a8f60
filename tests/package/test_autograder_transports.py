"""Whatever lies between: the in-process transport and every level give one and the same result."""

import random

import pytest

from lintutor.autograder import catalogue
from lintutor.autograder.run import grade
from lintutor.autograder.sandbox import LEVELS

files = catalogue.beside(__file__, "answer_files")
CHAPTER = catalogue.exercises("ch03")
TWINS = [(entry, m.id) for entry in CHAPTER if entry.kind == "code" for m in entry.misconceptions]
FEW = random.Random("one and the same").sample(TWINS, 3)
at_every_level = pytest.mark.parametrize("isolation", LEVELS, indirect=True)


def told(exercises, path, isolation):
    """Return a result as JSON has it, without the clock and the name of the level."""
    data = grade(exercises, path, isolation).as_dict()
    assert data.pop("isolation") == isolation
    assert data["grader_fault"] is None
    for row in data["exercises"]:
        del row["seconds"]
    return data


@at_every_level
def test_the_worked_answers_get_the_same_result_at_every_level(isolation):
    path = CHAPTER[0].root / "solutions" / CHAPTER[0].file
    here, there = (told(CHAPTER, path, each) for each in ("in process", isolation))
    assert here == there
    assert there["score"] == there["max_score"] == 100


@at_every_level
@pytest.mark.parametrize(
    ("entry", "key"),
    [
        pytest.param(
            *twin, id="-".join((twin[0].function, twin[1])), marks=[] if twin in FEW else pytest.mark.audit
        )
        for twin in TWINS
    ],
)
def test_a_twin_gets_the_same_result_at_every_level(entry, key, isolation, tmp_path):
    path = tmp_path / entry.file
    path.write_text(files.standalone(entry, files.twin_of(entry, key)), encoding="utf-8")
    here, there = (told([entry], path, each) for each in ("in process", isolation))
    assert here == there
    assert there["score"] < there["max_score"]
    assert key in {found for row in there["exercises"][0]["checks"] for found in row["diagnoses"]}
