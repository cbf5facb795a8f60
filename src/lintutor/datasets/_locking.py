"""A folder to work in that one process has at a time; the lock ends with the process, however that ends."""

import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path


@contextmanager
def workshop(folder: Path, waiting: Callable[[], None]) -> Iterator[None]:
    """Make `folder` and hold it. While another process does, call `waiting` once and wait.

    In the end the folder is taken away if nothing is left in it.
    """
    handle = _take(folder, waiting)
    try:
        yield
    finally:
        with suppress(OSError):
            (folder / "lock").unlink()
        os.close(handle)
        with suppress(OSError):
            folder.rmdir()


def _take(folder: Path, waiting: Callable[[], None]) -> int:
    lock = folder / "lock"
    while True:
        folder.mkdir(parents=True, exist_ok=True)
        try:
            handle = os.open(lock, os.O_RDWR | os.O_CREAT, 0o644)
        except FileNotFoundError:  # the one who held it has just cleared up
            continue
        try:
            if not _locked(handle, wait=False):
                waiting()
                _locked(handle, wait=True)
            # Whoever held it has taken the file away? Then this lock is on a file that nobody else will find.
            if lock.exists() and os.path.samestat(os.fstat(handle), lock.stat()):
                return handle
        except BaseException:
            os.close(handle)
            raise
        os.close(handle)


def _locked(handle: int, wait: bool) -> bool:
    """Lock an open file; return whether that could be done."""
    if sys.platform == "win32":  # no lock there; checksums tell if two at once went wrong
        return True
    import fcntl

    try:
        fcntl.flock(handle, fcntl.LOCK_EX | (0 if wait else fcntl.LOCK_NB))
    except BlockingIOError:
        return False
    return True
