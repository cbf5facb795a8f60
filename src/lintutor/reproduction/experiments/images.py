"""The images of an experiment, in the forms that the experiments read, each made when first asked for."""

import hashlib
from functools import cached_property
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from lintutor.datasets import Splits
from lintutor.scores import center

__all__ = ["Images", "Rows"]


class Rows(NamedTuple):
    """Rows to learn from, to choose by and to report, in one form."""

    train: NDArray[Any]
    val: NDArray[Any]
    test: NDArray[Any]


class Images:
    """A data set in train, validation and test rows, with the forms that experiments ask for.

    Parameters
    ----------
    splits : Splits
        Color images; their pixels 0..255.
    """

    def __init__(self, splits: Splits) -> None:
        self.splits = splits
        self.y = Rows(splits.y_train, splits.y_val, splits.y_test)
        self.classes = len(splits.class_names)

    @cached_property
    def sha256(self) -> str:
        """Digest of all pixels, as bytes, and labels, in the order of train, validation and test."""
        digest = hashlib.sha256()
        for rows, labels in zip(self.pixels, self.y, strict=True):
            digest.update(rows.astype(np.uint8).tobytes())
            digest.update(labels.astype(np.uint8).tobytes())
        return digest.hexdigest()

    @cached_property
    def pixels(self) -> Rows:
        """The raw pixels, 0..255, float32."""
        data = self.splits
        return Rows(*(np.asarray(X, np.float32) for X in (data.X_train, data.X_val, data.X_test)))

    @cached_property
    def centered(self) -> Rows:
        """The pixels less the mean training image, float32."""
        return Rows(*center(*self.pixels))

    @cached_property
    def scaled(self) -> Rows:
        """The centered pixels divided by their deviation, one number; float32."""
        return Rows(*(rows / np.float32(self.deviation) for rows in self.centered))

    @cached_property
    def deviation(self) -> float:
        """The standard deviation of all centered training pixels."""
        return float(self.centered.train.std(dtype=np.float64))

    def pooled(self, size: int) -> Rows:
        """Return the centered images averaged over blocks of ``size x size`` pixels."""
        height, width, colors = self.splits.image_shape
        blocks = height // size, size, width // size, size, colors
        return Rows(
            *(
                rows.reshape(-1, *blocks).mean(axis=(2, 4)).reshape(len(rows), -1)  # (N, D / size**2)
                for rows in self.centered
            )
        )

    def as_pictures(self) -> Rows:
        """Return the images (N, H, W, 3) uint8."""
        return Rows(*(self.splits.images(rows).astype(np.uint8) for rows in self.pixels))
