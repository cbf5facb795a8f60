"""Chapter 2: scores that are linear."""

from collections.abc import Callable

from lintutor.derivations.engine import Derivation

__all__ = ["DERIVATIONS"]

DERIVATIONS: tuple[Callable[[], Derivation], ...] = ()
