"""The flags and mounts of every isolation level, in one place.

============  ==========================================================================================
``bubblewrap``  Linux with namespaces: the worker's parent is the first process of a container without
                network, in which only Python, its libraries, numpy and five files of the grader exist,
                all read-only; children get a throwaway user (as root), limits, and a seccomp filter.
``account``     root without namespaces, as in many containers: a jail (chroot) with Python's library and
                numpy, a throwaway user, limits, a seccomp filter.
``process``     one's own code: limits, an empty environment, and the filter where there is one. It hides
                no file that the user can read.
============  ==========================================================================================

Each defence has a name, and tests switch off one after another to see the attack that it stops succeed.
"""

import contextlib
import importlib.util
import itertools
import os
import shutil
import sys
import sysconfig
import tempfile
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from .errors import GraderFault
from .inside import attacks, seccomp

__all__ = ["CLAIMS", "DEFENCES", "LEVELS", "MEMORY", "Sandbox", "missing"]

LEVELS = ("bubblewrap", "account", "process")
DEFENCES = (
    "memory",
    "limits",
    "seccomp",
    "user",
    "mounts",
    "read-only",
    "network",
    "processes",
    "capabilities",
    "environment",
)
MEMORY = 2**30
INSIDE = Path(__file__).parent / "inside"
TREE = Path(__file__).parents[1] / "derivations" / "tree.py"
ENVIRONMENT = {"OPENBLAS_NUM_THREADS": "1", "PYTHONHASHSEED": "0"}
LIBRARIES = ("/lib", "/lib32", "/lib64", "/usr/lib", "/usr/lib32", "/usr/lib64")
NOT_FOR_A_JAIL = ("test", "tests", "idlelib", "tkinter", "turtledemo", "lib2to3", "ensurepip", "pydoc_data")
PACKAGES = ("site-packages", "dist-packages")
MOUNTS = ("--ro-bind", "--ro-bind-try", "--bind", "--dev-bind")

_users = itertools.count()
_READS = {"read the grader's files", "see other processes"}
_ALL = frozenset(attacks.NAMES)
_WITHOUT_SECCOMP = frozenset(
    {"see the environment"} | ({"take all memory"} if sys.platform == "linux" else set())
)
CLAIMS: dict[str, frozenset[str]] = {
    "bubblewrap": _ALL,
    "account": _ALL,
    "process": _WITHOUT_SECCOMP if seccomp.available() else _ALL - _READS,
}


