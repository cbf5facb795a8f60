"""The ten things of the scenes, each drawn from a few shapes.

Coordinates: x to the right, y up, the thing fills about -0.75..0.75 both ways. Each function draws a
batch on a canvas; what differs between two of a kind comes from the dice, and stays at its
usual value when the variation is 0.
"""

from collections.abc import Callable

import numpy as np

from lintutor.datasets._shapes import Canvas, Dice, blossom, box, capsule, circle, ellipse, polygon, wave

_RED, _BLUE, _YELLOW = (0.83, 0.16, 0.14), (0.16, 0.36, 0.75), (0.96, 0.80, 0.20)
_WHITE, _BLACK, _GRAY = (0.96, 0.95, 0.92), (0.09, 0.09, 0.11), (0.55, 0.57, 0.60)
_ORANGE, _PINK, _PURPLE = (0.95, 0.52, 0.13), (0.94, 0.52, 0.66), (0.52, 0.28, 0.66)
_GREEN, _LEAF, _PINE = (0.24, 0.58, 0.24), (0.36, 0.66, 0.22), (0.10, 0.38, 0.24)
_BROWN, _SAND, _TEAL = (0.42, 0.27, 0.15), (0.87, 0.76, 0.55), (0.13, 0.56, 0.58)


def _shadow(c: Canvas, width: float, ground: float = -0.7) -> None:
    c.paint(ellipse(c.x, c.y, 0.08, ground, width, 0.09), (0.05, 0.07, 0.06), 0.35, flat=True)


def draw_bird(c: Canvas, dice: Dice) -> None:
    """A bird from the side, its wing folded or raised."""
    x, y = c.x, c.y
    coat = dice.pick(_RED, _BLUE, _BROWN, _YELLOW, _BLACK, _TEAL)
    wing = [0.68 * part for part in coat]
    fat, head, tail = dice.vary(0.27, 0.06), dice.vary(0.19, 0.05), dice.vary(0.3, 0.12)
    for leg in (-0.06, 0.12):
        c.paint(capsule(x, y, leg, -0.25, leg + 0.03, -0.68, 0.03), (0.55, 0.35, 0.1))
    c.paint(polygon(x, y, (-0.25, 0.05), (-0.2, -0.2), (-0.5 - tail, -0.12), (-0.45 - tail, 0.1)), wing)
    c.paint(polygon(x, y, (0.45, 0.33), (0.45 + head, 0.24), (0.45, 0.15)), _ORANGE)
    body = np.minimum(ellipse(x, y, 0, -0.1, 0.42, fat), circle(x, y, 0.34, 0.24, head))
    c.paint(body, coat)
    c.paint(
        np.maximum(body, ellipse(x, y, 0.14, -0.28, 0.3, 0.2)), dice.pick(_WHITE, _YELLOW, _ORANGE, _GRAY)
    )
    raised = np.where(dice.other(), 0.62, dice.vary(-0.12, 0.1)).astype(np.float32)
    c.paint(polygon(x, y, (-0.42, raised), (0.16, 0.06), (0.06, -0.16), (-0.24, -0.14)), wing)
    c.paint(circle(x, y, 0.4, 0.29, 0.045), _BLACK, flat=True)


def draw_car(c: Canvas, dice: Dice) -> None:
    """A car from the side, a sedan or a van."""
    x, y = c.x, c.y
    paint = dice.pick(_RED, _BLUE, _YELLOW, _WHITE, _GREEN, _GRAY)
    van = dice.other()
    top, wheel = np.where(van, 0.26, dice.vary(0.12, 0.08)).astype(np.float32), dice.vary(0.17, 0.03)
    back = np.where(van, -0.6, -0.34).astype(np.float32)
    _shadow(c, 0.75, -0.6)
    c.paint(polygon(x, y, (back - 0.16, -0.2), (back, top), (0.24, top), (0.46, -0.2)), paint)
    glass = polygon(x, y, (back - 0.04, -0.18), (back + 0.06, top - 0.06), (0.2, top - 0.06), (0.36, -0.18))
    glass = np.maximum(glass, 0.03 - np.abs(x - (back + 0.24) / 2))
    c.paint(glass, (0.70, 0.86, 0.93))
    c.paint(box(x, y, 0, -0.34, 0.72, 0.17), paint)
    c.paint(circle(x, y, 0.66, -0.29, 0.06), (1.0, 0.95, 0.6), flat=True)
    for center in (-0.4, 0.4):
        c.paint(circle(x, y, center, -0.5, wheel), _BLACK)
        c.paint(circle(x, y, center, -0.5, wheel * 0.45), (0.75, 0.75, 0.77))


