"""What a comparison found, and how the points in it cross from process to process.

Nothing here needs sympy: whoever asks can do without it.
"""

from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING, Any, Literal

if TYPE_CHECKING:
    from lintutor.derivations.evaluate import Env

__all__ = ["Verdict", "freeze", "revive"]


@dataclass(frozen=True)
class Verdict:
    """What a comparison found.

    Parameters
    ----------
    status : {"equal", "different", "undecided"}
        "undecided" with points above 0 means: agrees at that many points.
    points : int
        Exact points at which the two sides agreed.
    skipped : int
        Points at which a side has no value (a pole, the derivative at a kink).
    exact : bool
        Whether every value was rational; otherwise they agreed to 35 digits.
    counterexample : dict or None
        A point where the sides differ: names to numbers.
    detail : str
        The two values there, or why nothing was decided.
    """

    status: Literal["equal", "different", "undecided"]
    points: int = 0
    skipped: int = 0
    exact: bool = True
    counterexample: "Env | None" = None
    detail: str = ""

    @property
    def agrees(self) -> bool:
        """Whether an answer counts as right: equal, or undecided after agreeing at most points."""
        few = self.points < 10 or self.points < self.skipped
        return self.status == "equal" or (self.status == "undecided" and not few)


def freeze(value: Any) -> Any:
    """Return numbers as pairs of whole numbers and arrays as {"array": ...}, for JSON."""
    if isinstance(value, dict):
        return {name: freeze(part) for name, part in value.items()}
    if isinstance(value, tuple):
        return {"array": [freeze(part) for part in value]}
    if isinstance(value, list):
        return [freeze(part) for part in value]
    exact = Fraction(value)
    return [exact.numerator, exact.denominator]


def revive(value: Any) -> Any:
    """Return the numbers and arrays that `freeze` wrote."""
    if isinstance(value, list):
        numerator, denominator = value
        return numerator if denominator == 1 else Fraction(numerator, denominator)
    if set(value) == {"array"}:
        return tuple(revive(part) for part in value["array"])
    return {name: revive(part) for name, part in value.items()}
