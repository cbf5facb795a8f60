"""The palette holds for every pair of eyes and every page: measured, not asserted."""

import itertools

import numpy as np
import pytest
from matplotlib.colors import to_rgb
from skimage.color import deltaE_ciede2000, rgb2lab

from lintutor import plots
from lintutor.plots import style

# What dichromats see, as linear RGB: Machado, Oliveira and Fernandes (2009), "A physiologically-based model
# for simulation of color vision deficiency", IEEE TVCG 15(6), severity 1.
EYES = {
    "three cones": np.eye(3),
    "protanopia": np.array(
        [[0.152286, 1.052583, -0.204868], [0.114503, 0.786281, 0.099216], [-0.003882, -0.048116, 1.051998]]
    ),
    "deuteranopia": np.array(
        [[0.367322, 0.860646, -0.227968], [0.280085, 0.672501, 0.047413], [-0.011820, 0.042940, 0.968881]]
    ),
    "tritanopia": np.array(
        [[1.255528, -0.076749, -0.178779], [-0.078411, 0.930809, 0.147602], [0.004733, 0.691367, 0.303900]]
    ),
}
CLASSES = [plots.class_color(c) for c in range(10)]
CURVES = [plots.line_style(k)["color"] for k in range(6)]
WHITE = "#ffffff"
DARK_PAGES = ["#121212", "#14181e"]  # the dark backgrounds of the book's theme and of the theme below it
every_eye = pytest.mark.parametrize("eye", EYES.values(), ids=EYES.keys())


def seen(colors, eye):
    """Return colors in CIELAB as an eye sees them."""
    rgb = np.array([to_rgb(color) for color in colors])
    linear = np.where(rgb <= 0.04045, rgb / 12.92, ((rgb + 0.055) / 1.055) ** 2.4)
    there = np.clip(linear @ eye.T, 0, 1)
    return rgb2lab(np.where(there <= 0.0031308, there * 12.92, 1.055 * there ** (1 / 2.4) - 0.055)[None])[0]


def nearest(colors, eye):
    """Return the smallest CIEDE2000 difference of two colors; about 1 can just be seen side by side."""
    lab = seen(colors, eye)
    return min(float(deltaE_ciede2000(a, b)) for a, b in itertools.combinations(lab, 2))


def contrast(one, other):
    """Return the contrast ratio of WCAG 2."""
    low, high = sorted([style.luminance(one), style.luminance(other)])
    return (high + 0.05) / (low + 0.05)


def test_contrast_is_that_of_the_standard():
    assert contrast("#000000", WHITE) == pytest.approx(21)
    assert contrast("#777777", WHITE) == pytest.approx(4.48, abs=0.01)


@every_eye
@pytest.mark.parametrize(("count", "bound"), [(3, 17), (6, 11), (8, 8), (10, 6)])
def test_every_eye_tells_the_classes_apart_the_first_ones_best(eye, count, bound):
    assert nearest(CLASSES[:count], eye) >= bound


def test_full_color_vision_tells_ten_classes_apart_with_ease():
    assert nearest(CLASSES, EYES["three cones"]) >= 11


@every_eye
@pytest.mark.parametrize(("count", "bound"), [(2, 30), (4, 11), (6, 8)])
def test_every_eye_tells_curves_apart_that_are_no_classes(eye, count, bound):
    assert nearest(CURVES[:count], eye) >= bound


@pytest.mark.parametrize("color", [*CLASSES, *CURVES, plots.ACCENT, plots.MUTED])
def test_lines_stand_out_from_every_page(color):
    for page in (WHITE, *DARK_PAGES):
        assert contrast(color, page) >= 3


def test_color_never_speaks_alone():
    assert len({plots.class_marker(c) for c in range(10)}) == 10
    assert len({str(plots.line_style(k)["linestyle"]) for k in range(6)}) == 6


def test_numbers_are_legible_on_every_color_of_the_map_and_stay_so_in_dark_mode():
    for color in [*style.sequential()(np.linspace(0, 1, 256)), plots.MUTED]:
        ink = style.ink_on(color)
        assert contrast(ink, color) >= 4.5
        assert ink not in ("#000000", "#ffffff"), "the book turns pure black and white with the page"


@every_eye
def test_equal_steps_of_the_map_look_equal_and_grow_lighter(eye):
    lab = seen(style.sequential()(np.linspace(0, 1, 33))[:, :3], eye)
    assert (np.diff(lab[:, 0]) > 1).all()
    steps = deltaE_ciede2000(lab[1:], lab[:-1])
    assert steps.max() < 2.3 * steps.min()


@pytest.mark.parametrize("wrong", [-1, 10])
def test_more_classes_than_colors_are_refused(wrong):
    for of_class in (plots.class_color, plots.class_marker):
        with pytest.raises(ValueError, match=rf"c must be a class 0\.\.9, got {wrong}"):
            of_class(wrong)
