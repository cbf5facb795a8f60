"""The comparator in a process of its own, for expressions that nobody has vetted.

One warm process (sympy takes half a second to load) answers any number of comparisons. It has limits
on memory and processor time, sees nothing but trees, has nothing of its parent's environment, dies with
its parent, and is killed and replaced when an answer is not there by the deadline: that comparison
ends undecided.
"""

import contextlib
import json
import os
import queue
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from fractions import Fraction
from pathlib import Path
from types import TracebackType
from typing import IO, Any

from lintutor.derivations.compare import Verdict, compare
from lintutor.derivations.domain import Domain
from lintutor.derivations.evaluate import Env, compile_expr
from lintutor.derivations.exact import Unknown
from lintutor.derivations.tree import Refused, decode, encode, measure

__all__ = ["LimitedComparator", "NoAnswer"]

MEMORY = 1 << 30
ANSWER_BYTES = 1 << 20


class NoAnswer(Refused):
    """The deadline passed, or the process ended: nothing is known of the expression."""


class LimitedComparator:
    """Compares trees in a limited process.

    Parameters
    ----------
    seconds : float
        How long one comparison may take.

    Notes
    -----
    On Linux the process dies with the thread that started it; the next comparison starts another. A page
    in a browser has no processes: there it works where it stands, without a deadline.

    Examples
    --------
    >>> with LimitedComparator() as comparator:
    ...     comparator.compare(["Symbol", "x"], ["Integer", 1], {"x": "real"}).status
    'different'
    """

    def __init__(self, seconds: float = 5.0) -> None:
        if not seconds > 0:
            raise ValueError(f"seconds must be more than 0, got {seconds}")
        self.seconds = seconds
        self._process: subprocess.Popen[bytes] | None = None
        self._loading = False
        self._answers: queue.Queue[bytes] = queue.Queue()

    def __enter__(self) -> "LimitedComparator":
        self.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, value: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def start(self) -> None:
        """Start the process, if there is none, and do not wait: it loads sympy while others work."""
        if sys.platform != "emscripten" and (self._process is None or self._process.poll() is not None):
            self._start()

    def compare(
        self,
        a: Any,
        b: Any,
        names: Mapping[str, str],
        unequal: Iterable[Sequence[str]] = (),
        *,
        upto: Any = None,
        first: Sequence[Env] = (),
    ) -> Verdict:
        """Compare two expressions.

        Parameters
        ----------
        a, b : sympy expressions or trees
            Trees as :func:`lintutor.derivations.tree.encode` makes them.
        names : mapping of str to str
            The unknowns and what they are, see :meth:`lintutor.derivations.domain.Domain.declared`.
        unequal : iterable of pairs of str
            Indices that differ.
        upto : sympy expression or tree, optional
            The other end of a range that begins at b, see :func:`lintutor.derivations.compare.compare`.
        first : sequence of points
            Points to try before any other.

        Returns
        -------
        Verdict
            Undecided if the deadline passes or memory runs out; what the points said by then is kept.

        Raises
        ------
        Refused
            If a tree is too large, too deep, or has a head or a name that is not allowed.
        ValueError
            If the unknowns are not declared in these words.
        """
        pairs = [list(pair) for pair in unequal]
        Domain.declared(names, pairs)
        sides = {"a": a, "b": b} if upto is None else {"a": a, "b": b, "upto": upto}
        answer = self._ask(
            {**_trees(sides), "names": dict(names), "unequal": pairs, "points": _freeze(list(first))}
        )
        if answer is None:
            return Verdict("undecided", detail=f"no answer within {self.seconds:g} seconds")
        return _verdict(answer)

    def values(self, a: Any, names: Mapping[str, str], points: Sequence[Env]) -> list[float | None]:
        """Return the values of an expression at points, None where it has none.

        Raises
        ------
        Refused
            If the tree is not allowed.
        NoAnswer
            If the values are not there by the deadline.

        Examples
        --------
        >>> with LimitedComparator() as comparator:
        ...     inverse = ["Pow", ["Symbol", "x"], ["Integer", -1]]
        ...     comparator.values(inverse, {"x": "real"}, [{"x": 4}, {"x": 0}])
        [0.25, None]
        """
        Domain.declared(names)
        asked = {**_trees({"a": a}), "names": dict(names), "unequal": [], "points": _freeze(list(points))}
        answer = self._ask(asked)
        if answer is None or not answer.keys() & {"values", "refused"}:
            raise NoAnswer(f"no values within {self.seconds:g} seconds")
        if "refused" in answer:
            raise Refused(answer["refused"])
        return list(answer["values"])

    def close(self) -> None:
        """End the process."""
        process, self._process = self._process, None
        if process is not None:
            process.kill()
            process.wait()
            for pipe in (process.stdin, process.stdout):
                if pipe is not None:
                    with contextlib.suppress(OSError):
                        pipe.close()

    def _start(self) -> None:
        self.close()
        self._answers = queue.Queue()
        source = str(Path(__file__).resolve().parents[2])
        environment = {"PYTHONPATH": source, "PYTHONUTF8": "1", "LANG": "C"}
        environment["OPENBLAS_NUM_THREADS"] = "1"  # or numpy reserves memory for every core
        if "SYSTEMROOT" in os.environ:  # Windows starts no process without it
            environment["SYSTEMROOT"] = os.environ["SYSTEMROOT"]
        command = [sys.executable, "-P", "-s", "-m", "lintutor.derivations.limited"]
        self._process = subprocess.Popen(
            command,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env=environment,
            close_fds=True,
        )
        assert self._process.stdout is not None
        arguments = (self._process.stdout, self._answers)
        threading.Thread(target=_listen, args=arguments, daemon=True).start()
        self._loading = True

    def _ask(self, question: dict[str, Any]) -> dict[str, Any] | None:
        """Return the last thing the process said by the deadline; kill it if it was not done."""
        question = {**question, "seconds": self.seconds}
        if sys.platform == "emscripten":
            here: list[dict[str, Any]] = []
            _answer(question, here.append)
            return {name: part for name, part in here[-1].items() if name != "done"}
        message = json.dumps(question).encode() + b"\n"
        self.start()
        assert self._process is not None and self._process.stdin is not None
        if self._loading:
            with contextlib.suppress(queue.Empty):
                self._answers.get(timeout=60)  # the word that sympy is loaded, or the end of the pipe
            self._loading = False
        stop = time.monotonic() + self.seconds
        said: dict[str, Any] | None = None
        try:
            self._process.stdin.write(message)
            self._process.stdin.flush()
            while line := self._answers.get(timeout=max(0.0, stop - time.monotonic())):
                said = json.loads(line)
                if said is not None and said.pop("done"):
                    return said
        except (queue.Empty, OSError):
            pass
        self.close()
        return said


