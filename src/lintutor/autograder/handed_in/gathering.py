"""Reads what a path holds, be it a folder, a zip or one file.

Nothing is written, imported or followed: symbolic links are refused by name, and what is no regular file
is never opened.
"""

import itertools
import os
import stat
from pathlib import Path

from .bundle import ARCHIVE, DEPTH, KINDS, Bundle, Entry, Refused, is_junk, limit, tell, too_large
from .zips import unpack

SEEN = 10_000  # entries of a folder that are looked at
ARCHIVES = (".zip", ".rar", ".7z", ".tar", ".gz", ".tgz", ".xz", ".bz2")


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
            return _opened(path, _walk(path))
        if path.suffix.lower() == ".zip":
            return unpack(_read(path, ARCHIVE))
        if path.suffix.lower() not in KINDS:
            raise Refused(_other_kind(path.name))
        entry = Entry(path.name, _read(path, limit(path.name)), time=os.lstat(path).st_mtime)
        return Bundle([entry], alone=True, kind="file")
    except Refused as error:
        return Bundle(problem=str(error), kind="file")
    except OSError as error:
        return Bundle(problem=f"it cannot be read: {error.strerror}")


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


def _opened(top: Path, bundle: Bundle) -> Bundle:
    """Return what a zip holds where it is all that a folder holds, as systems for courses hand it out."""
    zips = [name for name in bundle.others if name.lower().endswith(".zip")]
    if bundle.entries or len(zips) != 1:
        return bundle
    inside = unpack(_read(top / zips[0], ARCHIVE))
    inside.remarks[:0] = [*bundle.remarks, f"read from {tell(zips[0])}"]
    return inside


def _add(bundle: Bundle, name: str, path: Path) -> None:
    """Put one file of a folder into the bundle, if it is of a kind that can be an answer."""
    if path.suffix.lower() not in KINDS:
        if path.is_symlink():
            bundle.remarks.append(f"{tell(name)} is a symbolic link, which is not followed")
        else:
            bundle.others.append(name)
        return
    try:
        data = _read(path, min(limit(name), bundle.room))
        bundle.add(Entry(name, data, time=os.lstat(path).st_mtime))
    except (Refused, OSError) as error:
        bundle.add(Entry(name, problem=str(error)))


def _read(path: Path, most: int) -> bytes:
    """Return the bytes of a regular file, or refuse; nothing else is ever opened."""
    flags = os.O_RDONLY
    for name in ("O_NOFOLLOW", "O_NONBLOCK", "O_CLOEXEC", "O_BINARY"):  # not every system has each
        flags |= getattr(os, name, 0)
    try:
        mode = os.lstat(path).st_mode
        if stat.S_ISDIR(mode):
            raise Refused("this is a folder, not a file")
        if stat.S_ISLNK(mode):
            raise Refused("this is a symbolic link, which is not followed; hand in what it points to")
        if not stat.S_ISREG(mode):
            raise Refused("this is a device or a pipe, not a file")
        with os.fdopen(os.open(path, flags), "rb") as file:
            if not stat.S_ISREG(os.fstat(file.fileno()).st_mode):
                raise Refused("this is not a file")
            data = file.read(most + 1)
    except OSError as error:
        raise Refused(f"it cannot be read: {error.strerror}") from None
    if len(data) > most:
        raise Refused(too_large(path.name, most))
    return data


def _other_kind(name: str) -> str:
    if name.lower().endswith(ARCHIVES):
        return "only zip archives are opened; pack your answers as a .zip"
    return "this is not a Python file (.py), notebook (.ipynb), zip or folder"