def draw_fish(c: Canvas, dice: Dice) -> None:
    """A fish from the side, with stripes or without."""
    x, y = c.x, c.y
    skin = dice.pick(_ORANGE, _YELLOW, _RED, _PURPLE, _TEAL, _GRAY)
    fin = [0.72 * part for part in skin]
    long, tall, tail = dice.vary(0.5, 0.08), dice.vary(0.31, 0.09), dice.vary(0.3, 0.09)
    c.paint(polygon(x, y, (-0.66, 0), (-0.76, tail), (-0.32, 0)), fin)
    c.paint(polygon(x, y, (-0.32, 0), (-0.76, -tail), (-0.66, 0)), fin)
    c.paint(polygon(x, y, (-0.22, 0.15), (-0.1, tall + 0.2), (0.28, 0.15)), fin)
    c.paint(polygon(x, y, (-0.1, -0.15), (0.15, -0.15), (-0.08, -tall - 0.16)), fin)
    body = ellipse(x, y, 0.1, 0, long, tall)
    c.paint(body, skin)
    stripes = np.maximum(body, 0.07 - np.abs(np.abs(x - 0.07) - 0.14))
    bands = np.maximum(body, np.abs(np.abs(x - 0.02) - 0.17) - 0.055)
    c.paint(np.where(dice.other(), stripes, bands), dice.pick(_WHITE, _BLACK, _BLUE), 0.9)
    c.paint(circle(x, y, 0.4, 0.08, 0.085), _WHITE, flat=True)
    c.paint(circle(x, y, 0.42, 0.08, 0.045), _BLACK, flat=True)


def draw_flower(c: Canvas, dice: Dice) -> None:
    """A flower on a stem with two leaves; five, six or eight petals."""
    x, y = c.x, c.y
    lean, high, size = dice.vary(0, 0.15), dice.vary(0.22, 0.08), dice.vary(0.38, 0.08)
    petals = np.where(dice.other(0.6), np.where(dice.roll() < 0.5, 5, 8), 6)
    c.paint(capsule(x, y, 0, -0.75, lean, high, 0.045), _GREEN)
    c.paint(ellipse(x + 0.5 * y, y, -0.46, -0.5, 0.2, 0.08), _LEAF)
    c.paint(ellipse(x - 0.5 * y, y, 0.42, -0.42, 0.2, 0.08), _LEAF)
    color = dice.pick(_PINK, _RED, _YELLOW, _PURPLE, _WHITE, _BLUE)
    c.paint(blossom(x, y, lean, high, size, petals, dice.vary(0.24, 0.08)), color)
    c.paint(circle(x, y, lean, high, size * 0.36), dice.pick(_YELLOW, _BROWN, _ORANGE))


def draw_house(c: Canvas, dice: Dice) -> None:
    """A house with a gable roof, a chimney, a door and a window."""
    x, y = c.x, c.y
    wide, eaves, ridge = dice.vary(0.52, 0.1), dice.vary(0.08, 0.12), dice.vary(0.66, 0.1)
    side = np.where(dice.other(), -1, 1).astype(np.float32)
    _shadow(c, 0.7)
    c.paint(box(x, y, 0.33 * side, 0.42, 0.08, 0.24), (0.5, 0.28, 0.22))
    walls = dice.pick(_SAND, _WHITE, _YELLOW, _PINK, _GRAY, _TEAL)
    c.paint(box(x, y, 0, (eaves - 0.7) / 2, wide, (eaves + 0.7) / 2), walls)
    roof = dice.pick(_RED, _BROWN, _BLACK, _BLUE, _GREEN)
    c.paint(polygon(x, y, (-wide - 0.14, eaves), (0 * wide, ridge), (wide + 0.14, eaves)), roof)
    c.paint(box(x, y, -0.22 * side, -0.47, 0.12, 0.23), dice.pick(_BROWN, _BLUE, _RED, _GREEN))
    window = box(x, y, 0.22 * side, -0.24, 0.14, 0.14)
    c.paint(window, _WHITE, flat=True)
    bars = np.minimum(np.abs(x - 0.22 * side), np.abs(y + 0.24))
    c.paint(np.maximum(window + 0.03, 0.025 - bars), (0.45, 0.68, 0.85), flat=True)


