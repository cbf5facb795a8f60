"""What holds for a worker at every level: limits, deadlines, an empty surrounding, clean ends."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import numpy as np
import pytest

from lintutor.autograder import catalogue, sandbox, warm
from lintutor.autograder.channel import Channel
from lintutor.autograder.errors import GraderFault, LearnerError
from lintutor.autograder.inside.codec import ArrayLike
from lintutor.autograder.sandbox import Sandbox
from lintutor.autograder.warm import Parent, WarmTransport

TOOLS = catalogue.beside(__file__, "attacks/tools").TOOLS


@pytest.fixture
def ask(level, opened):
    """Return a function that gives the reply to one call of a function ``f``."""

    def ask_one(source, *arguments, seconds=2.0):
        with opened(level, source, seconds=seconds) as channel:
            return channel.call("f", *arguments)

    return ask_one


def test_the_worker_sees_no_environment_no_files_no_lintutor_and_no_orders(monkeypatch, ask, level):
    monkeypatch.setenv("LINTUTOR_SECRET", "do not tell")
    seen = ask(
        """
        import os, sys
        def f():
            found = []
            for name in ("lintutor", "pytest", "hypothesis", "sympy"):
                try:
                    __import__(name)
                    found.append(name)
                except ImportError:
                    pass
            try:
                place = os.getcwd()
            except FileNotFoundError:
                place = None
            return sorted(os.environ), found, [*sys.argv, *sys.orig_argv], place, os.listdir(".")
        """
    ).value
    assert set(seen[0]) <= {
        "OPENBLAS_NUM_THREADS",
        "PYTHONHASHSEED",
        "LC_CTYPE",
        "PWD",
        "__CF_USER_TEXT_ENCODING",
    }
    assert seen[1] == []
    assert seen[2] == ["", ""]
    if level == "process":
        assert seen[4] == []
        assert seen[3] is None, "its folder has no name any more"
    else:
        assert seen[3] == "/"
        own = set(Path(sys.base_prefix).resolve().parts)
        assert not ({"tmp", "home", "proc", "var"} - own) & set(seen[4])


def test_a_child_holds_nothing_of_the_grader_s_in_its_frames_objects_or_modules(monkeypatch, ask, world):
    """It was forked from a parent that never saw a secret, a source, or a module of the grader's."""
    monkeypatch.setenv("LINTUTOR_SECRET", world.secret)
    texts, modules, descriptors = ask(
        """
        import gc, os, sys
        def f():
            found, frame = [], sys._getframe()
            while frame:
                found += [repr(value) for value in frame.f_locals.values()]
                frame = frame.f_back
            for each in gc.get_objects():
                if type(each) in (dict, list, tuple) and len(each) < 1000:
                    found += [value for value in each if type(value) is str]
                if type(each) is dict and len(each) < 1000:
                    found += [value for value in each.values() if type(value) is str]
            open_ones = []
            for number in range(1000):
                try:
                    os.fstat(number)
                    open_ones.append(number)
                except OSError:
                    pass
            return "\\n".join(found)[:900_000], sorted(sys.modules), open_ones
        """
    ).value
    assert len(texts) > 10_000
    assert world.secret not in texts
    assert not [name for name in modules if name.startswith(("lintutor", "pytest", "hypothesis"))]
    assert len(descriptors) == 4, "nothing, nothing, nothing, and the way to the grader"


@pytest.mark.parametrize("code", ["os._exit(0)", "os.kill(os.getpid(), 9)", "os.abort()"])
def test_a_program_that_ends_itself_is_an_error_of_the_answer_not_a_pass(code, ask):
    with pytest.raises(LearnerError, match=r"ended while it was imported|Operation not permitted"):
        ask(f"import os\n{code}\n")
    with pytest.raises(LearnerError, match=r"ended in the call|Operation not permitted"):
        ask(f"import os\ndef f():\n    {code}\n")


@pytest.mark.parametrize(
    "source",
    [
        "while True: pass",
        "import time\ntime.sleep(60)",
        "import signal\nsignal.alarm = None\nwhile 1: pass",
        "import signal\nsignal.pause()",
    ],
)
def test_an_endless_loop_ends_at_its_deadline(source, ask):
    began = time.monotonic()
    with pytest.raises(LearnerError, match=r"no answer within 0\.3 seconds") as caught:
        ask(source, seconds=0.3)
    assert caught.value.kind == "time"
    assert time.monotonic() - began < 5


def test_swallowed_errors_and_ignored_signals_do_not_outlive_the_deadline(ask):
    source = """
    import signal
    for number in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP):
        signal.signal(number, signal.SIG_IGN)
    def f():
        while True:
            try:
                while True: sum(range(100))
            except BaseException:
                continue
    """
    with pytest.raises(LearnerError, match="no answer within"):
        ask(source, seconds=0.3)


