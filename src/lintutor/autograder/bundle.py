"""The files of a submission, in memory: from a folder, a zip or one file, none of it trusted.

Nothing is written, imported or followed: a zip is read member by member and never unpacked, symbolic
links are refused by name, and what is no regular file is never opened. What cannot be read is kept as
an entry that says why, so that its line reaches the learner.
"""

import io
import itertools
import os
import re
import stat
import zipfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath

KINDS = (".py", ".ipynb")
ARCHIVES = (".zip", ".rar", ".7z", ".tar", ".gz", ".tgz", ".xz", ".bz2")
DEPTH = 4  # folders between the top and a file
SEEN = 10_000  # entries of a folder that are looked at
MEMBERS = 1_000  # of a zip
MB = 2**20
SOURCE, NOTEBOOK, ARCHIVE, TOTAL = MB, 10 * MB, 50 * MB, 50 * MB
JUNK = {"__MACOSX", "__pycache__", "node_modules", "site-packages", "venv", "Thumbs.db", "desktop.ini"}


class Refused(Exception):
    """Why something handed in cannot be read; the text completes "ch03_hinge_loss.py: ..."."""


@dataclass(frozen=True)
class Entry:
    """One Python file or notebook: its bytes, or why they were not read."""

    name: str  # below the top, with slashes: "week3/ch03_hinge_loss.py"
    data: bytes = b""
    problem: str = ""
    time: float = 0.0  # when it was last changed; 0 where that is not known

    @property
    def path(self) -> PurePosixPath:
        """The name as a path."""
        return PurePosixPath(self.name)

    @property
    def depth(self) -> int:
        """How many folders lie between the top and this file."""
        return len(self.path.parts) - 1


@dataclass
class Bundle:
    """Everything of a submission that can matter."""

    entries: list[Entry] = field(default_factory=list)
    others: list[str] = field(default_factory=list)  # names of files of other kinds
    remarks: list[str] = field(default_factory=list)
    problem: str = ""  # why nothing could be read at all
    alone: bool = False  # one Python file or notebook was handed in, under whatever name
    deep: bool = False  # there is something below `DEPTH`
    kind: str = "folder"


def gather(path: Path) -> Bundle:
    """Return what `path` holds; whatever is wrong with it is told in the bundle, never raised."""
    try:
        mode = os.lstat(path).st_mode
    except (OSError, ValueError):
        return Bundle(problem=f"there is no file or folder {tell(path.name)}")
    try:
        if stat.S_ISLNK(mode):
            raise Refused("this is a symbolic link, which is not followed; hand in what it points to")
        if stat.S_ISDIR(mode):
            return _walk(path)
        if path.suffix.lower() == ".zip":
            return _unpack(_read(path, ARCHIVE))
        if path.suffix.lower() not in KINDS:
            raise Refused(_other_kind(path.name))
        entry = Entry(path.name, _read(path, limit(path.name)), time=os.lstat(path).st_mtime)
        return Bundle([entry], alone=True, kind="file")
    except Refused as error:
        return Bundle(problem=str(error), kind="file")
    except OSError as error:
        return Bundle(problem=f"it cannot be read: {error.strerror}")


def is_junk(name: str) -> bool:
    """Whether a name is hidden or one that systems leave behind."""
    return name.startswith((".", "~$")) or name in JUNK


def limit(name: str) -> int:
    """Return how many bytes a file with this name may have."""
    return NOTEBOOK if name.lower().endswith(".ipynb") else SOURCE


def tell(name: str) -> str:
    """Return a name as it can be printed: no control or formatting characters, not too long."""
    clean = "".join(letter if letter.isprintable() else "?" for letter in name[:200])
    return clean if len(clean) <= 100 else f"{clean[:60]}...{clean[-37:]}"


def _other_kind(name: str) -> str:
    if name.lower().endswith(ARCHIVES):
        return "only zip archives are opened; pack your answers as a .zip"
    return "this is not a Python file (.py), notebook (.ipynb), zip or folder"


