"""One channel to a worker, whatever lies between: ``load, call, get, set, callback, close``.

Every read has a deadline and a cap. What the learner's code does wrong is a `LearnerError` with the
line in their file; what the grader does wrong is a `GraderFault`.
"""

import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from .errors import GraderFault, LearnerError, WorkerLostError
from .inside import codec
from .transports import START_SECONDS, InProcessTransport, Transport, open_transport

CALL_SECONDS = 10.0
MAX_SOURCE = 2 * 2**20
MAX_CALLBACKS = 100_000  # in one call


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
    transport : Transport, optional
        A way to a worker that stands already.
    """

    def __init__(
        self,
        isolation: str = "process",
        seconds: float = CALL_SECONDS,
        derive: bool = False,
        transport: Transport | None = None,
    ) -> None:
        self.isolation, self.seconds = isolation, seconds
        self.file = ""
        self.names: list[str] = []
        self.outline: dict[str, Any] = {}
        self._callbacks: list[Callable[..., Any]] = []
        self._ready = False
        self.problems: list[Problem] = []
        self._transport: Transport | None = transport or open_transport(isolation, derive)
        if isinstance(self._transport, InProcessTransport):
            self._transport.answer_callback = self._answer

    # --------------------------------------------------------------------------------- operations

    def load(self, source: bytes, file: str, neighbors: Mapping[str, bytes] | None = None) -> None:
        """Hand over the source, have it parsed, then run, statement by statement.

        `file` is the name that errors carry, `neighbors` are other modules that the source may import.
        Statements that do not parse or that fail are in `problems` afterwards.

        Raises
        ------
        LearnerError
            If nothing of the source can be used.
        """
        self.file = file
        if len(source) > MAX_SOURCE:
            raise self._error("parse", "", f"{len(source)} bytes; an answer is at most {MAX_SOURCE}")
        self._start()
        data = np.frombuffer(source, np.uint8)
        others = {name: np.frombuffer(text, np.uint8) for name, text in (neighbors or {}).items()}
        self.outline = self._request("parse", ("parse", data, file, others))["functions"]
        content = self._request("load", ("load",))
        self.names = _texts(content.get("names"))
        problems = content.get("problems")
        self.problems = [
            Problem(self._from_worker("load", each), _texts(each.get("names")))
            for each in (problems if isinstance(problems, list) else [])
            if isinstance(each, dict)
        ]
        if self.problems and not self.names:
            raise self.problems[0].error

    def call(
        self,
        name: str,
        *args: Any,
        target: codec.Handle | None = None,
        lines: bool = False,
        echo: bool = False,
    ) -> Reply:
        """Call a function of the file, or a method of something that was kept.

        `lines` counts the lines of the learner's file that run; `echo` asks for the arguments as they
        are after the call, and for the numbers of those whose memory the result shares.
        """
        options = {"lines": lines, "echo": echo}
        lasting = len(self._callbacks)
        try:
            return _reply(self._request("call", ("call", target, name, args, {}, options)))
        finally:
            del self._callbacks[lasting:]  # functions among the arguments serve this call only

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
            kind = self._receive(time.monotonic() + START_SECONDS)
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

    def _receive(self, deadline: float) -> Any:
        if self._transport is None:
            raise WorkerLostError("exit", "closed")
        return codec.decode(self._transport.receive(deadline))

    def _request(self, during: str, message: Any) -> dict[str, Any]:
        """Send a message, answer the callbacks it leads to, and return what ``done`` holds."""
        if self._transport is None:
            raise GraderFault("the channel has been closed")
        data = codec.encode(message, self._refer)
        deadline = time.monotonic() + self.seconds
        try:
            self._transport.send(data)
            for _ in range(MAX_CALLBACKS):
                reply = self._receive(deadline)
                if not (isinstance(reply, tuple) and len(reply) > 1 and isinstance(reply[0], str)):
                    raise codec.ProtocolError("an answer without a kind")
                if reply[0] != "callback":
                    break
                self._transport.send(self._answer(codec.encode(reply)))
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

    def _answer(self, data: bytes) -> bytes:
        """Answer a ``callback`` message: the grader's function is called with the learner's values."""
        message = codec.decode(data)
        try:
            _, number, args, kwargs = message
            if type(number) is not int or not 0 < number <= len(self._callbacks):
                raise ValueError("no such callback")
            function = self._callbacks[number - 1]
            return codec.encode(("answer", function(*codec.plain(args), **codec.plain(kwargs))))
        except GraderFault:
            raise
        except Exception as error:
            return codec.encode(("refuse", f"{type(error).__name__}: {error}"[:500]))

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
        text = {key: content.get(key) for key in ("type", "message", "output")}
        type_name, message, output = (value if isinstance(value, str) else "" for value in text.values())
        line, frames = content.get("line"), content.get("traceback")
        kind = "memory" if type_name == "MemoryError" else during
        if type_name in ("SyntaxError", "IndentationError", "TabError") and during == "load":
            kind = "parse"
        return LearnerError(
            kind=kind,
            type_name=type_name,
            message=message,
            file=self.file,
            line=line if isinstance(line, int) else None,
            frames=[str(f) for f in frames] if isinstance(frames, list) else [],
            output=output,
        )


def _reply(content: dict[str, Any]) -> Reply:
    """Return what a worker says of a call, with nothing in it of a type that was not asked for."""
    lines, shared = content.get("lines"), content.get("shared")
    arguments, caught = content.get("arguments"), content.get("warnings")
    return Reply(
        value=content.get("value"),
        output=str(content.get("output", "")),
        warnings=[str(w) for w in caught] if isinstance(caught, list) else [],
        arguments=arguments if isinstance(arguments, list) else [],
        shared=[i for i in shared if type(i) is int] if isinstance(shared, list) else [],
        lines=lines if type(lines) is int else None,
    )


def _texts(value: Any) -> list[str]:
    """Return the texts of a list that a worker sent."""
    return [text for text in value if isinstance(text, str)] if isinstance(value, list) else []
