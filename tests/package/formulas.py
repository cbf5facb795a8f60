"""Numbers that carry their formula: a function run on them returns, beside its value, what it computed.

An array of them goes through the package's own code unchanged (object arrays, as exact fractions do).
Comparisons look at the value, so a run follows the branch of that point; arithmetic builds the sympy
expression. Two expressions are then compared by sympy.
"""

from numbers import Number

import numpy as np
import sympy


class Formula(Number):
    """A sympy expression and its value at one point."""

    def __init__(self, expression, value):
        self.expression, self.value = sympy.sympify(expression), float(value)

    @staticmethod
    def of(other):
        if isinstance(other, Formula):
            return other
        number = int(other) if isinstance(other, bool | np.bool) else other
        return Formula(sympy.nsimplify(number, rational=True), number)

    def _with(self, other, operation):
        if isinstance(other, np.ndarray):
            return NotImplemented
        other = Formula.of(other)
        return Formula(operation(self.expression, other.expression), operation(self.value, other.value))

    def __add__(self, other):
        return self._with(other, lambda a, b: a + b)

    def __radd__(self, other):
        return self._with(other, lambda a, b: b + a)

    def __sub__(self, other):
        return self._with(other, lambda a, b: a - b)

    def __rsub__(self, other):
        return self._with(other, lambda a, b: b - a)

    def __mul__(self, other):
        return self._with(other, lambda a, b: a * b)

    def __rmul__(self, other):
        return self._with(other, lambda a, b: b * a)

    def __truediv__(self, other):
        return self._with(other, lambda a, b: a / b)

    def __rtruediv__(self, other):
        return self._with(other, lambda a, b: b / a)

    def __pow__(self, power):
        return Formula(self.expression**power, self.value**power)

    def __neg__(self):
        return Formula(-self.expression, -self.value)

    def __abs__(self):
        return self if self.value >= 0 else -self

    def __float__(self):
        return self.value

    def __hash__(self):
        return hash(self.expression)

    def __eq__(self, other):
        return self.value == float(other)

    def __lt__(self, other):
        return self.value < float(other)

    def __le__(self, other):
        return self.value <= float(other)

    def __gt__(self, other):
        return self.value > float(other)

    def __ge__(self, other):
        return self.value >= float(other)

    def exp(self):
        return Formula(sympy.exp(self.expression), np.exp(self.value))

    def log(self):
        return Formula(sympy.log(self.expression), np.log(self.value))

    def log1p(self):
        return Formula(sympy.log(1 + self.expression), np.log1p(self.value))


def named(name, values):
    """Return an array of formulas, one symbol an entry: W00, W01, ... with the values given."""
    values = np.asarray(values, dtype=float)
    array = np.empty(values.shape, dtype=object)
    for k in np.ndindex(values.shape):
        symbol = sympy.Symbol(name + "".join(map(str, k)), real=True)
        array[k] = Formula(symbol, values[k])
    return array


def expression(result):
    """Return the sympy expression of a result: a Formula's own, a plain number as it is."""
    return Formula.of(result).expression


def equal(result, expected):
    """Return whether a result's expression equals another wherever both are smooth.

    Two functions on a connected set are equal if they agree at one point and have the same derivatives;
    derivatives of logarithms of sums of exponentials are quotients of exponentials, which sympy decides.
    """
    gap = expression(result) - expected
    symbols = sorted(gap.free_symbols, key=str)
    point = {symbol: sympy.Rational(k + 2, 7) for k, symbol in enumerate(symbols)}
    same_there = abs(sympy.N(gap.subs(point), 40)) < 1e-30
    return same_there and all(vanishes(sympy.diff(gap, symbol)) for symbol in symbols)


def vanishes(quotient):
    """Return whether a quotient of polynomials in symbols and exponentials is zero."""

    def product(argument):
        """Return exp(argument) as a product of powers, one generator a monomial."""
        parts = [term.as_coeff_Mul() for term in sympy.Add.make_args(sympy.expand(argument))]
        return sympy.Mul(*(sympy.Symbol(f"exp({m})", positive=True) ** c for c, m in parts))

    return sympy.cancel(sympy.together(quotient.replace(sympy.exp, product))) == 0
