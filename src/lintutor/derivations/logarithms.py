"""Logarithms and exponentials in normal forms and in proofs: which forms are positive, and what log does.

The rules are those of the real logarithm of positive numbers: the logarithm of a product is the sum of the
logarithms, ``log(exp(x)) = x``, both functions rise, ``log(t) <= t - 1`` and ``exp(t) >= 1 + t``.
"""

from typing import Any

import sympy as sp
from sympy import Add, Mul, Pow

__all__ = ["below_tangents", "is_positive", "logarithm"]


def is_positive(form: Any) -> bool:
    """Return whether a normal form is positive by its form alone.

    A sum over a declared range, which has at least one term, is positive if its terms are.

    Examples
    --------
    >>> x = sp.Symbol("x", real=True)
    >>> is_positive(sp.exp(x) / 2), is_positive(sp.exp(x) - 1)
    (True, False)
    """
    if form.is_positive:
        return True
    if isinstance(form, (Add, Mul)):
        return all(is_positive(part) for part in form.args)
    if isinstance(form, Pow):
        return is_positive(form.base) and form.exp.is_real is True
    if form.func.__name__ == "SumOf":
        body, _, low, high = form.args
        return is_positive(body) and (high - low).is_nonnegative is True
    return False


def logarithm(form: Any) -> Any:
    """Return the logarithm of a positive normal form: a product gives a sum.

    Examples
    --------
    >>> x, t = sp.Symbol("x", real=True), sp.Symbol("t", positive=True)
    >>> logarithm(t**2 * sp.exp(x))
    x + 2*log(t)
    """
    total = sp.S.Zero
    for factor in Mul.make_args(form):
        if isinstance(factor, sp.exp):
            total += factor.args[0]
        elif isinstance(factor, Pow):
            total += factor.exp * logarithm(factor.base)
        elif factor.is_Rational:
            total += sp.log(factor.p) - sp.log(factor.q)
        else:
            total += sp.log(factor)
    return sp.expand(total, log=False, func=False)


def below_tangents(difference: Any, nonnegative: Any) -> tuple[Any, Any]:
    """Return two expressions at most `difference`: tangents in place of logarithms; of exponentials, too.

    ``log(t)`` with a factor below zero gives way to ``t - 1``, ``exp(t)`` with one above zero to ``1 + t``.

    Examples
    --------
    >>> t = sp.Symbol("t", positive=True)
    >>> below_tangents(sp.exp(t) - 2 - sp.log(t), lambda e: e.is_nonnegative is True)
    (-t + exp(t) - 1, 0)
    """
    first = sp.expand_mul(difference)
    for atom in first.atoms(sp.log):
        factor = first.coeff(atom)
        if factor != 0 and nonnegative(-factor):
            first = sp.expand_mul(first + factor * (atom.args[0] - 1 - atom))
    second = first
    for atom in second.atoms(sp.exp):
        factor = second.coeff(atom)
        if factor != 0 and nonnegative(factor):
            second = sp.expand_mul(second + factor * (1 + atom.args[0] - atom))
    return first, second
