"""Derivations: chains of lines, each verified from the line before, each knowing how strongly."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any, Literal

from lintutor.derivations.compare import compare
from lintutor.derivations.domain import Domain
from lintutor.derivations.evaluate import Env, remembered
from lintutor.derivations.exact import comparable, is_exact, same
from lintutor.derivations.inequalities import follows, for_some, given_brackets, proves_at_least
from lintutor.derivations.notation import has_kinked_derivative, is_condition
from lintutor.derivations.printer import RELATIONS, to_tex
from lintutor.derivations.verdict import Verdict

__all__ = [
    "Derivation",
    "Line",
    "LineReport",
    "Relation",
    "Report",
    "Strength",
    "Twin",
    "plain",
    "refusal",
    "rows",
    "verify",
]

Relation = Literal["=", ">=", "<=", "iff", "implies"]
Strength = Literal["start", "general", "instances", "sampled", "refuted", "undecided"]


@dataclass(frozen=True)
class Line:
    """One line of a derivation.

    Parameters
    ----------
    expr : sympy expression or statement
        Written with the abbreviations of :mod:`lintutor.derivations.notation`.
    reason : str
        Why the line follows, for the reader; ``$...$`` is mathematics. The first line has none.
    relation : {"=", ">=", "<=", "iff", "implies"}
        How the line follows from the one before.
    split : tuple of (atom, place)
        For a proof by cases: look at atom above, at and below place; a pair of places in order
        is looked at between, too.
    values : tuple
        For "implies": the values put for the variable of an "every".
    for_some : bool
        What holds for every index k holds for some k: the line is compared with the first one.
    """

    expr: Any
    reason: str = ""
    relation: Relation = "="
    split: tuple[tuple[Any, Any], ...] = ()
    values: tuple[Any, ...] = ()
    for_some: bool = False


@dataclass(frozen=True)
class Twin:
    """A derivation gone wrong: line number `line` says `expr` instead. It must be refused there."""

    line: int
    expr: Any
    mistake: str


@dataclass(frozen=True)
class Derivation:
    """An ordered chain of lines, written once in general form.

    Parameters
    ----------
    id : str
        Readable and stable: ``hinge-gradient-wrong-class``.
    number : int or None
        Its number in the book's list of derivations, if it has one.
    title : str
    assumptions : tuple of str
        For the reader; ``$...$`` is mathematics.
    lines : tuple of Line
        The first is what the derivation is about.
    domain : Domain
        The declared ranges: sizes, indices, arrays, unknowns.
    twins : tuple of Twin
        At least three.
    section : str
        The section of the book where it stands.
    code : str
        What package code its last line is held against; empty if none.
    code_test : str
        The test that does it.
    column : index, optional
        The last line holds for each of these entries and is printed once more for the whole column.
    off_kinks : bool
        Whether the assumptions keep derivatives away from kinks. Otherwise what is differentiated
        must be smooth across them, as the square of a hinge is, or the line does not hold.
    """

    id: str
    number: int | None
    title: str
    assumptions: tuple[str, ...]
    lines: tuple[Line, ...]
    domain: Domain
    twins: tuple[Twin, ...]
    section: str
    code: str = ""
    code_test: str = ""
    column: Any = None
    off_kinks: bool = False

    def __post_init__(self) -> None:
        if len(self.lines) < 2:
            raise ValueError(f"derivation {self.id} needs a first line and one that follows from it")
        for place, line in enumerate(self.lines[1:], start=1):
            if not line.reason:
                raise ValueError(f"derivation {self.id}: line {place} has no reason")
        used = {line.relation for line in self.lines[1:]} - {"="}
        if not any(used <= kind for kind in ({">="}, {"<="}, {"iff", "implies"})):
            raise ValueError(f"derivation {self.id} mixes the relations {', '.join(sorted(used))}")
        for twin in self.twins:
            if not 1 <= twin.line < len(self.lines):
                raise ValueError(f"derivation {self.id}: there is no line {twin.line} to break")

    def with_twin(self, twin: Twin) -> "Derivation":
        """Return the derivation with one line replaced by the twin's."""
        broken = replace(self.lines[twin.line], expr=twin.expr)
        lines = (*self.lines[: twin.line], broken, *self.lines[twin.line + 1 :])
        return replace(self, lines=lines)

    def statement(self) -> tuple[Any, Relation, Any]:
        """Return what the chain proves: first line, relation, last line."""
        relations = [line.relation for line in self.lines[1:]]
        earlier = [line.expr for line in self.lines[:-2]]
        if relations[-1] == "implies" and self.lines[-1].expr in earlier:  # a closed circle
            return self.lines[0].expr, "iff", self.lines[-2].expr
        order: tuple[Relation, ...] = ("implies", ">=", "<=", "iff", "=")
        joint: Relation = next(r for r in order if r in relations)
        return self.lines[0].expr, joint, self.lines[-1].expr

    def tex(self) -> str:
        """Return the TeX of what the chain proves, for the column where there is one."""
        first, relation, last = self.statement()
        sign = RELATIONS[relation]
        return f"{to_tex(first, self.column)} {sign} {to_tex(last, self.column)}"


@dataclass(frozen=True)
class LineReport:
    """What verifying one line gave.

    `points` is the number of exact points at which the line was compared with the one before it,
    `skipped` those among them where a side has no value (the derivative at a kink).
    """

    strength: Strength
    points: int = 0
    skipped: int = 0
    counterexample: Env | None = None
    detail: str = ""


