"""Every public function of the numerical core, fed what it was not made for.

The promise: an answer equal to the answer for a clean float64 copy, as far as the precision of what
came goes, or an error that names the argument (an overflow on the way may go without a name); and never
a changed argument. An infinity counts as an answer only where numpy said aloud that it overflowed.

What is fed follows from the names of the arguments: ``GOOD`` in ``hostile_table`` says what each name
stands for. A public function whose arguments are all known there is tested without another word; one
that needs more has a line in ``CALLS``; one that has neither fails.
"""

import copy
import importlib
import inspect
import re
import warnings
from collections.abc import Callable, Iterable, Iterator
from typing import Any, NamedTuple

import numpy as np
import pytest

from .hostile_table import ANY_LABELS, ANY_ROWS, CALLS, GOOD, NOT_FED, Call, fitted

CORE = [
    "neighbors",
    "scores",
    "losses",
    "regularizers",
    "objective",
    "gradients",
    "optimizers",
    "classifiers",
    "graph",
    "network",
    "model_selection",
    "features",
]
PUBLIC = [f"{m}.{name}" for m in CORE for name in importlib.import_module(f"lintutor.{m}").__all__]
FED = [name for name in PUBLIC if name not in NOT_FED]
SIZES = (5, 3, 4)  # N, D, C
REFUSED = (ValueError, TypeError, FloatingPointError)


def arguments(name: str, sizes: tuple[int, int, int] = SIZES) -> tuple[Call, dict[str, Any]]:
    """Return how to call a public name, and with what good arguments."""
    module, public = name.split(".")
    thing = getattr(importlib.import_module(f"lintutor.{module}"), public)
    if name in CALLS:
        line = CALLS[name]
    elif inspect.isclass(thing) and hasattr(thing, "fit"):
        line = Call(fitted(thing), "X y")
    else:
        taken = inspect.signature(thing).parameters.values()
        unknown = [p.name for p in taken if p.default is p.empty and p.name not in GOOD]
        assert not unknown, f"{name}: what are {', '.join(unknown)}? Add them to GOOD, or the name to CALLS"
        line = Call(thing, " ".join(p.name for p in taken if p.name in GOOD))
    own = line.good(*sizes)
    return line, {a: own[a] if a in own else GOOD[a](*sizes) for a in line.names.split()}


def flat(result: Any) -> Iterator[Any]:
    """Yield the arrays, numbers and texts of a result, wherever they stand in it."""
    if isinstance(result, dict):
        result = [part for pair in result.items() for part in pair]
    if isinstance(result, (list, tuple)):
        for part in result:
            yield from flat(part)
    elif isinstance(result, str) or result is None:
        yield result
    else:
        yield np.asarray(result)


def is_numeric(part: Any) -> bool:
    return isinstance(part, np.ndarray) and part.dtype.kind in "biuf"


def differs(result: Any, expected: Any, tolerance: float) -> bool:
    """Return whether two results are not equal within the tolerance."""
    ours, theirs = list(flat(result)), list(flat(expected))
    if len(ours) != len(theirs):
        return True
    for a, b in zip(ours, theirs, strict=True):
        if not isinstance(a, np.ndarray) or not isinstance(b, np.ndarray):
            if a != b:
                return True
        elif a.shape != b.shape:
            return True
        elif b.dtype.kind not in "biuf":
            if (a.astype(str) != b.astype(str)).any():
                return True
        else:
            scale = float(np.abs(b.astype(float)).max(initial=1.0))
            if not np.allclose(a.astype(float), b.astype(float), rtol=tolerance, atol=tolerance * scale):
                return True
    return False


class Boxed:
    """What a data frame looks like from here: no array, but it knows how to become one."""

    def __init__(self, values: Any) -> None:
        self.values = values

    def __array__(self, dtype: Any = None, copy: bool | None = None) -> Any:
        return np.array(self.values, dtype=dtype)

    def __len__(self) -> int:
        return len(self.values)


def cast(dtype: Any) -> Callable[[Any], Any]:
    """Return what gives the same numbers in another type; None where the type cannot hold them."""

    def form(array: Any) -> Any:
        with np.errstate(all="ignore"):
            other = array.astype(dtype)
            return other if (other.astype(float) == array).all() else None

    return form


def strided(array: Any) -> Any:
    wide = np.full((*array.shape[:-1], 2 * array.shape[-1]), 77, dtype=array.dtype)
    wide[..., ::2] = array
    return wide[..., ::2]


def read_only(array: Any) -> Any:
    frozen = array.copy()
    frozen.setflags(write=False)
    return frozen


