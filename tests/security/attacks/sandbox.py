"""Attacks on what holds a submission, each with the defences that must be missing for it to succeed.

A submission's function ``attack`` is called in a child of a level and returns whether it got what it was
after; where a judge outside can tell better, `judge` does, once the child has been wiped.
"""

import os
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field
from typing import Any

# The limit on processes does not bind root; it binds throwaway users and graders who are not root.
PROCESSES = [] if os.geteuid() == 0 else ["limits"]
BY_LEVEL = {
    "bubblewrap": ["seccomp", "limits"],
    "account": ["seccomp", "limits"],
    "process": ["seccomp", *PROCESSES],
}
LEVELS = ("bubblewrap", "account", "process")
HIDING = ("bubblewrap", "account")  # the levels that hide files and other processes


@dataclass(frozen=True)
class Attack:
    """One attack: `stopped_by` names the defences, by level where they differ."""

    name: str
    source: str
    stopped_by: Collection[str] | Mapping[str, Collection[str]]
    levels: tuple[str, ...] = LEVELS
    arguments: Callable[[Any], list[Any]] = lambda world: []
    judge: Callable[[Any, Any], bool] = field(default=lambda value, world: value is True)
    root: bool = False  # only root could do this

    def without(self, level: str) -> frozenset[str]:
        """Return the defences that are switched off to see it succeed."""
        by = self.stopped_by
        return frozenset(by[level] if isinstance(by, Mapping) else by)


def reads(what: str, path: Callable[[Any], str]) -> Attack:
    """An attack that reads a file of the grader's machine."""
    return Attack(
        f"read {what}",
        """
        def attack(path):
            with open(path) as file:
                return file.read()
        """,
        {"bubblewrap": ["mounts"], "account": ["mounts"]},
        HIDING,
        lambda world: [path(world)],
        lambda value, world: isinstance(value, str) and (world.secret in value or "root:" in value),
    )


