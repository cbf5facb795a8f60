"""The graded checks of ``hog_feature(im) -> features``: 26 points.

Each aspect has a check of its own, and costs nothing in the others: colors, cells, bytes and what is left
over are compared with what the answer itself says of one gray cell, and a factor costs points once.
"""

from dataclasses import dataclass
from functools import cached_property

import numpy as np
import pytest

from lintutor.autograder import catalogue
from lintutor.autograder.checks import first
from lintutor.features import hog_feature as reference

arrays = catalogue.beside(__file__, "arrays")
pictures = catalogue.beside(__file__, "pictures")
problems = catalogue.beside(__file__, "problems")
alike = pictures.alike
pytestmark = pytest.mark.exercise("ch08.hog_feature")


@dataclass(frozen=True, eq=False)
class Drawn(pictures.Picture):
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


class HogChecks(pictures.PictureChecks):
    """Checks of a vector that may be another one times a factor, or times one over its length."""

    def raw(self, case):
        """What the answer gives, as it is."""
        return super().ask(case)[0]

    @cached_property
    def scaling(self):
        """What all answers are times what they should be: a number, or "its length"."""
        try:
            pairs = [(self.raw(case), *self.due(case)) for case in RAMPS]
        except (arrays.CheckFailed, arrays.LearnerError):
            return 1.0
        (got, due), *_ = pairs
        factor = float(got @ due / (due @ due))
        for scaling in (1.0, factor, LENGTH):
            if scaling and all(alike(each, scaled(due, scaling)) for each, due in pairs):
                return scaling
        return 1.0

    def ask(self, case):
        got = self.raw(case)
        if self.scaling == LENGTH:
            return [got * np.linalg.norm(*self.due(case))]
        return [got / self.scaling]

    def alone(self, im):
        """What the answer says of one cell by itself."""
        return self.ask(pictures.gray_or_color(im))[0]

    def same_as(self, other, cases, told):
        """Fail where the answer differs from what it gives for another form of the same picture."""
        self.law(cases, lambda case: not alike(*self.ask(case), other(case)), told)


LENGTH = "its length"


def scaled(due, scaling):
    """The right features as an answer with this scaling has them."""
    return due / max(np.linalg.norm(due), 1e-12) if scaling == LENGTH else due * scaling


@pytest.fixture
def answer(submission):
    return HogChecks(submission.ch08.hog_feature, reference, ("features",), working)


def one_cell(rng, channels=1, dtype=float):
    return pictures.random_picture(rng, 8, 8, channels, dtype)


@pytest.mark.points(2)
@pytest.mark.about("bookkeeping", "shape")
@pytest.mark.gate
def test_form(answer, rng, follow):
    """returns nine numbers for one cell"""
    answer.form([one_cell(rng), one_cell(rng), one_cell(rng, 3)], follow)


@pytest.mark.points(6)
@pytest.mark.about("data")
def test_one_cell(answer, rng, follow):
    """one gray cell: gradients, directions and votes"""
    answer.value([*RAMPS, *(one_cell(rng) for _ in range(4))], "One cell is wrong")
    if answer.scaling == LENGTH:
        follow("Your features are divided by their length; nothing is to be normalized.", lost=3)
    elif answer.scaling != 1:
        told = f"All numbers are {answer.scaling:.6g} times what they should be; the rest is graded on that."
        follow(told, lost=3)


COLORS = {"red": (1, 0, 0), "green": (0, 1, 0), "blue": (0, 0, 1)}
SIDES = [
    drawn(np.multiply.outer(10 * ACROSS, color), f"only {name}, 10 * j, the other channels 0, 8 x 8")
    for name, color in COLORS.items()
]


@pytest.mark.points(4)
@pytest.mark.about("gray", "data")
def test_gray(answer, rng):
    """a color image gives what its brightness gives"""
    cases = [*SIDES, *(one_cell(rng, 3) for _ in range(3))]
    told = "A color image gives something else than the gray image 0.299 r + 0.587 g + 0.114 b"
    answer.same_as(lambda case: answer.alone(pictures.brightness(case.given["im"])), cases, told)


