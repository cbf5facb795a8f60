"""The experiment of the exercise, run by the grader by another way: no difference is taken.

An entry (d, j) meets a kink where a margin that it moves is nearer to 0 than h times the feature.
"""

from functools import cache

import numpy as np

SETTINGS = ((0.1, 0.0), (0.1, 1.0), (0.001, 1.0))  # sigma, delta
SEEDS, H = range(30), 0.01
FORGIVEN = 0.0015  # the last digit that is asked for, and another machine's rounding


def share(seed, sigma, delta, h=H):
    """The share of the entries that meet a kink in one draw."""
    rng = np.random.default_rng(seed)
    X = rng.standard_normal((50, 20))
    y = rng.integers(10, size=50)
    W = sigma * rng.standard_normal((20, 10))
    S, rows = X @ W, np.arange(50)
    away = np.abs(S - S[rows, y][:, None] + delta)  # (N, C), the way of each margin to its kink
    away[rows, y] = np.inf
    away[rows, y] = away.min(axis=1)  # the true score moves all margins of its row
    return float((away[:, None, :] < h * np.abs(X)[:, :, None]).any(axis=0).mean())


@cache
def mean(sigma, delta, seeds=SEEDS, h=H):
    """The mean over the seeds."""
    return float(np.mean([share(seed, sigma, delta, h) for seed in seeds]))
