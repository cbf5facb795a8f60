"""What holds for a worker at every level: limits, deadlines, an empty surrounding."""

import os
import sys
import time
from pathlib import Path

import numpy as np
import pytest

from lintutor.autograder.channel import Channel
from lintutor.autograder.errors import LearnerError
from lintutor.autograder.inside.codec import ArrayLike
from lintutor.autograder.sandbox import Sandbox
from lintutor.autograder.warm import Parent, WarmTransport


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
        own = {*Path(sys.base_prefix).resolve().parts, *Path(np.__file__).parts}
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


def test_the_standard_library_is_there_whatever_the_grader_grants_to_new_files(level):
    before = os.umask(0o077)
    try:
        parent = Parent(Sandbox(level))
        with Channel(level, 5, transport=WarmTransport(parent)) as channel:
            channel.load(
                b"import statistics, json, csv\ndef f():\n    return statistics.mean([1, 3])\n", "a.py"
            )
            assert channel.call("f").value == 2
    finally:
        os.umask(before)


@pytest.mark.audit
@pytest.mark.skipif(os.geteuid() != 0, reason="as root, whom limits do not bind")
def test_a_bomb_of_two_thousand_processes_is_gone_in_seconds(level, world):
    """With nothing but the wipe in its way."""
    if level == "process":
        pytest.skip("no namespace and no user of its own: the filter alone stops it there")
    bomb = b"""
import ctypes, os, time
def f():
    made = 0
    ctypes.CDLL(None).prctl(15, b"lint-daemon", 0, 0, 0)
    while made < 2000:
        if os.fork() == 0:
            os.setsid()
            time.sleep(60)
        made += 1
    return made
"""
    parent = Parent(Sandbox(level, without=frozenset({"seccomp", "limits"})))
    try:
        channel = Channel(level, 60, transport=WarmTransport(parent))
        channel.load(bomb, "answer.py")
        assert channel.call("f").value == 2000
        began = time.monotonic()
        channel.close()
        assert time.monotonic() - began < 10
        assert not world.outlived(patience=5)  # killed they are, but two thousand take a while to be gone
    finally:
        parent.close()
