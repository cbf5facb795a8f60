"""What the attacks meet: every isolation level that this machine has, whole or with a defence missing."""

import contextlib
import os
import secrets
import shutil
import signal
import socket
import tempfile
import textwrap
import time
from pathlib import Path

import pytest

import lintutor
from lintutor.autograder.channel import Channel
from lintutor.autograder.errors import GraderFault, LearnerError
from lintutor.autograder.levels import REMEDIES
from lintutor.autograder.sandbox import CLAIMS, LEVELS, MEMORY, Sandbox, missing
from lintutor.autograder.warm import Parent, WarmTransport

SECONDS = 5.0
MARK = "lint-daemon"  # the name of processes that an attack leaves behind


def why_not(level):
    """Why a level is not possible here, or nothing."""
    why, remedy = missing(level)
    if why:
        return f"{why}. {remedy}"
    parent = None
    try:
        parent = Parent(Sandbox(level))
        through = CLAIMS[level] & set(parent.attack())
    except GraderFault as fault:
        return f"{fault} {REMEDIES[level]}"
    finally:
        if parent is not None:
            parent.close()
    return f"a submission could {' and '.join(sorted(through))}" if through else ""


@pytest.fixture(scope="session")
def possible():
    """Return a function that skips where a level is not possible; in CI, where all must be, it fails.

    What only root can do is asked of root only.
    """
    known = {}

    def need(level):
        if level not in known:
            known[level] = why_not(level)
        if known[level]:
            told = f"isolation {level!r} is not possible here: {known[level]}"
            rootless = level == "account" and os.geteuid() != 0
            (pytest.fail if os.environ.get("CI") and not rootless else pytest.skip)(told)

    return need


@pytest.fixture(params=LEVELS)
def level(request, possible):
    possible(request.param)
    return request.param


@pytest.fixture(scope="session")
def parents():
    """Return a function that gives the warm parent of a level; all of them end with the tests."""
    kept = {}

    def give(level, without=(), memory=MEMORY):
        key = level, frozenset(without), memory
        if key not in kept or not kept[key].usable:
            if key in kept:
                kept[key].close()
            kept[key] = Parent(Sandbox(level, memory=memory, without=frozenset(without)))
        return kept[key]

    yield give
    for parent in kept.values():
        parent.close()


@pytest.fixture
def opened(parents):
    """Return a function that opens a channel to a fresh child with a source loaded; all are closed."""
    with contextlib.ExitStack() as stack:

        def open_one(level, source="", without=(), seconds=SECONDS, memory=MEMORY, transport=WarmTransport):
            way = _Lasting(transport(parents(level, without, memory)))
            channel = stack.enter_context(Channel(level, seconds, transport=way))
            if source:
                try:
                    channel.load(textwrap.dedent(source).encode(), "answer.py")
                except LearnerError:
                    channel.close()
                    raise
            return channel

        yield open_one


@pytest.fixture
def ask(level, opened):
    """Return a function that gives the reply to one call of a function ``f``."""

    def ask_one(source, *arguments, seconds=2.0):
        with opened(level, source, seconds=seconds) as channel:
            return channel.call("f", *arguments)

    return ask_one


class _Lasting:
    """A way to a child that leaves the parent running when it is closed."""

    def __init__(self, way):
        self.way, self.isolation = way, way.isolation
        self.send, self.receive, self.complaint = way.send, way.receive, way.complaint

    def close(self):
        self.way._end_child()


def named(name=MARK):
    """Return the processes of this machine that go by a name."""
    found = []
    for path in Path("/proc").glob("[0-9]*/comm"):
        with contextlib.suppress(OSError):
            alive = path.with_name("stat").read_text().rpartition(")")[2].split()[0] != "Z"
            if alive and path.read_text().strip() == name:
                found.append(int(path.parent.name))
    return found


class World:
    """What an attack is after: files, servers, the grader itself."""

    def __init__(self):
        self.secret = secrets.token_hex(8)
        self.folder = Path(tempfile.mkdtemp(prefix="lintutor-world-"))
        self.folder.chmod(0o755)
        self.tests = self._file("tests/autograder/test_f.py", f"assert f(1) == {self.secret!r}")
        self.solution = self._file("solutions/answer.py", f"SOLUTION = {self.secret!r}")
        self.other = self._file("submissions/bob/answer.py", f"# by Bob: {self.secret}")
        self.sources = str(Path(lintutor.__file__).parents[1])
        self.tcp = socket.create_server(("127.0.0.1", 0))
        self.abstract = f"\0lintutor-{self.secret}"
        self.unix = [self._listen(self.abstract), self._listen(str(self.folder / "socket"))]
        (self.folder / "socket").chmod(0o777)
        for server in (self.tcp, *self.unix):
            server.setblocking(False)

    def _file(self, name, text):
        path = self.folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
        return str(path)

    @staticmethod
    def _listen(address):
        server = socket.socket(socket.AF_UNIX)
        server.bind(address)
        server.listen()
        return server

    def visited(self, server):
        """Whether somebody has connected."""
        try:
            server.accept()[0].close()
        except BlockingIOError:
            return False
        return True

    def outlived(self, patience=0.0):
        """Whether a process of an attack still runs after some seconds; it is ended."""
        until = time.monotonic() + patience
        while (found := named()) and time.monotonic() < until:
            time.sleep(0.05)
        for pid in found:
            with contextlib.suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)
        return bool(found)

    def close(self):
        for server in (self.tcp, *self.unix):
            server.close()
        self.outlived()
        shutil.rmtree(self.folder)


@pytest.fixture(scope="session")
def world():
    made = World()
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("A_SECRET_OF_THE_GRADER", made.secret)
        yield made
    made.close()