def _too_large(name: str, most: int) -> str:
    cure = "clear its outputs and save it again" if name.lower().endswith(".ipynb") else "answers are short"
    if name.lower().endswith(".zip"):
        cure = "pack only your answers"
    return f"it is larger than {most // MB} MB; {cure}"


def _read(path: Path, most: int) -> bytes:
    """Return the bytes of a regular file, or refuse; nothing else is ever opened."""
    kinds = ((stat.S_ISDIR, "a folder"), (stat.S_ISLNK, "a symbolic link, which is not followed"))
    flags = os.O_RDONLY
    for name in ("O_NOFOLLOW", "O_NONBLOCK", "O_CLOEXEC", "O_BINARY"):  # not every system has each
        flags |= getattr(os, name, 0)
    try:
        mode = os.lstat(path).st_mode
        for test, word in kinds:
            if test(mode):
                raise Refused(f"this is {word}, not a file")
        if not stat.S_ISREG(mode):
            raise Refused("this is a device or a pipe, not a file")
        with os.fdopen(os.open(path, flags), "rb") as file:
            if not stat.S_ISREG(os.fstat(file.fileno()).st_mode):
                raise Refused("this is not a file")
            data = file.read(most + 1)
    except OSError as error:
        raise Refused(f"it cannot be read: {error.strerror}") from None
    if len(data) > most:
        raise Refused(_too_large(path.name, most))
    return data


def _walk(top: Path) -> Bundle:
    """Read a folder, the files near its top first, down to `DEPTH`."""
    bundle = Bundle()
    left = SEEN
    waiting = [(top, "")]
    while waiting:
        folder, prefix = waiting.pop(0)
        try:
            with os.scandir(folder) as listing:
                found = sorted(itertools.islice(listing, left + 1), key=lambda each: each.name)
        except OSError as error:
            if folder == top:
                bundle.problem = f"the folder cannot be read: {error.strerror}"
            bundle.remarks.append(f"the folder {tell(prefix or top.name)} cannot be read: {error.strerror}")
            continue
        if any(each.name == "pyvenv.cfg" for each in found):
            continue  # an installed Python
        left -= len(found)
        for each in found:
            if is_junk(each.name):
                continue
            name = prefix + each.name
            if each.is_dir(follow_symlinks=False):
                bundle.deep |= name.count("/") == DEPTH
                if name.count("/") < DEPTH:
                    waiting.append((Path(each.path), f"{name}/"))
                if not name.lower().endswith(KINDS):
                    continue
            _add(bundle, name, Path(each.path))
        if left < 0:
            bundle.remarks.append(f"the folder holds more than {SEEN} files; not all were looked at")
            break
    return bundle


def _add(bundle: Bundle, name: str, path: Path) -> None:
    """Put one file of a folder into the bundle, if it is of a kind that can be an answer."""
    if path.suffix.lower() not in KINDS:
        if path.is_symlink():
            bundle.remarks.append(f"{tell(name)} is a symbolic link, which is not followed")
        else:
            bundle.others.append(name)
        return
    try:
        room = TOTAL - sum(len(entry.data) for entry in bundle.entries)
        data = _read(path, min(limit(name), room))
        bundle.entries.append(Entry(name, data, time=os.lstat(path).st_mtime))
    except (Refused, OSError) as error:
        bundle.entries.append(Entry(name, problem=str(error)))


