"""Chapter 5: penalties, and what they trade for."""

from collections.abc import Callable

from lintutor.derivations.engine import Derivation

__all__ = ["DERIVATIONS"]

DERIVATIONS: tuple[Callable[[], Derivation], ...] = ()