def _listen(pipe: IO[bytes], answers: "queue.Queue[bytes]") -> None:
    """Hand over what the process says, line by line; an empty line means that it has ended."""
    with contextlib.suppress(ValueError, OSError):  # closed while reading
        while line := pipe.readline(ANSWER_BYTES):
            answers.put(line)
    answers.put(b"")


def _trees(sides: Mapping[str, Any]) -> dict[str, Any]:
    """Return each expression as a tree that has been measured."""
    trees = {name: part if isinstance(part, list) else encode(part) for name, part in sides.items()}
    for tree in trees.values():
        measure(tree)
    return trees


def _verdict(answer: dict[str, Any]) -> Verdict:
    if "refused" in answer:
        raise Refused(answer["refused"])
    point = answer.pop("counterexample")
    return Verdict(counterexample=None if point is None else _revive(point), **answer)


def _freeze(value: Any) -> Any:
    """Return numbers as pairs of whole numbers and arrays as {"array": ...}, for JSON."""
    if isinstance(value, dict):
        return {name: _freeze(part) for name, part in value.items()}
    if isinstance(value, tuple):
        return {"array": [_freeze(part) for part in value]}
    if isinstance(value, list):
        return [_freeze(part) for part in value]
    exact = Fraction(value)
    return [exact.numerator, exact.denominator]


def _revive(value: Any) -> Any:
    if isinstance(value, list):
        numerator, denominator = value
        return numerator if denominator == 1 else Fraction(numerator, denominator)
    if set(value) == {"array"}:
        return tuple(_revive(part) for part in value["array"])
    return {name: _revive(part) for name, part in value.items()}


def _values(question: dict[str, Any]) -> list[float | None]:
    """Evaluate, in the limited process."""
    expr = compile_expr(decode(question["a"], Domain.declared(question["names"]).symbols()))
    found: list[float | None] = []
    for point in question["points"]:
        try:
            found.append(float(expr(_revive(point))))
        except ArithmeticError:
            found.append(None)
    return found


def _answer(question: dict[str, Any], say: Callable[[dict[str, Any]], None]) -> None:
    """Compare, in the limited process: say what the points said, then what came of the proof."""

    def halfway(verdict: Verdict) -> None:
        say({**_fields(verdict), "done": False})

    domain = Domain.declared(question["names"], question["unequal"])
    try:
        if "b" not in question:
            say({"values": _values(question), "done": True})
            return
        domain = domain.but(first=tuple(_revive(point) for point in question["points"]))
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
        fields["counterexample"] = _freeze(verdict.counterexample)
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
        _answer(question, say)


def main() -> None:
    """Answer comparisons until the parent closes the pipe."""
    answers = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # nothing that a library prints can pose as an answer
    import sympy.core.relational
    import sympy.simplify.simplify  # noqa: F401  everything is loaded before the limits

    _limit()
    sys.setrecursionlimit(2_000)
    _serve(sys.stdin.buffer, answers)


if __name__ == "__main__":
    main()