# The same numbers in another guise. The first ones must be welcome; the others may be refused.
WELCOME: dict[str, Callable[[Any], Any]] = {
    "as a list": lambda a: a.tolist(),
    "in Fortran order": np.asfortranarray,
    "with gaps between its columns": strided,
    "with negative strides": lambda a: a[::-1].copy()[::-1],
    "read-only": read_only,
    "as float32": cast(np.float32),
    "as int64": cast(np.int64),
    "as int32": cast(np.int32),
}
OTHERWISE: dict[str, Callable[[Any], Any]] = {
    "as float16": cast(np.float16),
    "as longdouble": cast(np.longdouble),
    "as big-endian floats": cast(">f8"),
    "as int8": cast(np.int8),
    "as uint8": cast(np.uint8),
    "as bool": cast(bool),
    "as floats in objects": lambda a: a.astype(object),
    "as whole floats": cast(float),
    "as np.matrix": lambda a: a.view(np.matrix) if a.ndim == 2 else None,
    "as a masked array with nothing masked": np.ma.masked_array,
    "as something with __array__": Boxed,
    "as a tuple of rows": tuple,
}
# The same for a number or a count that stands alone.
SCALARS = {"as a numpy float": np.float64, "as a numpy single": np.float32, "as an array": np.array}
COUNTS = {"as a numpy integer": np.int64, "as a small integer": np.int8, "as an array": np.array}
PRECISION = {"as a numpy single": 1e-6, "as float16": 2e-2, "as float32": 2e-4}


def with_first(entry: Any) -> Callable[[Any], Any]:
    """Return what puts an entry in the first place."""
    return lambda a: np.where(np.arange(a.size).reshape(a.shape) == 0, entry, a)


# What no number can be made of: an error that names the argument.
WRONG_NUMBERS: dict[str, Callable[[Any], Any]] = {
    "with a nan": with_first(np.nan),
    "with an inf": with_first(np.inf),
    "with a minus inf": with_first(-np.inf),
    "with a None": with_first(None),
    "with an entry masked": lambda a: np.ma.masked_array(a, mask=np.arange(a.size).reshape(a.shape) == 0),
    "with a row too long": lambda a: [*a.tolist(), [*a[-1], 1.0]] if a.ndim == 2 else None,
    "as complex": lambda a: a + 1j,
    "as text": lambda a: a.astype(str),
    "as dates": lambda a: a.astype("int64").astype("datetime64[D]"),
    "as an ellipsis": lambda a: ...,
    "as a set": lambda a: set(a.ravel().tolist()),
    "as a function": lambda a: len,
}
WRONG_LABELS: dict[str, Callable[[Any], Any]] = {
    "with a negative one": with_first(-2),
    "with one out of range": with_first(10**6),
    "with one beyond int64": with_first(1e30),
    "with a half": with_first(0.5),
    "with a nan": with_first(np.nan),
    "with an inf": with_first(np.inf),
    "with one masked": WRONG_NUMBERS["with an entry masked"],
    "as text": lambda a: a.astype(str),
    "as complex": lambda a: a + 0j,
    "as a column": lambda a: a[:, None],
}
SHORT_LABELS = {"with one too few": lambda a: a[:-1], "with one too many": lambda a: np.append(a, 0)}
WRONG_SCALARS = [np.nan, -np.inf, "1", 1j, [1.0, 2.0], {}]
WRONG_COUNTS = [2.5, np.nan, "2", -1, [1, 2], 1j]


class Outcome(NamedTuple):
    """What came of a call: an answer, or a refusal in words; `fault` says how it broke the promise."""

    answer: Any = None
    refusal: str = ""
    fault: str = ""


def attempt(line: Call, good: dict[str, Any], argument: str, value: Any, names: str) -> Outcome:
    """Call with one argument replaced; a refusal must say one of the names."""
    before = copy.deepcopy(value)
    with warnings.catch_warnings(record=True) as said:
        warnings.simplefilter("always")
        try:
            answer = line.f(**{**good, argument: value})
            outcome = Outcome(answer=answer, fault=unsound(answer, overflowed=any(map(is_overflow, said))))
        except REFUSED as error:
            named = any(re.search(rf"\b{name}\b", str(error)) for name in names.split())
            fault = "" if named or isinstance(error, FloatingPointError) else f"no name in {error!r}"
            outcome = Outcome(refusal=repr(error), fault=fault)
        except Exception as error:
            outcome = Outcome(fault=repr(error))
    if isinstance(value, np.ndarray) and value.tobytes() != before.tobytes():
        return Outcome(fault="the argument was changed")
    strange = [str(w.message) for w in said if not is_overflow(w)]
    return outcome._replace(fault=strange[0]) if strange and not outcome.fault else outcome


def is_overflow(warning: warnings.WarningMessage) -> bool:
    return "overflow" in str(warning.message)


def unsound(answer: Any, overflowed: bool = False) -> str:
    """Return what is wrong with an answer: a nan, or an infinity about which nothing was said."""
    parts = [part for part in flat(answer) if is_numeric(part)]
    if any(np.isnan(part).any() for part in parts):
        return "answered with nan"
    if any(np.isinf(part).any() for part in parts) and not overflowed:
        return "answered with inf, without a word"
    return ""