@dataclass(frozen=True)
class Report:
    """The reports of all lines."""

    derivation: Derivation
    lines: tuple[LineReport, ...]

    @property
    def ok(self) -> bool:
        """Whether every line holds."""
        return self.broken_line is None

    @property
    def broken_line(self) -> int | None:
        """The first line that does not hold, or None."""
        bad = (i for i, r in enumerate(self.lines) if r.strength in ("refuted", "undecided"))
        return next(bad, None)

    @property
    def strength(self) -> Strength:
        """The weakest strength among the lines."""
        order: tuple[Strength, ...] = ("refuted", "undecided", "sampled", "instances", "general")
        return next(s for s in order if any(r.strength == s for r in self.lines))


def verify(derivation: Derivation) -> Report:
    """Verify a derivation line by line.

    Every line is compared with the one before it at exact points of every small instance; a line
    that is also proved for every size is "general", else it has "instances", or "sampled" where
    its values are not rational.

    Parameters
    ----------
    derivation : Derivation

    Returns
    -------
    Report
        One report a line; verifying stops at the first line that does not hold.

    Examples
    --------
    >>> from lintutor import derivations
    >>> derivations.verify(derivations.get("hinge-at-zero")).strength
    'general'
    """
    reports = [LineReport("start")]
    for place in range(1, len(derivation.lines)):
        report = _verify_line(derivation, place)
        reports.append(report)
        if report.strength in ("refuted", "undecided"):
            break
    return Report(derivation, tuple(reports))


def refusal(derivation: Derivation, twin: Twin) -> LineReport:
    """Return what verifying a twin's broken line gives; the lines before it are the derivation's own."""
    return _verify_line(derivation.with_twin(twin), twin.line)


def _verify_line(derivation: Derivation, place: int) -> LineReport:
    line, domain = derivation.lines[place], derivation.domain
    before = derivation.lines[0 if line.for_some else place - 1].expr
    if not derivation.off_kinks and (has_kinked_derivative(before) or has_kinked_derivative(line.expr)):
        return LineReport("undecided", detail="a derivative across kinks, and off_kinks is not declared")
    if line.relation == "=":
        found = _from_verdict(compare(before, line.expr, domain))
        by_cases = found.strength in ("instances", "sampled") and line.split
        proved = by_cases and _proved(derivation, place, before)
        return replace(found, strength="general") if proved else found
    counted = _try_points(before, line.expr, line.relation, domain)
    if counted.strength == "refuted":
        return counted
    if _proved(derivation, place, before):
        return replace(counted, strength="general")
    return counted


def _from_verdict(verdict: Verdict) -> LineReport:
    if verdict.status == "different":
        strength: Strength = "refuted"
    elif verdict.status == "equal":
        strength = "general"
    elif verdict.points == 0:
        strength = "undecided"
    else:
        strength = "instances" if verdict.exact else "sampled"
    return LineReport(strength, verdict.points, verdict.skipped, verdict.counterexample, verdict.detail)


def _proved(derivation: Derivation, place: int, before: Any) -> bool:
    line, domain = derivation.lines[place], derivation.domain
    if line.relation in (">=", "<=") and not line.for_some:
        known = given_brackets(domain)
        if known:
            before, line = before.xreplace(known), replace(line, expr=line.expr.xreplace(known))
    if line.for_some:
        previous = derivation.lines[place - 1].expr
        relations = {other.relation for other in derivation.lines[1:place]}
        return relations <= {"=", ">="} and for_some(before, previous, line.expr, domain)
    if line.relation == ">=":
        return proves_at_least(before, line.expr, line.split, domain.unit)
    if line.relation == "<=":
        return proves_at_least(line.expr, before, line.split, domain.unit)
    if line.relation == "=":
        sides = ((before, line.expr), (line.expr, before))
        return all(proves_at_least(a, b, line.split, domain.unit) for a, b in sides)
    forward = follows(before, line.expr, line.split, line.values, domain)
    if line.relation == "iff":
        return forward and follows(line.expr, before, (), (), domain)
    return forward


def _holds_between(relation: Relation, a: Any, b: Any) -> bool:
    if relation in (">=", "<="):
        large, small = comparable(a, b) if relation == ">=" else comparable(b, a)
        return bool(large >= small) or same(a, b)
    if relation == "iff":
        return bool(a) == bool(b)
    return not a or bool(b)


def _try_points(a: Any, b: Any, relation: Relation, domain: Domain) -> LineReport:
    logical = relation in ("iff", "implies")
    if is_condition(a) != logical or is_condition(b) != logical:
        raise ValueError(f"the relation {relation} does not fit what stands on its sides")
    left, right = remembered(a, domain), remembered(b, domain)
    points = skipped = 0
    exact = True
    for number, point in enumerate(domain.points()):
        try:
            values = left(number, point), right(number, point)
        except ArithmeticError:
            skipped += 1
            continue
        points += 1
        exact = exact and all(map(is_exact, values))
        if not _holds_between(relation, *values):
            return LineReport("refuted", points, skipped, point, f"{values[0]} against {values[1]}")
    agreed: Strength = "instances" if exact else "sampled"
    return LineReport(agreed if points else "undecided", points, skipped)


def rows(derivation: Derivation) -> Iterator[tuple[str, str, str, str]]:
    """Yield (left side, sign, TeX, reason) for printing: each row is printed from a verified object."""
    first = derivation.lines[0]
    yield to_tex(first.expr), "", "", ""
    for line in derivation.lines[1:]:
        left = to_tex(first.expr) if line.for_some else ""
        yield left, RELATIONS[line.relation], to_tex(line.expr), line.reason


def plain(point: Env | None) -> str:
    """Return a point in one line, for messages."""
    return ", ".join(f"{k} = {_entries(v)}" for k, v in (point or {}).items())


def _entries(value: Any) -> str:
    return "[" + ", ".join(map(_entries, value)) + "]" if isinstance(value, tuple) else str(value)