def test_an_answer_that_swallows_what_its_callbacks_raise_ends_at_its_deadline(ask):
    source = """
    def f(g):
        while True:
            try:
                g()
            except BaseException:
                pass
    """
    asked = []
    with pytest.raises(LearnerError, match="no answer within"):
        ask(source, lambda: asked.append(1) or 1 / 0, seconds=0.3)
    assert asked


@pytest.mark.skipif(
    sys.platform != "linux", reason="other systems bound the address space loosely or not at all"
)
def test_memory_is_bounded_to_a_gigabyte(ask):
    with pytest.raises(LearnerError) as caught:
        ask("import numpy as np\ndef f():\n    return np.ones(10**9)[0]\n")
    assert caught.value.kind == "memory"
    assert caught.value.line == 3


def test_nothing_can_be_written_to_disk(ask):
    with pytest.raises(LearnerError, match=r"File too large|Permission denied|Read-only"):
        ask("def f():\n    with open('x', 'w') as file:\n        file.write('x' * 100_000)\n")


def test_a_flood_of_output_is_cut_and_does_no_harm(ask):
    reply = ask("def f():\n    for _ in range(200):\n        print('x' * 10_000)\n    return 1\n")
    assert reply.value == 1
    assert len(reply.output) < 25_000


def test_output_past_python_reaches_nobody(capfd, ask):
    source = """
    import os, sys
    def f():
        for _ in range(100):
            os.write(1, b"x" * 10**6)
            os.write(2, b"y" * 10**6)
        sys.__stdout__.write("z")
        return 2
    """
    assert ask(source, seconds=20).value == 2
    assert capfd.readouterr() == ("", "")


def test_values_cross_as_bytes_so_no_answer_can_lie_about_equality(ask):
    value = ask(
        """
        import numpy as np
        class Agrees(np.ndarray):
            def __eq__(self, other): return np.ones(self.shape, bool)
            def __array_ufunc__(self, *args, **kwargs): return True
        def f():
            return np.zeros(2).view(Agrees)
        """
    ).value
    assert isinstance(value, ArrayLike)
    assert not np.array_equal(value.array, [1, 1])


def test_a_patched_numpy_stays_in_its_child(ask):
    ask("import numpy as np\nnp.allclose = np.array_equal = lambda *a, **k: True\ndef f():\n    return 1\n")
    assert not np.allclose([1], [2])
    assert ask("import numpy as np\ndef f():\n    return np.allclose([1], [2])\n").value is False


# ------------------------------------------------------------------- nothing passes from child to child


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


# -------------------------------------------------------------------------- others are left alone


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


# ------------------------------------------------------------------------------------ clean ends


ENDLESS = """
import os, sys
from lintutor.autograder.channel import Channel
channel = Channel(sys.argv[1], 60)
channel.load(b'def f(say):\\n    say()\\n    while True: pass', 'a.py')
channel.call('f', lambda: print('running', flush=True))
"""


def descendants(pid):
    """Return all processes below one."""
    found = []
    for path in Path("/proc").glob("[0-9]*/stat"):
        try:
            if int(path.read_text().rpartition(")")[2].split()[1]) == pid:
                found += [int(path.parent.name), *descendants(int(path.parent.name))]
        except OSError:
            continue
    return found


