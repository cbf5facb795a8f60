"""Shapes as signed distances, and the canvas that they are painted on.

A shape is a function of the plane: negative inside, zero on the outline, positive outside, and about
as large as the distance to the outline. Union is ``minimum``, intersection ``maximum``, and painting
with soft edges is one clip of the distance, so a batch of a thousand pictures takes a few array operations.
Every argument is a number or an array (n, 1, 1), one value a picture; points are (n, H, W). Only
``+ - * /``, comparisons and square roots touch a pixel.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

Pixels = NDArray[Any]  # float32
Value = float | np.floating[Any] | Pixels
Color = Sequence[Value]


def circle(x: Pixels, y: Pixels, cx: Value, cy: Value, r: Value) -> Pixels:
    """Signed distance (n, H, W) to a circle."""
    dx, dy = x - cx, y - cy
    return np.sqrt(dx * dx + dy * dy) - r


def ellipse(x: Pixels, y: Pixels, cx: Value, cy: Value, a: Value, b: Value) -> Pixels:
    """Signed distance (n, H, W), to first order, to an ellipse with half axes a and b."""
    dx, dy = (x - cx) / a, (y - cy) / b
    level = np.sqrt(dx * dx + dy * dy)
    slope = np.sqrt((dx / a) ** 2 + (dy / b) ** 2) + 1e-6
    distance: Pixels = level * (level - 1) / slope
    return distance


def box(x: Pixels, y: Pixels, cx: Value, cy: Value, a: Value, b: Value) -> Pixels:
    """Distance (n, H, W) to a rectangle with half sides a and b."""
    return np.maximum(np.abs(x - cx) - a, np.abs(y - cy) - b)


def polygon(x: Pixels, y: Pixels, *corners: tuple[Value, Value]) -> Pixels:
    """Distance (n, H, W) to a convex polygon; its corners run clockwise, with y upward."""
    far: Pixels | None = None
    for (x0, y0), (x1, y1) in zip(corners, corners[1:] + corners[:1], strict=True):
        ex, ey = np.asarray(x1 - x0, np.float32), np.asarray(y1 - y0, np.float32)
        length = np.sqrt(ex * ex + ey * ey) + np.float32(1e-6)
        nx, ny = -ey / length, ex / length
        edge = x * nx + y * ny - (x0 * nx + y0 * ny)
        far = edge if far is None else np.maximum(far, edge)
    assert far is not None
    return far


def capsule(x: Pixels, y: Pixels, x0: Value, y0: Value, x1: Value, y1: Value, r: Value) -> Pixels:
    """Distance (n, H, W) to a thick line with round ends."""
    ex, ey = np.asarray(x1 - x0, np.float32), np.asarray(y1 - y0, np.float32)
    dx, dy = x - x0, y - y0
    along = np.clip((dx * ex + dy * ey) / (ex * ex + ey * ey), 0, 1)
    dx, dy = dx - along * ex, dy - along * ey
    return np.sqrt(dx * dx + dy * dy) - r


def blossom(x: Pixels, y: Pixels, cx: Value, cy: Value, r: Value, petals: Pixels, depth: Value) -> Pixels:
    """Distance (n, H, W) to a ring of 5, 6 or 8 petals; cos(k t) is the Chebyshev polynomial of cos t."""
    dx, dy = x - cx, y - cy
    radius = np.sqrt(dx * dx + dy * dy) + np.float32(1e-6)
    c = dx / radius
    c2 = c * c
    five, six = c * (5 + c2 * (16 * c2 - 20)), c2 * (18 + c2 * (32 * c2 - 48)) - 1
    eight = 1 + c2 * (c2 * (160 + c2 * (128 * c2 - 256)) - 32)
    wave = np.where(petals == 5, five, np.where(petals == 6, six, eight))
    return radius - r * (1 + depth * wave)


def wave(t: Pixels) -> Pixels:
    """Return a sine of period 2, drawn with parabolas: no library's sine decides a pixel."""
    t = t - 2 * np.floor((t + 1) / 2)
    height: Pixels = 4 * t * (1 - np.abs(t))
    return height


class Dice:
    """Hands out the random numbers of a batch, a column at a time: row i is picture i's own.

    Parameters
    ----------
    uniform : (n, K) float32 in [0, 1)
    variation : float in 0..1, how far `vary` and `pick` may go from the usual
    """

    def __init__(self, uniform: Pixels, variation: float = 1.0) -> None:
        self._columns = iter(uniform.T)
        self.variation = np.float32(variation)

    def roll(self) -> Pixels:
        """Return one number in [0, 1) a picture, (n, 1, 1)."""
        column: Pixels = next(self._columns)
        return column[:, None, None]

    def spread(self) -> Pixels:
        """Return one number in [-1, 1) a picture, (n, 1, 1)."""
        return 2 * self.roll() - 1

    def vary(self, usual: float, most: float) -> Pixels:
        """Return `usual`, give or take `most` at full variation, (n, 1, 1)."""
        return np.float32(usual) + self.variation * np.float32(most) * self.spread()

    def other(self, share: float = 0.5) -> NDArray[np.bool_]:
        """Say which pictures show the other kind: a part `share` of them at full variation, (n, 1, 1)."""
        return np.asarray(self.roll() < share * self.variation)

    def pick(self, *colors: Sequence[float]) -> Color:
        """Return the first color, or, the more often the more variation, another of them; three (n, 1, 1)."""
        changes, which, tone = self.roll() < self.variation, self.roll(), self.vary(0.0, 0.12)
        index = np.where(changes, (which * len(colors)).astype(np.intp), 0)
        table = np.asarray(colors, np.float32)
        return [np.clip(table[index, k] + tone, 0, 1) for k in range(3)]


@dataclass
class Canvas:
    """A batch of pictures in the making: three planes (n, H, W) of float32 in 0..1.

    Attributes
    ----------
    planes : list of three (n, H, W), red, green, blue
    x, y : (n, H, W), the coordinates in which the next shape is drawn; y points up
    pixel : (n, 1, 1), the width of a pixel in these coordinates
    light : (n, 1, 1), how strongly light from the upper left models the shapes
    """

    planes: list[Pixels]
    x: Pixels
    y: Pixels
    pixel: Value
    light: Value = 0.2

    def paint(self, distance: Pixels, color: Color, opacity: Value = 1.0, flat: bool = False) -> None:
        """Lay `color` over a shape, its edges soft over one pixel, modeled by light unless `flat`."""
        cover = np.clip(0.5 - distance / self.pixel, 0, 1) * opacity
        shade: Value = 1.0
        if not flat:
            rim = np.clip(1 + distance / (3 * self.pixel), 0, 1)
            shade = (1 + self.light * (self.y - self.x)) * (1 - 0.22 * rim)
        for plane, value in zip(self.planes, color, strict=True):
            plane += cover * (np.minimum(value * shade, 1) - plane)
