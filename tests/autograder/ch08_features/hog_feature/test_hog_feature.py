"""The graded checks of ``hog_feature(im) -> features``: 26 points."""

from dataclasses import dataclass

import numpy as np
import pytest

from lintutor.autograder import catalogue
from lintutor.features import hog_feature as reference

arrays = catalogue.beside(__file__, "arrays")
pictures = catalogue.beside(__file__, "pictures")
problems = catalogue.beside(__file__, "problems")
pytestmark = pytest.mark.exercise("ch08.hog_feature")


@dataclass(frozen=True, eq=False)
class Drawn(arrays.Case):
    """A picture that a sentence describes better than its numbers."""

    sentence: str = ""
    small = True

    def told(self, separator=", "):
        """The sentence."""
        return self.sentence

    def __repr__(self):
        return self.sentence


def drawn(im, sentence, dtype=float):
    """A picture of one cell."""
    im = np.array(im, dtype)
    return Drawn({"im": im}, {"H": im.shape[0], "W": im.shape[1]}, sentence)


ACROSS, DOWN = np.arange(8) * np.ones((8, 1)), np.arange(8)[:, None] * np.ones(8)
RAMPS = [
    drawn(10 * ACROSS, "im[i, j] = 10 * j, 8 x 8: brighter to the right"),
    drawn(10 * DOWN, "im[i, j] = 10 * i, 8 x 8: brighter downward"),
    drawn(70 - 10 * ACROSS, "im[i, j] = 70 - 10 * j, 8 x 8: darker to the right"),
    drawn(10 * ACROSS + 20 * DOWN, "im[i, j] = 10 * j + 20 * i, 8 x 8"),
    drawn(150 + 5 * ACROSS - 20 * DOWN, "im[i, j] = 150 + 5 * j - 20 * i, 8 x 8"),
]
BYTES = [drawn(case.given["im"], f"{case.told()}, uint8", np.uint8) for case in RAMPS]


def working(case):
    """The gradients that occur in one cell, how often, and where they vote."""
    gx, gy = pictures.slopes(case.given["im"])
    pairs, counts = np.unique(np.stack([gx.ravel(), gy.ravel()]), axis=1, return_counts=True)
    lines = []
    for (x, y), count in zip(pairs.T, counts, strict=True):
        if x == 0 and y == 0:
            continue
        angle, size = np.degrees(np.arctan2(y, x)) % 180, np.hypot(x, y)
        lines.append(
            f"    {count} pixels: gx = {problems.say(x)}, gy = {problems.say(y)}, angle {angle:.4g}, "
            f"bin {int(angle // 20) % 9}, magnitude {size:.4g}; "
            f"{count} * {size:.4g} / 64 = {count * size / 64:.4g}"
        )
    return lines


@pytest.fixture
def answer(submission):
    return arrays.ArrayChecks(submission.ch08.hog_feature, reference, ("features",), working)


@pytest.mark.points(2)
@pytest.mark.about("bookkeeping", "shape")
@pytest.mark.gate
def test_form(answer, rng, follow):
    """returns nine numbers for each cell, in one row"""
    sizes = ((24, 16, 3), (16, 8, 1), (13, 21, 3), (8, 8, 1))
    answer.form([pictures.random_picture(rng, *size, float) for size in sizes], follow)


@pytest.mark.points(6)
@pytest.mark.about("data")
def test_one_cell(answer, rng):
    """one gray cell: gradients, directions and votes"""
    answer.value(
        [*RAMPS, *(pictures.random_picture(rng, 8, 8, 1, float) for _ in range(4))], "One cell is wrong"
    )


@pytest.mark.points(4)
@pytest.mark.about("data")
def test_gray(answer, rng):
    """a color image is turned into brightness"""
    sides = [
        drawn(np.multiply.outer(10 * ACROSS, color), f"{name}, 10 * j, 8 x 8")
        for name, color in COLORS.items()
    ]
    answer.value(
        [*sides, *(pictures.random_picture(rng, 8, 8, 3, float) for _ in range(3))], "With colors it is wrong"
    )


COLORS = {"only red": (1, 0, 0), "only green": (0, 1, 0), "only blue": (0, 0, 1)}


@pytest.mark.points(5)
@pytest.mark.about("data", "shape")
def test_cells(answer, rng):
    """several cells, in their order"""
    sizes = ((16, 8, 1), (8, 16, 1), (16, 24, 3), (32, 32, 3))
    answer.value(
        [pictures.random_picture(rng, *size, float) for size in sizes], "With several cells it is wrong"
    )


@pytest.mark.points(3)
@pytest.mark.about("data")
def test_bytes(answer, rng):
    """pictures of bytes give the same as floating-point ones"""
    cases = [pictures.random_picture(rng, *size) for size in ((8, 8, 1), (16, 24, 3), (24, 8, 1))]
    answer.value([*BYTES, *cases], "With uint8 it is wrong")


@pytest.mark.points(3)
@pytest.mark.about("data")
def test_laws(answer, rng):
    """a negative gives the same, double contrast twice as much, an even picture nothing"""
    for channels in (1, 3):
        case = pictures.random_picture(rng, 16, 24, channels, float)
        im = case.given["im"]
        (own,) = answer.ask(case)
        (negative,) = answer.ask(pictures.gray_or_color(255 - im))
        if not np.allclose(negative, own, atol=1e-6):
            raise arrays.CheckFailed(
                "The negative 255 - im has the same edges, light and dark exchanged. Directions count modulo "
                f"180, so its features should be the same; yours differ, at {case}."
            )
        (half,) = answer.ask(pictures.gray_or_color(im / 2))
        if not np.allclose(2 * half, own, atol=1e-6):
            raise arrays.CheckFailed(
                f"With half the contrast the features should be half as large, at {case}."
            )
    (even,) = answer.ask(pictures.gray_or_color(np.full((8, 16, 3), 99.0)))
    if np.abs(even).max() > 1e-6:
        raise arrays.CheckFailed("A picture without any edge should give zeros only.")


@pytest.mark.points(2)
@pytest.mark.about("shape", "data")
def test_edges(answer, rng):
    """sides that are no multiples of 8, float32"""
    cases = [pictures.random_picture(rng, *size, float) for size in ((9, 8, 1), (15, 23, 3), (20, 12, 1))]
    cases.append(pictures.random_picture(rng, 16, 8, 3, np.float32))
    answer.value(cases, "Wrong at the edge")


@pytest.mark.points(1)
@pytest.mark.about("mutation")
def test_arguments_unchanged(answer, rng):
    """the picture stays as it was, and numpy has nothing to warn of"""
    even = pictures.gray_or_color(np.full((8, 8), 7.0))
    answer.arguments_unchanged(
        [pictures.random_picture(rng, 16, 8, c, t) for c in (1, 3) for t in (float, np.uint8)]
    )
    answer.arguments_unchanged([even])
