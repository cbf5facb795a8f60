"""The warm parent: has numpy loaded, never sees a source or an answer, and forks a child for each file.

Run as ``python -I -S -B parent.py DESCRIPTOR ORDERS`` it reads one byte at a time from the grader:
``F`` comes with a socket: fork a child that serves it; ``W`` and ``K``: kill whatever runs here, reap it,
and say how the child had ended (``W`` gives it a moment to end by itself). It ends when the grader does.

The orders (JSON) name the defences: see `lintutor.autograder.sandbox`, which writes them.
"""

import contextlib
import gc
import importlib
import importlib.abc
import importlib.machinery
import importlib.util
import json
import os
import signal
import socket
import struct
import sys
import tempfile
import time
import traceback
import types
from pathlib import Path
from typing import Any

ENDED = struct.Struct("<ci")  # the command, and the exit code, or the negative number of the signal, or ALIVE
ALIVE = 9999
LAST_MOMENTS = 0.3  # seconds that a child has to end by itself once it has closed its socket
PRELOADED = ("random", "itertools", "functools", "collections", "math", "dataclasses", "typing", "fractions")
LATE = ("numpy.random", "numpy.fft", "sympy.tensor.tensor")  # what a library loads when it is first used


class _Lent(importlib.abc.MetaPathFinder):
    """Finds numpy, and what else is lent to the worker, where the grader has them; nothing beside them."""

    def __init__(self, places: dict[str, str]) -> None:
        self.places = places

    def find_spec(self, name: str, path: Any, target: Any = None) -> importlib.machinery.ModuleSpec | None:
        if path is not None or name not in self.places:
            return None
        return importlib.machinery.PathFinder.find_spec(name, [self.places[name]])


def serve(descriptor: int) -> None:
    """Answer messages on a descriptor until the grader goes away."""
    from . import codec
    from .session import Session

    def exactly(count: int) -> bytes:
        parts = bytearray()
        while len(parts) < count:
            part = os.read(descriptor, min(count - len(parts), 2**20))
            if not part:
                raise EOFError
            parts += part
        return bytes(parts)

    mark = codec.NO_QUESTION

    def receive() -> bytes:
        nonlocal mark
        length, mark = codec.HEAD.unpack(exactly(codec.HEAD.size))
        return exactly(length)

    def send(data: bytes) -> None:
        view = memoryview(codec.HEAD.pack(len(data), mark) + data)
        while view:
            view = view[os.write(descriptor, view) :]

    def ask(message: Any) -> Any:
        send(codec.encode(message, session.keep))
        return codec.decode(receive(), session.refer)

    session = Session(ask)
    send(codec.encode(("ready",)))
    while True:
        try:
            message = codec.decode(receive(), session.refer)
        except EOFError:
            return
        send(session.encode(session.handle(message)))


def _become_child(orders: dict[str, Any], descriptor: int, parent: int) -> None:
    """Confine this process, then serve one file; never comes back."""
    from .confine import confine

    try:
        confine(orders, descriptor, parent)
    except BaseException:
        traceback.print_exc()  # for the grader: a level that cannot be kept is no level
        os._exit(2)
    try:
        os.dup2(1, 2)  # what comes now is for nobody
        serve(descriptor)
    finally:
        os._exit(0)


def _wipe(orders: dict[str, Any], child: int, patience: float) -> int:
    """End everything that runs here and return how the child ended, if it did so in `patience` seconds."""
    ended, until = ALIVE, time.monotonic() + patience
    while child and ended == ALIVE:
        found, status = os.waitpid(child, os.WNOHANG)
        if found:
            ended = os.waitstatus_to_exitcode(status)
        elif time.monotonic() > until:
            break
        else:
            time.sleep(0.001)
    while True:
        _kill_all(orders, child)
        try:
            while os.waitpid(-1, os.WNOHANG)[0]:
                pass
            time.sleep(0.0005)
        except ChildProcessError:
            return ended


def _kill_all(orders: dict[str, Any], child: int) -> None:
    """Kill the child, its group, and, as far as can be told here, whatever else is the learner's."""
    for kill, of in ((os.killpg, child), (os.kill, child), (os.kill, -1)):
        # the first process of a namespace has only the learner's beside it
        if of > 0 or (of == -1 and orders["first"]):
            with contextlib.suppress(OSError):
                kill(of, signal.SIGKILL)
    if orders["uid"] is not None and not orders["first"]:
        _kill_all_of(orders["uid"])


def _kill_all_of(uid: int) -> None:
    """Kill every process of a throwaway user, by becoming it for a moment; none runs a line after that."""
    helper = os.fork()
    if helper == 0:
        try:
            os.setresuid(uid, uid, uid)
            os.kill(-1, signal.SIGKILL)
        finally:
            os._exit(0)
    os.waitpid(helper, 0)


def _prepare(orders: dict[str, Any]) -> None:
    """Load what children need, then go where no file of the grader is."""
    gc.disable()  # nothing that loads becomes garbage
    sys.meta_path.append(_Lent(orders["lent"]))
    late = [name for name in LATE if name.partition(".")[0] in orders["lent"]]
    for name in (*PRELOADED, *orders["lent"], *late):
        importlib.import_module(name)
    for name in ("session", "confine", "seccomp", "attacks"):
        importlib.import_module(f"{__package__}.{name}")
    if orders["tree"]:
        name = f"{__package__}.tree"
        spec = importlib.util.spec_from_file_location(name, orders["tree"])
        assert spec is not None and spec.loader is not None
        sys.modules[name] = importlib.util.module_from_spec(spec)
        spec.loader.exec_module(sys.modules[name])
    gc.freeze()
    gc.enable()
    if orders["jail"]:
        os.chroot(orders["jail"])
    if not orders["folder"]:
        os.chdir("/")
    else:  # an empty folder that no longer has a name
        folder = tempfile.mkdtemp(prefix="lintutor-")
        os.chdir(folder)
        Path(folder).rmdir()


def main() -> None:
    """Serve the grader until it closes its end."""
    descriptor, orders = int(sys.argv[1]), json.loads(sys.argv[2])
    sys.argv, sys.orig_argv = [""], [""]
    control = socket.socket(fileno=descriptor)
    if orders["grader"] is not None:
        from .confine import die_with

        die_with(orders["grader"])
    _prepare(orders)
    control.sendall(b"R")
    parent, child = os.getpid(), 0
    while True:
        command, descriptors, _, _ = socket.recv_fds(control, 1, 1)
        if command == b"F" and not orders["fork"]:
            control.sendall(b"F")
            _become_child(orders, descriptors[0], os.getppid())
        elif command == b"F":
            if child:  # one at a time: no two answers ever run side by side
                _wipe(orders, child, 0)
            child = os.fork()
            if child == 0:
                _become_child(orders, descriptors[0], parent)
            os.close(descriptors[0])
            control.sendall(b"F")
        elif command in (b"W", b"K"):
            ended, child = _wipe(orders, child, LAST_MOMENTS if command == b"W" else 0), 0
            control.sendall(ENDED.pack(command, ended))
        else:
            _wipe(orders, child, 0)
            return


def _as_a_package() -> types.ModuleType:
    """Make the folder of this file the package ``inside``, whatever stands around it."""
    folder = Path(__file__).parent
    spec = importlib.util.spec_from_file_location(
        "inside", folder / "__init__.py", submodule_search_locations=[str(folder)]
    )
    assert spec is not None and spec.loader is not None
    sys.modules["inside"] = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(sys.modules["inside"])
    return importlib.import_module("inside.parent")


if __name__ == "__main__":
    _as_a_package().main()
