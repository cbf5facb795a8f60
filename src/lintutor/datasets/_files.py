"""The files of CIFAR-10 in a folder or an archive, one after the other, and what is there in their place."""

import gzip
import os
import tarfile
import zlib
from collections.abc import Iterable, Iterator
from pathlib import Path, PurePosixPath
from typing import BinaryIO, NamedTuple, cast

CIFAR10_PAGE = "https://www.cs.toronto.edu/~kriz/cifar.html"
PIXELS = 3072
BATCHES = (*(f"data_batch_{i}" for i in range(1, 6)), "test_batch")
# Of each edition, the file that holds the class names, and what the name of a batch ends with.
EDITIONS = {"python": ("batches.meta", ""), "binary": ("batches.meta.txt", ".bin")}
_BROKEN = (tarfile.TarError, EOFError, OSError, zlib.error)  # what reading a damaged archive raises
_HTML = (b"<!doctype", b"<html", b"<head", b"<?xml")


class Member(NamedTuple):
    """A file of the data set: its name, how to name it to a reader, and the file itself, open."""

    name: str
    where: str
    file: BinaryIO


def recognize(name: str) -> tuple[str, str]:
    """Return the edition of a file and which one it is: a batch, or "meta"; two empty texts for any other."""
    for edition, (meta, ending) in EDITIONS.items():
        if name == meta:
            return edition, "meta"
        if name.endswith(ending) and name.removesuffix(ending) in BATCHES:
            return edition, name.removesuffix(ending)
    return "", ""


def members(root: Path) -> Iterator[Member]:
    """Yield the files of the data set in a folder, or in an archive, one after the other.

    Raises
    ------
    FileNotFoundError
        There is nothing at `root`.
    ValueError
        `root` is a file that is no archive, or breaks off, or is damaged; the error says which.
    """
    if root.is_dir():
        yield from _folder(root)
    elif root.exists():
        yield from _archive(root)
    else:
        raise FileNotFoundError(
            f"nothing at {root}; expected the folder or archive of CIFAR-10, published at {CIFAR10_PAGE}"
        )


def _folder(root: Path) -> Iterator[Member]:
    """Yield the files of one edition in `root`, or in the first folder in it that has any."""
    for folder in (root, *sorted(child for child in root.iterdir() if child.is_dir())):
        for meta, ending in EDITIONS.values():
            files = [folder / name for name in (meta, *(batch + ending for batch in BATCHES))]
            present = [file for file in files if file.is_file()]
            for file in present:
                with file.open("rb") as opened:
                    yield Member(file.name, file.as_posix(), opened)
            if present:
                return


def _archive(root: Path) -> Iterator[Member]:
    """Yield the files in an archive, read in one pass. Names lead nowhere: only their last part counts."""
    if not root.is_file():
        raise ValueError(f"{root}: expected a folder or an archive, got something else")
    others = set()
    with root.open("rb") as file:  # where it cannot be opened, that is its own error
        try:
            packed = file.peek(2)[:2] == b"\x1f\x8b"
            stream = cast(BinaryIO, gzip.GzipFile(fileobj=file)) if packed else file
            with tarfile.open(fileobj=stream, mode="r|") as archive:
                for info in archive:
                    name = PurePosixPath(info.name).name
                    others |= set(PurePosixPath(info.name).parts[:1]) - {".."}
                    if not recognize(name)[0] or info.isdir():
                        continue
                    if not info.isreg():
                        raise ValueError(f"{root}: {info.name} is {_kind(info)}: it is not followed")
                    yield Member(name, f"{root}: {info.name}", cast(BinaryIO, archive.extractfile(info)))
            while stream.read(1 << 20):  # to the end, where gzip keeps its checksum
                pass
        except _BROKEN as error:
            raise broken(root, error) from None
    if any("cifar-100" in other for other in others):
        raise FileNotFoundError(
            f"{root}: no file of CIFAR-10 in it, such as data_batch_1; this is CIFAR-100, another data set"
        )


def _kind(info: tarfile.TarInfo) -> str:
    if info.issym() or info.islnk():
        return f"a link to {info.linkname} where a file belongs"
    return "a device or a pipe where a file belongs"


def read(member: Member, rows: int, root: Path) -> bytes:
    """Return the bytes of a file that is no longer than a batch of so many rows can be."""
    most = 2 * rows * (PIXELS + 1) + (1 << 20)
    try:
        raw = member.file.read(most + 1)
    except _BROKEN as error:
        if root.is_dir():
            raise
        raise broken(root, error, member.where) from None
    if len(raw) > most:
        raise ValueError(f"{member.where}: more than {most} bytes, too many for {rows} images")
    return raw


def broken(root: Path, error: BaseException, where: str | None = None) -> ValueError:
    """Return the error for an archive that cannot be read, which says what the file is instead."""
    expected = "expected cifar-10-python.tar.gz, got"
    with root.open("rb") as file:
        start = file.read(512)
    size = os.path.getsize(root)  # noqa: PTH202
    if not size:
        return ValueError(f"{root}: {expected} an empty file")
    if start.lstrip().lower().startswith(_HTML):
        return ValueError(
            f"{root}: {expected} an HTML page, such as a network's sign-in page saved in its place"
        )
    if start.startswith(b"PK\x03\x04"):
        return ValueError(f"{root}: {expected} a zip archive; CIFAR-10 is published as .tar.gz")
    if not start.startswith(b"\x1f\x8b") and where is None and start[257:262] != b"ustar":
        return ValueError(f"{root}: {expected} no archive")
    if "invalid header" in str(error):  # so tarfile calls it where the first file should begin
        return ValueError(f"{root}: {expected} a packed file of another kind")
    if isinstance(error, EOFError) or "unexpected end" in str(error):
        what = f"breaks off after {size} bytes: it is truncated, or its download has not ended"
        return ValueError(f"{where or root}: the archive {what}")
    return ValueError(f"{where or root}: the archive is damaged here: its bytes have changed ({error})")


def missing(root: Path, absent: Iterable[str], found: dict[str, str]) -> str:
    """Return the message for files that are not there; `found` says where each other one is."""
    if not found:
        hint = "; this looks like CIFAR-100, another data set" if "cifar-100" in root.name else ""
        return f"{root}: no file of CIFAR-10 in it, such as data_batch_1 or batches.meta{hint}"
    edition, _ = recognize(PurePosixPath(next(iter(found.values()))).name)
    meta, ending = EDITIONS[edition]
    files = ", ".join(meta if name == "meta" else name + ending for name in absent)
    return f"{root}: {files} missing; CIFAR-10 has five data batches, a test batch and {meta}"
