"""What is looked at in a two-layer net, one aspect at a time: for the checks, and to name mistakes."""

import numpy as np

from lintutor.autograder import catalogue
from lintutor.autograder.diagnosis import Group

nets = catalogue.beside(__file__, "nets")
training = catalogue.beside(__file__, "training")

PROBES = nets.several(np.random.default_rng(99))


def forward(f):
    """The scores."""
    seen = []
    for case in PROBES:
        scores = case.scores()
        found = nets.parts.read(f("scores", case.own, case.data[0]).value, {"scores": scores})
        seen.append((case.sizes, {k: v for k, v in found.parts.items() if v is not None}))
    return seen


def asked(f, case, reg):
    """Loss and gradients with a penalty, by name."""
    loss, grads, _ = nets.read_loss(f("loss", case.own, *case.data, reg).value, case)
    found = {f"the gradient of {name}": grad for name, grad in grads.items() if grad is not None}
    return found if loss is None else {"the loss": loss, **found}


def data(f):
    """Loss and gradients without penalty, where the scores are right."""
    seen = []
    for case in PROBES:
        found = nets.parts.read(f("scores", case.own, case.data[0]).value, {"scores": case.scores()})
        scores = found.parts["scores"]
        right = scores is not None and np.allclose(scores, case.scores())
        seen.append((case.sizes, asked(f, case, 0.0) if right else {}))
    return seen


def penalty(f):
    """What reg changes."""
    seen = []
    for case in PROBES:
        with_reg, without = asked(f, case, 0.5), asked(f, case, 0.0)
        seen.append((case.sizes, {k: with_reg[k] - without[k] for k in with_reg if k in without}))
    return seen


def shape(f):
    """The shapes of the gradients."""
    case = PROBES[0]
    _, _, forms = nets.read_loss(f("loss", case.own, *case.data, 0.5).value, case)
    odd = [name for name, form in forms.items() if form != "right"]
    return [({}, {"the gradients": ", ".join(odd) or "right"} if forms else {})]


def stability(f):
    """Whether large scores give numbers, in a word."""
    word = large_scores(plainly(f))
    return [({}, {"large scores": word} if word else {})]


def large_scores(ask):
    """Whether loss and gradients are finite at large scores that are nearly equal; "" if there are none."""
    words = set()
    for size in (1000.0, -1000.0):
        case = nets.net([[1.0]], [0.0], [[size, size - 1]], [0.0, 0.0], [[1.0]], [0])
        loss, grads, _ = nets.read_loss(ask("loss", case.own, *case.data, 0.0), case)
        if loss is None or any(grad is None for grad in grads.values()):
            return ""
        finite = np.isfinite(loss) and all(np.isfinite(grad).all() for grad in grads.values())
        words.add("finite" if finite else "not finite")
    return "not finite" if "not finite" in words else "finite"


def mutation(f):
    """Which parameters and arguments are not afterwards what they were."""
    return [({}, kept(f, PROBES[0]))]


def kept(ask, case):
    """Say of each parameter, of X and of y whether loss leaves it as it was; `ask` gives an exchange."""
    own, (X, y) = case.own, case.data
    reply = ask("kept", own, X, y, 0.5)
    after = reply.value if isinstance(reply.value, dict) else {}
    pairs = [(name, start, after.get(name)) for name, start in zip(nets.NAMES, case.params, strict=True)]
    pairs = [pair for pair in pairs if pair[2] is not None]
    if pairs:
        pairs += [(name, a, b) for name, a, b in zip("Xy", case.data, reply.arguments[2:4], strict=False)]
    return nets.parts.answers.kept(*zip(*pairs, strict=True)) if pairs else {}


def plainly(f):
    """What is observed of an answer, as values: None where it fails."""
    return lambda *args: f(*args).value


def step(f):
    """How many times its own gradient each step subtracts, of each parameter, if loss leaves them alone."""
    if "changed" in kept(f, PROBES[0]).values():
        return [({}, {})]
    how = training.PASSES[0]
    for word, reg in (("there", training.REG), ("missing", 0.0)):
        for rows in (how[1], how[0]):  # of a batch, or of all examples: that is a matter of batches
            found = training.walks(plainly(f), PROBES[0], how, reg, rows)
            if found is None:
                return [({}, {})]
            if all(walk.fits for walk in found.values() if np.any(walk.moves)):
                return [({}, {"the penalty in the steps": word, **rates(found)})]
    return [({}, {"the penalty in the steps": "there", **rates(training.walks(plainly(f), PROBES[0]))})]


def rates(found):
    """The rates of the parameters that have a gradient, and move."""
    seen = {name: walk for name, walk in found.items() if np.any(walk.slopes) and np.any(walk.moves)}
    return {name: walk.rates if walk.fits else walk.measured for name, walk in seen.items()}


def moving(f):
    """Which parameters train leaves where they are, although they have a gradient."""
    found = training.walks(plainly(f), PROBES[0])
    if found is None or not any(np.any(walk.moves) for walk in found.values()):
        return [({}, {})]
    still = [name for name, walk in found.items() if np.any(walk.slopes) and not np.any(walk.moves)]
    return [({}, {"parameters that never move": ", ".join(still) or "none"})]


