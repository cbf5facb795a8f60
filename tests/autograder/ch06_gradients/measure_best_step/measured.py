"""The experiment of the exercise, run by the grader: nothing here is a number that was typed in."""

from functools import cache

import numpy as np

EXPONENTS = -np.arange(1, 14)


def f(t):
    """The function of the exercise."""
    return np.exp(np.sin(t))


@cache
def errors(centered, dtype):
    """The mean error at each exponent."""
    x = np.linspace(0, 3, 201)
    slope, point = np.exp(np.sin(x)) * np.cos(x), x.astype(dtype)
    found = []
    for exponent in EXPONENTS:
        h = dtype(10.0**exponent)
        if centered:
            difference = (f(point + h) - f(point - h)) / (2 * h)
        else:
            difference = (f(point + h) - f(point)) / h
        found.append(np.mean(np.abs(difference - slope)))
    return tuple(float(each) for each in found)


def best(centered, dtype):
    """The exponent with the smallest error, and that error's own exponent."""
    found = errors(centered, dtype)
    at = int(np.argmin(found))
    return int(EXPONENTS[at]), int(np.floor(np.log10(found[at])))