ATTACKS = [
    Attack(
        "start a process",
        """
        import os
        def attack():
            child = os.fork()
            if child == 0:
                os._exit(7)
            return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 7
        """,
        BY_LEVEL,
    ),
    Attack(
        "start a program",
        """
        import os, sys
        def attack():
            for program in (sys.executable, "/bin/true", "/usr/bin/true"):
                try:
                    child = os.posix_spawn(program, [program, "-c", ""], {})
                    return os.waitpid(child, 0)[1] == 0
                except OSError as error:
                    if error.errno == 1:
                        raise
        """,
        {
            "bubblewrap": ["seccomp", "limits"],
            "account": ["seccomp", "limits", "mounts"],
            "process": BY_LEVEL["process"],
        },
    ),
    Attack(
        "start a thread",
        """
        import threading
        def attack():
            ran = []
            thread = threading.Thread(target=ran.append, args=(1,))
            thread.start()
            thread.join()
            return ran == [1]
        """,
        BY_LEVEL,
    ),
    Attack(
        "fork fifty processes, as a bomb would",
        """
        import os, time
        def attack():
            for _ in range(50):
                if os.fork() == 0:
                    time.sleep(10)
                    os._exit(0)
            return True
        """,
        BY_LEVEL,
    ),
    Attack(
        "leave a daemon behind",
        """
        import ctypes, os, time
        def attack():
            if os.fork() == 0:
                os.setsid()
                if os.fork() == 0:
                    ctypes.CDLL(None).prctl(15, b"lint-daemon", 0, 0, 0)
                    time.sleep(20)
                os._exit(0)
            os.wait()
            time.sleep(0.1)
            return True
        """,
        {
            "bubblewrap": ["seccomp", "processes", "user", *PROCESSES],
            "account": ["seccomp", "user"],
            "process": BY_LEVEL["process"],
        },
        judge=lambda value, world: world.outlived(),
    ),
    Attack(
        "ask for 8 GB at once",
        """
        import numpy as np
        def attack():
            return np.empty(2**30).nbytes == 2**33
        """,
        ["memory"],
    ),
    Attack(
        "take memory in small pieces, unnoticed",
        """
        import numpy as np
        def attack():
            return len([np.empty(2**21) for _ in range(75)]) == 75
        """,
        ["memory"],
    ),
    Attack(
        "fill a disk, or memory that poses as one",
        """
        import os
        def attack():
            for folder in ("/", "/tmp", "/dev/shm", "/var/tmp", "/run", "."):
                path = os.path.join(folder, f"lintutor-flood-{os.getpid()}")
                try:
                    with open(path, "wb") as file:
                        try:
                            for _ in range(3):
                                file.write(b"x" * 2**20)
                            return file.tell() == 3 * 2**20
                        finally:
                            os.unlink(path)
                except OSError:
                    continue
        """,
        {
            "bubblewrap": ["seccomp", "limits", "read-only", "user"],
            "account": ["seccomp", "limits", "user"],
            "process": ["seccomp", "limits"],
        },
    ),
    Attack(
        "hide data in a file of memory",
        """
        import os
        def attack():
            return os.write(os.memfd_create("x"), b"x" * 2**20) == 2**20
        """,
        ["seccomp", "limits"],
    ),
    reads("the tests", lambda world: world.tests),
    reads("the solutions", lambda world: world.solution),
    reads("another submission", lambda world: world.other),
    reads("the list of users", lambda world: "/etc/passwd"),
    Attack(
        "import lintutor from its sources",
        """
        import sys
        def attack(folder):
            sys.path.append(folder)
            import lintutor
            return lintutor.__file__.startswith(folder)
        """,
        {"bubblewrap": ["mounts"], "account": ["mounts"]},
        HIDING,
        lambda world: [world.sources],
    ),
    Attack(
        "read the environment of the grader",
        """
        import os
        def attack():
            return os.environ.get("A_SECRET_OF_THE_GRADER")
        """,
        ["environment"],
        judge=lambda value, world: value == world.secret,
    ),
    Attack(
        "read the command line of the grader in /proc",
        """
        def attack(grader):
            with open(f"/proc/{grader}/cmdline", "rb") as file:
                return len(file.read()) > 0
        """,
        {"bubblewrap": ["mounts", "processes"], "account": ["mounts"]},
        HIDING,
        lambda world: [os.getpid()],
    ),
    Attack(
        "read the orders of its own parent",
        """
        import os
        def attack():
            with open(f"/proc/{os.getppid()}/cmdline", "rb") as file:
                return b'"memory"' in file.read()
        """,
        {"bubblewrap": ["mounts"], "account": ["mounts"]},
        HIDING,
    ),
    Attack(
        "read the memory of its own parent",
        """
        import os
        def attack():
            parent = os.getppid()
            with open(f"/proc/{parent}/maps") as file:
                place = next(int(line.split("-")[0], 16) for line in file if " rw-p " in line)
            with open(f"/proc/{parent}/mem", "rb", 0) as memory:
                memory.seek(place)
                return len(memory.read(64)) == 64
        """,
        {"bubblewrap": ["mounts", "user"], "account": ["mounts", "user"]},
        HIDING,
    ),
    Attack(
        "write into the memory of its own parent",
        """
        import os
        def attack():
            with open(f"/proc/{os.getppid()}/mem", "r+b", 0):
                return True
        """,
        {
            "bubblewrap": ["seccomp", "mounts", "user"],
            "account": ["seccomp", "mounts", "user"],
            "process": ["seccomp"],
        },
    ),
    Attack(
        "debug its own parent",
        """
        import ctypes, os
        def attack():
            libc = ctypes.CDLL(None)
            seized = libc.ptrace(0x4206, os.getppid() or 1, 0, 0) == 0
            libc.ptrace(17, os.getppid() or 1, 0, 0)
            return seized
        """,
        {
            "bubblewrap": ["seccomp", "user"],
            "account": ["seccomp", "user"],
            "process": ["seccomp"],
        },
    ),
    Attack(
        "raise its own limits",
        """
        import os, resource
        def attack():
            most = resource.getrlimit(resource.RLIMIT_NOFILE)[1]
            resource.setrlimit(resource.RLIMIT_NOFILE, (most, most))
            return len([os.dup(0) for _ in range(100)]) == 100
        """,
        ["seccomp", "limits"],
    ),
    Attack(
        "become root again",
        """
        import os
        def attack():
            os.setresuid(0, 0, 0)
            return os.geteuid() == 0
        """,
        {"bubblewrap": ["seccomp", "user"], "account": ["seccomp", "user"], "process": ["seccomp"]},
        root=True,
    ),
    Attack(
        "climb out of a jail",
        """
        import os
        def attack(path):
            os.makedirs("/lintutor-climb", exist_ok=True)
            top = os.open("/", os.O_RDONLY)
            os.chroot("/lintutor-climb")
            os.fchdir(top)
            for _ in range(20):
                os.chdir("..")
            os.chroot(".")
            with open(path) as file:
                return file.read()
        """,
        {"account": ["seccomp", "user"]},
        ("account",),
        lambda world: [world.solution],
        lambda value, world: isinstance(value, str) and world.secret in value,
        root=True,
    ),
    Attack(
        "make a namespace of its own",
        """
        import ctypes
        def attack():
            return ctypes.CDLL(None).unshare(0x04000000) == 0
        """,
        {
            "bubblewrap": ["seccomp", "user", "capabilities"],
            "account": ["seccomp", "user"],
            "process": ["seccomp"],
        },
        root=True,
    ),
    Attack(
        "reach a server on loopback",
        """
        import socket
        def attack(port):
            socket.create_connection(("127.0.0.1", port), 1).close()
            return True
        """,
        {"bubblewrap": ["seccomp", "network"], "account": ["seccomp"], "process": ["seccomp"]},
        arguments=lambda world: [world.tcp.getsockname()[1]],
        judge=lambda value, world: world.visited(world.tcp),
    ),
    Attack(
        "reach an abstract socket",
        """
        import socket
        def attack(address):
            socket.socket(socket.AF_UNIX).connect(address)
            return True
        """,
        {"bubblewrap": ["seccomp", "network"], "account": ["seccomp"], "process": ["seccomp"]},
        arguments=lambda world: [world.abstract],
        judge=lambda value, world: world.visited(world.unix[0]),
    ),
    Attack(
        "reach a socket in the file system",
        """
        import socket
        def attack(address):
            socket.socket(socket.AF_UNIX).connect(address)
            return True
        """,
        {"bubblewrap": ["seccomp", "mounts"], "account": ["seccomp", "mounts"], "process": ["seccomp"]},
        arguments=lambda world: [str(world.folder / "socket")],
        judge=lambda value, world: world.visited(world.unix[1]),
    ),
]
