"""A worker in a plain process of its own: limits and deadlines, for one's own code.

It hides nothing of the machine that file permissions do not hide.
"""

import contextlib
import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from .errors import GraderFault, WorkerLostError
from .inside import codec

MEMORY = 2**30
WORKER = Path(__file__).parent / "inside" / "session.py"


class ProcessTransport:
    """A worker in a process of its own: limits, an empty environment, an empty folder, no more."""

    isolation = "process"

    def __init__(self, memory: int = MEMORY) -> None:
        if os.name != "posix":
            raise GraderFault("a worker needs Linux or macOS; on Windows use WSL")
        self._folder = Path(tempfile.mkdtemp(prefix="lintutor-"))
        self._socket, theirs = socket.socketpair()
        try:
            site, home = self._folder / "site", self._folder / "home"
            site.mkdir()
            home.mkdir()
            _link_numpy(site)
            self._errors = self._folder / "errors"
            command = [sys.executable, "-I", "-S", "-B", str(WORKER)]
            command += [str(theirs.fileno()), str(site), str(memory), str(os.getpid())]
            with self._errors.open("wb") as errors:
                self._process = subprocess.Popen(
                    command,
                    stdin=subprocess.DEVNULL,
                    stdout=subprocess.DEVNULL,
                    stderr=errors,
                    cwd=home,
                    env={"OPENBLAS_NUM_THREADS": "1", "PYTHONHASHSEED": "0"},
                    pass_fds=[theirs.fileno()],
                    start_new_session=True,
                )
        except OSError as error:
            self._socket.close()
            shutil.rmtree(self._folder, ignore_errors=True)
            raise GraderFault(f"a worker could not be started: {error}") from error
        finally:
            theirs.close()

    def send(self, data: bytes) -> None:
        """Send one message; a worker that takes nothing for ten seconds is lost."""
        self._socket.settimeout(10.0)
        try:
            self._socket.sendall(codec.LENGTH.pack(len(data)) + data)
        except TimeoutError:
            raise WorkerLostError("protocol", "the worker does not read what it is sent") from None
        except OSError:
            raise WorkerLostError("exit", self._last_words()) from None

    def receive(self, deadline: float) -> bytes:
        """Return the next message, read under the deadline and the codec's cap on its length."""
        (length,) = codec.LENGTH.unpack(self._exactly(codec.LENGTH.size, deadline))
        if length > codec.MAX_FRAME:
            raise WorkerLostError("protocol", f"a message of {length} bytes; the limit is {codec.MAX_FRAME}")
        return self._exactly(length, deadline)

    def _exactly(self, count: int, deadline: float) -> bytes:
        parts = bytearray()
        while len(parts) < count:
            left = deadline - time.monotonic()
            if left <= 0:
                raise WorkerLostError("time", "no answer in time")
            self._socket.settimeout(left)
            try:
                part = self._socket.recv(min(count - len(parts), 2**20))
            except TimeoutError:
                continue
            except OSError:
                part = b""
            if not part:
                raise WorkerLostError("exit", self._last_words())
            parts += part
        return bytes(parts)

    def _last_words(self) -> str:
        with contextlib.suppress(subprocess.TimeoutExpired):
            self._process.wait(1)
        code = self._process.returncode
        if code is not None and code < 0:
            with contextlib.suppress(ValueError):
                return f"signal {signal.Signals(-code).name}"
        return f"exit code {code}"

    def complaint(self) -> str:
        """Return the end of what the worker's interpreter wrote to its error stream."""
        try:
            return self._errors.read_bytes()[-2000:].decode("utf-8", "replace").strip()
        except OSError:
            return ""

    def close(self) -> None:
        """Kill the worker's process group, wait for it, remove its folder."""
        self._socket.close()
        with contextlib.suppress(ProcessLookupError, PermissionError):
            os.killpg(self._process.pid, signal.SIGKILL)
        with contextlib.suppress(subprocess.TimeoutExpired):
            self._process.wait(5)
        shutil.rmtree(self._folder, ignore_errors=True)


def _link_numpy(site: Path) -> None:
    """Make numpy, and nothing else of this environment, reachable from the folder `site`."""
    import importlib.util

    spec = importlib.util.find_spec("numpy")
    if spec is None or not spec.submodule_search_locations:
        raise GraderFault("numpy is not installed here")
    numpy = Path(next(iter(spec.submodule_search_locations)))
    (site / "numpy").symlink_to(numpy)
    libraries = numpy.with_name("numpy.libs")
    if libraries.is_dir():
        (site / "numpy.libs").symlink_to(libraries)