@dataclass
class Sandbox:
    """How one parent is started.

    Parameters
    ----------
    level : str
        One of `LEVELS`.
    derive : bool
        Whether sympy is lent too.
    memory : int
        Bytes of address space that a child may have.
    without : set of str
        Names of `DEFENCES` that are left out. For tests only.
    fork : bool
        Whether the parent forks children; if not, it serves one file itself and ends. Elsewhere than on
        Linux a process that has loaded numpy is better not forked.
    """

    level: str
    derive: bool = False
    memory: int = MEMORY
    without: frozenset[str] = frozenset()
    fork: bool = sys.platform == "linux"
    _jail: Path | None = field(default=None, init=False)

    def has(self, defence: str) -> bool:
        """Whether a defence is to be taken."""
        return defence not in self.without

    def prepare(self, descriptor: int) -> tuple[list[str], dict[str, str], dict[str, Any]]:
        """Return the command that starts a parent, its environment, and its orders."""
        python = Path(sys.executable)
        lent = {name: _package(name) for name in ("numpy", *(("sympy", "mpmath") if self.derive else ()))}
        orders: dict[str, Any] = {
            "fork": self.fork,
            "first": False,
            "folder": self.level == "process" or not self.has("mounts"),
            "uid": None,
            "jail": None,
            "lent": {name: str(path.parent) for name, path in lent.items()},
            "tree": str(TREE) if self.derive else None,
            "memory": self.memory if self.has("memory") else None,
            "limits": self.has("limits"),
            "seccomp": self.has("seccomp") and not seccomp.available(),
            "grader": os.getpid(),
        }
        if self.level != "process" and os.geteuid() == 0 and self.has("user"):
            orders["uid"] = _throwaway_user()
        wrap: list[str] = []
        script = INSIDE / "parent.py"
        if self.level == "bubblewrap":
            python = python.resolve()
            wrap = self._bubblewrap(python, lent)
            orders |= {
                "first": self.has("processes"),
                "folder": False,
                "grader": None,
                "lent": dict.fromkeys(lent, "/site"),
            }
            orders["tree"] = "/inside/tree.py" if self.derive else None
            script = Path("/inside/parent.py")
        elif self.level == "account" and self.has("mounts"):
            self._jail = _build_jail(lent.values())
            orders["jail"] = str(self._jail)
        import json

        command = [*wrap, str(python), "-I", "-S", "-B", "-X", "utf8", str(script)]
        environment = {**({} if self.has("environment") else os.environ), **ENVIRONMENT}
        return [*command, str(descriptor), json.dumps(orders)], environment, orders

    def close(self) -> None:
        """Remove what was made on disk."""
        if self._jail is not None:
            shutil.rmtree(self._jail, ignore_errors=True)
            self._jail = None

    def _bubblewrap(self, python: Path, lent: dict[str, Path]) -> list[str]:
        flags = ["bwrap", "--unshare-ipc", "--unshare-uts", "--unshare-cgroup-try"]
        flags += ["--new-session", "--die-with-parent"]
        if os.geteuid() != 0:
            flags += ["--unshare-user"]
        if self.has("processes"):
            flags += ["--unshare-pid", "--as-pid-1"]
        if self.has("network"):
            flags += ["--unshare-net"]
        if self.has("environment"):
            flags += ["--clearenv"]
            for name, value in ENVIRONMENT.items():
                flags += ["--setenv", name, value]
        if self.has("capabilities"):
            flags += ["--cap-drop", "ALL"]
            if os.geteuid() == 0:  # to make children another user, and to kill them then
                for capability in ("CAP_SETUID", "CAP_SETGID", "CAP_KILL"):
                    flags += ["--cap-add", capability]
        if self.has("mounts"):
            flags += _mounts(python)
        else:
            flags += ["--proc", "/proc", "--dev", "/dev"]
            for folder in sorted(Path("/").iterdir()):
                if folder.name not in ("proc", "dev", "sys"):
                    kind = "--ro-bind" if self.has("read-only") else "--bind"
                    flags += [kind, str(folder), str(folder)]
        for name in ("__init__", "codec", "source", "session", "confine", "seccomp", "attacks", "parent"):
            flags += ["--ro-bind", str(INSIDE / f"{name}.py"), f"/inside/{name}.py"]
        if self.derive:
            flags += ["--ro-bind", str(TREE), "/inside/tree.py"]
        for name, path in lent.items():
            flags += ["--ro-bind", str(path), f"/site/{name}"]
            if (libraries := path.with_name(f"{name}.libs")).is_dir():
                flags += ["--ro-bind", str(libraries), f"/site/{libraries.name}"]
        if self.has("read-only"):
            flags += ["--remount-ro", "/"]
        return [*_open_folders(flags), "--chdir", "/", "--"]


def missing(level: str) -> tuple[str, str]:
    """Return why a level cannot even be tried here and what would help, or two empty texts."""
    if level != "process" and sys.platform != "linux":
        return f"it is a part of Linux; this is {sys.platform}", "Grade on Linux, or in a Linux container."
    if os.name != "posix":
        return "a worker needs Linux or macOS", "On Windows use WSL."
    if level != "process" and (why := seccomp.available()):
        return why, "Grade on an x86-64 or 64-bit ARM machine."
    if level == "bubblewrap" and shutil.which("bwrap") is None:
        return "the program bwrap is not here", "Install it: apt-get install bubblewrap."
    if level == "account" and os.geteuid() != 0:
        return (
            "it needs root, to become a throwaway user",
            "Run the grader as root, in a container of its own.",
        )
    return "", ""


def _package(name: str) -> Path:
    spec = importlib.util.find_spec(name)
    if spec is None or not spec.submodule_search_locations:
        extra = "" if name == "numpy" else "; install lintutor[derivations]"
        raise GraderFault(f"{name} is not installed here{extra}")
    return Path(next(iter(spec.submodule_search_locations)))


