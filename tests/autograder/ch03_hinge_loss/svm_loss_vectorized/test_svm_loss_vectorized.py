"""The graded checks of ``svm_loss_vectorized(W, X, y, reg) -> (loss, dW)``: 20 points.

``points`` is what a check is worth, ``about`` the groups of misconceptions that can explain its failure.
What is expected is computed before the answer is asked.
"""

import numpy as np
import pytest

from lintutor.autograder import catalogue
from lintutor.autograder.checks import CheckFailed, LearnerError, first, near, slope, smallest
from lintutor.objective import svm_loss_vectorized as reference

problems = catalogue.beside(__file__, "problems")
pytestmark = pytest.mark.exercise("ch03.svm_loss_vectorized")


@pytest.fixture
def svm_loss(submission):
    return submission.ch03.svm_loss_vectorized


def ask(svm_loss, case):
    """The answer to one problem: loss and gradient, or the check has failed."""
    answer = problems.read(svm_loss(*case.arguments), case.W)
    if answer.loss is None or answer.dW is None:
        raise CheckFailed(
            f"It should return (loss, dW), a number and an array of shape {case.W.shape}; "
            f"it returns {answer.returns} for {case}."
        )
    return answer


def refuse(svm_loss, case, message, what):
    """Fail with the arithmetic of `case`, if it is small enough to be read."""
    try:
        answer = ask(svm_loss, case)
    except LearnerError:
        answer = None
    small = answer is not None and max(case.sizes.values()) <= 4
    raise CheckFailed(f"{message} (at {case}).", problems.by_hand(case, answer, what) if small else "")


@pytest.mark.points(2)
@pytest.mark.about("bookkeeping", "shape")
@pytest.mark.gate
def test_form(svm_loss, rng, follow):
    """returns a number and an array of the shape of W"""
    cases = [problems.random_problem(rng, *sizes, reg=0.5) for sizes in ((6, 4, 3), (3, 4, 3), (3, 2, 5))]
    answers, crashes = [], []
    for case in cases:
        try:
            answers.append(ask(svm_loss, case))
        except LearnerError as error:
            if error.kind != "call":
                raise
            crashes.append((error, case))
    if not answers:
        raise crashes[0][0]
    for error, case in crashes[:1]:
        follow(f"It crashes with {case}; the rest is graded at sizes that work. {error}", lost=1)
    answer = answers[0]
    if answer.swapped:
        follow(f"It returns {answer.returns}; the loss comes first.", lost=1)
    if answer.loss_form != "a number":
        follow("The loss should be one number; it is an array. The rest is graded on its mean.", lost=1)
    if answer.dW_form != "(D, C)":
        follow(
            "dW should have the shape (D, C) of W; it is transposed. The rest is graded on it turned back.",
            lost=1,
        )
    if answer.dW.dtype.kind != "f":
        follow(f"dW should hold floating-point numbers; it holds {answer.dW.dtype}.", lost=1)
    if not (np.isfinite(answer.loss) and np.isfinite(answer.dW).all()):
        raise CheckFailed("The loss or the gradient is not finite (NaN or inf).")
    if not any(answer.loss or answer.dW.any() for answer in answers):
        raise CheckFailed("It returns zeros for every problem: nothing is computed yet.")


def search(rng, wrong):
    """The smallest problem that `wrong` says yes to, or None: a known small one, or one that is shrunk."""
    tiny = problems.tiny_problems()
    found = first([*tiny, *problems.sized_problems(rng)], wrong)
    return found if found in tiny else smallest(problems.small_problems(), wrong, rng) or found


@pytest.mark.points(3)
@pytest.mark.about("data")
def test_data_loss(svm_loss, rng):
    """the loss without penalty is the mean hinge loss"""

    def wrong(case):
        loss, _ = reference(*case.arguments)
        return not near(ask(svm_loss, case).loss, loss)

    case = search(rng, wrong)
    if case is not None:
        refuse(svm_loss, case, "With reg = 0 the loss is wrong", "loss")


