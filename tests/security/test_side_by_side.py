"""Workers, one after another and side by side: nothing passes between them, and none ends another."""

import subprocess
import time

import pytest

from lintutor.autograder import catalogue
from lintutor.autograder.channel import Channel
from lintutor.autograder.errors import LearnerError
from lintutor.autograder.sandbox import Sandbox
from lintutor.autograder.warm import Parent, WarmTransport

TOOLS = catalogue.beside(__file__, "attacks/tools").TOOLS

LEAVES = {
    "a module": ("import sys\nsys.left = 'note'\ndef f():\n    return 1\n", "getattr(sys, 'left', None)"),
    "a file": (
        "def f():\n    for folder in ('/tmp', '/dev/shm', '.', '/'):\n        try:\n"
        "            open(folder + '/lintutor-left', 'x')\n        except OSError:\n            pass\n",
        "[p for p in ('/tmp', '/dev/shm', '.', '/') if os.path.exists(p + '/lintutor-left')] or None",
    ),
    "a flag of a descriptor that all children share": (
        "import fcntl\ndef f():\n    for n in (0, 1, 2):\n        try:\n"
        "            fcntl.fcntl(n, fcntl.F_SETFL, 0o4000)\n        except OSError:\n            pass\n",
        "any(fcntl.fcntl(n, fcntl.F_GETFL) & 0o4000 for n in (0, 1, 2)) or None",
    ),
    "a text in memory": (
        "NOTE = 'left ' + 'behind'\ndef f():\n    return 1\n",
        "any('left ' + 'behind' in d.values() for d in gc.get_objects() if type(d) is dict) or None",
    ),
}


@pytest.mark.parametrize("what", LEAVES)
def test_a_child_finds_nothing_of_the_one_before(what, ask):
    leave, look = LEAVES[what]
    ask(leave)
    assert ask(f"import fcntl, gc, os, sys\ndef f():\n    return {look}\n").value is None


def test_shared_descriptors_would_carry_a_note_without_the_filter(level, opened):
    """The attack above is real: without seccomp a flag set by one child is seen by the next."""
    leave, look = LEAVES["a flag of a descriptor that all children share"]
    with opened(level, leave, ["seccomp"]) as channel:
        channel.call("f")
    with opened(level, f"import fcntl\ndef f():\n    return {look}\n", ["seccomp"]) as channel:
        assert channel.call("f").value is True


# ------------------------------------------------------------------------- others are left alone


KILL = """
import os, signal
def f(pid):
    os.kill(pid, signal.SIGKILL)
"""
ASK_THE_KERNEL_TO = f"""{TOOLS}
import fcntl, signal
def f(pid):
    for number in range(3, 64):
        try:
            fcntl.fcntl(number, fcntl.F_SETOWN, pid)
            fcntl.fcntl(number, 10, signal.SIGKILL)  # F_SETSIG
            fcntl.fcntl(number, fcntl.F_SETFL, fcntl.fcntl(number, fcntl.F_GETFL) | 0o20000)  # O_ASYNC
        except OSError:
            pass
    say("done", {{"value": None}})
    time.sleep(0.2)  # while the next question comes: the kernel signals only who does not wait for it
"""


@pytest.mark.parametrize("source", [KILL, ASK_THE_KERNEL_TO], ids=["kill", "ask the kernel to"])
@pytest.mark.parametrize("without", [[], ["seccomp", "processes", "user"]], ids=["whole", "open"])
def test_only_without_its_defences_does_a_child_kill_a_sibling(level, opened, source, without):
    """The filter, the namespace and a user for each parent keep the workers of one grader apart."""
    parent = Parent(Sandbox(level, without=frozenset(without)))
    try:
        sibling = Channel(level, 2, transport=WarmTransport(parent))
        sibling.load(b"import os\ndef pid():\n    return os.getpid()\n", "sibling.py")
        pid = sibling.call("pid").value
        with opened(level, source, without) as channel:
            for call in (("f", pid), ("f", pid)):
                try:
                    channel.call(*call)
                except LearnerError as error:
                    assert error.type_name in ("PermissionError", "ProcessLookupError", "")
        time.sleep(0.05)
        try:
            sibling.call("pid")
            alive = True
        except LearnerError as error:
            assert "SIGKILL" in str(error)
            alive = False
        assert alive is not bool(without)
    finally:
        sibling.close()


@pytest.mark.parametrize("source", [KILL, ASK_THE_KERNEL_TO], ids=["kill", "ask the kernel to"])
def test_a_child_cannot_kill_the_grader_or_a_process_of_its_user(level, opened, source):
    victim = subprocess.Popen(["sleep", "30"])
    try:
        with opened(level, source) as channel:
            for call in (("f", victim.pid), ("f", victim.pid)):
                try:
                    channel.call(*call)
                except LearnerError as error:
                    assert error.type_name in ("PermissionError", "ProcessLookupError", "")
        time.sleep(0.05)
        assert victim.poll() is None
    finally:
        victim.kill()
        victim.wait()


def test_children_of_the_answer_end_with_it_even_where_they_can_be_started(level, world):
    """The last defence by itself: what runs when a child is wiped is killed, daemons and all."""
    daemon = b"""
import ctypes, os, time
def f():
    for _ in range(5):
        if os.fork() == 0:
            ctypes.CDLL(None).prctl(15, b"lint-daemon", 0, 0, 0)
            time.sleep(20)
            os._exit(0)
    time.sleep(0.1)
"""
    parent = Parent(Sandbox(level, without=frozenset({"seccomp", "limits"})))
    try:
        with Channel(level, 5, transport=WarmTransport(parent)) as channel:
            channel.load(daemon, "answer.py")
            channel.call("f")
        assert not world.outlived()
    finally:
        parent.close()
