"""Puts CIFAR-10 where `load` finds it: all of it or nothing, and only what is what it says it is."""

import hashlib
import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import replace
from pathlib import Path

from lintutor._lock import holding
from lintutor.datasets import _files
from lintutor.datasets.cifar10 import load_cifar10
from lintutor.datasets.download import PATIENCE, DownloadError, Patience, Resuming, silent
from lintutor.datasets.published import (
    CIFAR10,
    NOTE,
    Print,
    Published,
    checksum,
    difference,
    examine,
    prints,
    write_note,
)
from lintutor.progress import bar

FOLDER = "cifar-10-batches-py"
Say = Callable[[str], None]


def cifar10_folder() -> Path:
    """Return the folder that holds CIFAR-10 by default, in the user's cache; it need not exist.

    Examples
    --------
    >>> cifar10_folder().name
    'cifar-10-batches-py'
    """
    import pooch  # type: ignore[import-untyped]

    return Path(pooch.os_cache("lintutor")) / FOLDER


def fetch_cifar10(
    folder: str | os.PathLike[str] | None = None,
    *,
    again: bool = False,
    unverified: bool = False,
    say: Say = silent,
    shown: bool = False,
    patience: Patience = PATIENCE,
    published: Published = CIFAR10,
) -> Path:
    """Download CIFAR-10, unless it is there: 170 MB, and 186 MB once it is unpacked.

    What has come of a download that breaks off stays beside the folder; the next call goes on there.
    The environment variable ``LINTUTOR_CIFAR10_URL`` may name a mirror: checksums tell whether it has the
    same file.

    Parameters
    ----------
    folder : path, optional
        Where the seven files shall lie; by default :func:`cifar10_folder`.
    again : bool
        Download even if it is there.
    unverified : bool
        Take an archive whose checksum is not the published one.
    say : callable
        Is told in one line, now and then, what happens.
    shown : bool
        Show bars on the error stream, if that is a terminal.
    patience : Patience
        How long to wait.
    published : Published
        What to get.

    Returns
    -------
    Path
        The folder.

    Raises
    ------
    DownloadError
        It cannot be had from there.
    ValueError
        What came, or what lies in the folder, is something else.
    OSError
        The folder cannot be written.

    Examples
    --------
    >>> fetch_cifar10()  # doctest: +SKIP
    PosixPath('/home/you/.cache/lintutor/cifar-10-batches-py')
    """
    place = _place(folder)
    if not again and _there(place, published, say):
        return place
    published = replace(published, url=os.environ.get("LINTUTOR_CIFAR10_URL") or published.url)
    with _workshop(place, say):
        _clear(place)
        if not again and _there(place, published, say):
            return place
        _refuse_others(place)
        archive = _download(place, published, unverified, say, shown, patience)
        try:
            _install(archive, place, published, unverified, published.url, shown)
        except (ValueError, FileNotFoundError):
            archive.unlink()
            raise
        _clear(place, downloads=True)
    return place


def install_cifar10(
    source: str | os.PathLike[str],
    folder: str | os.PathLike[str] | None = None,
    *,
    again: bool = False,
    unverified: bool = False,
    say: Say = silent,
    shown: bool = False,
    published: Published = CIFAR10,
) -> Path:
    """Put CIFAR-10 into a folder from a folder or an archive that you have, and verify it.

    Parameters
    ----------
    source : path
        A folder with the batches or with the archive, or the archive, of the python or the binary edition.
        It is only read.
    unverified : bool
        Take files that read well although their checksums are not the published ones, and remember that.
    folder, again, say, shown, published
        See :func:`fetch_cifar10`.

    Returns
    -------
    Path
        The folder.

    Raises
    ------
    FileNotFoundError
        There is nothing at `source`, or a file of the data set is missing there.
    ValueError
        A file is damaged, or not the published one.
    OSError
        The folder cannot be written, or `source` cannot be read.

    Examples
    --------
    >>> install_cifar10("~/Downloads/cifar-10-python.tar.gz")  # doctest: +SKIP
    PosixPath('/home/you/.cache/lintutor/cifar-10-batches-py')
    """
    place, root = _place(folder), Path(source).expanduser()
    if not again and _there(place, published, say):
        return place
    if not root.exists():
        raise FileNotFoundError(f"nothing at {root}; expected the folder or the archive of CIFAR-10")
    root = _archive_in(root)
    with _workshop(place, say):
        _clear(place)
        if again or not _there(place, published, say):
            _refuse_others(place)
            _install(root, place, published, unverified, str(root.absolute()), shown)
            _clear(place, downloads=True)
    return place


def _archive_in(root: Path) -> Path:
    """Return the archive in a folder that holds one and no batches, such as a folder of downloads."""
    if root.is_dir() and next(_files.members(root), None) is None:
        for name in ("cifar-10-python.tar.gz", "cifar-10-binary.tar.gz"):
            if (root / name).is_file():
                return root / name
    return root


def _place(folder: str | os.PathLike[str] | None) -> Path:
    return cifar10_folder() if folder is None else Path(folder).expanduser().absolute()


