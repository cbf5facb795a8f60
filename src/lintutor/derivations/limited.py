"""The comparator in a process of its own, for expressions that nobody has vetted.

One warm process (sympy takes half a second to load) answers any number of comparisons. It has limits
on memory and processor time, sees nothing but trees, has nothing of its parent's environment, dies with
its parent, and is killed and replaced when an answer is not there by the deadline: that comparison
ends undecided. What it does stands in :mod:`lintutor.derivations.comparing`.

Trees, points and verdicts need no sympy: whoever asks about trees never loads it.
"""

import contextlib
import json
import os
import queue
import subprocess
import sys
import threading
import time
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from types import TracebackType
from typing import IO, TYPE_CHECKING, Any

from lintutor.derivations.tree import Refused, encode, measure
from lintutor.derivations.verdict import Verdict, freeze, revive

if TYPE_CHECKING:
    from lintutor.derivations.evaluate import Env

__all__ = ["LimitedComparator", "NoAnswer"]

ANSWER_BYTES = 1 << 20
# The process needs nothing of the package but its derivations: numpy is not loaded for it. Nothing that
# loads becomes garbage: looking for some takes a tenth of the time.
SERVE = """
import gc, sys, types
gc.disable()
package = types.ModuleType("lintutor")
package.__path__ = [sys.argv[1]]
sys.modules["lintutor"] = package
from lintutor.derivations.comparing import main
main()
"""


class NoAnswer(ValueError):
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
        first: "Sequence[Env]" = (),
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
        sides = {"a": a, "b": b} if upto is None else {"a": a, "b": b, "upto": upto}
        answer = self._ask(
            {**_trees(sides), "names": dict(names), "unequal": pairs, "points": freeze(list(first))}
        )
        if answer is None:
            return Verdict("undecided", detail=f"no answer within {self.seconds:g} seconds")
        _raise_refusal(answer)
        point = answer.pop("counterexample")
        return Verdict(counterexample=None if point is None else revive(point), **answer)

    def values(self, a: Any, names: Mapping[str, str], points: "Sequence[Env]") -> list[float | None]:
        """Return the values of an expression at points, None where it has none.

        Raises
        ------
        Refused
            If the tree is not allowed.
        ValueError
            If the unknowns are not declared in the words of :meth:`compare`.
        NoAnswer
            If the values are not there by the deadline.

        Examples
        --------
        >>> with LimitedComparator() as comparator:
        ...     inverse = ["Pow", ["Symbol", "x"], ["Integer", -1]]
        ...     comparator.values(inverse, {"x": "real"}, [{"x": 4}, {"x": 0}])
        [0.25, None]
        """
        asked = {**_trees({"a": a}), "names": dict(names), "unequal": [], "points": freeze(list(points))}
        answer = self._ask(asked)
        _raise_refusal(answer or {})
        if answer is None or "values" not in answer:
            raise NoAnswer(f"no values within {self.seconds:g} seconds")
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
        environment = {"PYTHONUTF8": "1", "LANG": "C"}
        if "SYSTEMROOT" in os.environ:  # Windows starts no process without it
            environment["SYSTEMROOT"] = os.environ["SYSTEMROOT"]
        package = str(Path(__file__).resolve().parents[1])
        command = [sys.executable, "-P", "-s", "-c", SERVE, package]
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
            from lintutor.derivations.comparing import answer

            here: list[dict[str, Any]] = []
            answer(question, here.append)
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


def _raise_refusal(answer: Mapping[str, Any]) -> None:
    if "undeclared" in answer:
        raise ValueError(answer["undeclared"])
    if "refused" in answer:
        raise Refused(answer["refused"])