def kinds(good: dict[str, Any], *types: Any) -> Iterator[tuple[str, Any]]:
    for argument, value in good.items():
        if type(value) in types:
            yield argument, value


def complain(name: str, violations: list[str]) -> None:
    """Fail with all that was found, a line each."""
    assert not violations, "\n".join(["", *(f"{name}: {line}" for line in violations)])


def test_every_public_name_is_fed_or_has_a_reason_not_to_be():
    for name in FED:
        _, good = arguments(name)
        assert good, f"{name}: nothing to feed; give the reason in NOT_FED"
    assert not (set(CALLS) | set(NOT_FED)) - set(PUBLIC), "a line for a name that is gone"


@pytest.mark.parametrize("name", FED)
def test_good_arguments_are_answered_kept_and_not_shared(name):
    line, good = arguments(name)
    kept = copy.deepcopy(good)
    answer = line.f(**good)
    assert not unsound(answer)
    for argument, value in good.items():
        np.testing.assert_array_equal(value, kept[argument], err_msg=f"{name} changed {argument}")
        for part in flat(answer):
            if isinstance(value, np.ndarray) and isinstance(part, np.ndarray):
                assert not np.shares_memory(part, value), f"{name} gives out the memory of {argument}"


@pytest.mark.parametrize("name", FED)
def test_the_same_numbers_in_another_guise_give_the_same_answer_or_a_named_error(name):
    line, good = arguments(name)
    expected, violations = line.f(**good), []
    for argument, value in kinds(good, np.ndarray, float, int):
        forms = {float: SCALARS, int: COUNTS}.get(type(value), WELCOME | OTHERWISE)
        for guise, form in forms.items():
            other = form(value)
            if other is None:
                continue
            outcome = attempt(line, good, argument, other, f"{argument} {line.says}")
            if outcome.fault or (outcome.refusal and guise in WELCOME):
                violations.append(f"{argument} {guise}: {outcome.fault or outcome.refusal}")
            elif not outcome.refusal and differs(outcome.answer, expected, PRECISION.get(guise, 1e-9)):
                violations.append(f"{argument} {guise}: another answer")
    complain(name, violations)


@pytest.mark.parametrize("name", FED)
def test_what_is_no_number_is_refused_by_name(name):
    line, good = arguments(name)
    wrong = [(a, guise, form(value)) for a, value in good.items() for guise, form in wrong_forms(name, value)]
    wrong += [(a, repr(other), other) for a, value in good.items() for other in wrong_scalars(line, a, value)]
    violations = []
    for argument, guise, other in wrong:
        if other is not None:
            outcome = attempt(line, good, argument, other, f"{argument} {line.says}")
            if outcome.fault or not outcome.refusal:
                violations.append(f"{argument} {guise}: {outcome.fault or 'accepted'}")
    complain(name, violations)


def wrong_forms(name: str, value: Any) -> Iterable[tuple[str, Callable[[Any], Any]]]:
    """Return what to make of an array that must then be refused."""
    if not isinstance(value, np.ndarray):
        return ()
    if value.dtype.kind == "i":
        return (SHORT_LABELS if name.startswith(ANY_LABELS) else WRONG_LABELS | SHORT_LABELS).items()
    return () if name.startswith(ANY_ROWS) else WRONG_NUMBERS.items()


def wrong_scalars(line: Call, argument: str, value: Any) -> list[Any]:
    """Return what must be refused in the place of a number or of a count."""
    if type(value) is int:
        return WRONG_COUNTS
    if type(value) is float:
        return WRONG_SCALARS if argument in line.infinite.split() else [np.inf, *WRONG_SCALARS]
    return []


@pytest.mark.parametrize("name", FED)
def test_no_rows_equal_rows_a_lone_number_and_huge_ones_are_refused_or_give_sound_answers(name):
    line, good = arguments(name)
    violations = []
    for argument, value in kinds(good, np.ndarray):
        others = {f"without entries along axis {k}": value.take([], axis=k) for k in range(value.ndim)}
        others["as a lone number"] = value.flat[-1]
        others["all alike"] = np.full_like(value, value.flat[-1])
        if value.dtype.kind == "f":
            others["times 1e300"] = value * 1e300
            others["near the largest float"] = np.where(value > 0, 1e308, -1e308)
        for guise, other in others.items():
            outcome = attempt(line, good, argument, other, f"{line.names} {line.says} X y shape")
            if outcome.fault:
                violations.append(f"{argument} {guise}: {outcome.fault}")
    complain(name, violations)


@pytest.mark.parametrize("sizes", [(1, 3, 4), (5, 1, 4), (5, 3, 1), (1, 1, 1), (2, 1, 2), (0, 3, 4)])
@pytest.mark.parametrize("name", FED)
def test_one_example_one_feature_one_class_are_answered_or_refused(name, sizes):
    line, good = arguments(name, sizes)
    argument = next(iter(good))
    outcome = attempt(line, good, argument, good[argument], f"{line.names} {line.says} X y shape")
    assert not outcome.fault
