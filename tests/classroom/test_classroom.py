"""Everybody in the class gets what they deserve, whatever they handed in, at every isolation level."""

import importlib.util
from pathlib import Path

import pytest

from lintutor.autograder import catalogue
from lintutor.autograder.run import grade_all
from lintutor.autograder.sandbox import LEVELS

SECONDS = 3.0
ALL = 100
SVM_LOSSES = ("svm_loss_naive", "svm_loss_vectorized")

# name: points, the mistakes that are named, a part of what is said
EXPECTED = {
    "adams": (ALL, set(), ""),
    "baker": (ALL, set(), ""),
    "chen": (ALL, set(), ""),
    "diaz": (ALL, set(), ""),
    "evans": (ALL, set(), ""),
    "fischer": (97, {"half-penalty"}, "reg = 0.5 should add 2 to the loss; it adds 1"),
    "garcia": (93, {"penalty-gradient-halved"}, "What reg adds to the gradient is not 2 * reg * W"),
    "hughes": (
        79,
        {"penalty-missing-from-gradient", "true-class-counted-twice-over"},
        "With reg = 0 the loss is wrong",
    ),
    "ito": (86, {"sum-not-mean"}, "With reg = 0 the loss is wrong (at N=2"),
    "jones": (98, {"weights-changed"}, "W is changed by the call"),
    "khan": (98, {"gradient-transposed"}, "it is transposed"),
    "lopez": (98, {"swapped-return"}, "the loss comes first"),
    "nguyen": (0, set(), "holds no Python file and no notebook, only notes.txt"),
    "novak": (98, set(), "holds a for loop"),
    "okafor": (90, set(), "SyntaxError: expected ':'"),
    "patel": (ALL, set(), "line 1: ModuleNotFoundError: No module named 'matplotlib'"),
    "quinn": (85, set(), "is there an endless loop?"),
    "rossi": (90, set(), "MemoryError: Unable to allocate 7.45 GiB"),
    "silva": (ALL, set(), "line 2: the program ended while it was imported (exit code 0)"),
    "tanaka": (80, set(), "the program ended in the call (exit code 0)"),
    "usman": (65, set(), "not finite (NaN or inf)"),
    "varga": (80, set(), "but there is svm_loss_vectorised: was it renamed?"),
    "weber": (10, set(), "That is how Python 2 prints"),
    "xu": (0, set(), "this is not a text file"),
    "yilmaz": (ALL, set(), ""),
    "zhou": (0, set(), "the folder zhou is empty"),
    "brown": (95, {"true-class-in-the-sum"}, "in place of yours"),
    "cohen": (80, set(), "there is no function svm_loss_naive"),
    "dubois": (0, set(), "the zip is damaged or not whole"),
}
FORGER, STUB = "abbott", "martin"


def _class():
    file = Path(__file__).with_name("handed_in.py")
    spec = importlib.util.spec_from_file_location("lintutor_classroom", file)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture(scope="session")
def classroom(tmp_path_factory):
    folder = tmp_path_factory.mktemp("class")
    _class().write(folder)
    return folder


def graded(folder, isolation):
    """The results of the class by name, as JSON has them."""
    exercises = catalogue.exercises("ch03")
    paths = sorted(folder.iterdir())
    results = list(grade_all(exercises, paths, isolation, seconds=SECONDS, jobs=2))
    assert len(results) == len(paths)
    return {result.submitter: result.as_dict() for result in results}


def check(results):
    """Hold every result against what is expected."""
    assert {name for name, result in results.items() if result["grader_fault"]} == set()
    assert results.keys() == EXPECTED.keys() | {FORGER, STUB}
    for name, (score, mistakes, said) in EXPECTED.items():
        rows = [row for each in results[name]["exercises"] for row in each["checks"]]
        messages = "\n".join(row["message"] for row in rows)
        assert results[name]["score"] == score, f"{name}: {messages}"
        assert {key for row in rows for key in row["diagnoses"]} == mistakes, name
        assert said in messages, name
    statuses = {each["id"]: each["status"] for each in results[STUB]["exercises"]}
    assert results[STUB]["score"] == 0
    assert set(statuses.values()) == {"missing"}
    assert results[FORGER]["score"] == 0


def test_everybody_gets_what_they_deserve_at_the_best_level(classroom, possible):
    best = next(name for name in LEVELS if not possible[name])
    check(graded(classroom, best))


@pytest.mark.audit
@pytest.mark.parametrize("isolation", LEVELS, indirect=True)
def test_everybody_gets_the_same_at_every_level(classroom, isolation):
    check(graded(classroom, isolation))
