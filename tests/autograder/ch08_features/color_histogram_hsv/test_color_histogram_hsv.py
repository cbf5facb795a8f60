"""The graded checks of ``color_histogram_hsv(im, nbin=10) -> shares``: 20 points."""

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


@pytest.fixture
def answer(submission):
    return arrays.ArrayChecks(submission.ch08.color_histogram_hsv, reference, ("shares",), working)


def random_cases(rng, dtype=np.uint8):
    return [
        pictures.random_colors(rng, *size, dtype=dtype)
        for size in ((5, 4, 10), (3, 7, 6), (8, 8, 12), (2, 9, 3))
    ]


@pytest.mark.points(2)
@pytest.mark.about("bookkeeping", "shape")
@pytest.mark.gate
def test_form(answer, rng, follow):
    """returns nbin numbers"""
    answer.form(random_cases(rng), follow)


@pytest.mark.points(6)
@pytest.mark.about("data")
def test_hues(answer, rng):
    """each pixel is counted in the range of its hue"""
    tiny = [
        pictures.colored([[color]], nbin, float)
        for color, nbin in ((ORANGE, 4), (GREEN, 4), (BLUE, 4), (VIOLET, 10), (PINK, 4))
    ]
    rows = [pictures.colored([[ORANGE, GREEN], [VIOLET, BLUE]], 5, float)]
    answer.value([*tiny, *rows, *random_cases(rng, float)], "The histogram is wrong")


@pytest.mark.points(3)
@pytest.mark.about("data")
def test_bytes(answer, rng):
    """pictures of bytes give the same as floating-point ones"""
    tiny = [pictures.colored([[color]], 4) for color in (ORANGE, VIOLET, PINK, [20, 200, 120])]
    answer.value([*tiny, *random_cases(rng)], "With uint8 the histogram is wrong")


@pytest.mark.points(3)
@pytest.mark.about("data")
def test_gray_and_wrap(answer):
    """gray has hue 0, and a red that leans to blue lies at the end of the circle"""
    cases = [
        pictures.colored([[GRAY]], 4, float),
        pictures.colored([[PINK]], 4, float),
        pictures.colored([[RED, GRAY, GREEN], [PINK, [0, 0, 0], [255, 255, 255]]], 4, float),
    ]
    answer.value(cases, "Wrong for gray, or at the end of the circle")


@pytest.mark.points(3)
@pytest.mark.about("data", "shape")
def test_laws(answer, rng):
    """the shares add up to 1, and moving the pixels or halving the light changes nothing"""
    for case in random_cases(rng, float):
        im, nbin = case.arguments
        (shares,) = answer.ask(case)
        if not np.isclose(shares.sum(), 1):
            raise arrays.CheckFailed(f"The shares add up to {shares.sum():.6g}, at {case}.")
        (moved,) = answer.ask(pictures.colored(np.rot90(im), nbin, float))
        if not np.allclose(moved, shares):
            raise arrays.CheckFailed(
                f"When the picture is turned by 90 degrees the shares change, at {case}."
            )
        (darker,) = answer.ask(pictures.colored(im / 2, nbin, float))
        if not np.allclose(darker, shares):
            raise arrays.CheckFailed(f"With half the light the shares change, at {case}.")


@pytest.mark.points(2)
@pytest.mark.about("data", "shape")
def test_edges(answer, rng):
    """one range, many ranges, one pixel, the default of ten, float32"""
    cases = [pictures.random_colors(rng, 3, 4, nbin) for nbin in (1, 2, 60)]
    cases += [pictures.colored([[BLUE]], 7), pictures.random_colors(rng, 4, 5, 8, np.float32)]
    default = pictures.random_colors(rng, 6, 5, 10)
    cases.append(arrays.Case({"im": default.given["im"]}, default.sizes))
    answer.working = lambda case: working(case) if "nbin" in case.given else []
    answer.value(cases, "Wrong at the edge")


@pytest.mark.points(1)
@pytest.mark.about("mutation")
def test_arguments_unchanged(answer, rng):
    """the picture stays as it was, and numpy has nothing to warn of"""
    answer.arguments_unchanged(random_cases(rng, float) + random_cases(rng))
