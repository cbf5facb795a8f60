"""The samples that a new exercise starts from: what differs from kind to kind, and their files."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from importlib import resources

__all__ = ["CLASS", "SAMPLES", "Sample", "filled"]

CLASS = "class"


@dataclass(frozen=True)
class Sample:
    """What differs from kind to kind.

    Parameters
    ----------
    asked : str
        The end of the statement.
    group : str
        The group of its two mistakes.
    mistakes : tuple of str
        Ends of their ids.
    other_points : int
        Points of all checks but the main one.
    points : int
        Points of all checks, if the author names no other number.
    """

    asked: str
    group: str
    mistakes: tuple[str, str]
    other_points: int
    points: int


SAMPLES = {
    "code": Sample("Write `@name@(x)`.", "data", ("doubled", "sign-kept"), 2, 5),
    CLASS: Sample(
        "Write the class `@name@`, with the methods `add(x)` and `mean()`.",
        "data",
        ("overwritten", "undivided"),
        1,
        5,
    ),
    "derive": Sample(
        "Write `@name@(x, a)`. It receives two symbols and returns an expression in them.",
        "slope",
        ("factor-forgotten", "value-for-slope"),
        2,
        5,
    ),
    "debug": Sample(
        "The code below does not do what its docstring says: **one line is wrong**. Mend it.",
        "data",
        ("overwritten", "undivided"),
        2,
        4,
    ),
    "predict": Sample(
        "A vector has the entries 3, 4 and 12. Let `@name@()` return its sum and its length, `a, b`.\n"
        "Each is graded by itself, and the grader does not tell what is right.",
        "prediction",
        ("sum-for-length", "root-forgotten"),
        1,
        3,
    ),
    "measure": Sample(
        "Draw 1000 numbers, `np.random.default_rng(0).normal(size=1000)`. Let `@name@()` return the\n"
        "share of those above 0 and of those above 1, with three decimals.",
        "figures",
        ("in-percent", "below-for-above"),
        1,
        4,
    ),
}


def filled(kind: str, values: Mapping[str, str]) -> dict[str, str]:
    """Return the files of a sample, with values in the place of ``@names@``."""
    top = resources.files(__package__).joinpath("scaffolds")
    files = [each for place in (top, top.joinpath(kind)) for each in place.iterdir() if each.is_file()]
    return {
        each.name.removesuffix(".txt"): re.sub(
            r"@(\w+)@", lambda found: values[found[1]], each.read_text(encoding="utf-8")
        )
        for each in sorted(files, key=lambda each: each.name)
    }