@pytest.mark.points(3)
@pytest.mark.about("data")
def test_data_gradient(svm_loss, rng):
    """the gradient without penalty is the slope of that loss"""

    def wrong(case):
        _, dW = reference(*case.arguments)
        return not near(ask(svm_loss, case).dW, dW)

    case = search(rng, wrong)
    if case is not None:
        refuse(svm_loss, case, "With reg = 0 the gradient is wrong", "dW")


def penalty_of(svm_loss, case):
    """What reg adds to loss and gradient, whatever the data term is."""
    with_reg, without = ask(svm_loss, case), ask(svm_loss, case.with_reg(0.0))
    return with_reg.loss - without.loss, with_reg.dW - without.dW


def penalized(rng):
    """Problems with a penalty, the smallest first."""
    return [*problems.tiny_problems(reg=0.5), *problems.sized_problems(rng, reg=0.3)]


@pytest.mark.points(2)
@pytest.mark.about("penalty")
def test_penalty_in_loss(svm_loss, rng):
    """the penalty adds reg * sum(W**2) to the loss"""

    def wrong(case):
        return not near(penalty_of(svm_loss, case)[0], case.reg * np.sum(case.W**2))

    case = first(penalized(rng), wrong)
    if case is not None:
        added, due = penalty_of(svm_loss, case)[0], case.reg * np.sum(case.W**2)
        message = f"reg = {case.reg:g} should add {due:.6g} to the loss; it adds {added:.6g}"
        refuse(svm_loss, case, message, "loss")


@pytest.mark.points(2)
@pytest.mark.about("penalty")
def test_penalty_in_gradient(svm_loss, rng, follow):
    """the penalty adds its gradient, 2 * reg * W, to dW"""

    def wrong(case):
        return not near(penalty_of(svm_loss, case)[1], 2 * case.reg * case.W)

    def halved(case):
        value, gradient = penalty_of(svm_loss, case)
        return near(value, 0.5 * case.reg * np.sum(case.W**2)) and near(gradient, case.reg * case.W)

    cases = penalized(rng)
    case = first(cases, wrong)
    if case is not None and all(halved(each) for each in cases):
        follow("The gradient is right for your penalty with its one half.")
    elif case is not None:
        refuse(svm_loss, case, "What reg adds to the gradient is not 2 * reg * W", "dW")


@pytest.mark.points(2)
@pytest.mark.about("data", "penalty")
def test_gradient_is_the_slope_of_the_loss(svm_loss, rng):
    """dW is the slope of the loss, by nudging each weight"""
    case = problems.random_problem(rng, N=5, D=3, C=4, reg=0.2)
    W, X, y, reg = case.arguments
    answer = ask(svm_loss, case)
    measured = slope(lambda nudged: ask(svm_loss, problems.Problem(nudged, X, y, reg)).loss, W)
    if not np.allclose(answer.dW, measured, rtol=1e-4, atol=1e-6):
        at = np.unravel_index(np.argmax(np.abs(answer.dW - measured)), W.shape)
        raise CheckFailed(
            f"Loss and gradient do not belong together: nudge W[{at[0]}, {at[1]}] and your loss changes by "
            f"{measured[at]:.6g} per unit, but your dW says {answer.dW[at]:.6g}."
        )


