"""One channel to a worker, whatever lies between: ``load, call, get, set, callback, close``.

Every read has a deadline and a cap. What the learner's code does wrong is a `LearnerError` with the
line in their file; what the grader does wrong is a `GraderFault`.
"""

import re
import time
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from .errors import GraderFault, LearnerError, WorkerLostError
from .inside import codec
from .transports import START_SECONDS, InProcessTransport, Transport, open_transport

CALL_SECONDS = 10.0
MAX_SOURCE = 2 * 2**20
MAX_PROBLEMS = 10
MAX_CALLBACKS = 100_000  # in one call
MAX_ASKED = 2**18  # bytes of one callback's arguments, or four times what the call itself was given
MOST_NAMES, MOST_TEXTS = 500, 10  # a worker cuts what it says; one that has been tampered with does not
LONGEST_NAME, LONGEST_TEXT, LONGEST_OUTPUT = 200, 2_000, 20_100
LONGEST_REFUSAL = 500


@dataclass
class Reply:
    """What one call gave: the value, what was printed and warned, and the arguments after it."""

    value: Any = None
    output: str = ""
    warnings: list[str] = field(default_factory=list)
    arguments: list[Any] = field(default_factory=list)
    shared: list[int] = field(default_factory=list)
    lines: int | None = None


@dataclass(frozen=True)
class Problem:
    """A statement of the file that does not parse or that failed, and the names it would have defined."""

    error: LearnerError
    names: list[str]


