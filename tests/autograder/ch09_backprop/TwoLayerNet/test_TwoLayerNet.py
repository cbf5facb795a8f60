"""The graded checks of the class ``TwoLayerNet``: 12 points."""

import numpy as np
import pytest

from lintutor.autograder import catalogue
from lintutor.autograder.checks import CheckFailed, LearnerError, near

nets = catalogue.beside(__file__, "nets")
parts = catalogue.beside(__file__, "parts")
probes = catalogue.beside(__file__, "probes")
problems = catalogue.beside(__file__, "problems")
training = catalogue.beside(__file__, "training")
pytestmark = pytest.mark.exercise("ch09.TwoLayerNet")

FORM = "loss(X, y, reg) should return (loss, grads): a number and a dict of the four gradients"


@pytest.fixture
def answer(submission):
    return submission.ch09.TwoLayerNet


def asked(answer, case, reg=0.0):
    """Loss and gradients, or the check has failed."""
    value = answer("loss", case.own, *case.data, reg)
    loss, grads, forms = nets.read_loss(value, case)
    if loss is None or not grads:
        raise CheckFailed(f"{FORM}; it returns {parts.described(value)} (at {case}).")
    for name, grad in grads.items():
        if grad is None:
            shape = np.shape(dict(zip(nets.NAMES, case.params, strict=True))[name])
            raise CheckFailed(
                f"grads[{name!r}] should be an array of shape {shape}; it is {forms[name]} (at {case})."
            )
    return loss, grads


def close(given, due, *results):
    """Whether two values agree, as closely as the precision of the net's results allows."""
    return near(given, due, nets.precision(given, *results))


def refuse(case, message, due, given, reg=0.0):
    """Fail, with the arithmetic if the net is small."""
    small = case.X.size <= 2
    shown = f"\nexpected {problems.inline(due)}\n   yours {problems.inline(given)}" if small else ""
    raise CheckFailed(f"{message} (at {case}).", nets.board(case, reg) + shown if small else "")


@pytest.mark.points(2)
@pytest.mark.about("forward", "start")
def test_scores(answer, rng, follow):
    """loss(X) returns the scores"""
    for case in (*nets.SMALL, *nets.several(rng)):
        value, due = answer("scores", case.own, case.data[0]), case.scores()
        given = parts.read(value, {"scores": due}).parts["scores"]
        if given is None:
            raise CheckFailed(
                f"loss(X) without labels should return the scores, an array of shape {due.shape}; it returns "
                f"{parts.described(value)} (at {case})."
            )
        if not close(given, due):
            refuse(case, "The scores are wrong", due, given)
    flaw = probes.start_flaw(answer)
    if flaw:
        follow(f"A new net starts otherwise than it should: {flaw}.", lost=1)


@pytest.mark.points(1)
@pytest.mark.about("data", "forward", "stability")
def test_loss(answer, rng):
    """with labels, the mean softmax loss, with large scores too"""
    for case in (*nets.SMALL, *nets.several(rng)):
        value = answer("loss", case.own, *case.data, 0.0)
        (given, grads, _), due = nets.read_loss(value, case), case.loss()[0]
        if given is None:
            raise CheckFailed(f"{FORM}; it returns {parts.described(value)} (at {case}).")
        if not close(given, due, *(grad for grad in grads.values() if grad is not None)):
            refuse(case, "With reg = 0 the loss is wrong", due, given)
    if probes.large_scores(answer) == "not finite":
        raise CheckFailed(
            "With scores near 1000 or -1000 loss or gradients are not finite (NaN or inf).",
            "scores [1000, 1000], true class 0: exp(1000) is inf, inf / inf is NaN\n"
            "less the maximum [0, 0]: p = [1/2, 1/2] and the loss log 2, the same function",
        )


@pytest.mark.points(3)
@pytest.mark.about("data", "forward", "shape", "mutation")
def test_gradients(answer, rng, follow):
    """the four gradients without penalty"""
    cases = [*nets.SMALL, *nets.several(rng)]
    found = [(case, case.loss()[1], asked(answer, case)[1]) for case in cases]
    for name in nets.NAMES:
        for case, right, grads in found:
            due, given = right[name], grads[name]
            if not close(given, due):
                refuse(case, f"With reg = 0 the gradient of {name} is wrong", due, given)
    _, _, forms = nets.read_loss(answer("loss", cases[-1].own, *cases[-1].data, 0.0), cases[-1])
    odd = [name for name, form in forms.items() if form != "right"]
    if odd:
        follow(f"The gradient of {' and '.join(odd)} does not have the shape of its parameter.", lost=1)
    changed = [name for name, state in kept(answer, cases[-1]).items() if state == "changed"]
    if changed:
        follow(f"The call changes {' and '.join(changed)}; loss must leave all as it came.", lost=1)


def kept(answer, case):
    """Say of each parameter, of X and of y whether loss leaves it as it was."""
    return probes.kept(lambda *args: answer.run(*args, echo=True), case)


