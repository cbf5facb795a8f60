"""Scenes: pictures of ten things, drawn on demand, each difficulty of recognition a knob.

A picture is made the way the world makes one: a thing of a kind is chosen, seen from somewhere, bent,
set before a backdrop among other things, partly hidden, lit, and photographed with 32 x 32 pixels.
Each of these steps has random numbers of its own, so turning one knob changes that and nothing else.
"""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from lintutor._check import as_count, as_scalar
from lintutor.datasets._drawings import DRAWINGS
from lintutor.datasets._shapes import Canvas, Dice, Pixels
from lintutor.datasets._surroundings import SIZE, backdrop, clutter, grid, illuminate, occlude, view

SCENE_CLASSES: tuple[str, ...] = tuple(DRAWINGS)
DIFFICULTIES: tuple[str, ...] = (
    "viewpoint",
    "scale",
    "deformation",
    "occlusion",
    "illumination",
    "clutter",
    "variation",
)
DEFAULT_DIFFICULTY = 0.5

_STREAMS = ("label", "thing", "view", "backdrop", "clutter", "grain", "occlusion", "light", "noise")
_ROLLS = 88  # random numbers a picture and stream: more than any step uses
_BLOCK = 128  # pictures drawn at a time: their planes fit in the cache of a processor


def make_scenes(
    n: int,
    *,
    seed: int = 0,
    classes: Sequence[str] = SCENE_CLASSES,
    viewpoint: float = DEFAULT_DIFFICULTY,
    scale: float = DEFAULT_DIFFICULTY,
    deformation: float = DEFAULT_DIFFICULTY,
    occlusion: float = DEFAULT_DIFFICULTY,
    illumination: float = DEFAULT_DIFFICULTY,
    clutter: float = DEFAULT_DIFFICULTY,
    variation: float = DEFAULT_DIFFICULTY,
) -> tuple[NDArray[np.uint8], NDArray[np.int64]]:
    """Draw n pictures of ten things, with seven knobs for what makes recognition hard.

    The same arguments give the same pictures. The first pictures do not depend on how many follow, and
    picture i shows the same thing in the same place when a knob is turned: only that difficulty changes.

    Parameters
    ----------
    n : int
        How many pictures, 0 or more.
    seed : int, default 0
        Chooses the pictures; 0 or more.
    classes : sequence of str, default all of ``SCENE_CLASSES``
        What to draw. Every run of ``len(classes)`` pictures holds each class once.
    viewpoint, scale, deformation, occlusion, illumination, clutter, variation : float in 0..1
        The difficulties: 0 none, 1 hard. With all at 0, all pictures of a class are the same; with all
        at 1, you too will often be at a loss.

    Returns
    -------
    images : (n, 32, 32, 3) uint8
        Rows from top to bottom, columns from left to right, then red, green, blue.
    labels : (n,) int64
        The place of each picture's class in `classes`.

    Raises
    ------
    ValueError
        A difficulty outside 0..1, an unknown or repeated class, no class, a negative `n` or `seed`.
    TypeError
        A difficulty that is not a number, an `n` or `seed` that is not a whole number.

    Examples
    --------
    >>> images, labels = make_scenes(20, seed=1, classes=("car", "fish"))
    >>> images.shape, labels[:4].tolist()
    ((20, 32, 32, 3), [0, 1, 0, 1])

    Notes
    -----
    See the book: ``knn-why-recognition-is-hard``.
    """
    n, seed = as_count("n", n, minimum=0), as_count("seed", seed, minimum=0)
    names = _as_classes(classes)
    knobs = {
        name: _as_difficulty(name, value)
        for name, value in zip(
            DIFFICULTIES,
            (viewpoint, scale, deformation, occlusion, illumination, clutter, variation),
            strict=True,
        )
    }
    random = {name: np.random.default_rng([seed, i]) for i, name in enumerate(_STREAMS)}
    rounds = -(-n // len(names))
    labels = (
        np.argsort(random.pop("label").random((rounds, len(names))), axis=1).reshape(-1)[:n].astype(np.int64)
    )
    images = np.empty((n, SIZE, SIZE, 3), np.uint8)
    shapes = {"grain": (SIZE // 2, SIZE // 2), "noise": (SIZE, SIZE)}
    rolls = {
        name: rng.random((n, *shapes.get(name, (_ROLLS,))), dtype=np.float32) for name, rng in random.items()
    }
    for label, name in enumerate(names):
        members = np.flatnonzero(labels == label)
        for start in range(0, len(members), _BLOCK):
            block = members[start : start + _BLOCK]
            images[block] = _draw(name, {stream: table[block] for stream, table in rolls.items()}, knobs)
    return images, labels


def _draw(name: str, rolls: dict[str, Pixels], knobs: dict[str, np.float32]) -> NDArray[np.uint8]:
    """Draw a batch of pictures of one class, (m, 32, 32, 3) uint8."""
    n = len(rolls["thing"])
    x, y = grid(n)
    planes = [np.empty((n, SIZE, SIZE), np.float32) for _ in range(3)]
    scene = Canvas(planes, x, y, np.float32(2 / SIZE))
    backdrop(scene, name, Dice(rolls["backdrop"]), knobs["clutter"])
    clutter(scene, Dice(rolls["clutter"]), knobs["clutter"], rolls["grain"])
    looks = view(x, y, Dice(rolls["view"]), knobs["viewpoint"], knobs["scale"], knobs["deformation"])
    DRAWINGS[name](Canvas(planes, *looks), Dice(rolls["thing"], float(knobs["variation"])))
    occlude(scene, Dice(rolls["occlusion"]), knobs["occlusion"])
    return illuminate(scene, Dice(rolls["light"]), knobs["illumination"], rolls["noise"])


def _as_difficulty(name: str, value: float) -> np.float32:
    if not 0 <= as_scalar(name, value) <= 1:
        raise ValueError(f"{name} must lie in 0..1 (0 none, 1 hard), got {value}")
    return np.float32(float(value))


def _as_classes(classes: Sequence[str]) -> tuple[str, ...]:
    if isinstance(classes, str):
        raise TypeError(
            f"classes must be a sequence of names, such as ({classes!r},), got the string {classes!r}"
        )
    names = tuple(classes)
    for name in names:
        if name not in SCENE_CLASSES:
            raise ValueError(f"classes must be among {', '.join(SCENE_CLASSES)}; got {name!r}")
    if not names:
        raise ValueError("classes must name at least one class, got none")
    if len(set(names)) < len(names):
        raise ValueError(f"classes must differ, got {', '.join(names)}")
    return names
