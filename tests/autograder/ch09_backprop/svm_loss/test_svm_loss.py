"""The graded checks of ``svm_loss(x, y) -> (loss, dx)``: 6 points."""

import pytest

from lintutor.autograder import catalogue

problems = catalogue.beside(__file__, "problems")
shared = catalogue.beside(__file__, "on_scores")
twins = catalogue.beside(__file__, "twins")
pytestmark = pytest.mark.exercise("ch09.svm_loss")


def board(case, due, given):
    """The margins of every row."""
    x, y = case.given.values()
    say, paren, lines = problems.say, problems.paren, []
    for i, (row, label) in enumerate(zip(x, y, strict=True)):
        lines.append(f"example {i}: scores {problems.inline(row)}, true class {label}")
        for j, score in enumerate(row):
            if j != label:
                pays = max(0.0, score - row[label] + 1)
                lines.append(f"    class {j}: max(0, {say(score)} - {paren(row[label])} + 1) = {say(pays)}")
    return "\n".join(lines)


@pytest.fixture
def answer(submission):
    return shared.ScoreChecks(submission.ch09.svm_loss, twins.REFERENCE, shared.NAMES, board)


@pytest.mark.points(1)
@pytest.mark.about("bookkeeping", "shape")
@pytest.mark.gate
def test_form(answer, rng, follow):
    """returns a number and an array of the shape of x"""
    answer.form([*shared.SMALL, *shared.random_cases(rng)], follow)


@pytest.mark.points(2)
@pytest.mark.about("data")
def test_loss(answer, rng):
    """the loss is the mean of what the wrong classes pay"""
    answer.data(rng, "loss", "The {name} is wrong (at {case}).")


@pytest.mark.points(2)
@pytest.mark.about("data")
def test_gradient(answer, rng, follow):
    """dx is its slope"""
    answer.gradient(rng, follow)


@pytest.mark.points(1)
@pytest.mark.about("mutation")
def test_arguments_unchanged(answer, rng):
    """x and y stay as they were, and float32 works"""
    cases = shared.random_cases(rng)
    answer.unchanged([*shared.SMALL, *cases])
    answer.single(cases[:2], shared.NAMES)
