"""The ways to a worker. Each one sends a message's bytes and gives the answer's, or says why not.

``process`` is a plain process with limits: for one's own code. ``in process`` runs the worker's
session beside the grader, over the same codec: for the page, which has no processes.
"""

from collections.abc import Callable
from typing import Protocol

from .inside import codec

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

    def __init__(self) -> None:
        from .inside.session import Session

        self._inbox: list[bytes] = [codec.encode(("ready",))]
        self._session = Session(self._ask)
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
        """Nothing runs that would have to be ended."""


def _process() -> Transport:
    from .process import ProcessTransport  # late: a page has no processes to import this for

    return ProcessTransport()


TRANSPORTS: dict[str, Callable[[], Transport]] = {"process": _process, "in process": InProcessTransport}