class Channel:
    """A conversation with one worker about one file.

    Parameters
    ----------
    isolation : str
        The transport: ``bubblewrap``, ``account``, ``process`` or ``in process``.
    seconds : float
        Time that one call may take.
    derive : bool
        Whether the worker needs sympy.
    memory : int, optional
        Bytes that the worker may have; 1 GB if not told otherwise.
    transport : Transport, optional
        A way to a worker that stands already.
    """

    def __init__(
        self,
        isolation: str = "process",
        seconds: float = CALL_SECONDS,
        derive: bool = False,
        memory: int | None = None,
        transport: Transport | None = None,
    ) -> None:
        self.isolation, self.seconds = isolation, seconds
        self.file = ""
        self.names: list[str] = []
        self.outline: dict[str, Any] = {}
        self._callbacks: list[Callable[..., Any]] = []
        self._ready = False
        self.problems: list[Problem] = []
        self.loading: int | None = None  # the statement that is run at the moment
        self._transport: Transport | None = transport or open_transport(isolation, derive, memory)
        if isinstance(self._transport, InProcessTransport):
            self._transport.answer_callback = self._answer

    # --------------------------------------------------------------------------------- operations

    def load(
        self,
        source: bytes,
        file: str,
        neighbors: Mapping[str, bytes] | None = None,
        skip: Collection[int] = (),
        lenders: Mapping[str, str] | None = None,
    ) -> None:
        """Hand over the source, have it parsed, then run, statement by statement.

        `file` is the name that errors carry, `neighbors` are other modules that the source may import,
        `skip` the numbers of statements that are left out, `lenders` the names whose definitions are taken
        from one of the neighbors instead, with the module that each is taken from. Statements that do not
        parse or that fail are in `problems` afterwards.

        Raises
        ------
        LearnerError
            If nothing of the source can be used, or a statement ends the worker: `loading` is its number.
        """
        self.file = file
        if len(source) > MAX_SOURCE:
            raise self._error("parse", "", f"{len(source)} bytes; an answer is at most {MAX_SOURCE}")
        self._start()
        data = np.frombuffer(source, np.uint8)
        others = {name: np.frombuffer(text, np.uint8) for name, text in (neighbors or {}).items()}
        content = self._request("parse", ("parse", data, file, others))
        self.outline = content["functions"]
        deadline = time.monotonic() + self.seconds  # of all statements together
        for self.loading, (line, names) in enumerate(content["blocks"]):
            if self.loading not in skip:
                self._run(self.loading, line, names, deadline, lenders or {})
        self.loading = None
        self.names = _texts(self._request("call", ("names",)).get("names"), MOST_NAMES, LONGEST_NAME)
        if self.problems and not self.names:
            raise self.problems[0].error

    def _run(
        self, number: int, line: int, names: list[str], deadline: float, lenders: Mapping[str, str]
    ) -> None:
        """Run one statement of the file and keep what is wrong with it."""
        lender = lenders.get(names[0]) if len(names) == 1 else None
        try:
            self._request("load", ("run", number, lender), deadline)
        except LearnerError as error:
            error.line = line if error.line is None else error.line
            problem = Problem(error, names)
            if self._transport is None:
                self.problems = [problem]
                raise
            if len(self.problems) < MAX_PROBLEMS:
                self.problems.append(problem)

    def call(
        self,
        name: str,
        *args: Any,
        target: codec.Handle | None = None,
        lines: bool = False,
        echo: bool = False,
        kwargs: Mapping[str, Any] | None = None,
    ) -> Reply:
        """Call a function of the file, or a method of something that was kept.

        `lines` counts the lines of the learner's file that run; `echo` asks for the arguments as they
        are after the call, and for the numbers of those whose memory the result shares.
        """
        options = {"lines": lines, "echo": echo}
        lasting = len(self._callbacks)
        try:
            message = ("call", target, name, args, dict(kwargs or {}), options)
            reply = _reply(self._request("call", message))
        finally:
            del self._callbacks[lasting:]  # functions among the arguments serve this call only
        if lines and reply.lines is None:
            raise self._error("call", "", f"the lines of {name} that run could not be counted")
        return reply

    def operate(self, name: str, *operands: Any) -> Reply:
        """Apply an operator of Python, such as ``mul``, to values and things that were kept."""
        return _reply(self._request("call", ("operate", name, operands)))

    def release(self) -> None:
        """Forget everything that was kept."""
        self._request("call", ("release",))

    def get(self, name: str, target: codec.Handle | None = None) -> Any:
        """Return an attribute of the file, or of something that was kept."""
        return self._request("call", ("get", target, name)).get("value")

    def set(self, name: str, value: Any, target: codec.Handle | None = None) -> None:
        """Set an attribute of the file (a neighbor's answer, say), or of something that was kept."""
        self._request("call", ("set", target, name, value))

    def callback(self, function: Callable[..., Any]) -> codec.Callback:
        """Return a reference to `function` that can be passed to the learner's code."""
        self._callbacks.append(function)
        return codec.Callback(len(self._callbacks))

    def close(self) -> None:
        """End the worker and all that it started."""
        if self._transport is not None:
            self._transport.close()
            self._transport = None

    def __enter__(self) -> "Channel":
        return self

    def __exit__(self, *exception: object) -> None:
        self.close()

    # ---------------------------------------------------------------------------------- messages

    def _start(self) -> None:
        if self._ready:
            return
        try:
            kind = codec.decode(self._receive(time.monotonic() + START_SECONDS))
        except GraderFault:
            self.close()
            raise
        except (WorkerLostError, codec.ProtocolError) as error:
            complaint = self._transport.complaint() if self._transport is not None else ""
            self.close()
            raise GraderFault(f"the worker did not start: {error} {complaint}".strip()) from None
        if kind != ("ready",):
            raise GraderFault(f"the worker opened with {kind!r}")
        self._ready = True

    def _receive(self, deadline: float) -> bytes:
        if self._transport is None:
            raise WorkerLostError("exit", "closed")
        return self._transport.receive(deadline)

    def _request(self, during: str, message: Any, deadline: float | None = None) -> dict[str, Any]:
        """Send a message, answer the callbacks it leads to, and return what ``done`` holds."""
        if self._transport is None:
            raise GraderFault("the channel has been closed")
        data = codec.encode(message, self._refer)
        deadline = time.monotonic() + self.seconds if deadline is None else deadline
        try:
            self._transport.send(data)
            for _ in range(MAX_CALLBACKS):
                said = self._receive(deadline)
                reply = codec.decode(said)
                if not (isinstance(reply, tuple) and len(reply) > 1 and isinstance(reply[0], str)):
                    raise codec.ProtocolError("an answer without a kind")
                if reply[0] != "callback":
                    break
                self._transport.send(self._answer(said, max(MAX_ASKED, 4 * len(data))))
            kind, content = reply
            if kind not in ("done", "error") or not isinstance(content, dict):
                raise codec.ProtocolError("an answer of an unknown kind")
        except (WorkerLostError, codec.ProtocolError, ValueError) as error:
            raise self._lost(error, during) from None
        if kind == "error":
            raise self._from_worker(during, content)
        return content

    def _refer(self, value: Any) -> codec.Callback:
        if callable(value):
            return self.callback(value)
        raise codec.NoPlaceError(f"a {type(value).__name__} has no place in it")

    def _answer(self, data: bytes, most: int = MAX_ASKED) -> bytes:
        """Answer a ``callback`` message: the grader's function is called with the learner's values.

        Their size is bounded, because the grader computes with them: it has no limits of its own.
        """
        message = codec.decode(data)
        try:
            if len(data) > most:
                raise ValueError(f"they take {len(data)} bytes; the limit is {most}")
            _, number, args, kwargs = message
            if type(number) is not int or not 0 < number <= len(self._callbacks):
                raise ValueError("no such callback")
            function = self._callbacks[number - 1]
            return codec.encode(("answer", function(*codec.plain(args), **codec.plain(kwargs))))
        except GraderFault:
            raise
        except Exception as error:
            return codec.encode(("refuse", (type(error).__name__, _refusal(error))))

    # ------------------------------------------------------------------------------------ errors

    def _error(self, kind: str, type_name: str, message: str) -> LearnerError:
        return LearnerError(kind, type_name, message, self.file)

    def _lost(self, error: Exception, during: str) -> LearnerError:
        """Return what a lost worker means once it holds a learner's code; it is ended."""
        self.close()
        where = {"parse": "while it was read", "load": "while it was imported"}.get(during, "in the call")
        why = error.why if isinstance(error, WorkerLostError) else "protocol"
        if why == "time":
            text = f"no answer within {self.seconds:g} seconds {where}: is there an endless loop?"
        elif why == "exit":
            text = f"the program ended {where} ({error}): does it call exit() or os._exit()?"
        else:
            text = f"what came back {where} is no answer ({error})"
        return self._error("exit" if why == "protocol" else why, "", text)

    def _from_worker(self, during: str, content: dict[str, Any]) -> LearnerError:
        type_name, line = _text(content.get("type"), LONGEST_NAME), content.get("line")
        kind = "memory" if type_name == "MemoryError" else during
        if type_name in ("SyntaxError", "IndentationError", "TabError") and during == "load":
            kind = "parse"
        return LearnerError(
            kind=kind,
            type_name=type_name,
            message=_text(content.get("message"), LONGEST_TEXT),
            file=self.file,
            line=line if type(line) is int and 0 < line <= MAX_SOURCE else None,
            frames=_texts(content.get("traceback"), MOST_TEXTS, LONGEST_NAME),
            output=_text(content.get("output"), LONGEST_OUTPUT),
        )


