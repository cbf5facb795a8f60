"""CIFAR-10 from a folder or an archive that you already have: 60,000 photographs of 32 x 32 pixels."""

import os
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from lintutor._check import as_count
from lintutor.datasets._files import BATCHES, CIFAR10_PAGE, PIXELS, members, missing, read, recognize
from lintutor.datasets._pickles import as_text, load_data

CIFAR10_SOURCE = (
    "CIFAR-10, collected by A. Krizhevsky, V. Nair and G. Hinton, described in A. Krizhevsky, Learning "
    f"Multiple Layers of Features from Tiny Images, 2009, {CIFAR10_PAGE}."
)


class Cifar10(NamedTuple):
    """The images and labels of CIFAR-10, as :func:`load_cifar10` returns them."""

    X_train: NDArray[np.uint8]
    y_train: NDArray[np.int64]
    X_test: NDArray[np.uint8]
    y_test: NDArray[np.int64]
    class_names: tuple[str, ...]


def load_cifar10(path: str | os.PathLike[str], *, rows_per_batch: int = 10000) -> Cifar10:
    """Read CIFAR-10 from its folder or its archive, in the python or the binary edition.

    Nothing is unpacked to the disk, and nothing in the files is run: a batch of the python edition is a
    pickle, and a pickle that asks for more than plain data is refused.

    Parameters
    ----------
    path : path
        The folder with the batch files, a folder with that folder in it, or the archive (``.tar.gz``).
    rows_per_batch : int, default 10000
        How many images each of the six batch files must hold.

    Returns
    -------
    X_train : (50000, 32, 32, 3) uint8, in the order of the batches
    y_train : (50000,) int64, 0..9
    X_test : (10000, 32, 32, 3) uint8
    y_test : (10000,) int64, 0..9
    class_names : tuple of 10 str

    Raises
    ------
    FileNotFoundError
        There is nothing at `path`, or a file of the data set is missing there.
    ValueError
        A file is truncated, has another shape, holds a label that is no class, or is no such file at all.

    Examples
    --------
    >>> load_cifar10("nowhere")  # doctest: +ELLIPSIS
    Traceback (most recent call last):
    FileNotFoundError: nothing at nowhere; expected the folder or archive of CIFAR-10, published at https...

    Notes
    -----
    Source: A. Krizhevsky, Learning Multiple Layers of Features from Tiny Images, 2009.
    See the book: ``knn-data-driven-pipeline``.
    """
    root, rows = Path(path).expanduser(), as_count("rows_per_batch", rows_per_batch)
    images = np.empty((6 * rows, 32, 32, 3), np.uint8)
    labels = np.empty(6 * rows, np.int64)
    names: tuple[str, ...] = ()
    found: dict[str, str] = {}
    for member in members(root):
        edition, batch = recognize(member.name)
        if batch in found:
            raise ValueError(f"{member.where}: {batch} is already in {found[batch]}; expected each file once")
        found[batch] = member.where
        raw = read(member, rows, root)
        if batch == "meta":
            names = _names(raw, member.where, edition)
        else:
            pixels, y = _batch(raw, member.where, edition, rows)
            at = slice(BATCHES.index(batch) * rows, (BATCHES.index(batch) + 1) * rows)
            images[at] = pixels.reshape(rows, 3, 32, 32).transpose(0, 2, 3, 1)  # (N, 32, 32, 3)
            labels[at] = y
    absent = [name for name in ("meta", *BATCHES) if name not in found]
    if absent:
        raise FileNotFoundError(missing(root, absent, found))
    train = 5 * rows
    return Cifar10(images[:train], labels[:train], images[train:], labels[train:], names)


def _batch(raw: bytes, where: str, edition: str, rows: int) -> tuple[NDArray[np.uint8], NDArray[np.int64]]:
    """Return pixels (N, 3072) uint8, all red, then all green, then all blue, and labels (N,) int64."""
    if edition == "binary":
        if len(raw) != rows * (1 + PIXELS):
            raise ValueError(f"{where}: expected {rows} x 3073 = {rows * 3073} bytes, got {len(raw)}")
        table = np.frombuffer(raw, np.uint8).reshape(rows, 1 + PIXELS)
        return table[:, 1:], _labels(table[:, 0], where, rows)
    content = _content(raw, where)
    pixels = content.get("data")
    if not isinstance(pixels, np.ndarray) or pixels.shape != (rows, PIXELS) or pixels.dtype != np.uint8:
        raise ValueError(f"{where}: data must be an array ({rows}, 3072) of uint8, got {_describe(pixels)}")
    return pixels, _labels(content.get("labels"), where, rows)


def _labels(given: Any, where: str, rows: int) -> NDArray[np.int64]:
    """Return labels (N,) int64 that are all 0..9."""
    labels = given.tolist() if isinstance(given, np.ndarray) and given.ndim == 1 else given
    if type(labels) is not list or len(labels) != rows or not all(type(label) is int for label in labels):
        raise ValueError(f"{where}: labels must be {rows} whole numbers, got {_describe(given)}")
    for i, label in enumerate(labels):
        if not 0 <= label <= 9:
            raise ValueError(f"{where}: labels must lie in 0..9, got {label} for image {i}")
    return np.array(labels, np.int64)


def _names(raw: bytes, where: str, edition: str) -> tuple[str, ...]:
    """Return the ten class names."""
    if edition == "binary":
        given: Any = raw.decode("latin1").split()
    else:
        given = _content(raw, where).get("label_names")
    if (
        type(given) is not list
        or len(given) != 10
        or not all(isinstance(name, (str, bytes)) for name in given)
    ):
        raise ValueError(f"{where}: label_names must be a list of 10 names, got {_describe(given)}")
    return tuple(as_text(name) for name in given)


def _content(raw: bytes, where: str) -> dict[str, Any]:
    try:
        return load_data(raw)
    except ValueError as error:
        raise ValueError(f"{where} {error}") from None


def _describe(value: Any) -> str:
    if value is None:
        return "nothing of that name"
    if isinstance(value, np.ndarray):
        return f"an array {value.shape} of {value.dtype}"
    if isinstance(value, (list, tuple, dict, str, bytes)):
        return f"a {type(value).__name__} of length {len(value)}"
    return f"a value of type {type(value).__name__}"
