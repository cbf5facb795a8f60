"""What a submission must not be able to do, tried by the grader itself before it trusts a level.

`attempt` runs in a child that is confined as a submission would be, and returns the names of what
succeeded. The grader refuses a level that lets through anything that it claims to stop.
"""

import contextlib
import ctypes
import os
import socket
import threading
from collections.abc import Callable, Mapping
from typing import Any

__all__ = ["NAMES", "attempt"]

FOLDERS = ("/", "/tmp", "/dev/shm", "/var/tmp", "/run", ".")


def attempt(canaries: Mapping[str, Any]) -> list[str]:
    """Try everything and return what worked.

    Parameters
    ----------
    canaries : mapping
        ``files``: paths that must not be readable; ``port``: a server on loopback that must not be
        reachable; ``memory``: bytes that must not be had; ``environment``: names that may be set.
    """
    through = []
    for name, attack in _ATTACKS.items():
        with contextlib.suppress(Exception):
            if attack(canaries):
                through.append(name)
    return through


def _fork(canaries: Mapping[str, Any]) -> bool:
    child = os.fork()
    if child == 0:
        os._exit(0)
    os.waitpid(child, 0)
    return True


def _start_program(canaries: Mapping[str, Any]) -> bool:
    os.waitpid(os.posix_spawn("/proc/self/exe", ["python", "-c", ""], {}), 0)
    return True


def _start_thread(canaries: Mapping[str, Any]) -> bool:
    threading.Thread(target=int).start()
    return True


def _open_socket(canaries: Mapping[str, Any]) -> bool:
    socket.socket(socket.AF_INET).close()
    return True


def _reach_loopback(canaries: Mapping[str, Any]) -> bool:
    socket.create_connection(("127.0.0.1", canaries["port"]), 0.2).close()
    return True


def _write_a_file(canaries: Mapping[str, Any]) -> bool:
    for folder in FOLDERS:
        path = os.path.join(folder, f"lintutor-{os.getpid()}")  # noqa: PTH118
        with contextlib.suppress(OSError), open(path, "wb") as file:  # noqa: PTH123
            try:
                file.write(b"x")
                file.flush()
                if os.fstat(file.fileno()).st_size > 0:
                    return True
            finally:
                os.unlink(path)  # noqa: PTH108
    return False


def _read_the_grader(canaries: Mapping[str, Any]) -> bool:
    return any(os.access(path, os.R_OK) for path in canaries["files"])


def _see_processes(canaries: Mapping[str, Any]) -> bool:
    return any(name.isdigit() and int(name) != os.getpid() for name in os.listdir("/proc"))  # noqa: PTH208


def _signal_others(canaries: Mapping[str, Any]) -> bool:
    parent = os.getppid() or 1
    with contextlib.suppress(OSError):
        os.kill(parent, 0)
        return True
    import fcntl

    fcntl.fcntl(0, fcntl.F_SETOWN, parent)  # the kernel would do it for us, when input comes
    return True


def _debug_the_parent(canaries: Mapping[str, Any]) -> bool:
    parent = os.getppid() or 1
    libc = ctypes.CDLL(None, use_errno=True)
    if libc.ptrace(0x4206, parent, 0, 0) == 0:  # PTRACE_SEIZE
        libc.ptrace(17, parent, 0, 0)  # PTRACE_DETACH
        return True
    with open(f"/proc/{parent}/mem", "r+b"):  # noqa: PTH123
        return True


def _become_root(canaries: Mapping[str, Any]) -> bool:
    os.setresuid(0, 0, 0)
    return True


def _make_a_namespace(canaries: Mapping[str, Any]) -> bool:
    return bool(ctypes.CDLL(None).unshare(0x10000000) == 0)  # CLONE_NEWUSER


def _take_memory(canaries: Mapping[str, Any]) -> bool:
    import mmap

    return len(mmap.mmap(-1, canaries["memory"])) > 0  # the room for it, which costs nothing until it is used


def _see_the_environment(canaries: Mapping[str, Any]) -> bool:
    return bool(set(os.environ) - set(canaries["environment"]))


def _share_memory(canaries: Mapping[str, Any]) -> bool:
    descriptor = os.memfd_create("x")
    os.write(descriptor, b"x")
    os.close(descriptor)
    return True


_ATTACKS: dict[str, Callable[[Mapping[str, Any]], bool]] = {
    "start processes": _fork,
    "start programs": _start_program,
    "start threads": _start_thread,
    "open sockets": _open_socket,
    "reach the network": _reach_loopback,
    "write files": _write_a_file,
    "hide data in memory files": _share_memory,
    "read the grader's files": _read_the_grader,
    "see other processes": _see_processes,
    "signal other processes": _signal_others,
    "debug other processes": _debug_the_parent,
    "become another user": _become_root,
    "make namespaces": _make_a_namespace,
    "see the environment": _see_the_environment,
    "take all memory": _take_memory,
}
NAMES = tuple(_ATTACKS)
