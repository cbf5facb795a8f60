"""Which mistake is it? A wrong answer is held against executable wrong twins, group by group.

A `Group` looks at one aspect of a function (its data term, its penalty, ...) through probes, so that
mistakes of different groups can be told apart when they come together. At most one twin a group is
named: the only one that gives what the answer gives. Where none does, a recognizable factor, sign or
offset may still be said; else the cause is called unknown.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from .catalogue import Exercise, Misconception
from .derive import called_here
from .errors import LearnerError
from .sessions import twin

Function = Callable[..., Any]
Sight = Mapping[str, Any]  # what one probe shows: arrays, or words; absent where nothing could be seen


@dataclass(frozen=True)
class Group:
    """One aspect of an answer.

    Parameters
    ----------
    id : str
        As in the misconceptions of the catalogue.
    name : str
        As it reads in a sentence: "the penalty".
    observe : callable (function) -> list of (sizes, sight)
        What the probes show; `sizes` names the numbers (N, C, ...) that could be a stray factor.
    """

    id: str
    name: str
    observe: Callable[[Function], list[tuple[Mapping[str, float], Sight]]]


@dataclass(frozen=True)
class Finding:
    """What is said of one group: a misconception, or a remark where none fits."""

    group: str
    misconception: Misconception | None
    remark: str = ""


@dataclass(frozen=True)
class Exchange:
    """A call as seen from outside: the result or the error it ended in, and the arguments afterwards."""

    value: Any
    arguments: Sequence[Any] = field(default_factory=list)
    error: str = ""

    @property
    def failed(self) -> bool:
        """Whether there is no result."""
        return bool(self.error)


def observed(function: Function) -> Function:
    """Return `function` (a twin, or a proxy) as one that gives an `Exchange` and never raises."""

    def call(*args: Any) -> Exchange:
        own = [np.array(arg) if isinstance(arg, np.ndarray) else arg for arg in args]
        try:
            if hasattr(function, "run"):
                reply = function.run(*own, echo=True)
                return Exchange(reply.value, reply.arguments)
            return Exchange(called_here(function, own), own)
        except LearnerError as error:
            if error.kind in ("exit", "time"):
                raise
            return Exchange(None, error=error.type_name or error.kind)
        except Exception as error:
            return Exchange(None, error=type(error).__name__)

    return call


def diagnose(exercise: Exercise, answer: Function) -> list[Finding]:
    """Return what is wrong with `answer`, one finding for each group that shows something.

    Parameters
    ----------
    exercise : Exercise
    answer : callable
        The learner's function, or a proxy of it.
    """
    seen_by = observed(answer)
    findings = []
    for group in exercise.module("twins").GROUPS:
        try:
            seen = group.observe(seen_by)
        except LearnerError:
            break  # it hangs or ends the process: the check says so already
        right = group.observe(observed(twin(exercise)))
        if _same(seen, right):
            continue
        named = [
            entry
            for entry in exercise.misconceptions
            if entry.group == group.id and _same(seen, group.observe(observed(twin(exercise, entry.twin))))
        ]
        if len(named) == 1:
            findings.append(Finding(group.id, named[0]))
        elif remark := _remark(group, seen, right):
            findings.append(Finding(group.id, None, remark))
    return findings


def _same(seen: list[tuple[Any, Sight]], other: list[tuple[Any, Sight]]) -> bool:
    """Whether two answers show the same wherever the first could be seen at all."""
    for (_, left), (_, right) in zip(seen, other, strict=True):
        for key, value in left.items():
            if key not in right or not _equal(value, right[key]):
                return False
    return True


def _equal(left: Any, right: Any) -> bool:
    if isinstance(left, str) or isinstance(right, str):
        return bool(left == right)
    a, b = np.asarray(left, np.float64), np.asarray(right, np.float64)
    return a.shape == b.shape and bool(np.allclose(a, b, rtol=1e-4, atol=1e-5, equal_nan=True))


def _remark(group: Group, seen: list[tuple[Any, Sight]], right: list[tuple[Any, Sight]]) -> str:
    """Say what is known where no twin fits."""
    parts: dict[str, str] = {}
    for key in dict.fromkeys(k for _, sight in right for k in sight):
        pairs = [
            (n, s[key], r[key]) for (n, s), (_, r) in zip(seen, right, strict=True) if key in s and key in r
        ]
        if not pairs or any(isinstance(value, str) for pair in pairs for value in pair[1:]):
            continue
        if all(_equal(s, r) for _, s, r in pairs):
            parts[key] = "is right"
        else:
            parts[key] = _relation(pairs) or "is wrong in a way that the grader does not recognize"
    if not parts or all(text == "is right" for text in parts.values()):
        return ""  # words, not numbers: the check itself says what was seen
    return f"In {group.name}: {'; '.join(f'{key} {text}' for key, text in parts.items())}."


def _relation(pairs: list[tuple[Mapping[str, float], Any, Any]]) -> str:
    """Name the factor or offset that leads from the right values to these, if one fits all probes."""
    factors: dict[str, Callable[[Mapping[str, float]], float]] = {
        "has the wrong sign": lambda n: -1.0,
        "is twice what it should be": lambda n: 2.0,
        "is half of what it should be": lambda n: 0.5,
        "is 0 everywhere": lambda n: 0.0,
    }
    for name in pairs[0][0]:
        factors[f"is {name} times what it should be"] = lambda n, name=name: n[name]  # type: ignore[misc]
        if all(sizes[name] for sizes, _, _ in pairs):
            factors[f"is 1/{name} of what it should be"] = lambda n, name=name: 1 / n[name]  # type: ignore[misc]
        factors[f"is -{name} times what it should be"] = lambda n, name=name: -n[name]  # type: ignore[misc]
    for text, factor in factors.items():
        if all(_equal(s, factor(n) * np.asarray(r)) for n, s, r in pairs):
            return text
    if any(np.shape(s) != np.shape(r) for _, s, r in pairs) or sum(np.size(s) for _, s, _ in pairs) < 2:
        return ""  # one number is always off by something
    offsets = [np.asarray(s, float) - np.asarray(r, float) for _, s, r in pairs]
    first = float(np.ravel(offsets[0])[0])
    if all(_equal(d, np.full_like(d, first)) for d in offsets):
        return f"is off by {first:+.6g} everywhere"
    return ""
