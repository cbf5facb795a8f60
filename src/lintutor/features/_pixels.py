"""What an image is, and how a stack of images is taken a block at a time.

An image holds pixel values 0..255, as uint8 or as numbers of any type: (H, W) or (H, W, 1) gray,
(H, W, 3) red, green, blue. A stack of images has an axis more, in front.
"""

from collections.abc import Iterator
from typing import Any

import numpy as np
from numpy.typing import ArrayLike

from lintutor._check import Array, as_numbers, refuse_masked

_BLOCK = 1 << 15  # pixels worked on at once: what is computed from them fits a cache


def as_pixels(name: str, value: ArrayLike) -> Array:
    """Return pixel values 0..255 as uint8, float32 or float64, or refuse them."""
    refuse_masked(name, value)
    if isinstance(value, np.ndarray) and value.dtype == np.uint8:
        return np.asarray(value)
    pixels = as_numbers(name, value)
    if pixels.dtype != np.float32:
        pixels = pixels.astype(np.float64, copy=False)
    if pixels.size == 0:
        return pixels
    low, high = float(pixels.min()), float(pixels.max())
    if low < 0 or high > 255:
        raise ValueError(f"{name} must hold pixel values 0..255, got {low if low < 0 else high:g}")
    if high <= 1 and (pixels != np.round(pixels)).any():
        raise ValueError(f"{name} must hold pixel values 0..255, got shares of 1: multiply them by 255")
    return pixels


def as_image(name: str, value: ArrayLike) -> Array:
    """Return one image as a stack of one, (1, H, W, 1) or (1, H, W, 3)."""
    pixels = as_pixels(name, value)
    if pixels.ndim == 2:
        pixels = pixels[:, :, None]  # (H, W, 1)
    if pixels.ndim != 3 or pixels.shape[2] not in (1, 3):
        raise ValueError(f"{name} must be one image, (H, W) or (H, W, 3), got shape {np.shape(value)}")
    return _not_empty(name, pixels[None])  # (1, H, W, 1 or 3)


def as_images(name: str, value: ArrayLike) -> Array:
    """Return a stack of images as (N, H, W, 1) or (N, H, W, 3)."""
    pixels = as_pixels(name, value)
    if pixels.ndim == 3 and pixels.shape[2] != 3:
        pixels = pixels[..., None]  # (N, H, W, 1)
    if pixels.ndim == 3:
        raise ValueError(
            f"{name} has shape {pixels.shape}: one color image is {name}[None], "
            f"gray images three pixels wide are {name}[..., None]"
        )
    if pixels.ndim != 4 or pixels.shape[3] not in (1, 3):
        raise ValueError(f"{name} must be images, (N, H, W) or (N, H, W, 3), got shape {pixels.shape}")
    return _not_empty(name, pixels)


def _not_empty(name: str, pixels: Array) -> Array:
    if 0 in pixels.shape[1:3]:
        raise ValueError(f"{name} has no pixels: images of {pixels.shape[1]} x {pixels.shape[2]}")
    return pixels


def in_color(name: str, images: Array) -> Array:
    """Return images (N, H, W, 3) as they are; gray ones have no hue and are refused."""
    if images.shape[3] != 3:
        raise ValueError(f"{name} must be in color, its last axis red, green, blue; got gray")
    return images


def blocks(images: Array) -> Iterator[tuple[slice, Array]]:
    """Yield ``images[start:stop]`` with its slice, a block of bounded size at a time."""
    step = max(1, _BLOCK // (images.shape[1] * images.shape[2]))
    for start in range(0, len(images), step):
        part = slice(start, start + step)
        yield part, images[part]


def result_type(*arrays: Array) -> Any:
    """Return float32 where everything that came is float32, else float64."""
    return np.float32 if all(array.dtype == np.float32 for array in arrays) else np.float64
