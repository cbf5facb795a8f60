"""The ways to a worker. Each one sends a message's bytes and gives the answer's, or says why not.

``bubblewrap``, ``account`` and ``process`` are the isolation levels of `sandbox`, each a child of a warm
parent. ``in process`` runs the worker's session beside the grader, over the same codec: for the page,
which has no processes.
"""

from collections.abc import Mapping
from typing import Any, Protocol

from .inside import codec

ISOLATIONS = ("bubblewrap", "account", "process", "in process")
START_SECONDS = 30.0


class CallbackAnswer(Protocol):
    """Answers the bytes of a ``callback`` message with those of ``answer`` or ``refuse``."""

    def __call__(self, data: bytes) -> bytes:
        """Return the answer."""


class Transport(Protocol):
    """What a `Channel` needs of the way to its worker."""

    isolation: str

    def send(self, data: bytes) -> None:
        """Send one message."""

    def receive(self, deadline: float) -> bytes:
        """Return the next message; `deadline` is a time of ``time.monotonic``."""

    def complaint(self) -> str:
        """Return what a worker that did not start said of it."""

    def close(self) -> None:
        """End the worker and everything that it started."""


class InProcessTransport:
    """The worker's session in this very process, for a page that has no others. It cannot time out."""

    isolation = "in process"

    def __init__(self, names: Mapping[str, Any] | None = None) -> None:
        from .inside.session import Session

        self._inbox: list[bytes] = [] if names else [codec.encode(("ready",))]
        self._session = Session(self._ask)
        vars(self._session.module).update(names or {})  # code of ours, that needs no loading
        self.answer_callback: CallbackAnswer | None = None

    def _ask(self, message: object) -> object:
        data = codec.encode(message, self._session.keep)
        if self.answer_callback is None:
            raise RuntimeError("nobody answers callbacks")
        return codec.decode(self.answer_callback(data), self._session.refer)

    def send(self, data: bytes) -> None:
        """Let the session do what the message says, at once."""
        reply = self._session.handle(codec.decode(data, self._session.refer))
        self._inbox.append(self._session.encode(reply))

    def receive(self, deadline: float) -> bytes:
        """Return the answer, which is there already."""
        return self._inbox.pop(0)

    def complaint(self) -> str:
        """Return nothing: it always starts."""
        return ""

    def close(self) -> None:
        """Take the learner's modules out of this process."""
        self._session.forget()


def prepare(isolation: str, derive: bool = False, memory: int | None = None) -> None:
    """Let what a worker needs load while others work; `open_transport` finds it."""
    if isolation != InProcessTransport.isolation:
        from . import warm

        warm.prepare(isolation, derive, memory)


def open_transport(isolation: str, derive: bool = False, memory: int | None = None) -> Transport:
    """Return a way to a fresh worker; `derive` asks for one that has sympy, `memory` is in bytes.

    Raises
    ------
    ValueError
        If there is no such level.
    GraderFault
        If it is not possible here.
    """
    if isolation not in ISOLATIONS:
        raise ValueError(f"isolation must be one of {', '.join(ISOLATIONS)}, got {isolation!r}")
    if isolation == InProcessTransport.isolation:
        return InProcessTransport()
    from . import warm  # late: a page has no processes to import this for

    return warm.transport(isolation, derive, memory)
