"""What predict exercises share: a prediction is read, compared, and never answered.

A wrong prediction is told as such and nothing more: what a message says must not depend on what is right,
but for the words that a teacher would say to anybody.
"""

import numpy as np

from lintutor.autograder import catalogue
from lintutor.autograder.checks import CheckFailed

answers = catalogue.beside(__file__, "answers")
UNREAD = "could not be read"


def read(value, kinds):
    """Return the parts of a prediction, each of its kind, or None where it is not; None if there are none."""
    if isinstance(value, np.ndarray):
        value = value.tolist()
    if not isinstance(value, tuple | list) or len(value) != len(kinds):
        return None
    return [_part(each, kind) for each, kind in zip(value, kinds, strict=True)]


def _part(value, kind):
    number = isinstance(value, bool | int | float | np.generic) and np.isfinite(value)
    if kind is bool:
        return bool(value) if number and value in (0, 1) else None
    return float(value) if number and not isinstance(value, bool | np.bool_) else None


def judge(value, kinds, part, right, advice, form):
    """Fail, with words that fit any wrong answer, unless one part of a prediction is right."""
    parts = read(value, kinds)
    if parts is None:
        came = answers.counted(value)
        raise CheckFailed(f"It should return {len(kinds)} things: return {form}. It returns {came}.")
    if parts[part] is None:
        wanted = "True or False" if kinds[part] is bool else "a number"
        raise CheckFailed(f"This part should be {wanted}.")
    if not same(parts[part], right[part]):
        raise CheckFailed(advice)


def same(part, right):
    """Whether a prediction is right: a number rounded to three digits or better, a truth exactly."""
    if isinstance(right, bool):
        return part == right
    rounding = abs(float(f"{right:.3g}") - right)
    return abs(part - right) <= max(1e-3 * max(abs(right), 1e-3), 1.01 * rounding)


def seen(exchange, kinds):
    """What a probe sees: each part as a word, so that no factor or offset is ever told."""
    parts = read(exchange.value, kinds)
    if parts is None:
        return {}
    words = [
        UNREAD if part is None else f"{part:.3g}" if kind is float else str(part)
        for part, kind in zip(parts, kinds, strict=True)
    ]
    return {f"part {number}": word for number, word in enumerate(words)}
