"""How workers end: with their grader, without a trace; and levels that do not hold are refused."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from lintutor.autograder import sandbox, warm
from lintutor.autograder.channel import Channel
from lintutor.autograder.errors import GraderFault
from lintutor.autograder.sandbox import Sandbox
from lintutor.autograder.warm import Parent, WarmTransport

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


def test_a_self_attack_that_is_stopped_halfway_leaves_no_file_behind(possible):
    """Without the filter a file can be made, but not written: macOS has no filter."""
    possible("process")
    folders = [Path(folder) for folder in ("/", "/tmp", "/dev/shm", "/var/tmp", "/run")]
    before = {path for folder in folders for path in folder.glob("lintutor-*")}
    parent = Parent(Sandbox("process", without=frozenset({"seccomp"})))
    try:
        assert "write files" not in parent.attack()
    finally:
        parent.close()
    after = {path for folder in folders for path in folder.glob("lintutor-*")}
    assert not [path for path in after - before if path.is_file()]


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
