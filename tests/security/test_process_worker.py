"""What holds at the isolation level ``process``: limits, deadlines, an empty surrounding, clean ends."""

import os
import signal
import subprocess
import sys
import textwrap
import time
from pathlib import Path

import numpy as np
import pytest

from lintutor.autograder.channel import Channel
from lintutor.autograder.inside.codec import ArrayLike
from lintutor.autograder.errors import GraderFault, LearnerError
from lintutor.autograder.process import ProcessTransport

SECONDS = 2.0


def ask(source, name="f", *arguments, seconds=SECONDS):
    """The value of one call of a function in `source`."""
    with Channel("process", seconds) as channel:
        channel.load(textwrap.dedent(source).encode(), "answer.py")
        return channel.call(name, *arguments)


def test_the_worker_sees_no_environment_no_files_and_no_lintutor(monkeypatch):
    monkeypatch.setenv("LINTUTOR_SECRET", "do not tell")
    seen = ask(
        """
        import os, sys
        def f():
            found = []
            for name in ("lintutor", "pytest", "hypothesis"):
                try:
                    __import__(name)
                    found.append(name)
                except ImportError:
                    pass
            return os.listdir("."), sorted(os.environ), found, sys.argv, os.getcwd()
        """
    ).value
    assert seen[0] == []
    assert set(seen[1]) <= {"OPENBLAS_NUM_THREADS", "PYTHONHASHSEED", "LC_CTYPE", "__CF_USER_TEXT_ENCODING"}
    assert seen[2] == []
    assert seen[3] == [""]
    assert not Path(seen[4]).exists(), "its folder is removed at the end"


@pytest.mark.parametrize("code", ["os._exit(0)", "os.kill(os.getpid(), 9)", "os.abort()"])
def test_a_program_that_ends_itself_is_an_error_of_the_answer_not_a_pass(code):
    with pytest.raises(LearnerError, match="ended while it was imported"):
        ask(f"import os\n{code}\n")
    with pytest.raises(LearnerError, match="ended in the call"):
        ask(f"import os\ndef f():\n    {code}\n")


@pytest.mark.parametrize(
    "source",
    ["while True: pass", "import time\ntime.sleep(60)", "import signal\nsignal.alarm = None\nwhile 1: pass"],
)
def test_an_endless_loop_ends_at_its_deadline(source):
    began = time.monotonic()
    with pytest.raises(LearnerError, match=r"no answer within 0\.5 seconds") as caught:
        ask(source, seconds=0.5)
    assert caught.value.kind == "time"
    assert time.monotonic() - began < 5


def test_swallowed_errors_and_ignored_signals_do_not_outlive_the_deadline():
    source = """
    import signal
    for number in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP):
        signal.signal(number, signal.SIG_IGN)
    def f():
        while True:
            try:
                while True: pass
            except BaseException:
                continue
    """
    with pytest.raises(LearnerError, match="no answer within"):
        ask(source, seconds=0.5)


@pytest.mark.skipif(
    sys.platform != "linux", reason="other systems bound the address space loosely or not at all"
)
def test_memory_is_bounded_to_a_gigabyte():
    with pytest.raises(LearnerError) as caught:
        ask("import numpy as np\ndef f():\n    return np.ones(10**9)[0]\n")
    assert caught.value.kind == "memory"
    assert caught.value.line == 3


def test_nothing_can_be_written_to_disk():
    with pytest.raises(LearnerError, match="File too large"):
        ask("def f():\n    with open('x', 'w') as file:\n        file.write('x' * 100_000)\n")


def test_a_flood_of_output_is_cut_and_does_no_harm():
    reply = ask("def f():\n    for _ in range(200):\n        print('x' * 10_000)\n    return 1\n")
    assert reply.value == 1
    assert len(reply.output) < 25_000


def test_output_past_python_reaches_nobody(capfd):
    source = """
    import os, sys
    def f():
        os.write(1, b"x" * 99)
        os.write(2, b"y" * 99)
        sys.__stdout__.write("z")
        return 2
    """
    assert ask(source).value == 2
    assert capfd.readouterr() == ("", "")