def alive(pid):
    """Whether a process runs (a zombie does not)."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False


@pytest.mark.skipif(sys.platform != "linux", reason="relies on Linux to end a worker with its grader")
def test_a_worker_in_an_endless_loop_dies_with_its_grader_and_leaves_no_jail_for_long(level):
    grader = subprocess.Popen(
        [sys.executable, "-c", ENDLESS, level], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    )
    try:
        assert grader.stdout.readline() == "running\n", grader.stderr.read()
        below = descendants(grader.pid)
        assert len(below) >= 2
        jails = list(Path("/tmp").glob(f"lintutor-jail-{grader.pid}-*"))
        assert len(jails) == (level == "account")
    finally:
        os.kill(grader.pid, signal.SIGKILL)
        grader.communicate()
    until = time.monotonic() + 2
    while any(map(alive, below)):
        assert time.monotonic() < until, "a worker outlived its grader"
        time.sleep(0.02)
    if level == "account":
        parent = Parent(Sandbox(level))  # the next one clears up
        parent.close()
        assert not any(path.exists() for path in jails)


def test_closing_leaves_no_process_and_no_folder(level):
    before = set(descendants(os.getpid()))
    parent = Parent(Sandbox(level))
    with Channel(level, 5, transport=WarmTransport(parent)) as channel:
        channel.load(b"def f():\n    return 1\n", "answer.py")
        assert channel.call("f").value == 1
        jail = parent.sandbox._jail
        assert (jail is not None and jail.is_dir()) == (level == "account")
        assert set(descendants(os.getpid())) - before
    assert not set(descendants(os.getpid())) - before
    assert jail is None or not jail.exists()


def test_a_worker_that_cannot_start_is_a_fault_of_the_grader(monkeypatch):
    monkeypatch.setattr(sys, "executable", "/nonexistent/python")
    with pytest.raises(GraderFault, match="could not be started"):
        Parent(Sandbox("process"))


def test_a_worker_that_ends_before_it_has_seen_an_answer_is_a_fault_of_the_grader(monkeypatch, tmp_path):
    broken = tmp_path / "parent.py"
    broken.write_text("raise SystemExit('no numpy here')")
    monkeypatch.setattr(sandbox, "INSIDE", tmp_path)
    transport = WarmTransport(Parent(Sandbox("process")))
    with (
        Channel("process", transport=transport) as channel,
        pytest.raises(GraderFault, match="no numpy here"),
    ):
        channel.load(b"x = 1", "answer.py")


# ------------------------------------------------------------- a level that does not hold is refused


CASES = {
    "bubblewrap": ["mounts", "environment", "memory"],
    "account": ["mounts", "environment", "memory"],
    "process": ["seccomp", "environment", "memory"],
}


@pytest.mark.parametrize(
    ("level", "defence"), [(level, defence) for level, some in CASES.items() for defence in some]
)
def test_a_level_that_lets_through_what_it_claims_to_stop_is_refused(
    level, defence, possible, monkeypatch, world
):
    possible(level)
    broken = Sandbox(level, without=frozenset({defence}))
    prepare = broken.prepare

    def prepare_and_forget(descriptor):
        prepared = prepare(descriptor)
        broken.without = frozenset()  # what the parent sees: a level like any other
        return prepared

    monkeypatch.setattr(broken, "prepare", prepare_and_forget)
    parent = Parent(broken)
    try:
        with pytest.raises(GraderFault, match=f"{level}.* is refused: .* does not stop"):
            parent.child()
        assert not parent.usable
    finally:
        parent.close()


def test_every_attack_of_the_self_attack_is_claimed_by_the_levels_for_others():
    from lintutor.autograder.inside.attacks import NAMES

    for level in ("bubblewrap", "account"):
        assert sandbox.CLAIMS[level] == set(NAMES)


def test_the_self_attack_finds_an_open_level_open(possible, world):
    """With nothing in its way, all that it tries succeeds: none of its attacks is a blank."""
    possible("process")
    parent = Parent(Sandbox("process", without=frozenset(sandbox.DEFENCES)))
    try:
        through = set(parent.attack())
    finally:
        parent.close()
    expected = sandbox.CLAIMS["account"] - (
        {"become another user", "make namespaces"} if os.geteuid() else set()
    )
    assert expected <= through
    assert warm.CLAIMS is sandbox.CLAIMS


# ---------------------------------------------------------------------------- without being root

AS_NOBODY = """
import os
os.setgroups([])
os.setresgid(65534, 65534, 65534)
os.setresuid(65534, 65534, 65534)
from lintutor.autograder.channel import Channel
with Channel("bubblewrap", 5) as channel:
    channel.load(b"import os\\ndef f():\\n    return os.getuid(), len(os.listdir('/'))", "a.py")
    print(channel.call("f").value[0])
"""


def opened_to_others():
    """Return a wrapper under which this Python and lintutor can be read by any user."""
    needed = {
        Path(each).resolve() for each in (sys.base_prefix, sys.prefix, Path(sandbox.__file__).parents[3])
    }
    closed = {
        folder for path in needed for folder in (path, *path.parents) if not folder.stat().st_mode & 0o001
    }
    wrap = ["bwrap", "--dev-bind", "/", "/", "--die-with-parent"]
    for folder in sorted(closed):
        wrap += ["--perms", "0755", "--tmpfs", str(folder)]
        for path in (path for path in needed if path.is_relative_to(folder)):
            for above in sorted(p for p in path.parents if p.is_relative_to(folder) and p != folder):
                wrap += ["--perms", "0755", "--dir", str(above)]
            wrap += ["--ro-bind", str(path), str(path)]
    return [*wrap, "--"] if closed else []


@pytest.mark.skipif(os.geteuid() != 0, reason="every other test of this file is run without being root")
def test_bubblewrap_holds_for_a_grader_who_is_not_root_too(possible):
    possible("bubblewrap")
    done = subprocess.run(
        [*opened_to_others(), sys.executable, "-c", AS_NOBODY],
        cwd="/",
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert done.stdout == "65534\n", done.stderr
