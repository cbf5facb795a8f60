"""How the results of a loss are read, forgiving of form where the meaning is plain."""

from dataclasses import dataclass

import numpy as np

from lintutor.autograder.checks import CheckFailed, LearnerError

BOXED, SEVERAL = "an array of one number", "an array of several numbers"


@dataclass(frozen=True)
class Answer:
    """A result as far as it can be read: the loss, the gradient, and what is odd about its form."""

    loss: float | None
    dW: np.ndarray | None
    returns: str
    loss_form: str
    dW_form: str
    swapped: bool = False


def read(value, W):
    """Read what a function returned for weights W, forgiving of form where the meaning is plain."""
    if not isinstance(value, tuple | list):
        return Answer(number(value), None, described(value, W), form_of_loss(value), "")
    returns = f"{'(' if isinstance(value, tuple) else '['}{', '.join(described(v, W) for v in value[:4])}"
    returns += ")" if isinstance(value, tuple) else "]"
    if len(value) != 2:
        return Answer(None, None, returns, "", "")
    loss, dW = value
    swapped = gradient(loss, W) is not None and number(dW) is not None
    if swapped:
        loss, dW = dW, loss
    return Answer(
        number(loss), gradient(dW, W), returns, form_of_loss(loss), form_of_gradient(dW, W), swapped
    )


def ask_all(ask, cases, follow):
    """Return the answers to some cases; a crash at some sizes costs a point, at every size it is raised."""
    answers, crashes = [], []
    for case in cases:
        try:
            answers.append(ask(case))
        except LearnerError as error:
            if error.kind != "call":
                raise
            crashes.append((error, case))
    if not answers:
        error, case = crashes[0]
        error.message += f" (with {case})"
        raise error
    for error, case in crashes[:1]:
        follow(f"It crashes with {case}; the rest is graded at sizes that work. {error}", lost=1)
    return answers


def note_form(form, fold, follow):
    """Say what is odd about the form of a loss; it costs a point and the rest is graded on what it means."""
    if form == BOXED:
        follow(
            "The loss is one number, as it should be, but packed into an array: `.item()` takes it out.",
            lost=1,
        )
    elif form == SEVERAL:
        follow(f"The loss should be one number; it is an array. The rest is graded on its {fold}.", lost=1)


def kept(names, before, after):
    """Say of each argument, by name, whether it is afterwards what it was; nothing, if the call failed."""
    return {
        name: "as it was" if np.shape(own) == np.shape(theirs) and np.array_equal(own, theirs) else "changed"
        for name, own, theirs in zip(names, before, after, strict=False)
    }


def refuse_changes(names, before, after):
    """Fail if an argument is not what it was."""
    for name, state in kept(names, before, after).items():
        if state == "changed":
            raise CheckFailed(f"{name} is changed by the call; a loss must leave its arguments as they came.")


def refuse_warnings(reply):
    """Fail if numpy warned of an overflow, a division by zero or an invalid value."""
    warned = [w for w in reply.warnings if w.startswith("RuntimeWarning")]
    if warned:
        raise CheckFailed(f"numpy warns during the call: {warned[0].partition(': ')[2]}.")


def refuse_loops(answer, small, large, slack):
    """Fail if the text holds a loop, or more lines run for the `large` arguments than for the `small`."""
    loops = answer.loops()
    if loops:
        line, kind = loops[0]
        raise CheckFailed(f"Line {line} holds a {kind}. Let numpy work on whole arrays.")
    counts = [answer.run(*case.arguments, lines=True).lines for case in (small, large)]
    if counts[1] > counts[0] + slack:
        raise CheckFailed(
            f"{counts[0]} lines run with {small} but {counts[1]} with {large}: something is repeated."
        )


def is_numeric(value):
    """Whether `value` is a number or an array of real numbers (no truth values)."""
    return isinstance(value, int | float | np.ndarray | np.generic) and np.asarray(value).dtype.kind in "iuf"


def number(value, fold=np.mean):
    """The number that `value` means, `fold` of a row of numbers included, or None."""
    if isinstance(value, bool) or not is_numeric(value) or np.size(value) == 0:
        return None
    return float(fold(value)) if np.ndim(value) <= 1 or np.size(value) == 1 else None


def gradient(value, W):
    """The array of the shape of W that `value` means, turned back if need be, or None."""
    if not is_numeric(value) or np.shape(value) not in (W.shape, W.T.shape):
        return None
    return np.asarray(value, np.float64).reshape(np.shape(value)).T if turned(value, W) else np.asarray(value)


def turned(value, W):
    """Whether `value` has the shape of W transposed, and not that of W."""
    return np.shape(value) != W.shape and np.shape(value) == W.T.shape


def form_of_loss(value):
    """Say in a word what the loss is."""
    if not is_numeric(value):
        return type(value).__name__
    return "a number" if np.ndim(value) == 0 else BOXED if np.size(value) == 1 else SEVERAL


def form_of_gradient(value, W):
    """Say in a word what shape the gradient has."""
    if not is_numeric(value):
        return type(value).__name__
    return {W.shape: "(D, C)", W.T.shape: "(C, D)"}.get(np.shape(value), f"shape {np.shape(value)}")


def counted(value):
    """Say what came where several results were asked for."""
    return f"{len(value)} of them" if isinstance(value, tuple | list) else described(value, None)


def described(value, W):
    """Say what one result is, as a sentence needs it."""
    if value is None:
        return "None"
    if is_numeric(value) and not isinstance(value, bool):
        return "a number" if np.ndim(value) == 0 else f"an array of shape {np.shape(value)}"
    kind = getattr(value, "type_name", type(value).__name__)  # the type of what could not travel
    article = "an" if kind[0] in "aeiou" else "a"
    return {"str": "a text"}.get(kind, f"{article} {kind}")