@pytest.mark.points(2)
@pytest.mark.about("penalty")
def test_penalty(answer, rng, follow):
    """the penalty on W1 and W2, in the loss and in the gradients"""
    halved = False
    for case in (*nets.SMALL, *nets.several(rng)):
        (loss, grads), (bare, slopes) = asked(answer, case, 0.5), asked(answer, case)
        W1, _, W2, _ = case.params
        due = 0.5 * (np.sum(W1 * W1) + np.sum(W2 * W2))
        added = {name: grads[name] - slopes[name] for name in nets.NAMES}
        right = {"W1": W1, "b1": 0 * case.params[1], "W2": W2, "b2": 0 * case.params[3]}
        exact = nets.precision(*grads.values())
        if not any(np.any(slope) for slope in slopes.values()):
            raise CheckFailed("The penalty is all that there is in the gradients.")
        if near(loss - bare, due / 2, exact) and all(near(added[k], right[k] / 2, exact) for k in right):
            halved = True
            continue
        board = nets.penalty_board(case, 0.5) if case.X.size <= 2 else ""
        if not near(loss - bare, due, exact):
            told = f"reg = 0.5 should add {due:.6g} to the loss; it adds {loss - bare:.6g} (at {case})."
            raise CheckFailed(told, board)
        for name in nets.NAMES:
            if not near(added[name], right[name], exact):
                board += f"\nadded to the gradient of {name}: expected {problems.inline(right[name])}"
                board += (
                    f"\n{' ' * len(name)}                            yours {problems.inline(added[name])}"
                )
                told = f"The loss is right, but what reg adds to the gradient of {name} is wrong (at {case})."
                raise CheckFailed(told, board if case.X.size <= 2 else "")
    if halved:
        follow("The penalty is consistent, with one half where this book has none.", lost=1)


@pytest.mark.points(2)
@pytest.mark.about("step", "moving", "history")
def test_steps(answer, rng, follow):
    """train steps along the gradients of its own loss, lets the rate decay, and tells each loss"""
    if "changed" in kept(answer, nets.SMALL[1]).values():
        follow("loss changes what it is given, so nothing can be said of the steps.")
        return
    cases = nets.several(rng)
    for case, how in zip(cases, training.PASSES, strict=False):
        judge_walk(answer, case, how)
    flaw = history_flaw(answer, cases[-1])
    if flaw:
        follow(flaw, lost=1)


def judge_walk(answer, case, how):
    """Fail unless every parameter goes as far as its own gradients say, at the rates that are due."""
    count, size = how[:2]
    try:
        walks = training.walks(answer, case, how)
    except LearnerError as error:
        if size > count and error.kind == "call":
            return  # a batch larger than the data has its own check
        raise
    if walks is None:
        raise CheckFailed(
            "train should leave in params what has the shapes of before, and return a dict; loss, "
            + FORM[5:]
            + "."
        )
    for name, walk in walks.items():
        if not walk.fits:
            told = f"{count} equal examples, batches of {size}, rate 0.1, decay 0.5: a pass takes "
            told += f"{max(count // size, 1)} steps. {name} does not go where its gradients say (at {case})."
            lines = [f"{'step':>4}{'rate due':>10}{'rate found, as (before - after) / gradient':>45}"]
            for at, (due, found) in enumerate(zip(walk.rates, walk.measured, strict=True)):
                lines.append(f"{at + 1:>4}{due:>10g}{found:>45.4g}")
            raise CheckFailed(told, "\n".join(lines))


def history_flaw(answer, case):
    """Say what is wrong with the losses that train tells where all examples are equal, "" if nothing is."""
    when, penalty = probes.told_losses(answer, case) or ("not there, or no numbers", "")
    if (when, penalty) == ("before the step", ""):
        return ""
    return (
        f"Each loss under 'loss_history' should be that of the batch before its step; it is {when}{penalty}."
    )


@pytest.mark.points(1)
@pytest.mark.about("batch")
def test_batches(answer, rng, follow):
    """train draws its batches from all examples, also where they are larger than the data"""
    case = nets.drawn(rng, N=5)
    told = probes.drawn_batches(answer, case)
    if told == "moved":
        follow("At a rate of 0 the parameters move, so nothing can be said of the batches.")
    elif told != "drawn":
        raise CheckFailed(
            "Trained with a rate of 0 and batches of 1 and 2 of five examples, each loss should be that of "
            f"examples that are drawn anew. {probes.BATCHES[told]}"
        )
    history = training.history_of(answer, case, 3, 12)
    if np.shape(history) != (3,):
        raise CheckFailed(
            "After 3 steps with batches of 12 of five examples, loss_history should hold 3 numbers."
        )


@pytest.mark.points(1)
@pytest.mark.about("predict")
def test_predict(answer, rng):
    """predict returns the class with the highest score"""
    for case in nets.several(rng):
        value, scores = answer("predict", case.own, case.data[0]), answer("scores", case.own, case.data[0])
        own = parts.read(scores, {"scores": case.scores()}).parts["scores"]
        due = (case.scores() if own is None else own).argmax(axis=1)
        found = parts.read(value, {"classes": due}).parts["classes"]
        if found is None or not np.array_equal(found, due):
            what = parts.described(value) if found is None else problems.inline(found)
            raise CheckFailed(
                "predict(X) should return one class a row, that of the highest score: "
                f"here {problems.inline(due)}; it returns {what} (at {case})."
            )