def _unpack(data: bytes) -> Bundle:
    """Read a zip in memory, with no trust in what its headers say."""
    bundle = Bundle(kind="zip")
    if not data:
        raise Refused("the file is empty")
    if not data.startswith(b"PK"):
        raise Refused(f"this is not a zip archive, whatever its name says{_in_truth(data)}")
    # Each member takes one such signature: so many are refused before zipfile makes objects of them.
    if data.count(b"PK\1\2") > 10 * MEMBERS:
        raise Refused(f"the zip holds more than {MEMBERS} files; pack only your answers")
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            members = archive.infolist()
            if len(members) > MEMBERS:
                raise Refused(
                    f"the zip holds {len(members)} files, more than {MEMBERS}; pack only your answers"
                )
            if sum(member.compress_size for member in members) > len(data):
                raise Refused("the zip is damaged or a trap: its files take more room than it has")
            for name, member in _named(members, bundle):
                bundle.entries.append(_member(archive, member, name, bundle.entries))
    except Refused:
        raise
    except Exception as error:  # on damaged bytes zipfile raises almost anything
        told = str(error) or type(error).__name__
        raise Refused(f"the zip is damaged or not whole ({tell(told)}); pack it again") from None
    bundle.entries.sort(key=lambda entry: (entry.depth, entry.name))
    return bundle


def _in_truth(data: bytes) -> str:
    """Return what a file really is, where its first bytes tell."""
    known = {b"Rar!": "a RAR", b"7z\xbc\xaf": "a 7z", b"\x1f\x8b": "a gzip"}
    found = [word for start, word in known.items() if data.startswith(start)]
    return f": it is {found[0]} archive; pack your answers as a .zip" if found else "; pack it again"


def _named(members: Iterable[zipfile.ZipInfo], bundle: Bundle) -> Iterator[tuple[str, zipfile.ZipInfo]]:
    """Yield the members that can be answers, each under a clean name; sort out the rest."""
    seen: dict[str, zipfile.ZipInfo] = {}
    twice: set[str] = set()
    for member in members:
        name = _decoded(member)
        if "\\" in name:
            name = name.replace("\\", "/")
        parts = name.split("/")
        if (
            member.is_dir()
            or name.endswith("/")
            or any(is_junk(part) for part in parts if part not in ("..", "."))
        ):
            continue
        if name.startswith("/") or ".." in parts or re.match(r"[A-Za-z]:", name) or "\0" in name:
            bundle.remarks.append(f"the zip holds {tell(name)!r}, a path that leads out of it: not read")
        elif not name.lower().endswith(KINDS):
            bundle.others.append(name)
        elif len(parts) - 1 > DEPTH:
            bundle.deep = True
        else:
            name = "/".join(part for part in parts if part not in ("", "."))
            twice |= {name} & seen.keys()
            seen[name] = member
    for name, member in seen.items():
        if name in twice:
            bundle.entries.append(Entry(name, problem="the zip holds it twice; pack it again"))
        else:
            yield name, member


def _decoded(member: zipfile.ZipInfo) -> str:
    """Return a member's name; without the mark of UTF-8 it may be UTF-8 still, or Chinese, or of DOS."""
    name = member.orig_filename
    if member.flag_bits & 0x800:
        return name
    raw = name.encode("cp437", errors="replace")
    for encoding in ("utf-8", "gb2312", "cp437"):
        try:
            return raw.decode(encoding)
        except UnicodeDecodeError:
            continue
    return name


def _member(archive: zipfile.ZipFile, member: zipfile.ZipInfo, name: str, before: Iterable[Entry]) -> Entry:
    """Read one member, at most so many bytes as it may have, whatever the header claims."""
    most = min(limit(name), TOTAL - sum(len(entry.data) for entry in before))
    kind = stat.S_IFMT(member.external_attr >> 16)
    if member.flag_bits & 0x1:
        return Entry(name, problem="it is encrypted in the zip; pack it without a password")
    if kind not in (0, stat.S_IFREG):
        word = "symbolic link" if kind == stat.S_IFLNK else "device or pipe"
        return Entry(name, problem=f"in the zip this is a {word}, not a file; pack the file itself")
    if member.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
        return Entry(name, problem="the zip packs it in an unusual way; pack it again, with deflate")
    try:
        with archive.open(member) as file:
            data = file.read(most + 1)
    except Exception as error:  # on damaged bytes zipfile raises almost anything
        told = tell(str(error) or type(error).__name__)
        return Entry(name, problem=f"it is damaged in the zip ({told}); pack it again")
    return Entry(name, problem=_too_large(name, most)) if len(data) > most else Entry(name, data)
