"""The graded checks of the class ``TwoLayerNet``: 12 points."""

import numpy as np
import pytest

from lintutor.autograder import catalogue
from lintutor.autograder.checks import CheckFailed, first, near

nets = catalogue.beside(__file__, "nets")
parts = catalogue.beside(__file__, "parts")
problems = catalogue.beside(__file__, "problems")
session = catalogue.beside(__file__, "session").session
twins = catalogue.beside(__file__, "twins")
pytestmark = pytest.mark.exercise("ch09.TwoLayerNet")


@pytest.fixture
def answer(submission):
    return submission.ch09.TwoLayerNet


def asked(answer, case, reg=0.0):
    """Loss and gradients, or the check has failed."""
    loss, grads, forms = nets.read_loss(answer("loss", case.own, *case.data, reg), case)
    if loss is None or not grads:
        raise CheckFailed("loss(X, y, reg) should return (loss, grads): a number and a dict of four arrays.")
    for name, grad in grads.items():
        if grad is None:
            shape = np.shape(dict(zip(nets.NAMES, case.params, strict=True))[name])
            raise CheckFailed(
                f"grads[{name!r}] should be an array of shape {shape}; it is {forms[name]} (at {case})."
            )
    return loss, grads


def refuse(case, message, due, given, reg=0.0):
    """Fail, with the arithmetic if the net is small."""
    small = case.X.size <= 2
    shown = f"\nexpected {problems.inline(due)}\n   yours {problems.inline(given)}" if small else ""
    raise CheckFailed(f"{message} (at {case}).", nets.board(case, reg) + shown if small else "")


@pytest.mark.points(2)
@pytest.mark.about("forward")
def test_scores(answer, rng):
    """loss(X) returns the scores"""

    def given(case):
        return parts.read(answer("scores", case.own, case.data[0]), {"scores": case.scores()}).parts["scores"]

    cases = [*nets.SMALL, *nets.several(rng)]
    case = first(cases, lambda case: given(case) is None or not near(given(case), case.scores()))
    if case is not None and given(case) is None:
        raise CheckFailed(
            f"loss(X) without labels should return an array of shape {case.scores().shape} (at {case})."
        )
    if case is not None:
        refuse(case, "The scores are wrong", case.scores(), given(case))


@pytest.mark.points(1)
@pytest.mark.about("data", "forward")
def test_loss(answer, rng):
    """with labels, the mean softmax loss"""
    case = first(
        [*nets.SMALL, *nets.several(rng)], lambda case: not near(asked(answer, case)[0], case.loss()[0])
    )
    if case is not None:
        refuse(case, "With reg = 0 the loss is wrong", case.loss()[0], asked(answer, case)[0])


@pytest.mark.points(3)
@pytest.mark.about("data", "forward", "shape")
def test_gradients(answer, rng, follow):
    """the four gradients without penalty"""
    cases = [*nets.SMALL, *nets.several(rng)]
    for name in nets.NAMES:
        case = first(
            cases, lambda case, name=name: not near(asked(answer, case)[1][name], case.loss()[1][name])
        )
        if case is not None:
            due, given = case.loss()[1][name], asked(answer, case)[1][name]
            refuse(case, f"With reg = 0 the gradient of {name} is wrong", due, given)
    _, _, forms = nets.read_loss(answer("loss", cases[-1].own, *cases[-1].data, 0.0), cases[-1])
    odd = [name for name, form in forms.items() if form != "right"]
    if odd:
        follow(f"The gradient of {' and '.join(odd)} does not have the shape of its parameter.", lost=1)


