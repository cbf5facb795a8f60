"""A file as a lock: one process at a time holds it, and the lock ends with the process, however that ends."""

import os
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path


@contextmanager
def holding(lock: Path, busy: Callable[[], None]) -> Iterator[None]:
    """Hold the file `lock`, made with its folder if need be and taken away in the end.

    While another process holds it, call `busy` once, then wait; an error that `busy` raises ends the wait.
    """
    handle = _take(lock, busy)
    try:
        yield
    finally:
        with suppress(OSError):  # Windows keeps what is open
            lock.unlink()
        os.close(handle)


def _take(lock: Path, busy: Callable[[], None]) -> int:
    while True:
        lock.parent.mkdir(parents=True, exist_ok=True)
        try:
            handle = os.open(lock, os.O_RDWR | os.O_CREAT, 0o644)
        except FileNotFoundError:  # the one who held it has just cleared up
            continue
        try:
            if not _locked(handle):
                busy()
                while not _locked(handle):
                    time.sleep(0.05)
            # Whoever held it has taken the file away? Then this lock is on a file that nobody else will find.
            with suppress(FileNotFoundError):
                if os.path.samestat(os.fstat(handle), lock.stat()):
                    return handle
        except BaseException:
            os.close(handle)
            raise
        os.close(handle)


def _locked(handle: int) -> bool:
    """Lock an open file without waiting; return whether that could be done."""
    try:
        if sys.platform == "win32":
            import msvcrt

            msvcrt.locking(handle, msvcrt.LK_NBLCK, 1)
        else:
            import fcntl

            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except (BlockingIOError, PermissionError):
        return False
    return True
