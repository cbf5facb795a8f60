"""Workers that are forked from a warm parent: `Parent` starts one, `WarmTransport` is the way to a child.

Parents are kept for the next file; each child is ended with all that it started before the next one
comes. A level attacks itself once at start, and is refused if anything it claims to stop gets through.
"""

import atexit
import contextlib
import os
import secrets
import select
import signal
import socket
import subprocess
import tempfile
import time
from pathlib import Path

from .errors import GraderFault, WorkerLostError
from .inside import codec
from .inside.parent import ALIVE, ENDED
from .sandbox import CLAIMS, ENVIRONMENT, MEMORY, Sandbox, missing

START_SECONDS = 30.0
WIPE_SECONDS = 30.0
SEND_SECONDS = 10.0
ADDED_BY_PYTHON = ("LC_CTYPE", "__CF_USER_TEXT_ENCODING", "PWD")

_idle: dict[tuple[str, bool, int], list["Parent"]] = {}


class Parent:
    """One warm parent in its sandbox.

    Parameters
    ----------
    sandbox : Sandbox

    Raises
    ------
    GraderFault
        If it cannot be started here.
    """

    def __init__(self, sandbox: Sandbox) -> None:
        why, remedy = missing(sandbox.level)
        if why:
            raise GraderFault(f"isolation {sandbox.level!r} is not possible here: {why}. {remedy}")
        self.sandbox, self.pid = sandbox, os.getpid()
        self._ready = self._tried = False
        self._control: socket.socket | None = None
        ours, theirs = socket.socketpair()
        try:
            command, environment, orders = sandbox.prepare(theirs.fileno())
            self._forks = bool(orders["fork"])
            self._process = subprocess.Popen(
                command,
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                stderr=subprocess.PIPE,
                cwd="/",
                env=environment,
                pass_fds=[theirs.fileno()],
                start_new_session=True,
            )
        except OSError as error:
            ours.close()
            sandbox.close()
            raise GraderFault(f"a worker could not be started: {error}") from error
        finally:
            theirs.close()
        self._control = ours

    def child(self) -> socket.socket:
        """Fork a child and return the socket that leads to it.

        Raises
        ------
        GraderFault
            If the parent does not answer, or the level lets through what it claims to stop.
        """
        if not self._tried:
            self._tried = True
            if self._forks and not self.sandbox.without:
                through = set(self.attack()) & CLAIMS[self.sandbox.level]
                if through:
                    self.close()
                    raise GraderFault(
                        f"isolation {self.sandbox.level!r} is refused: on this machine it does not stop a "
                        f"submission that tries to {' or to '.join(sorted(through))}"
                    )
        return self._fork()

    def attack(self) -> list[str]:
        """Attack the level from inside, as a submission would, and return what succeeded."""
        with (
            socket.create_server(("127.0.0.1", 0)) as server,
            tempfile.NamedTemporaryFile(prefix="lintutor-") as file,
            WarmTransport(self) as way,
        ):
            Path(file.name).chmod(0o644)
            canaries = {
                "files": [file.name, __file__, "/etc/passwd"],
                "port": server.getsockname()[1],
                "memory": 2 * MEMORY,
                "environment": [*ENVIRONMENT, *ADDED_BY_PYTHON],
            }
            way.fork()
            deadline = time.monotonic() + START_SECONDS
            try:
                way.receive(deadline)
                way.send(codec.encode(("attack", canaries)))
                kind, content = codec.decode(way.receive(deadline))
            except (WorkerLostError, codec.ProtocolError, ValueError) as error:
                raise self._fault(f"the self-attack came to no end: {error}") from None
            if kind != "done":
                raise self._fault(f"the self-attack failed: {content}")
            return [str(name) for name in content["through"]]

    def _fork(self) -> socket.socket:
        if not self._ready:
            self._expect(b"R", START_SECONDS)
            self._ready = True
        ours, theirs = socket.socketpair()
        try:
            socket.send_fds(self._socket(), [b"F"], [theirs.fileno()])
            self._expect(b"F", START_SECONDS)
        except OSError as error:
            ours.close()
            raise self._fault(f"it takes no orders: {error}") from None
        except GraderFault:
            ours.close()
            raise
        finally:
            theirs.close()
        return ours

    def wipe(self, patience: bool = False) -> int:
        """End the child and all that it started; return its exit code, minus its signal, or `ALIVE`."""
        if not self._forks:
            self.close()
            return ALIVE
        try:
            self._socket().sendall(b"W" if patience else b"K")
            answer = self._exactly(ENDED.size, WIPE_SECONDS)
        except (OSError, GraderFault):
            self.close()
            return ALIVE
        return int(ENDED.unpack(answer)[1])

    @property
    def usable(self) -> bool:
        """Whether it can fork another child."""
        return self._control is not None and self._process.poll() is None and self.pid == os.getpid()

    def complaint(self) -> str:
        """Return what it wrote to its error stream, at most two thousand characters."""
        stream = self._process.stderr
        if stream is None or stream.closed or not select.select([stream], [], [], 0.2)[0]:
            return ""
        return os.read(stream.fileno(), 65536)[-2000:].decode("utf-8", "replace").strip()

    def close(self) -> None:
        """End it and all that it started."""
        if self._control is None:
            return
        self._control.close()
        self._control = None
        with contextlib.suppress(subprocess.TimeoutExpired):
            self._process.wait(0.5 if self._forks else 0)
        with contextlib.suppress(ProcessLookupError, PermissionError):
            os.killpg(self._process.pid, signal.SIGKILL)
        with contextlib.suppress(subprocess.TimeoutExpired):
            self._process.wait(5)
        if self._process.stderr is not None:
            self._process.stderr.close()
        self.sandbox.close()

    def _socket(self) -> socket.socket:
        if self._control is None:
            raise GraderFault("the worker's parent has been closed")
        return self._control

    def _expect(self, wanted: bytes, seconds: float) -> None:
        answer = self._exactly(1, seconds)
        if answer != wanted:
            raise self._fault(f"it answers {answer!r}")

    def _exactly(self, count: int, seconds: float) -> bytes:
        deadline, parts = time.monotonic() + seconds, b""
        while len(parts) < count:
            self._socket().settimeout(max(0.001, deadline - time.monotonic()))
            try:
                part = self._socket().recv(count - len(parts))
            except OSError as error:
                raise self._fault(f"no answer: {error}") from None
            if not part:
                raise self._fault("it ended")
            parts += part
        return parts

    def _fault(self, what: str) -> GraderFault:
        complaint = self.complaint()
        self.close()
        return GraderFault(
            f"the worker did not start ({self.sandbox.level}): {what}. {complaint}".strip(". ")
        )