def _refusal(error: Exception) -> str:
    """Say in one line why a function of ours does not answer; what it is called here is of no use."""
    reason = re.sub(r"^[\w.<>]+\(\)", "it", " ".join(str(error).split())) or "no reason is given"
    reason = reason.replace("it missing", "it is missing", 1)
    return f"the function called here does not accept these arguments: {reason}"[:LONGEST_REFUSAL]


def _reply(content: dict[str, Any]) -> Reply:
    """Return what a worker says of a call, with nothing in it of a type or size that was not asked for."""
    lines, shared, arguments = content.get("lines"), content.get("shared"), content.get("arguments")
    return Reply(
        value=content.get("value"),
        output=_text(content.get("output"), LONGEST_OUTPUT),
        warnings=_texts(content.get("warnings"), MOST_TEXTS, LONGEST_NAME),
        arguments=arguments if isinstance(arguments, list) else [],
        shared=[i for i in shared if type(i) is int] if isinstance(shared, list) else [],
        lines=lines if type(lines) is int else None,
    )


def _text(value: Any, longest: int) -> str:
    """Return a text that a worker sent, cut to the length that it may have."""
    return value[:longest] if isinstance(value, str) else ""


def _texts(value: Any, most: int, longest: int) -> list[str]:
    """Return the first texts of a list that a worker sent, each cut to the length that it may have."""
    entries = value[:most] if isinstance(value, list) else []
    return [text[:longest] for text in entries if isinstance(text, str)]