@pytest.mark.points(5)
@pytest.mark.about("order", "border", "shape")
def test_cells(answer, rng):
    """several cells: each where it belongs, in their order, and with the neighbors beyond its border"""
    for rows, columns in ((2, 1), (1, 2), (2, 3), (4, 4)):
        patches = [[pictures.framed(rng) for _ in range(columns)] for _ in range(rows)]
        case = pictures.gray_or_color(np.block(patches))
        (got,) = answer.ask(case)
        own = [[answer.alone(patch) for patch in row] for row in patches]
        if not alike(got, np.ravel(own)):
            raise arrays.CheckFailed(*misplaced(got.reshape(-1, 9), own, case))
    if first(RAMPS, answer.wrong()) is None:  # else one cell has cost its points already
        sizes = ((16, 8, 1), (8, 16, 1), (16, 24, 1), (32, 32, 1))
        told = (
            "The cells are in their places, but a pixel at the border of two cells has its neighbor beyond it"
        )
        answer.value([pictures.random_picture(rng, *size, float) for size in sizes], told)


def misplaced(got, own, case):
    """Say in which order the cells come, as far as they can be recognized by what they are alone."""
    names = [f"({i}, {j})" for i, row in enumerate(own) for j in range(len(row))]
    alone = np.reshape(own, (-1, 9))
    found = [next((n for n, each in zip(names, alone, strict=True) if alike(g, each)), "none") for g in got]
    told = (
        "Each cell of this picture was sent to you alone, too; the whole should be these answers in a row, "
        f"cells row by row (at {case})."
    )
    return told, f"cells expected: {', '.join(names)}\ncells in yours: {', '.join(found)}"


@pytest.mark.points(3)
@pytest.mark.about("bytes")
def test_bytes(answer, rng):
    """pictures of bytes give the same as floating-point ones"""
    cases = [*BYTES, *(one_cell(rng, channels, np.uint8) for channels in (1, 3, 1))]
    told = "A picture of uint8 gives other features than the same one in floating point"
    answer.same_as(lambda case: answer.alone(case.given["im"].astype(float)), cases, told)


@pytest.mark.points(3)
@pytest.mark.about("data")
def test_laws(answer, rng):
    """a negative gives the same, half the contrast half as much, an even picture nothing"""
    for case in (one_cell(rng), one_cell(rng)):
        im, own = case.given["im"], answer.ask(case)[0]
        if not alike(answer.alone(255 - im), own):
            raise arrays.CheckFailed(
                "The negative 255 - im has the same edges, light and dark exchanged. Directions count modulo "
                f"180, so its features should be the same; yours differ, at {case}."
            )
        if not alike(2 * answer.alone(im / 2), own):
            raise arrays.CheckFailed(
                f"With half the contrast the features should be half as large, at {case}."
            )
    if np.abs(answer.alone(np.full((8, 8, 3), 99.0))).max() > 1e-6:
        raise arrays.CheckFailed("A picture without any edge should give zeros only.")


@pytest.mark.points(2)
@pytest.mark.about("shape", "border", "order", "data")
def test_edges(answer, rng):
    """sides that are no multiples of 8: what is left over has no cell, but is a neighbor; float32"""
    for H, W in ((9, 8), (8, 11), (15, 15), (14, 9)):
        im = pictures.random_picture(rng, 8 if H == 8 else 16, 8 if W == 8 else 16, 1, float).given["im"]
        whole = answer.ask(pictures.gray_or_color(im))[0][:9]
        told = (
            f"{im.shape[0]} x {im.shape[1]} pixels are cut to {H} x {W}: one cell is left, and its numbers "
            "should stay what they were. What is left over beside it has no cell, but is still a neighbor"
        )
        case = pictures.gray_or_color(im[:H, :W])
        answer.law([case], lambda case, whole=whole: not alike(*answer.ask(case), whole), told)
    single = [one_cell(rng, channels, np.float32) for channels in (1, 3)]
    told = "A picture of float32 gives other features than the same one in float64"
    answer.same_as(lambda case: answer.alone(case.given["im"].astype(float)), single, told)


@pytest.mark.points(1)
@pytest.mark.about("mutation")
def test_arguments_unchanged(answer, rng):
    """the picture stays as it was, and numpy has nothing to warn of"""
    even = pictures.gray_or_color(np.full((8, 8), 7.0))
    pictured = [pictures.random_picture(rng, 16, 8, c, t) for c in (1, 3) for t in (float, np.uint8)]
    answer.arguments_unchanged([even, *pictured])
