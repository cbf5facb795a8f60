"""What stands between a thing and its picture: view, backdrop, clutter, occlusion, light.

Each function takes the dice of its own stream and the difficulty `k` in 0..1, and at k = 0 leaves the
plain picture, so that one knob changes one thing and leaves the rest of every picture as it was.
"""

import numpy as np
from numpy.typing import NDArray

from lintutor.datasets._shapes import Canvas, Dice, Pixels, Value, box, circle, polygon, wave

SIZE = 32

# Sky at the top, sky at the horizon, ground at the horizon, ground at the bottom; the horizon's height.
_BACKDROPS = {
    "meadow": ((0.45, 0.68, 0.92), (0.80, 0.90, 0.97), (0.55, 0.74, 0.36), (0.33, 0.55, 0.22), -0.35),
    "sea": ((0.50, 0.72, 0.94), (0.86, 0.93, 0.98), (0.22, 0.50, 0.72), (0.10, 0.30, 0.55), -0.42),
    "street": ((0.62, 0.75, 0.88), (0.86, 0.88, 0.90), (0.60, 0.60, 0.62), (0.38, 0.38, 0.41), -0.30),
    "underwater": ((0.30, 0.66, 0.82), (0.08, 0.36, 0.58), (0.72, 0.66, 0.46), (0.55, 0.48, 0.32), -0.80),
    "air": ((0.42, 0.66, 0.94), (0.84, 0.92, 0.99), (0.90, 0.95, 0.99), (0.96, 0.98, 1.00), -0.75),
    "night": ((0.06, 0.07, 0.20), (0.24, 0.22, 0.44), (0.20, 0.17, 0.26), (0.10, 0.09, 0.14), -0.85),
}
_KINDS = tuple(_BACKDROPS)
_HOME = {
    "bird": "air",
    "car": "street",
    "fish": "underwater",
    "flower": "meadow",
    "house": "meadow",
    "lighthouse": "sea",
    "mushroom": "meadow",
    "rocket": "night",
    "sailboat": "sea",
    "tree": "meadow",
}


def grid(n: int) -> tuple[Pixels, Pixels]:
    """Return the pixel centers x, y (n, 32, 32) in -1..1, y upward."""
    at = ((np.arange(SIZE) + 0.5) / (SIZE / 2) - 1).astype(np.float32)
    shape = (n, SIZE, SIZE)
    return np.broadcast_to(at[None, None, :], shape), np.broadcast_to(-at[None, :, None], shape)


def view(
    x: Pixels, y: Pixels, dice: Dice, viewpoint: np.float32, scale: np.float32, deformation: np.float32
) -> tuple[Pixels, Pixels, Value]:
    """Return where in the thing's own coordinates each pixel looks, and how wide a pixel is there."""
    # Viewpoint: the camera aims beside the thing, is tilted, stands to one side or on the other side.
    x = x - 0.3 * viewpoint * dice.spread()
    y = y - 0.22 * viewpoint * dice.spread()
    angle = 0.65 * viewpoint * dice.spread()
    cos, sin = np.cos(angle.astype(float)).astype(np.float32), np.sin(angle.astype(float)).astype(np.float32)
    x, y = cos * x + sin * y, cos * y - sin * x
    turn = 1 / (1 - 0.5 * viewpoint * dice.roll())
    mirror = np.where(dice.roll() < np.minimum(viewpoint, 0.5), -1, 1).astype(np.float32)
    x = mirror * turn * (x + 0.35 * viewpoint * dice.spread() * y)
    # Scale: from a third as large to almost half as large again, seen from a point near the ground.
    zoom = (2.0 ** (scale * (2.0 * dice.roll() - 1.5)).astype(float)).astype(np.float32)
    x, y = x / zoom, (y + 0.3) / zoom - 0.3
    # Deformation: bends along both axes and a ripple.
    u, v = np.clip(x, -1.2, 1.2), np.clip(y, -1.2, 1.2)
    bend, twist, sag, ripple, phase = (dice.spread() for _ in range(5))
    x = x + deformation * (
        0.75 * bend * (v * v - 0.35) + 0.6 * twist * u * v + 0.22 * ripple * wave(1.5 * v + phase)
    )
    y = y + deformation * (0.6 * sag * (u * u - 0.35) + 0.22 * ripple * wave(1.5 * u - phase))
    return x, y, (2 / SIZE) / zoom