def history(f):
    """Which losses train tells, in words."""
    words = () if "changed" in kept(f, PROBES[0]).values() else told_losses(plainly(f), PROBES[0])
    return [({}, {"the losses told": words[0]} if words else {})]


def told_losses(ask, case):
    """When train takes its losses, and whether with the penalty, in words; () if none can be read."""
    X, y = training.repeated(case, 4)
    every, drawn = nets.Net(case.params, X, y), training.repeated(case, 2)
    told = training.history_of(ask, every, 2, 2, 0.1, training.REG)
    if told is None:
        return ()
    if told.shape != (2,):
        return (f"{told.size} numbers after 2 steps", "")
    _, after = training.placed(ask("train", case.own, X, y, 0.1, 1.0, training.REG, 1, 2), case)
    if any(part is None for part in after.values()):
        return ()
    for penalty, reg in (("", training.REG), (", without the penalty", 0.0)):
        for when, place in (
            ("before the step", case.own),
            ("after the step", [after[k] for k in nets.NAMES]),
        ):
            loss = nets.read_loss(ask("loss", place, *drawn, reg), case)[0]
            if loss is None:
                return ()
            if np.isclose(told[0], loss, rtol=1e-5):
                return (when, penalty)
    return ("at no time that the grader knows", "")


def batch(f):
    """How train comes to its batches, in a word."""
    word = drawn_batches(plainly(f), nets.drawn(np.random.default_rng(17), N=5))
    if word == "drawn":
        larger = f("train", *training.larger(PROBES[0])).failed
        word = "drawn, if not larger than the data" if larger else word
    return [({}, {"batches": word} if word not in ("", "moved") else {})]


BATCHES = {
    "": "The losses under 'loss_history' should be one number a step.",
    "others": "Some are those of no example, or of no two: rows of X and of y belong together.",
    "the first": "They are all those of the first examples.",
    "the same": "Thirty in a row are of the same example.",
    "all": "They are those of all examples.",
}


def drawn_batches(ask, case):
    """How train comes to its batches, in a word; "" if its losses cannot be read."""
    if training.moves_by_itself(ask, case):
        return "moved"
    pairs, always = [(i, j) for i in range(5) for j in range(i, 5)], []
    for size, picks in ((1, [(i,) for i in range(5)]), (2, pairs)):
        own = training.own_losses(ask, case, [*picks, range(5)])
        told = training.history_of(ask, case, 30, size)
        if told is None or told.shape != (30,) or None in own:
            return ""
        rows = training.drawn_rows(told, own)
        if None in rows:
            return "others"
        if set(rows) == {len(picks)}:
            return "all"
        if len(set(rows)) == 1:
            always.append(picks[rows[0]])
    return ("the first" if always == [(0,), (0, 1)] else "the same") if always else "drawn"


def predict(f):
    """What predict returns, in words, beside the scores of the same net."""
    words = set()
    for case in PROBES:
        scores = nets.parts.read(f("scores", case.own, case.data[0]).value, {"scores": case.scores()}).parts[
            "scores"
        ]
        value = f("predict", case.own, case.data[0]).value
        if scores is None or value is None:
            return [({}, {})]
        known = {
            "classes": scores.argmax(axis=1),
            "highest scores": scores.max(axis=1),
            "rows": scores.argmax(axis=0),
            "classes of the lowest scores": scores.argmin(axis=1),
        }
        words.add(next((word for word, right in known.items() if _is(value, right)), "others"))
    return [({}, {"predict returns": " or ".join(sorted(words))})]


def _is(value, right):
    found = nets.parts.read(value, {"it": right}).parts["it"]
    return found is not None and np.allclose(found, right)


def start(f):
    """What is odd about the parameters of a new net, in words."""
    return [({}, {"the start": start_flaw(plainly(f)) or "fine"})]


def start_flaw(ask):
    """Say what is wrong with the parameters of a new net, "" if nothing is."""
    D, H, C, std = 40, 50, 30, 0.01
    params = ask("start", [D, H, C, std])
    if not isinstance(params, dict):
        return "params is no dict" if params is not None else ""
    for name, shape in zip(nets.NAMES, ((D, H), (H,), (H, C), (C,)), strict=True):
        given = params.get(name)
        if not nets.parts.answers.is_numeric(given) or np.shape(given) != shape:
            return (
                f"params[{name!r}] should be an array of shape {shape}, it is {nets.parts.described(given)}"
            )
        if name[0] == "b":
            if np.any(given):
                return f"{name} is not 0"
            continue
        if not np.any(given):
            return "the weights are all 0"
        if not 0.8 < np.sqrt(np.mean(np.square(given))) / std < 1.2:
            return "the weights do not have the standard deviation that is asked for"
        if abs(np.mean(given)) > 0.2 * std:
            return "the weights do not lie around 0"
    return ""


GROUPS = [
    Group("forward", "the scores", forward),
    Group("start", "the parameters of a new net", start),
    Group("shape", "the shapes of the gradients", shape),
    Group("mutation", "parameters and data after the call", mutation),
    Group("data", "the data term", data),
    Group("stability", "large scores", stability),
    Group("penalty", "the penalty", penalty),
    Group("step", "the steps of train", step),
    Group("moving", "the parameters that train moves", moving),
    Group("history", "the losses that train tells", history),
    Group("batch", "the batches", batch),
    Group("predict", "what predict returns", predict),
]
