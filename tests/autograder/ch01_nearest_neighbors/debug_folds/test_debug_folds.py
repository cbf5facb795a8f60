"""The graded checks of ``debug_folds(X, y, num_folds) -> rounds``: 6 points."""

import numpy as np
import pytest

from lintutor.autograder import catalogue
from lintutor.autograder.checks import CheckFailed

answers = catalogue.beside(__file__, "answers")
folds = catalogue.beside(__file__, "folds")
problems = catalogue.beside(__file__, "problems")
twins = catalogue.beside(__file__, "twins")
pytestmark = pytest.mark.exercise("ch01.debug_folds")
NAMES = ("X_album", "y_album", "X_held", "y_held")


def demand(submission, cases, parts):
    """Fail at the first wrong one of some parts (0 .. 3) of a round."""
    for case in cases:
        value = submission.ch01.debug_folds(case.X.copy(), case.y.copy(), case.num_folds)
        if not isinstance(value, list | tuple) or len(value) != case.num_folds:
            count = f"a {type(value).__name__} of {len(value)}" if isinstance(value, list | tuple) else None
            came = count or answers.described(value, None)
            raise CheckFailed(f"It should return a list of {case.num_folds} rounds; it returns {came}.")
        due = twins.REFERENCE(case.X, case.y, case.num_folds)
        for number, (found, right) in enumerate(zip(value, due, strict=True)):
            if not isinstance(found, list | tuple) or len(found) != 4:
                raise CheckFailed(f"A round should be a tuple of four arrays, {', '.join(NAMES)}.")
            for part in parts:
                judge(case, number, NAMES[part], found[part], right[part])


def judge(case, number, name, found, right):
    """Fail if one part of a round is wrong."""
    where = f"in round {number} of {case.num_folds}, with {len(case.X)} rows"
    board = ""
    if case.small and answers.is_numeric(found):
        held = folds.contiguous(len(case.X), case.num_folds)[number]
        board = f"{folds.given(case)}\nround {number} holds out the rows {problems.inline(held)}\n"
        board += (
            f"{name}  expected {problems.inline(right)}\n{' ' * len(name)}     yours {problems.inline(found)}"
        )
    if np.shape(found) != right.shape or not answers.is_numeric(found):
        came = answers.described(found, None)
        raise CheckFailed(f"{name} should be an array of shape {right.shape}; it is {came} ({where}).", board)
    if not np.array_equal(found, right):
        raise CheckFailed(f"{name} holds other rows than it should ({where}).", board)


def holds(submission, cases, part):
    """Whether one part of the rounds is right."""
    try:
        demand(submission, cases, (part,))
    except CheckFailed:
        return False
    return True


def even(rng):
    """Folds of one size."""
    return [folds.small_data()[0], folds.small_data()[3], folds.random_data(rng, 12, 3, 3, (1,), 4)]


@pytest.mark.points(2)
@pytest.mark.about("rounds")
def test_pictures(submission, rng):
    """the pictures of the album are all but the held-out ones"""
    demand(submission, even(rng), (0, 2))


@pytest.mark.points(2)
@pytest.mark.about("rounds")
def test_labels(submission, rng):
    """the labels go with them"""
    demand(submission, even(rng), (1, 3))


@pytest.mark.points(2)
@pytest.mark.about("rounds")
def test_uneven(submission, rng, follow):
    """folds of different sizes work"""
    uneven = [folds.small_data()[2], folds.random_data(rng, 11, 2, 3, (1,), 4)]
    fine = [part for part in range(4) if holds(submission, even(rng), part)]
    mended = {0, 1} & {*fine}
    demand(submission, uneven, fine if mended else range(4))
    if len(fine) < 4:
        names = ", ".join(NAMES[part] for part in fine)
        follow(f"Only {names} are looked at here: the rest has cost its points above.", lost=1)