def backdrop(c: Canvas, name: str, dice: Dice, k: np.float32) -> None:
    """Paint the place where such a thing is usually seen; the more clutter, the more often another place."""
    n = len(c.x)
    astray = (dice.roll() < 0.9 * k)[:, 0, 0]
    anywhere = (dice.roll()[:, 0, 0] * len(_KINDS)).astype(np.intp)
    kind = np.where(astray, anywhere, _KINDS.index(_HOME[name]))
    colors = np.asarray([_BACKDROPS[which][:4] for which in _KINDS], np.float32)[kind]  # (n, 4, 3)
    usual = np.asarray([_BACKDROPS[which][4] for which in _KINDS], np.float32)[kind]
    horizon = usual.reshape(n, 1, 1) + 0.3 * k * dice.spread()
    hills = horizon + 0.18 * k * dice.roll() * wave(c.x * (0.6 + dice.roll()) + 2 * dice.roll())
    ground = np.clip(0.5 - (c.y - hills) / c.pixel, 0, 1)
    high = np.clip((c.y - horizon) / (1 - horizon), 0, 1)
    near = np.clip((horizon - c.y) / np.maximum(1 + horizon, 0.05), 0, 1)
    tone = 0.25 * k * dice.spread()
    for plane in range(3):
        top, far, edge, front = (colors[:, row, plane].reshape(n, 1, 1) for row in range(4))
        sky, land = far + (top - far) * high, edge + (front - edge) * near
        tint = tone + 0.18 * k * dice.spread()
        c.planes[plane][:] = np.clip(sky + ground * (land - sky) + tint, 0, 1)


def clutter(c: Canvas, dice: Dice, k: np.float32, grain: Pixels) -> None:
    """Strew the backdrop with things that do not matter, and roughen it with `grain` (n, 16, 16) in 0..1."""
    if k == 0:
        return
    rough = np.repeat(np.repeat(grain, 2, axis=1), 2, axis=2)
    for plane in c.planes:
        plane += (0.14 * k) * (rough - 0.5)
    for _ in range(6):
        there = np.where(dice.roll() < k, np.float32(0.85), np.float32(0))
        cx, cy, size = 1.1 * dice.spread(), 1.0 * dice.spread(), 0.08 + (0.1 + 0.2 * k) * dice.roll()
        kind, slant = dice.roll(), dice.spread()
        x, y = c.x - cx + slant * (c.y - cy) * 0.5, c.y - cy
        shape = np.where(
            kind < 0.5, box(x, y, 0.0, 0.0, size, size * (0.5 + slant * slant)), circle(x, y, 0.0, 0.0, size)
        )
        spire = polygon(x, y, (-size, -size), (0 * size, size), (size, -size))
        c.paint(np.where(kind > 0.8, spire, shape), [dice.roll() for _ in range(3)], there)


def occlude(c: Canvas, dice: Dice, k: np.float32) -> None:
    """Put things in front: a post or branch across the picture, a round thing, a hedge at one edge."""
    if k == 0:
        return
    seen = [np.where(dice.roll() < 0.2 + 0.8 * k, np.float32(1), np.float32(0)) for _ in range(3)]
    slope, at, thick = 0.7 * dice.spread(), 0.6 * dice.spread(), (0.25 + 0.75 * dice.roll()) * 0.2 * k
    upright = dice.roll() < 0.7
    across = np.where(upright, c.x - at - slope * c.y, c.y - at - slope * c.x)
    wood = 0.7 + 0.6 * dice.roll()
    c.paint(np.abs(across) - thick, [0.36 * wood, 0.27 * wood, 0.18 * wood], seen[0])
    cx, cy, r = 0.7 * dice.spread(), 0.7 * dice.spread(), (0.25 + 0.75 * dice.roll()) * 0.45 * k
    c.paint(circle(c.x, c.y, cx, cy, r), [0.1 + 0.8 * dice.roll() for _ in range(3)], seen[1])
    side, reach, leaf = dice.roll(), (0.2 + 0.8 * dice.roll()) * 0.6 * k, 0.6 + 0.8 * dice.roll()
    edge = np.where(side < 0.5, c.y, np.where(side < 0.75, c.x, -c.x))
    along = np.where(side < 0.5, c.x, c.y)
    hedge = edge + 1 - reach + 0.08 * k * wave(3 * along + 2 * dice.roll())
    c.paint(hedge, [0.16 * leaf, 0.38 * leaf, 0.15 * leaf], seen[2])


def illuminate(c: Canvas, dice: Dice, k: np.float32, noise: Pixels) -> NDArray[np.uint8]:
    """Light the scene and take the picture: brightness, tint, fall-off, haze, a cast shadow."""
    dim = dice.roll()
    gain = (2.0 ** (k * (1.5 * dim - 0.85)).astype(float)).astype(np.float32)
    slope_x, slope_y = 0.5 * k * dice.spread(), 0.5 * k * dice.spread()
    field = gain * np.clip(1 + slope_x * c.x + slope_y * c.y, 0.1, 2)
    lean, at, depth = dice.spread(), 1.2 * dice.spread(), 0.5 * k * dice.roll()
    field = field * (1 - depth * np.clip(0.5 + 3 * (c.x - at + lean * c.y), 0, 1))
    haze, warm, green = 0.35 * k * dice.roll(), 0.3 * k * dice.spread(), 0.12 * k * dice.spread()
    tints = (1 + warm, 1 + green, 1 - warm)
    picture = np.empty((*c.x.shape, 3), np.uint8)
    for channel, (plane, tint) in enumerate(zip(c.planes, tints, strict=True)):
        lit = plane * field * tint
        lit = lit + haze * (0.75 * tint - lit) + (0.08 * k) * (noise - 0.5)
        picture[..., channel] = np.clip(lit, 0, 1) * 255 + 0.5
    return picture