@pytest.mark.parametrize(
    "junk",
    [b"\xff" * 64, b"\0" * 64, b"\x05\0\0\0L\xff\xff\xff\xff", b"\x01\0\0\0N" * 9, b"\xff\xff\xff\x03N"],
)
def test_bytes_forged_on_the_grader_s_descriptor_end_the_worker_and_nothing_else(junk):
    source = f"""
    import os
    def f():
        for number in range(3, 64):
            try:
                os.write(number, {junk!r})
            except OSError:
                pass
    """
    with pytest.raises(LearnerError) as caught:
        ask(source)
    assert caught.value.kind in ("exit", "time")


def test_an_answer_whose_parts_are_of_the_wrong_type_cannot_confuse_the_grader():
    source = """
    import sys
    def f():
        frame = sys._getframe()
        while frame:
            done = frame.f_locals.get("done")
            if isinstance(done, dict):
                done.update(warnings=5, arguments="no", shared=[None, "x"], lines="many", output=3)
            frame = frame.f_back
        return 1
    """
    reply = ask(source)
    assert (reply.value, reply.lines, reply.arguments, reply.shared) == (1, None, [], [])


def test_values_cross_as_bytes_so_no_answer_can_lie_about_equality():
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


def test_a_patched_numpy_stays_in_the_worker():
    ask("import numpy as np\nnp.allclose = np.array_equal = lambda *a, **k: True\ndef f():\n    return 1\n")
    assert not np.allclose([1], [2])


def test_children_of_the_answer_end_with_it():
    source = """
    import os, time
    def f():
        pid = os.fork()
        if pid == 0:
            time.sleep(60)
            os._exit(0)
        return pid
    """
    try:
        pid = ask(source).value
    except LearnerError as error:  # where the limit on processes holds (it does not bind root)
        assert error.type_name in ("BlockingIOError", "PermissionError")
        return
    for _ in range(50):
        if not alive(pid):
            return
        time.sleep(0.1)
    raise AssertionError("a child of the answer is still running")


def alive(pid):
    """Whether a process runs (a zombie does not)."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False


@pytest.mark.skipif(sys.platform != "linux", reason="relies on Linux to end a worker with its grader")
def test_a_worker_in_an_endless_loop_dies_with_its_grader():
    grader = subprocess.Popen(
        [
            sys.executable,
            "-c",
            "from lintutor.autograder.channel import Channel\n"
            "c = Channel('process', 60)\n"
            "c.load(b'import os\\ndef f(say):\\n    say(os.getpid())\\n    while True: pass', 'a.py')\n"
            "c.call('f', lambda pid: print(pid, flush=True))\n",
        ],
        stdout=subprocess.PIPE,
        text=True,
    )
    try:
        worker = int(grader.stdout.readline())
        time.sleep(0.2)  # by now it is in its loop
        assert alive(worker)
    finally:
        os.kill(grader.pid, signal.SIGKILL)
        grader.communicate()
    for _ in range(50):
        if not alive(worker):
            return
        time.sleep(0.1)
    raise AssertionError("the worker outlived its grader")


def test_a_worker_that_cannot_start_is_a_fault_of_the_grader(monkeypatch):
    monkeypatch.setattr(sys, "executable", "/nonexistent/python")
    with pytest.raises(GraderFault, match="could not be started"):
        Channel("process")


def test_a_worker_that_ends_before_it_has_seen_an_answer_is_a_fault_of_the_grader(monkeypatch, tmp_path):
    broken = tmp_path / "worker.py"
    broken.write_text("raise SystemExit('no numpy here')")
    monkeypatch.setattr("lintutor.autograder.process.WORKER", broken)
    with Channel("process") as channel, pytest.raises(GraderFault, match="no numpy here"):
        channel.load(b"x = 1", "answer.py")


def test_closing_reaps_the_worker_and_removes_its_folder():
    transport = ProcessTransport()
    folder, process = transport._folder, transport._process
    assert folder.is_dir()
    transport.close()
    assert process.poll() is not None
    assert not folder.exists()