def draw_lighthouse(c: Canvas, dice: Dice) -> None:
    """A banded tower on a rock, its lamp shining to the sides."""
    x, y = c.x, c.y
    foot, neck, top = dice.vary(0.25, 0.06), dice.vary(0.14, 0.03), dice.vary(0.3, 0.08)
    beam = np.maximum(np.abs(y - top - 0.13) - 0.2 * np.abs(x), np.abs(x) - 1.0)
    c.paint(beam, (1.0, 0.96, 0.65), 0.45, flat=True)
    c.paint(ellipse(x, y, 0, -0.75, 0.55, 0.2), (0.36, 0.34, 0.33))
    tower = polygon(x, y, (-foot, -0.68), (-neck, top), (neck, top), (foot, -0.68))
    c.paint(tower, _WHITE)
    bands = dice.pick(_RED, _BLUE, _BLACK, _GREEN, _ORANGE)
    turn = wave((y - top) * dice.vary(4.0, 0.8) + dice.vary(0.0, 0.6))
    c.paint(np.maximum(tower, turn * 0.12), bands)
    c.paint(box(x, y, 0, top + 0.02, neck + 0.07, 0.04), _BLACK)
    c.paint(box(x, y, 0, top + 0.13, neck - 0.02, 0.09), (1.0, 0.92, 0.45), flat=True)
    c.paint(
        polygon(x, y, (-neck - 0.05, top + 0.21), (0 * top, top + 0.42), (neck + 0.05, top + 0.21)), bands
    )


def draw_mushroom(c: Canvas, dice: Dice) -> None:
    """A toadstool with dots on its cap."""
    x, y = c.x, c.y
    wide, tall, stem = dice.vary(0.62, 0.1), dice.vary(0.52, 0.14), dice.vary(0.17, 0.05)
    rim = dice.vary(-0.06, 0.1)
    _shadow(c, 0.45)
    c.paint(polygon(x, y, (-stem - 0.05, -0.7), (-stem, 0.05), (stem, 0.05), (stem + 0.05, -0.7)), _WHITE)
    c.paint(ellipse(x, y, 0, rim, wide * 0.9, 0.1), (0.78, 0.70, 0.60))
    cap = np.maximum(ellipse(x, y, 0, rim, wide, tall), rim - y)
    c.paint(cap, dice.pick(_RED, _BROWN, _ORANGE, _SAND, _PURPLE))
    dots = circle(x, y, 0.02, rim + 0.32, 0.1)
    for cx, cy, r in ((-0.34, 0.14, 0.085), (0.34, 0.17, 0.09), (-0.14, 0.08, 0.06), (0.13, 0.06, 0.06)):
        dots = np.minimum(dots, circle(x, y, cx, rim + cy, r))
    c.paint(np.maximum(cap, dots), _WHITE, np.where(dice.other(0.4), 0.0, 1.0).astype(np.float32))


