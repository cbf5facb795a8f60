"""Rules on what must not be said: the solution, and the figures that are asked for."""

import re
from collections.abc import Iterator
from typing import Any

import numpy as np

from ..findings import Finding, Findings, Unreadable, rule
from ..leaks import held, pieces, tokens
from ..material import Item

NUMBER = re.compile(r"(?<![\w.])[-+]?(?:\d+\.\d*|\.\d+|\d+)(?:e[-+]?\d+)?(?![\w])", re.IGNORECASE)
TELLING = 2  # digits of a figure that is no accident


@rule("solution-told", of="exercise")
def says_nothing_of_the_solution(item: Item) -> Findings:
    """No line or expression of the solution stands in a hint, the statement or an explanation."""
    given = tokens(item.stub)
    secret = [p for p in pieces(item.answers.solution(item.entry.function)) if not held(p, given)]
    for what, path, line, text in item.told:
        words = tokens(text)
        for piece in secret:
            if found := held(piece, words):
                told = f"{what} holds a piece of the solution: `{found}`, there `{piece.source}`"
                yield Finding(path, line, told, "say it in words, or with other numbers")
                break


@rule("figure-told", of="exercise")
def says_no_figure(item: Item) -> Findings:
    """No figure that is to be predicted or measured stands where learners read.

    What the statement of a prediction holds is given; single digits are everywhere.
    """
    if item.entry.kind not in ("predict", "measure"):
        return
    try:
        answer = getattr(item.answers.module, item.entry.function)
        right = [figure for figure in _figures(answer()) if _telling(figure)]
    except Exception:
        raise Unreadable from None
    given = set(NUMBER.findall(item.entry.statement)) if item.entry.kind == "predict" else set()
    told = list(item.told)
    if item.entry.kind == "measure":
        told.append(("the stub", item.answers.path, item.line, item.stub))
    for what, path, line, text in told:
        for number in NUMBER.findall(text):
            if number not in given and any(_is(number, figure) for figure in right):
                told_of = f"{what} holds a figure that is asked for: {number}"
                yield Finding(path, line, told_of, "say how to find it")
                break


def _figures(value: Any) -> Iterator[float]:
    """Yield the numbers of an answer."""
    if isinstance(value, dict):
        value = list(value.values())
    if isinstance(value, list | tuple | np.ndarray):
        for each in value:
            yield from _figures(each)
    elif isinstance(value, int | float | np.number) and not isinstance(value, bool):
        yield float(value)


def _telling(figure: float) -> bool:
    """Whether a number has so many digits that it is no accident."""
    return len(f"{abs(figure):.12g}".replace(".", "").strip("0")) >= TELLING


def _is(number: str, figure: float) -> bool:
    """Whether a number that is written somewhere is a figure, rounded to its own decimals."""
    mantissa = number.lower().partition("e")[0]
    if len(mantissa.replace(".", "").lstrip("+-0")) < TELLING:
        return False
    if "e" in number.lower() or "." not in number:
        return float(number) == figure
    return abs(float(number) - figure) <= 0.5000001 * 10.0 ** -len(mantissa.partition(".")[2])
