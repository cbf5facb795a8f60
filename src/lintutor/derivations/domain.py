"""Where a statement is claimed to hold: sizes, index ranges, arrays, and the points to try it at."""

import random
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from fractions import Fraction
from itertools import product
from typing import Any

from sympy import IndexedBase, Symbol

from lintutor.derivations.evaluate import Env, compile_expr
from lintutor.derivations.notation import index, positive, real, size, unfold

__all__ = ["Domain"]

Special = Callable[[Env, random.Random], Iterator[Env]]


@dataclass(frozen=True, eq=False)
class Domain:
    """The declared ranges of a derivation or of an answer.

    Parameters
    ----------
    sizes : mapping of Symbol to tuple of int
        Which values of C, D, N the instances run through.
    indices : mapping of Symbol to Symbol
        Each index runs from 0 to its size less one.
    unequal : tuple of pairs
        Indices declared different.
    arrays : mapping of IndexedBase to tuple of Symbol
        Arrays of real numbers with their shapes; one declared positive or nonnegative stays so.
    labels : mapping of IndexedBase to (Symbol, Symbol)
        Arrays of labels: their length, and the size that their entries stay below.
    scalars : tuple of Symbol
        Real unknowns; a symbol declared positive stays positive.
    unit : tuple of Symbol
        Real unknowns between 0 and 1, both included.
    fixed : mapping of Symbol to int
        Sizes and indices with one value.
    given : tuple of relations
        What else is assumed; points where it fails are not tried.
    special : callable, optional
        From a point to further points that deserve a look: kinks, ties.
    first : tuple of points
        Points to try before any other: those that are easy to follow.
    draws : int
        How many random points a choice of sizes and indices gets.
    """

    sizes: Mapping[Any, tuple[int, ...]] = field(default_factory=dict)
    indices: Mapping[Any, Any] = field(default_factory=dict)
    unequal: tuple[tuple[Any, Any], ...] = ()
    arrays: Mapping[Any, tuple[Any, ...]] = field(default_factory=dict)
    labels: Mapping[Any, tuple[Any, Any]] = field(default_factory=dict)
    scalars: tuple[Any, ...] = ()
    unit: tuple[Any, ...] = ()
    fixed: Mapping[Any, int] = field(default_factory=dict)
    given: tuple[Any, ...] = ()
    special: Special | None = None
    first: tuple[Env, ...] = ()
    draws: int = 3

    def but(self, **changes: Any) -> "Domain":
        """Return a copy with some fields changed."""
        return replace(self, **changes)

    def size_of_index(self, symbol: Any) -> Any:
        """Return the size below which an index or a label stays, or None."""
        base = getattr(symbol, "base", None)
        if base in self.labels:
            return self.labels[base][1]
        return self.indices.get(symbol)

    def instances(self) -> Iterator[dict[Any, int]]:
        """Yield every choice of sizes and indices, as a map from symbols to whole numbers."""
        free_sizes = [s for s in self.sizes if s not in self.fixed]
        for values in product(*(self.sizes[s] for s in free_sizes)):
            chosen = dict(self.fixed) | dict(zip(free_sizes, values, strict=True))
            free = [i for i in self.indices if i not in self.fixed]
            for places in product(*(range(int(chosen[self.indices[i]])) for i in free)):
                full = chosen | dict(zip(free, places, strict=True))
                if all(full.get(a) != full.get(b) for a, b in self.unequal):
                    yield full

    def points(self, seed: int = 0) -> Iterator[Env]:
        """Yield the first points, then for every instance random ones and the special ones."""
        yield from self.first
        rng = random.Random(seed)
        given = [compile_expr(unfold(g)) for g in self.given]
        for instance in self.instances():
            kept = 0
            for attempt in range(self.draws if not given else 40 * self.draws):
                whole = attempt % 3 != 2  # whole numbers meet ties and kinks often; fractions seldom
                point = self._draw(instance, rng, whole)
                for candidate in [point, *(self.special(point, rng) if self.special else ())]:
                    if all(g(candidate) for g in given):
                        yield candidate
                        kept += 1
                if given and kept >= self.draws:
                    break

    def _draw(self, instance: Mapping[Any, int], rng: random.Random, whole: bool) -> Env:
        def number(sign: Any = None) -> Any:
            low = -3 if whole else -12
            if sign is not None and sign.is_nonnegative:
                low = 1 if sign.is_positive else 0
            return rng.randint(low, 3) if whole else Fraction(rng.randint(low, 12), 4)

        def array(shape: tuple[Any, ...], entry: Callable[[], Any]) -> Any:
            if not shape:
                return entry()
            length = int(instance.get(shape[0], shape[0]))
            return tuple(array(shape[1:], entry) for _ in range(length))

        env: Env = {s.name: v for s, v in instance.items()}
        for base, shape in self.arrays.items():
            env[base.label.name] = array(shape, lambda label=base.label: number(label))  # type: ignore[misc]
        for base, (length, upper) in self.labels.items():
            below = int(instance[upper])
            env[base.label.name] = array((length,), lambda below=below: rng.randrange(below))  # type: ignore[misc]
        for s in self.scalars:
            env[s.name] = number(s)
            if s.is_integer:
                env[s.name] = int(env[s.name])
        for s in self.unit:
            env[s.name] = Fraction(rng.choice([0, 1, 2, 3, 4]), 4)
        return env

    def symbols(self) -> dict[str, Any]:
        """Return every symbol and array of the domain by its name."""
        symbols = [*self.sizes, *self.indices, *self.scalars, *self.unit, *self.fixed]
        return {s.name: s for s in symbols} | {b.label.name: b for b in (*self.arrays, *self.labels)}

    @classmethod
    def of_symbols(cls, *symbols: Symbol, draws: int = 60) -> "Domain":
        """Return a domain of unknowns without sizes or indices."""
        return cls(scalars=tuple(symbols), draws=draws)

    @classmethod
    def declared(cls, names: Mapping[str, str], unequal: Iterable[Sequence[str]] = ()) -> "Domain":
        """Return the domain that plain words declare, as the answer to an exercise has it.

        Parameters
        ----------
        names : mapping of str to str
            "real", "positive", "size", "index C" (from 0 to C less one) or "array D C".
        unequal : iterable of pairs of str
            Indices that differ.

        Raises
        ------
        ValueError
            If a kind is none of these, or a size or an index is not declared.

        Examples
        --------
        >>> domain = Domain.declared({"C": "size", "k": "index C", "y": "index C"}, [("k", "y")])
        >>> sorted(domain.symbols())
        ['C', 'k', 'y']
        """
        sizes = {name: size(name) for name, kind in names.items() if kind == "size"}
        indices, arrays, scalars = {}, {}, []
        for name, kind in names.items():
            word, *of = kind.split()
            if any(part not in sizes for part in of):
                raise ValueError(f"{name} is declared as {kind!r}, but not all of its sizes are declared")
            if word == "index" and len(of) == 1:
                indices[name] = (index(name), sizes[of[0]])
            elif word == "array" and of:
                arrays[IndexedBase(name, real=True)] = tuple(sizes[part] for part in of)
            elif word in ("real", "positive") and not of:
                scalars.append(real(name) if word == "real" else positive(name))
            elif kind != "size":
                raise ValueError(
                    f"{name} must be 'real', 'positive', 'size', 'index C' or 'array D C', got {kind!r}"
                )
        pairs = [tuple(pair) for pair in unequal]
        if any(len(pair) != 2 or not set(pair) <= set(indices) for pair in pairs):
            raise ValueError(f"unequal must hold pairs of declared indices, got {pairs}")
        return cls(
            sizes=dict.fromkeys(sizes.values(), (2, 3, 4)),
            indices=dict(indices.values()),
            unequal=tuple((indices[a][0], indices[b][0]) for a, b in pairs),
            arrays=arrays,
            scalars=tuple(scalars),
            draws=4 if sizes else 60,
        )
