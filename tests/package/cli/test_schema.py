"""Every result has the form that result.schema.json gives, and the schema takes no other."""

import copy
import json
from importlib import resources

import jsonschema
import pytest

from lintutor.autograder.reports import clean

SCHEMA = json.loads(
    resources.files("lintutor.autograder.reports").joinpath("result.schema.json").read_text(encoding="utf-8")
)
VALIDATOR = jsonschema.Draft202012Validator(SCHEMA)
NAME = "ch03_hinge_loss.py"


def solution():
    from lintutor.autograder import project

    return (project.find_root(__file__) / "solutions" / NAME).read_text(encoding="utf-8")


ANSWERS = {
    "right": lambda source: source,
    "wrong": lambda source: source.replace("2 * reg * W", "reg * W"),
    "missing": lambda source: source.replace("def svm_loss_vectorized", "def another_name"),
    "not written": lambda source: "def svm_loss_vectorized(W, X, y, reg):\n    raise NotImplementedError\n",
    "erroring": lambda source: "import numpy as np\n1 / 0\n",
    "hanging": lambda source: "def svm_loss_vectorized(W, X, y, reg):\n    while True: pass\n",
    "shouting": lambda source: "def svm_loss_vectorized(W, X, y, reg):\n    print('\\x1b[2J\\ud800' * 9)\n",
}


def test_the_schema_is_one():
    jsonschema.Draft202012Validator.check_schema(SCHEMA)


@pytest.mark.parametrize("kind", ANSWERS)
def test_the_result_of_any_answer_has_the_documented_form(run, tmp_path, kind):
    path = tmp_path / NAME
    path.write_text(ANSWERS[kind](solution()), encoding="utf-8")
    _, out, err = run("check", "svm_loss_vectorized", "--file", path, "--json", "--seconds", "1")
    assert (err, out.count("\n")) == ("", 1)
    VALIDATOR.validate(json.loads(out))


def test_a_result_with_a_fault_has_it_too(made):
    row = made.right()
    row.checks.append(made.check(0, status="error"))
    VALIDATOR.validate(
        json.loads(clean.json_line(made.result(row, fault="the worker did not start").as_dict()))
    )
    VALIDATOR.validate(made.result(fault="nothing ran").as_dict())


def objects(value):
    """Every object in a value, with the way to it."""
    if isinstance(value, dict):
        yield value
        for each in value.values():
            yield from objects(each)
    elif isinstance(value, list):
        for each in value:
            yield from objects(each)


def test_the_schema_refuses_a_field_more_or_a_field_less_anywhere(made):
    whole = made.result(made.wrong(), made.unwritten("other")).as_dict()
    VALIDATOR.validate(whole)
    count = len(list(objects(whole)))
    assert count > 5
    for number in range(count):
        for change in ("more", "less"):
            copied = copy.deepcopy(whole)
            target = list(objects(copied))[number]
            if change == "more":
                target["surprise"] = 1
            else:
                target.pop(next(iter(target)))
            assert not VALIDATOR.is_valid(copied), target


@pytest.mark.parametrize(
    ("key", "value"),
    [("schema", "lintutor/result/2"), ("isolation", "trust"), ("score", -1), ("submission_sha256", "abc")],
)
def test_the_schema_refuses_values_that_no_result_has(made, key, value):
    assert not VALIDATOR.is_valid({**made.result(made.right()).as_dict(), key: value})


def test_every_field_of_the_schema_is_explained():
    for name in ("properties", "exercise", "check"):
        fields = SCHEMA["properties"] if name == "properties" else SCHEMA["$defs"][name]["properties"]
        assert all(field.get("description", "").endswith(".") for field in fields.values())
