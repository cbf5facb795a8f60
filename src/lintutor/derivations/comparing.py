"""What the limited process does: reads a question a line, compares or evaluates, writes the answer.

See :mod:`lintutor.derivations.limited`, which starts it.
"""

import contextlib
import gc
import json
import os
import sys
from collections.abc import Callable, Iterable
from typing import IO, Any

from lintutor.derivations.compare import compare
from lintutor.derivations.domain import Domain
from lintutor.derivations.evaluate import compile_expr
from lintutor.derivations.exact import Unknown
from lintutor.derivations.tree import Refused, decode
from lintutor.derivations.verdict import Verdict, freeze, revive

__all__ = ["answer", "main"]

MEMORY = 1 << 30


def _values(question: dict[str, Any], domain: Domain) -> list[float | None]:
    """Evaluate, in the limited process."""
    expr = compile_expr(decode(question["a"], domain.symbols()))
    found: list[float | None] = []
    for point in question["points"]:
        try:
            found.append(float(expr(revive(point))))
        except ArithmeticError:
            found.append(None)
    return found


def answer(question: dict[str, Any], say: Callable[[dict[str, Any]], None]) -> None:
    """Compare, in the limited process: say what the points said, then what came of the proof."""

    def halfway(verdict: Verdict) -> None:
        say({**_fields(verdict), "done": False})

    try:
        domain = Domain.declared(question["names"], question["unequal"])
    except ValueError as error:
        say({"undeclared": str(error), "done": True})
        return
    try:
        if "b" not in question:
            say({"values": _values(question, domain), "done": True})
            return
        domain = domain.but(first=tuple(revive(point) for point in question["points"]))
        sides = [decode(question[side], domain.symbols()) for side in ("a", "b", "upto") if side in question]
        a, b, upto = (*sides, None)[:3]
        seconds = question["seconds"] / 2
        found = compare(a, b, domain, seconds=seconds, before_proof=halfway, upto=upto)
    except (Refused, Unknown) as error:
        say({"refused": str(error), "done": True})
        return
    except Exception as error:  # sympy can fail in many ways on an odd expression: never a verdict
        found = Verdict("undecided", detail=f"{type(error).__name__} while comparing")
    say({**_fields(found), "done": True})


def _fields(verdict: Verdict) -> dict[str, Any]:
    fields = dict(verdict.__dict__)
    if verdict.counterexample is not None:
        fields["counterexample"] = freeze(verdict.counterexample)
    return fields


def _limit() -> None:
    """Bound memory, files and processes of this process, and tie its life to its parent's."""
    try:
        import resource
    except ImportError:  # not a Unix: the deadline of the parent remains
        return
    for what, bound in (
        (resource.RLIMIT_AS, MEMORY),
        (resource.RLIMIT_CORE, 0),
        (resource.RLIMIT_FSIZE, 0),
        (resource.RLIMIT_NPROC, 0),
    ):
        resource.setrlimit(what, (bound, bound))
    if sys.platform == "linux":
        import ctypes
        import signal

        ctypes.CDLL(None).prctl(1, signal.SIGKILL)  # PR_SET_PDEATHSIG


def _allow_seconds(seconds: float) -> None:
    """Allow this process that much more processor time."""
    with contextlib.suppress(ImportError):
        import resource

        used = resource.getrusage(resource.RUSAGE_SELF)
        bound = int(used.ru_utime + used.ru_stime + seconds) + 2
        resource.setrlimit(resource.RLIMIT_CPU, (bound, resource.RLIM_INFINITY))


def _serve(questions: Iterable[bytes], answers: IO[bytes]) -> None:
    def say(answer: dict[str, Any]) -> None:
        answers.write(json.dumps(answer).encode() + b"\n")
        answers.flush()

    say({"done": False})
    for line in questions:
        question = json.loads(line)
        _allow_seconds(question["seconds"])
        answer(question, say)


def main() -> None:
    """Answer comparisons until the parent closes the pipe."""
    answers = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # nothing that a library prints can pose as an answer
    import sympy.core.relational
    import sympy.simplify.simplify
    import sympy.tensor.tensor  # noqa: F401  everything is loaded before the limits

    gc.freeze()
    gc.enable()
    _limit()
    sys.setrecursionlimit(2_000)
    _serve(sys.stdin.buffer, answers)
