"""Chapter 4: entropy, divergence and likelihood."""

from collections.abc import Callable

from lintutor.derivations.engine import Derivation

__all__ = ["DERIVATIONS"]

DERIVATIONS: tuple[Callable[[], Derivation], ...] = ()