def _mounts(python: Path) -> list[str]:
    """Return the mounts of a container with this Python, the system's libraries, and nothing else."""
    home = Path(sysconfig.get_path("stdlib")).resolve().parent
    flags = ["--dev-bind", "/dev/null", "/dev/null"]
    folders = [home] if not any(home.is_relative_to(each) for each in LIBRARIES) else []
    for name in LIBRARIES:
        if Path(name).is_symlink():
            flags += ["--symlink", os.readlink(name), name]  # noqa: PTH115
        elif Path(name).is_dir():
            folders.append(Path(name))
    for folder in folders:
        flags += ["--ro-bind", str(folder), str(folder)]
    flags += ["--ro-bind-try", "/etc/ld.so.cache", "/etc/ld.so.cache", "--ro-bind", str(python), str(python)]
    for folder in folders:
        for path in folder.glob("python3*/*-packages"):
            if path.name in PACKAGES and path.is_dir() and not path.is_symlink():
                flags += ["--tmpfs", str(path), "--remount-ro", str(path)]
    return flags


def _open_folders(flags: list[str]) -> list[str]:
    """Return the flags with every folder above a mount made first, so that any user may walk through it."""
    made: dict[str, None] = {}
    for at, flag in enumerate(flags):
        if flag in MOUNTS:
            above = [str(folder) for folder in Path(flags[at + 2]).parents][-2::-1]
            made |= dict.fromkeys(folder for folder in above if folder not in flags)
    first = min(flags.index(flag) for flag in MOUNTS if flag in flags)
    opened = [part for folder in made for part in ("--perms", "0755", "--dir", folder)]
    return [*flags[:first], *opened, *flags[first:]]


def _build_jail(lent: Iterable[Path]) -> Path:
    """Make a folder with Python's library and what is lent, at the very places where they are outside."""
    _remove_old_jails()
    jail = Path(tempfile.mkdtemp(prefix=f"lintutor-jail-{os.getpid()}-"))
    jail.chmod(0o755)
    library = Path(sysconfig.get_path("stdlib")).resolve()
    folders = [library, *lent, *(p for path in lent if (p := path.with_name(f"{path.name}.libs")).is_dir())]
    for folder in folders:
        _link_tree(folder, jail / folder.relative_to("/"))
    return jail


def _make_folder(path: Path) -> None:
    """Make a folder and those above it, each open to any user, whatever this process grants by itself."""
    if not path.is_dir():
        _make_folder(path.parent)
        path.mkdir()
        path.chmod(0o755)


def _link_tree(source: Path, target: Path) -> None:
    """Copy a folder by hard links where the file system allows it, else byte by byte."""
    _make_folder(target)
    for entry in os.scandir(source):
        if entry.name in NOT_FOR_A_JAIL or entry.name in PACKAGES or entry.name.startswith("config-"):
            continue
        if entry.is_dir():
            _link_tree(Path(entry.path), target / entry.name)
        elif entry.is_file():
            try:
                os.link(entry.path, target / entry.name)
            except OSError:
                shutil.copy2(entry.path, target / entry.name)


def _remove_old_jails() -> None:
    """Remove the jails of graders that were killed."""
    for path in Path(tempfile.gettempdir()).glob("lintutor-jail-*"):
        owner = path.name.split("-")[2]
        with contextlib.suppress(OSError):  # another grader may be removing it, too
            if owner.isdigit() and not Path("/proc", owner).exists() and path.lstat().st_uid == 0:
                shutil.rmtree(path, ignore_errors=True)


def _throwaway_user() -> int:
    """Return the number of a user that nobody else is: high up, and another one for each parent."""
    ranges = [tuple(map(int, line.split())) for line in Path("/proc/self/uid_map").read_text().splitlines()]
    first, _, count = max(ranges, key=lambda each: each[2])
    one = 64 * os.getpid() + next(_users) % 64
    wanted = 800_000_000 + one
    if first <= wanted < first + count:
        return wanted
    if count < 2000:
        raise GraderFault("there are no user numbers to spare in this container")
    return first + count - 2 - one % 1000
