"""The graded checks of ``color_histogram_hsv(im, nbin=10) -> shares``: 20 points.

What has a check of its own costs nothing in the others: there the numbers are taken as parts of their sum,
of two results the first counts, and ranges that are always ten are compared with ten.
"""

from functools import cached_property

import numpy as np
import pytest

from lintutor import features
from lintutor.autograder import catalogue
from lintutor.features import color_histogram_hsv as reference

arrays = catalogue.beside(__file__, "arrays")
pictures = catalogue.beside(__file__, "pictures")
problems = catalogue.beside(__file__, "problems")
pytestmark = pytest.mark.exercise("ch08.color_histogram_hsv")
RED, GREEN, BLUE, GRAY = [255, 0, 0], [0, 255, 0], [0, 0, 255], [90, 90, 90]
PINK, ORANGE, VIOLET = [200, 0, 50], [200, 120, 20], [130, 30, 220]
NEARLY_RED = [255, 0, 255 * 2.0**-53]
SIZES = ((5, 4, 10), (3, 7, 6), (8, 8, 12), (2, 9, 3))


def working(case):
    """The hue and the range of each pixel."""
    im, nbin = case.arguments
    lines = []
    for rgb in im.reshape(-1, 3):
        hue = float(features.rgb_to_hsv(rgb)[0])
        r, g, b = (int(channel) for channel in rgb)
        gap = max(r, g, b) - min(r, g, b)
        if gap == 0:
            told = "gap 0, hue 0"
        else:
            sixths = (
                f"({g} - {b}) / {gap}{' + 6' if g < b else ''}"
                if r == max(r, g, b)
                else f"2 + ({b} - {r}) / {gap}"
                if g == max(r, g, b)
                else f"4 + ({r} - {g}) / {gap}"
            )
            told = f"hue ({sixths}) / 6 = {hue:.4g}"
        lines.append(f"    {problems.inline(rgb)}: {told}, range {min(int(hue * nbin), nbin - 1)} of {nbin}")
    return lines


class HueChecks(pictures.PictureChecks):
    """Checks that judge the hues, whatever else is wrong with the result."""

    with_borders = False  # whether the borders of the ranges came along
    total = 1.0  # what the numbers add up to, where that is not 1

    @cached_property
    def always_ten(self):
        """Whether `nbin` is not used."""
        try:
            value = self.call(pictures.colored([[ORANGE, GREEN]], 3, float))
        except arrays.LearnerError:
            return False
        return np.size(arrays.numeric(value)) == 10

    def call(self, case):
        value = super().call(case)
        self.with_borders = isinstance(value, tuple | list) and len(value) == 2 and ragged(value)
        return value[0] if self.with_borders else value

    def ask(self, case):
        (shares,) = super().ask(case)
        self.total = shares.sum()
        return [shares / self.total if np.isfinite(self.total) and self.total > 0 else shares]

    def law(self, cases, wrong, told, rng=None, strategy=None):
        cases = [tenfold(case) for case in cases] if self.always_ten else cases
        try:
            super().law(cases, wrong, told)
        except arrays.CheckFailed as failed:
            if np.isfinite(self.total) and not pictures.alike(self.total, 1):
                failed.message += f" Your numbers add up to {self.total:.6g} and are taken as parts of that."
            raise


def ragged(value):
    """Whether a result holds things of different lengths."""
    return arrays.numeric(value) is None and arrays.numeric(value[0]) is not None


def tenfold(case):
    """The same picture in ten ranges."""
    return pictures.Picture(case.given | {"nbin": 10}, case.sizes | {"nbin": 10})


@pytest.fixture
def answer(submission):
    return HueChecks(submission.ch08.color_histogram_hsv, reference, ("shares",), working)


def random_cases(rng, dtype=float, **kinds):
    return [pictures.random_colors(rng, *size, dtype=dtype, **kinds) for size in SIZES]


def colors(*every, nbin=4, dtype=float):
    """Pictures of one pixel."""
    return [pictures.colored([[color]], nbin, dtype) for color in every]


@pytest.mark.points(2)
@pytest.mark.about("bookkeeping", "shape")
@pytest.mark.gate
def test_form(answer, rng, follow):
    """returns nbin numbers"""
    cases = random_cases(rng, gray=False, wrapped=False)
    answer.form([tenfold(case) for case in cases] if answer.always_ten else cases, follow)
    if answer.with_borders:
        follow("Only the shares are to be returned; the rest is graded on the first of your two results.", 1)
    if answer.always_ten:
        told = "It returns ten numbers whatever nbin is; use nbin. The rest is graded with nbin = 10."
        follow(told, lost=1)