def _beside(place: Path) -> Path:
    """Return the folder in which all is made ready: on the same disk, so that one rename ends it."""
    return place.with_name(f".{place.name}.new")


def _there(place: Path, published: Published, say: Say) -> bool:
    """Return whether CIFAR-10 is there, and say so; refuse to write over anything else."""
    state = examine(place, published)
    if state.name == "differs":
        raise ValueError(
            f"what lies there is not CIFAR-10 as published: {state.problem}; --again gets it anew"
        )
    if state.name != "absent":
        say(f"it is there already, {state.name}; --again gets it anew")
    return state.name != "absent"


def _refuse_others(place: Path) -> None:
    """Refuse to take away a folder in which lies anything else."""
    if place.is_file():
        raise ValueError(f"{place}: expected a folder, got a file; move it away first")
    for file in place.iterdir() if place.is_dir() else ():
        if not _files.recognize(file.name)[0] and file.name not in (NOTE, "readme.html"):
            raise ValueError(f"{place} holds {file.name}, which is not of CIFAR-10; move it away first")


@contextmanager
def _workshop(place: Path, say: Say) -> Iterator[None]:
    """Hold the folder beside `place` while all is made ready in it; it goes when nothing is left in it."""
    work = _beside(place)
    try:
        with holding(work / "lock", lambda: say(f"another process is filling {place}; waiting for it")):
            yield
    finally:
        with suppress(OSError):
            work.rmdir()


def _clear(place: Path, downloads: bool = False) -> None:
    """Take away what an earlier run left that was killed; put back what it had only moved aside."""
    work = _beside(place)
    old = work / "old"
    if old.exists() and not place.exists():
        old.rename(place)
    for left in work.iterdir():
        if left.is_dir() and not left.is_symlink():
            shutil.rmtree(left)
        elif left.name != "lock" and (downloads or not left.name.startswith("archive")):
            left.unlink()


def _download(
    place: Path, published: Published, unverified: bool, say: Say, shown: bool, patience: Patience
) -> Path:
    """Return the archive, downloaded; its checksum is right unless `unverified`."""
    import pooch

    work = _beside(place)
    size, most = (None, 2 * published.size) if unverified else (published.size, published.size)
    known = None if unverified else f"sha256:{published.sha256}"
    name = f"archive-{hashlib.sha256(published.url.encode()).hexdigest()[:8]}"  # one an address
    getter = Resuming(work / "archive.part", size, most, patience, say, shown)
    log = pooch.get_logger()
    level = log.level
    log.setLevel("ERROR")  # it would tell what `say` tells
    try:
        for afresh in (False, True):
            try:
                return Path(pooch.retrieve(published.url, known, name, work, downloader=getter))
            except ValueError:
                if afresh or not getter.resumed:
                    break
                say("the parts that came do not make the published archive; starting afresh")
    finally:
        log.setLevel(level)
    raise DownloadError(
        f"{published.url}: what came is not the published archive: its SHA-256 is another one"
    )


def _install(
    root: Path, place: Path, published: Published, unverified: bool, origin: str, shown: bool
) -> None:
    """Copy the files, hold them against the published ones, read all of them, then rename once."""
    new = _beside(place) / "new"
    try:
        new.mkdir()
        found = _copy(root, new, published.rows, shown)
        problem = difference(found, published.files)
        _read_whole(new, published, origin, found)
        if problem:
            verified = root.is_file() and checksum(root) == published.binary_md5
            if not verified and not unverified:
                raise ValueError(
                    f"{origin}: not the published files: {problem}; --unverified takes them all the same"
                )
            write_note(new, verified, origin, found)
        _sync(new)
        if place.exists() or place.is_symlink():
            place.rename(_beside(place) / "old")
        new.rename(place)
        _sync(place.parent)
    finally:
        _clear(place)


def _read_whole(new: Path, published: Published, origin: str, found: dict[str, Print]) -> None:
    """Read all there is once; an error names the file where it came from, and how it differs."""
    try:
        load_cifar10(new, rows_per_batch=published.rows)
    except FileNotFoundError as error:
        raise FileNotFoundError(str(error).replace(str(new), origin)) from None
    except ValueError as error:
        named = {name for name in found if f"{new.as_posix()}/{name}" in str(error)} & set(published.files)
        problem = difference(*({name: each[name] for name in named} for each in (found, published.files)))
        told = str(error).replace(new.as_posix(), origin)
        raise ValueError(f"{told} ({problem})" if problem else told) from None


def _copy(root: Path, new: Path, rows: int, shown: bool) -> dict[str, Print]:
    """Copy the files of the data set out of a folder or an archive, under their plain names."""
    with bar(7, "unpacking", shown) as advance:
        for member in _files.members(root):
            if (new / member.name).exists():
                raise ValueError(f"{member.where}: {member.name} comes twice; expected each file once")
            with (new / member.name).open("xb") as file:
                file.write(_files.read(member, rows, root))
                file.flush()
                os.fsync(file.fileno())
            advance(1)
    return prints(new, rows)


def _sync(folder: Path) -> None:
    """Wait until the names in a folder are on the disk, where a system has a way to do that."""
    if os.name == "posix":
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