@pytest.mark.points(2)
@pytest.mark.about("penalty")
def test_penalty(answer, rng, follow):
    """the penalty on W1 and W2, in the loss and in the gradients"""
    halved = []
    for case in (*nets.SMALL, *nets.several(rng)):
        (loss, grads), (bare, slopes) = asked(answer, case, 0.5), asked(answer, case)
        W1, _, W2, _ = case.params
        due = 0.5 * (np.sum(W1 * W1) + np.sum(W2 * W2))
        added = {name: grads[name] - slopes[name] for name in nets.NAMES}
        right = {"W1": W1, "b1": 0 * case.params[1], "W2": W2, "b2": 0 * case.params[3]}
        if not any(np.any(slope) for slope in slopes.values()):
            raise CheckFailed("The penalty is all that there is in the gradients.")
        halved.append(
            near(loss - bare, due / 2) and all(near(added[name], right[name] / 2) for name in nets.NAMES)
        )
        if halved[-1]:
            continue
        if not near(loss - bare, due):
            raise CheckFailed(
                f"reg = 0.5 should add {due:.6g} to the loss; it adds {loss - bare:.6g} (at {case})."
            )
        for name in nets.NAMES:
            if not near(added[name], right[name]):
                raise CheckFailed(f"What reg adds to the gradient of {name} is wrong (at {case}).")
    if any(halved):
        follow("The penalty is consistent, with one half where this book has none.", lost=1)


@pytest.mark.points(2)
@pytest.mark.about("step", "data", "forward")
def test_steps(answer, rng):
    """train steps along the gradients of its own loss, and lets the rate decay"""
    for case in nets.several(rng):
        X, y = twins.repeated(case)
        _, params = trained(answer, case, X, y, *twins.TRAINING)
        _, right = session(twins.REFERENCE, "train", case.own, X.copy(), y.copy(), *twins.TRAINING)
        for name in nets.NAMES:
            if not near(params[name], right[name]):
                raise CheckFailed(
                    f"Six equal examples, batches of 3, rate 0.1, decay 0.5, 4 steps: {name} ends in a wrong "
                    f"place (at {case}). A pass takes 2 steps, so the rates are 0.1, 0.1, 0.05, 0.05."
                )


def trained(answer, case, X, y, *settings):
    """What train tells and the parameters afterwards, or the check has failed."""
    value = answer("train", case.own, X, y, *settings)
    told, params = value if isinstance(value, list | tuple) and len(value) == 2 else (None, None)
    if not isinstance(told, dict) or "loss_history" not in told:
        raise CheckFailed("train should return a dict that has the losses under 'loss_history'.")
    shaped = {}
    for name, start in zip(nets.NAMES, case.params, strict=True):
        shaped[name] = parts.read(dict(params).get(name), {name: start}).parts[name]
        if shaped[name] is None:
            raise CheckFailed(f"After train, params[{name!r}] should still have the shape {start.shape}.")
    return told["loss_history"], shaped


@pytest.mark.points(1)
@pytest.mark.about("forward")
def test_batches(answer, rng):
    """train draws batches, and tells the loss of each before its step"""
    case = nets.drawn(rng, N=8)
    seen = set()
    rows = [nets.Net(case.params, case.X[[i]], case.y[[i]]).loss(0.1)[0] for i in range(8)]
    for _ in range(8):
        history, _ = trained(answer, case, *case.data, 0.01, 1.0, 0.1, 3, 1)
        if np.shape(history) != (3,):
            raise CheckFailed(
                f"After 3 steps loss_history should hold 3 numbers; its shape is {np.shape(history)}."
            )
        at = int(np.argmin(np.abs(np.array(rows) - float(history[0]))))
        if not near(history[0], rows[at]):
            raise CheckFailed(
                "With batches of one example, the first loss should be that of one of the examples."
            )
        seen.add(at)
    if len(seen) == 1:
        raise CheckFailed("With batches of one example, eight trainings all began with the same example.")


@pytest.mark.points(1)
@pytest.mark.about("forward")
def test_predict(answer, rng):
    """predict returns the class with the highest score"""
    for case in nets.several(rng):
        found = parts.read(answer("predict", case.own, case.data[0]), {"classes": case.y}).parts["classes"]
        if found is None or not np.array_equal(found, case.scores().argmax(axis=1)):
            raise CheckFailed(
                f"predict(X) should return one class a row, that of the highest score (at {case})."
            )