@pytest.mark.points(6)
@pytest.mark.about("data")
def test_hues(answer, rng):
    """each pixel is counted in the range of its hue"""
    tiny = [*colors(ORANGE, GREEN, BLUE), *colors(VIOLET, nbin=10)]
    rows = [pictures.colored([[ORANGE, GREEN], [VIOLET, BLUE]], 5, float)]
    answer.value([*tiny, *rows, *random_cases(rng, gray=False, wrapped=False)], "The histogram is wrong")


@pytest.mark.points(3)
@pytest.mark.about("data")
def test_bytes(answer, rng):
    """pictures of bytes give the same as floating-point ones"""
    tiny = colors(ORANGE, VIOLET, PINK, [20, 200, 120], dtype=np.uint8)

    def wrong(case):
        floating = pictures.colored(case.given["im"], case.given["nbin"], float)
        return not pictures.alike(*answer.ask(case), *answer.ask(floating))

    told = "A picture of uint8 gives another histogram than the same one in floating point"
    answer.law([*tiny, *random_cases(rng, np.uint8)], wrong, told)


@pytest.mark.points(3)
@pytest.mark.about("data", "gray")
def test_gray_and_end(answer, rng):
    """gray has hue 0, and a red that leans to blue lies at the end of the circle"""
    answer.value(colors(GRAY, [0, 0, 0], [255, 255, 255]), "Wrong for gray")
    cases = [*colors(PINK), pictures.colored([[RED, GRAY, GREEN], [PINK, GRAY, GRAY]], 4, float)]
    answer.value([*cases, *random_cases(rng)], "Wrong where there is gray, or at the end of the circle")


@pytest.mark.points(3)
@pytest.mark.about("data", "shape")
def test_laws(answer, rng):
    """the shares add up to 1, and moving the pixels or halving the light changes nothing"""
    for case in random_cases(rng, gray=False):
        case = tenfold(case) if answer.always_ten else case
        im, nbin = case.arguments
        (shares,) = answer.ask(case)
        if not pictures.alike(answer.total, 1):
            raise arrays.CheckFailed(f"The shares add up to {answer.total:.6g}, at {case}.")
        (moved,) = answer.ask(pictures.colored(np.rot90(im), nbin, float))
        if not pictures.alike(moved, shares):
            raise arrays.CheckFailed(
                f"When the picture is turned by 90 degrees the shares change, at {case}."
            )
        (darker,) = answer.ask(pictures.colored(im / 2, nbin, float))
        if not pictures.alike(darker, shares):
            raise arrays.CheckFailed(f"With half the light the shares change, at {case}.")


@pytest.mark.points(2)
@pytest.mark.about("data", "shape")
def test_edges(answer, rng, follow):
    """one range, many ranges, one pixel, the default of ten, float32, a hue that rounds to 1"""
    if answer.always_ten:
        raise arrays.CheckFailed("With nbin = 1, 2 and 60 it should return 1, 2 and 60 numbers.")
    plain = {"gray": False, "wrapped": False}
    cases = [pictures.random_colors(rng, 3, 4, nbin, float, **plain) for nbin in (1, 2, 60)]
    cases += [*colors(BLUE, nbin=7), pictures.random_colors(rng, 4, 5, 8, np.float32, **plain)]
    default = pictures.random_colors(rng, 6, 5, 10, float, **plain)
    cases.append(pictures.Picture({"im": default.given["im"]}, default.sizes))
    answer.working = lambda case: working(case) if "nbin" in case.given else []
    answer.value(cases, "Wrong at the edge")
    try:
        answer.value(colors(NEARLY_RED, nbin=7), "It is counted in another range")
    except (arrays.CheckFailed, arrays.LearnerError) as failed:
        told = (
            "A red of 255 with 2.8e-14 of blue has a hue so little below 1 that rounding makes it 1. It "
            f"belongs to the last range, nbin - 1. {failed}"
        )
        follow(told, lost=1)


@pytest.mark.points(1)
@pytest.mark.about("mutation")
def test_arguments_unchanged(answer, rng):
    """the picture stays as it was, and numpy has nothing to warn of"""
    cases = [*random_cases(rng, gray=False), *random_cases(rng), *random_cases(rng, np.uint8)]
    answer.arguments_unchanged(cases)
