"""Pictures in a record: the templates of a linear classifier, as text and back."""

import base64
import zlib
from collections.abc import Mapping
from typing import Any

import numpy as np
from numpy.typing import NDArray

__all__ = ["pack", "templates"]


def pack(images: NDArray[np.uint8]) -> dict[str, Any]:
    """Return images (C, H, W, 3) uint8 as a shape and a text that JSON has.

    Examples
    --------
    >>> templates(pack(np.zeros((2, 4, 4, 3), np.uint8))).shape
    (2, 4, 4, 3)
    """
    packed = zlib.compress(np.ascontiguousarray(images, np.uint8).tobytes(), 9)
    return {"shape": list(images.shape), "zlib": base64.b64encode(packed).decode("ascii")}


def templates(packed: Mapping[str, Any]) -> NDArray[np.uint8]:
    """Return the images (C, H, W, 3) uint8 that stand in the results of a run under ``templates``.

    Raises
    ------
    ValueError
        If the text does not hold the bytes of such a shape.

    Examples
    --------
    >>> templates(pack(np.full((1, 1, 1, 3), 7, np.uint8))).tolist()
    [[[[7, 7, 7]]]]
    """
    shape = packed["shape"]
    try:
        raw = zlib.decompress(base64.b64decode(packed["zlib"], validate=True))
        return np.frombuffer(raw, np.uint8).reshape(shape)
    except (ValueError, zlib.error) as error:
        raise ValueError(f"templates must be packed bytes of shape {tuple(shape)} ({error})") from None
