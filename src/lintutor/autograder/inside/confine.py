"""What a child of the warm parent does to itself before it sees a line of the learner's code.

Each step is a defence with a name; the parent is told which of them to take.
"""

import contextlib
import os
import signal
import sys
from typing import Any

from . import seccomp

DESCRIPTORS = 64


def confine(orders: dict[str, Any], descriptor: int, parent: int) -> None:
    """Give up everything but one descriptor, in the order in which it can be given up.

    Parameters
    ----------
    orders : dict
        ``memory`` (bytes, or None), ``limits`` and ``seccomp`` (bool), ``uid`` (number or None).
    descriptor : int
        The one that leads to the grader.
    parent : int
        The process that forked this one: the child dies with it.
    """
    os.closerange(3, descriptor)
    os.closerange(descriptor + 1, 2**16)
    with contextlib.suppress(PermissionError):  # it leads a session already
        os.setsid()
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGCHLD):
        signal.signal(number, signal.SIG_DFL)
    _limit(orders)
    if orders["uid"] is not None:
        os.setgroups([])
        os.setresgid(orders["uid"], orders["uid"], orders["uid"])
        os.setresuid(orders["uid"], orders["uid"], orders["uid"])
    die_with(parent)
    if orders["seccomp"]:
        seccomp.install()


def _limit(orders: dict[str, Any]) -> None:
    import resource

    bounds: dict[str, int] = {} if orders["memory"] is None else {"AS": orders["memory"]}
    if orders["limits"]:
        bounds |= {"CORE": 0, "FSIZE": 0, "NPROC": 0, "NOFILE": DESCRIPTORS}
    for name, bound in bounds.items():
        with contextlib.suppress(AttributeError, ValueError, OSError):  # not here, or stricter already
            resource.setrlimit(getattr(resource, f"RLIMIT_{name}"), (bound, bound))


def die_with(parent: int) -> None:
    """Ask the kernel to end this process with its parent, where it can."""
    if sys.platform != "linux":
        return
    import ctypes

    ctypes.CDLL(None).prctl(1, signal.SIGKILL, 0, 0, 0)  # PR_SET_PDEATHSIG
    if os.getppid() != parent:
        os._exit(0)