def draw_rocket(c: Canvas, dice: Dice) -> None:
    """A rocket on its flame."""
    x, y = c.x, c.y
    wide, tall, fire = dice.vary(0.22, 0.05), dice.vary(0.74, 0.07), dice.vary(0.24, 0.1)
    c.paint(ellipse(x, y, 0, -0.48, wide * 0.75, fire + 0.1), _ORANGE, flat=True)
    c.paint(ellipse(x, y, 0, -0.46, wide * 0.4, fire), _YELLOW, flat=True)
    trim = dice.pick(_RED, _BLUE, _ORANGE, _GREEN, _PURPLE)
    fins = polygon(
        np.abs(x), y, (wide * 0.6, -0.05), (wide + 0.26, -0.42), (wide + 0.24, -0.56), (wide * 0.6, -0.4)
    )
    c.paint(fins, trim)
    hull = np.maximum(ellipse(x, y, 0, 0, wide * 1.12, tall), -0.45 - y)
    c.paint(hull, dice.pick(_WHITE, _GRAY, _SAND, _YELLOW))
    c.paint(np.maximum(hull, 0.38 - y), trim)
    port = dice.vary(0.14, 0.08)
    c.paint(circle(x, y, 0, port, 0.12), (0.35, 0.37, 0.42))
    c.paint(circle(x, y, 0, port, 0.08), (0.55, 0.80, 0.92), flat=True)


def draw_sailboat(c: Canvas, dice: Dice) -> None:
    """A boat under two sails."""
    x, y = c.x, c.y
    top, boom, jib = dice.vary(0.7, 0.08), dice.vary(0.54, 0.1), dice.vary(0.42, 0.12)
    sail = dice.pick(_WHITE, _RED, _YELLOW, _BLUE, _ORANGE)
    c.paint(polygon(x, y, (0.05, -0.26), (0.05, top), (boom, -0.26)), sail)
    c.paint(polygon(x, y, (-jib, -0.26), (-0.05, top - 0.18), (-0.05, -0.26)), dice.pick(_WHITE, _RED, _SAND))
    c.paint(box(x, y, 0, (top - 0.4) / 2, 0.03, (top + 0.4) / 2), _BROWN, flat=True)
    hull = dice.pick(_BROWN, _RED, _WHITE, _BLUE, _BLACK)
    c.paint(polygon(x, y, (-0.64, -0.36), (0.68, -0.36), (0.44, -0.64), (-0.44, -0.64)), hull)
    c.paint(box(x, y, 0, -0.39, 0.6, 0.03), _WHITE, flat=True)
    c.paint(ellipse(x, y, 0, -0.66, 0.6, 0.04), (0.85, 0.93, 0.96), 0.6, flat=True)


def draw_tree(c: Canvas, dice: Dice) -> None:
    """A tree with a round crown, or a fir."""
    x, y = c.x, c.y
    fir, wide = dice.other(), dice.vary(0.36, 0.07)
    trunk = dice.vary(0.09, 0.03)
    _shadow(c, 0.45)
    c.paint(polygon(x, y, (-trunk * 1.4, -0.72), (-trunk, 0.1), (trunk, 0.1), (trunk * 1.4, -0.72)), _BROWN)
    crown = circle(x, y, 0, 0.36, wide)
    for cx, cy in ((-0.3, 0.08), (0.3, 0.1), (0.0, 0.0)):
        crown = np.minimum(crown, circle(x, y, cx, cy, wide * 0.85))
    tiers = polygon(x, y, (-wide * 0.75, 0.3), (0 * wide, 0.8), (wide * 0.75, 0.3))
    for low, half in ((0.0, 1.1), (-0.35, 1.45)):
        tier = polygon(x, y, (-wide * half, low), (0 * wide, low + 0.62), (wide * half, low))
        tiers = np.minimum(tiers, tier)
    needles, leaves = dice.pick(_PINE, _GREEN, _TEAL), dice.pick(_GREEN, _LEAF, _ORANGE, _YELLOW, _PINE)
    color = [np.where(fir, needle, leaf) for needle, leaf in zip(needles, leaves, strict=True)]
    c.paint(np.where(fir, tiers, crown), color)


DRAWINGS: dict[str, Callable[[Canvas, Dice], None]] = {
    "bird": draw_bird,
    "car": draw_car,
    "fish": draw_fish,
    "flower": draw_flower,
    "house": draw_house,
    "lighthouse": draw_lighthouse,
    "mushroom": draw_mushroom,
    "rocket": draw_rocket,
    "sailboat": draw_sailboat,
    "tree": draw_tree,
}