@pytest.mark.points(1)
@pytest.mark.about("data", "shape")
def test_edges(svm_loss, rng):
    """one example, two classes, margins of 0, large scores"""
    for case in (
        problems.random_problem(rng, N=1, D=1, C=2),
        problems.problem(np.zeros((3, 5)), np.ones((2, 3)), [1, 4]),
        problems.random_problem(rng, N=4, D=3, C=5, scale=1e6),
    ):
        loss, dW = reference(*case.arguments)
        answer = ask(svm_loss, case)
        if not (near(answer.loss, loss) and near(answer.dW, dW)):
            said = f"the loss should be {loss:.6g}, it is {problems.say(answer.loss)}"
            if near(answer.loss, loss):
                said = "the loss is right, the gradient is not"
            raise CheckFailed(f"Wrong at the edge {case}: {said}.")
    # scores [0, 1, -3], true class 1: the margin of class 0 is exactly 0, either slope is right
    case = problems.problem([[0, 1, -3]], [[2]], [1])
    kink = problems.problem([[0, 0.5, -3]], [[2]], [1])
    for each, choices in ((case, ([0, 0, 0],)), (kink, ([0, 0, 0], [2, -2, 0]))):
        answer = ask(svm_loss, each)
        if not near(answer.loss, 0) or not any(near(answer.dW, [choice]) for choice in choices):
            refuse(svm_loss, each, "Where no margin is violated, loss and gradient should be 0", "loss dW")


@pytest.mark.points(1)
def test_float32(svm_loss, rng):
    """float32 arguments and short integers as labels work"""
    case = problems.random_problem(rng, N=6, D=4, C=3, reg=0.1, dtype=np.float32)
    wide = ask(svm_loss, problems.Problem(case.W.astype(float), case.X.astype(float), case.y, case.reg))
    for labels in (case.y, case.y.astype(np.int32), case.y.astype(np.uint8)):
        answer = ask(svm_loss, problems.Problem(case.W, case.X, labels, case.reg))
        if not (near(answer.loss, wide.loss, np.float32) and near(answer.dW, wide.dW, np.float32)):
            raise CheckFailed(
                f"With float64 arguments your loss is {problems.say(wide.loss)}; with the same numbers as "
                f"float32 and {labels.dtype} labels it is {problems.say(answer.loss)}, or dW differs."
            )


@pytest.mark.points(1)
@pytest.mark.about("mutation")
def test_arguments_unchanged(svm_loss, rng):
    """W, X and y stay as they were, and dW is a new array"""
    for case in (problems.random_problem(rng, N=5, D=3, C=4, reg=reg) for reg in (0.5, 0.0)):
        reply = svm_loss.run(*case.arguments, echo=True)
        for name, before, after in zip("WXy", case.arguments, reply.arguments, strict=False):
            if not np.array_equal(before, after):
                raise CheckFailed(
                    f"{name} is changed by the call; a loss must leave its arguments as they came."
                )
        if reply.shared:
            raise CheckFailed(
                f"dW shares its memory with {'WXy'[reply.shared[0]]}: whoever changes one changes the "
                "other. Return a new array."
            )


@pytest.mark.points(1)
def test_quiet_numbers(svm_loss, rng):
    """nothing overflows, nothing is divided by zero"""
    case = problems.random_problem(rng, N=4, D=3, C=5, reg=1e-3, scale=1e4)
    warned = [w for w in svm_loss.run(*case.arguments).warnings if w.startswith("RuntimeWarning")]
    if warned:
        raise CheckFailed(f"numpy warns during the call: {warned[0].partition(': ')[2]}.")


# A loop over examples, classes or features runs at least 20 lines more at the larger size.
SMALL, LARGE, SLACK = {"N": 4, "D": 3, "C": 2}, {"N": 64, "D": 24, "C": 25}, 12


@pytest.mark.points(2)
def test_no_loop(svm_loss, rng):
    """has no loop: none in the text, none hidden"""
    loops = svm_loss.loops()
    if loops:
        line, kind = loops[0]
        raise CheckFailed(f"Line {line} holds a {kind}. Let numpy work on whole arrays.")
    counts = [
        svm_loss.run(*problems.random_problem(rng, **sizes, scale=0.05).arguments, lines=True).lines
        for sizes in (SMALL, LARGE)
    ]
    if counts[1] > counts[0] + SLACK:
        raise CheckFailed(
            f"{counts[0]} lines run for {SMALL['N']} examples but {counts[1]} for {LARGE['N']}: "
            "something is repeated."
        )