class WarmTransport:
    """The way to one child of a warm parent."""

    def __init__(self, parent: Parent, pooled: bool = False) -> None:
        self._parent, self._pooled = parent, pooled
        self.isolation = parent.sandbox.level
        self._socket: socket.socket | None = None
        self._words, self._mark = "", codec.NO_QUESTION
        self._closed = False

    def fork(self) -> None:
        """Have the child forked, without asking whether the level holds."""
        self._socket = self._parent._fork()

    def __enter__(self) -> "WarmTransport":
        return self

    def __exit__(self, *exception: object) -> None:
        self._end_child()

    def send(self, data: bytes) -> None:
        """Send one message; a worker that takes nothing for ten seconds is lost."""
        sock = self._open()
        sock.settimeout(SEND_SECONDS)
        self._mark = secrets.token_bytes(len(codec.NO_QUESTION))
        try:
            sock.sendall(codec.HEAD.pack(len(data), self._mark) + data)
        except TimeoutError:
            raise WorkerLostError("protocol", "the worker does not read what it is sent") from None
        except OSError:
            raise WorkerLostError("exit", self._last_words()) from None

    def receive(self, deadline: float) -> bytes:
        """Return the next message, read under the deadline and the codec's cap on its length.

        It must carry the mark of the last message sent, which nobody could know before: so nothing
        that was written ahead of a question, or after its answer, passes for an answer.
        """
        length, mark = codec.HEAD.unpack(self._exactly(codec.HEAD.size, deadline))
        if mark != self._mark:
            raise WorkerLostError("protocol", "something was written that nobody had asked for")
        if length > codec.MAX_FRAME:
            raise WorkerLostError("protocol", f"a message of {length} bytes; the limit is {codec.MAX_FRAME}")
        return self._exactly(length, deadline)

    def _open(self) -> socket.socket:
        if self._socket is None:
            self._socket = self._parent.child()
        return self._socket

    def _end_child(self) -> None:
        if self._socket is not None:
            self._socket.close()
            self._parent.wipe()
            self._socket = None

    def _exactly(self, count: int, deadline: float) -> bytes:
        sock, parts = self._open(), bytearray()
        while len(parts) < count:
            left = deadline - time.monotonic()
            if left <= 0:
                raise WorkerLostError("time", "no answer in time")
            sock.settimeout(left)
            try:
                part = sock.recv(min(count - len(parts), 2**20))
            except TimeoutError:
                continue
            except OSError:
                part = b""
            if not part:
                raise WorkerLostError("exit", self._last_words())
            parts += part
        return bytes(parts)

    def _last_words(self) -> str:
        if not self._words:
            code = self._parent.wipe(patience=True)
            self._words = "closed its connection" if code == ALIVE else f"exit code {code}"
            if code < 0:
                with contextlib.suppress(ValueError):
                    self._words = f"signal {signal.Signals(-code).name}"
        return self._words

    def complaint(self) -> str:
        """Return what the parent's interpreter wrote to its error stream."""
        return self._parent.complaint()

    def close(self) -> None:
        """End the child and all that it started; the parent is kept for the next one."""
        if self._closed:
            return
        self._closed = True
        self._end_child()
        if self._pooled and self._parent.usable:
            _idle.setdefault(_key(self._parent.sandbox), []).append(self._parent)
        else:
            self._parent.close()


def _key(sandbox: Sandbox) -> tuple[str, bool, int]:
    return sandbox.level, sandbox.derive, sandbox.memory


def transport(level: str, derive: bool = False, memory: int | None = None) -> WarmTransport:
    """Return the way to a fresh worker of a level, from a parent that is idle or a new one."""
    memory = MEMORY if memory is None else memory
    waiting = _idle.get((level, derive, memory), [])
    while waiting:
        parent = waiting.pop()
        if parent.usable:
            return WarmTransport(parent, pooled=True)
        parent.close()
    return WarmTransport(Parent(Sandbox(level, derive, memory)), pooled=True)


def prepare(level: str, derive: bool = False, memory: int | None = None) -> None:
    """Start a parent that will soon be asked for, if none is idle; nothing waits for it.

    Where the level is not possible, nothing is said: whoever asks for a worker is told.
    """
    sandbox = Sandbox(level, derive, MEMORY if memory is None else memory)
    if not _idle.get(_key(sandbox)):
        with contextlib.suppress(GraderFault):
            _idle.setdefault(_key(sandbox), []).append(Parent(sandbox))


@atexit.register
def close_all() -> None:
    """End every parent that waits for work."""
    for parents in _idle.values():
        while parents:
            parent = parents.pop()
            if parent.pid == os.getpid():
                parent.close()
