"""Every mistake is explained: each wrong twin is refused and named. Two at once: `test_autograder_pairs`."""

import itertools

import numpy as np
import pytest

from lintutor.autograder import catalogue
from lintutor.autograder.diagnosis import _relation, diagnose, observed
from lintutor.autograder.sessions import twin

files = catalogue.beside(__file__, "answer_files")
twin_of = files.twin_of
EXERCISES = {entry.function: entry for entry in catalogue.exercises() if entry.misconceptions}
MISTAKES = [(entry, mistake.id) for entry in EXERCISES.values() for mistake in entry.misconceptions]
ONE = EXERCISES["svm_loss_vectorized"]
each_exercise = pytest.mark.parametrize("entry", EXERCISES.values(), ids=EXERCISES)
each_mistake = pytest.mark.parametrize(
    ("entry", "key"), MISTAKES, ids=[f"{entry.function}-{key}" for entry, key in MISTAKES]
)


def named(entry, function):
    return [finding.misconception and finding.misconception.id for finding in diagnose(entry, function)]


# --------------------------------------------------------------------------------------- one mistake


@each_exercise
def test_the_right_answer_shows_nothing(entry):
    assert named(entry, twin(entry)) == []


@each_mistake
def test_a_twin_alone_is_named_and_nothing_else_is(entry, key):
    assert named(entry, twin_of(entry, key)) == [key]


@each_exercise
def test_every_two_twins_of_a_group_are_told_apart(entry):
    for group in entry.module("twins").GROUPS:
        members = [mistake.id for mistake in entry.misconceptions if mistake.group == group.id]
        sights = {key: group.observe(observed(twin_of(entry, key))) for key in members}
        for one, other in itertools.combinations(members, 2):
            pairs = zip(sights[one], sights[other], strict=True)
            assert any(str(left) != str(right) for (_, left), (_, right) in pairs), f"{one} is like {other}"


@each_exercise
def test_the_checks_refuse_every_twin_and_name_it(entry, tmp_path):
    sources = {mistake.id: files.by_name(entry, mistake.twin) for mistake in entry.misconceptions}
    rows = files.graded_all(tmp_path, entry, sources)
    assert [key for key, row in rows.items() if row.points >= row.max_points] == []
    for key, row in rows.items():
        assert {diagnosis for check in row.checks for diagnosis in check.diagnoses} == {key}
        assert [finding.misconception and finding.misconception.id for finding in row.findings] == [key]


@pytest.mark.audit
@pytest.mark.parametrize(
    ("entry", "key"),
    [(entry, key) for entry, key in MISTAKES if entry.kind == "code"],
    ids=lambda value: getattr(value, "function", value),
)
def test_a_twin_in_a_file_of_its_own_gets_the_same_result_in_a_process(entry, key, tmp_path):
    source = files.standalone(entry, twin_of(entry, key))
    rows = [files.graded(tmp_path, entry, source, isolation=way) for way in ("in process", "process")]
    one, other = ({k: v for k, v in row.as_dict().items() if k != "seconds"} for row in rows)
    assert one == other
    assert {diagnosis for check in rows[0].checks for diagnosis in check.diagnoses} == {key}


# ------------------------------------------------------------------------------ what no twin explains


def remarks(wrong):
    return {finding.group: finding.remark for finding in diagnose(ONE, wrong) if finding.remark}


def test_a_factor_a_sign_and_an_offset_are_recognized_where_no_twin_fits():
    reference = ONE.module("twins").REFERENCE

    def told(change):
        return remarks(lambda W, X, y, reg: change(*reference(W, X, y, 0.0), len(X)))["data"]

    assert "the gradient is twice what it should be" in told(lambda loss, dW, n: (loss, 2 * dW))
    assert "the loss is 1/N of what it should be" in told(lambda loss, dW, n: (loss / n, dW))
    assert "the loss is off by +3 everywhere" in told(lambda loss, dW, n: (loss + 3, dW))
    assert "the loss is right; the gradient is -N times" in told(lambda loss, dW, n: (loss, -n * dW))
    assert "does not recognize" in told(lambda loss, dW, n: (loss, dW**3))


def test_a_single_wrong_number_is_not_called_an_offset():
    assert _relation([({}, 4.5, 1.25)]) == ""
    assert _relation([({}, 4.5, 1.25), ({}, 6.0, 2.75)]) == "is off by +3.25 everywhere"


def test_where_an_answer_crashes_at_most_sizes_that_alone_is_said():
    reference = ONE.module("twins").REFERENCE

    def row_for_column(W, X, y, reg):  # runs only where N equals C
        margins = np.maximum(0, X @ W - (X @ W)[np.arange(len(X)), y] + 1)
        margins[np.arange(len(X)), y] = 0
        return margins.sum() / len(X) + reg * np.sum(W * W), reference(W, X, y, reg)[1]

    assert named(ONE, row_for_column) == ["crash-at-other-sizes"]
    assert remarks(row_for_column) == {}
