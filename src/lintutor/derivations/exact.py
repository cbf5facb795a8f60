"""Numbers for exact evaluation: rationals, 50-digit reals, and dual numbers that carry a slope."""

from collections.abc import Callable
from fractions import Fraction
from typing import Any

import mpmath
import sympy as sp

__all__ = [
    "CONSTANTS",
    "FUNCTIONS",
    "MAX_BITS",
    "Dual",
    "Kink",
    "NoValue",
    "TooLarge",
    "Unknown",
    "between",
    "bits",
    "comparable",
    "context",
    "is_exact",
    "parts",
    "power",
    "same",
]

MAX_BITS = 20_000
context = mpmath.mp.clone()
context.dps = 50


class Kink(ArithmeticError):
    """The derivative does not exist here: its one-sided values differ."""


class TooLarge(ArithmeticError):
    """A number or a sum on the way would be larger than is sensible."""


class NoValue(ArithmeticError):
    """The expression has no value here: a logarithm of zero, an index past the end."""


class Unknown(TypeError):
    """An expression that the evaluator has no rule for."""


class Dual:
    """A value with its slope along one variable."""

    __slots__ = ("slope", "value")

    def __init__(self, value: Any, slope: Any) -> None:
        self.value, self.slope = value, slope

    def __add__(self, other: Any) -> "Dual":
        v, s = parts(other)
        return Dual(self.value + v, self.slope + s)

    def __mul__(self, other: Any) -> "Dual":
        v, s = parts(other)
        return Dual(self.value * v, self.slope * v + self.value * s)

    __radd__, __rmul__ = __add__, __mul__


def parts(x: Any) -> tuple[Any, Any]:
    """Return value and slope; a plain number has slope 0."""
    return (x.value, x.slope) if isinstance(x, Dual) else (x, 0)


def bits(x: Any) -> int:
    """Return how many bits the larger part of a rational has; 64 stands for a real."""
    if isinstance(x, Fraction):
        return max(x.numerator.bit_length(), x.denominator.bit_length())
    return x.bit_length() if isinstance(x, int) else 64


def _real(x: Any) -> Any:
    """Return x as an mpmath number."""
    if isinstance(x, Fraction):
        return context.mpf(x.numerator) / x.denominator
    return context.mpf(x)


def power(base: Any, exponent: Any) -> Any:
    """Return base ** exponent, exact where it is rational; its size is bounded before it is computed."""
    if isinstance(base, Dual) or isinstance(exponent, Dual):
        (b, db), (e, de) = parts(base), parts(exponent)
        value = power(b, e)
        slope = e * power(b, e - 1) * db if db != 0 and e != 0 else 0
        if de != 0:
            slope += value * context.log(_real(b)) * de
        return Dual(value, slope)
    whole = int(exponent) if exponent == int(exponent) else None
    if whole is None or not isinstance(base, (int, Fraction)):
        if base < 0 and whole is None:
            raise NoValue("a root of a negative number")
        return context.power(_real(base), _real(exponent))
    if abs(whole) * bits(base) > MAX_BITS:
        raise TooLarge(f"a power with more than {MAX_BITS} bits")
    if whole >= 0:
        return base**whole
    return Fraction(1) / Fraction(base) ** -whole


def _function(f: Callable[[Any], Any], slope: Callable[[Any], Any]) -> Callable[[Any], Any]:
    def apply(x: Any) -> Any:
        if isinstance(x, Dual):
            v = _real(x.value)
            return Dual(f(v), slope(v) * x.slope)
        return f(_real(x))

    return apply


def _log(x: Any) -> Any:
    if x <= 0:
        raise NoValue("the logarithm of a number that is not positive")
    return context.log(x)


def _exp(x: Any) -> Any:
    if abs(x) > MAX_BITS:
        raise TooLarge("an exponential of a very large number")
    return context.exp(x)


FUNCTIONS: dict[Any, Callable[[Any], Any]] = {
    sp.exp: _function(_exp, _exp),
    sp.log: _function(_log, lambda x: 1 / x),
    sp.sin: _function(context.sin, context.cos),
    sp.cos: _function(context.cos, lambda x: -context.sin(x)),
    sp.tanh: _function(context.tanh, lambda x: 1 - context.tanh(x) ** 2),
}
CONSTANTS = {sp.pi: context.pi, sp.E: context.e}


def is_exact(value: Any) -> bool:
    """Return whether a value is rational (or a truth value, or a row of such)."""
    if isinstance(value, tuple):
        return all(is_exact(v) for v in value)
    return isinstance(value, (bool, int, Fraction))


def comparable(a: Any, b: Any) -> tuple[Any, Any]:
    """Return two numbers as they are if both are exact, else both as reals."""
    return (a, b) if is_exact(a) and is_exact(b) else (_real(a), _real(b))


def between(x: Any, a: Any, b: Any) -> bool:
    """Return whether a number lies between two others, which may stand in either order."""
    if any(isinstance(part, tuple) for part in (x, a, b)):
        return False
    if not all(is_exact(part) for part in (x, a, b)):
        x, a, b = _real(x), _real(a), _real(b)
    return bool(min(a, b) <= x <= max(a, b))


def same(a: Any, b: Any) -> bool:
    """Return whether two values agree: exactly, or to 35 digits where they are not rational."""
    if isinstance(a, tuple) and isinstance(b, tuple):
        return len(a) == len(b) and all(same(p, q) for p, q in zip(a, b, strict=True))
    if isinstance(a, tuple) or isinstance(b, tuple):
        return False
    if not (is_exact(a) and is_exact(b)):
        a, b = _real(a), _real(b)
        return bool(abs(a - b) <= context.mpf(10) ** -35 * max(1, abs(a), abs(b)))
    return bool(a == b)
