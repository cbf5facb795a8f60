"""Hue and its histogram: three oracles, the laws of color, and images that are none."""

import colorsys

import matplotlib.colors
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp

from lintutor import features

CONVERSIONS = [features.rgb_to_hsv_naive, features.rgb_to_hsv]
# Few levels: ties between channels, gray pixels and hues at the edges of ranges all occur.
LEVELS = st.sampled_from([0, 1, 51, 102, 128, 153, 204, 254, 255])
IMAGES = hnp.arrays(
    np.uint8, hnp.array_shapes(min_dims=2, max_dims=2, max_side=5).map(lambda s: (*s, 3)), elements=LEVELS
)


def histograms(im, nbin=10):
    """Return the histogram of one image from both twins."""
    return [
        features.color_histogram_hsv(im, nbin),
        features.color_histograms_hsv(np.asarray(im)[None], nbin)[0],
    ]


@given(IMAGES)
def test_hsv_equals_matplotlib_and_colorsys_and_its_twin(im):
    peer = matplotlib.colors.rgb_to_hsv(im / 255)
    library = [colorsys.rgb_to_hsv(*(pixel / 255)) for pixel in im.reshape(-1, 3)]
    for convert in CONVERSIONS:
        np.testing.assert_array_equal(convert(im), peer)
        np.testing.assert_allclose(convert(im).reshape(-1, 3), library, atol=1e-15)


@given(IMAGES, st.integers(1, 13))
def test_the_histogram_is_that_of_the_course_pixel_by_pixel(im, nbin):
    edges = np.linspace(0, 255, nbin + 1)
    hue = matplotlib.colors.rgb_to_hsv(im / 255)[:, :, 0] * 255
    density, _ = np.histogram(hue, bins=edges, density=True)
    for shares in histograms(im, nbin):
        np.testing.assert_allclose(shares, density * np.diff(edges), atol=1e-12)


def test_the_histogram_is_that_of_the_course_on_noise_of_any_kind():
    rng = np.random.default_rng(0)
    for im in (rng.integers(0, 256, (32, 32, 3), dtype=np.uint8), rng.uniform(0, 255, (9, 7, 3))):
        hue = matplotlib.colors.rgb_to_hsv(im / 255)[:, :, 0] * 255
        counts, _ = np.histogram(hue, bins=np.linspace(0, 255, 11))
        for shares in histograms(im):
            np.testing.assert_allclose(shares, counts / hue.size, atol=1e-15)


@pytest.mark.parametrize(
    ("color", "nbin"),
    [((6, 0, 21), 7), ((33, 0, 18), 11), ((9, 0, 6), 9), ((12, 0, 21), 21), ((3, 33, 48), 27)],
)
def test_a_hue_on_the_edge_of_two_ranges_counts_where_the_edges_of_the_course_put_it(color, nbin):
    hue = matplotlib.colors.rgb_to_hsv(np.array([[color]]) / 255)[:, :, 0] * 255
    counts, _ = np.histogram(hue, bins=np.linspace(0, 255, nbin + 1))
    for shares in histograms([[color]], nbin):
        np.testing.assert_array_equal(shares, counts)


@given(IMAGES, st.integers(1, 13), st.randoms(use_true_random=False))
def test_shares_add_up_to_one_and_no_shuffle_or_flip_changes_them(im, nbin, random):
    order = list(range(im.shape[0] * im.shape[1]))
    random.shuffle(order)
    for moved in (im, im[::-1], im[:, ::-1], im.swapaxes(0, 1), im.reshape(-1, 3)[order].reshape(im.shape)):
        for shares, moved_shares in zip(histograms(im, nbin), histograms(moved, nbin), strict=True):
            assert shares.sum() == pytest.approx(1)
            np.testing.assert_array_equal(shares, moved_shares)


@pytest.mark.parametrize("convert", CONVERSIONS)
@given(im=IMAGES, factor=st.sampled_from([0.5, 0.3, 0.9]))
def test_brightness_scales_the_value_and_leaves_hue_and_saturation(convert, im, factor):
    im = np.maximum(im, 4 * (im > 0))  # not so dark that all numbers are shares of 1
    before, after = convert(im), convert(im * factor)
    np.testing.assert_allclose(after[..., :2], before[..., :2], atol=1e-12)
    np.testing.assert_allclose(after[..., 2], before[..., 2] * factor, atol=1e-12)


@pytest.mark.parametrize("convert", CONVERSIONS)
@given(im=IMAGES)
def test_turning_the_channels_turns_the_hue_by_a_third(convert, im):
    before, after = convert(im), convert(im[..., [2, 0, 1]])  # red to green, green to blue, blue to red
    turned = np.where(before[..., 1] > 0, before[..., 0] + 1 / 3, 0) % 1
    gap = np.abs(after[..., 0] - turned)
    np.testing.assert_allclose(np.minimum(gap, 1 - gap), 0, atol=1e-12)
    np.testing.assert_array_equal(after[..., 1:], before[..., 1:])


@pytest.mark.parametrize("color", [(0, 0, 0), (77, 77, 77), (255, 255, 255), (255, 0, 0)])
def test_gray_counts_with_red_in_the_first_range(color):
    for shares in histograms(np.full((3, 4, 3), color), nbin=5):
        np.testing.assert_array_equal(shares, [1, 0, 0, 0, 0])


def test_a_hue_that_rounds_to_one_counts_in_the_last_range():
    im = np.array([[[255.0, 0.0, 1e-14]]])  # a breath of blue: the very end of the circle
    assert features.rgb_to_hsv(im)[0, 0, 0] == 1
    for shares in histograms(im, nbin=4):
        np.testing.assert_array_equal(shares, [0, 0, 0, 1])


@pytest.mark.parametrize(
    "f", [*CONVERSIONS, features.color_histogram_hsv, lambda im: features.color_histograms_hsv(im[None])]
)
def test_float32_stays_float32_and_arguments_stay_as_they_were(f):
    im = np.random.default_rng(3).integers(0, 256, (6, 8, 3), dtype=np.uint8)
    expected = f(im)
    wide = np.zeros((6, 16, 3), dtype=np.uint8)
    wide[:, ::2] = im
    for form in (
        im.astype(np.float32),
        im.astype(float),
        im.astype(int),
        np.asfortranarray(im),
        wide[:, ::2],
    ):
        form.setflags(write=False)
        copy = form.copy()
        result = f(form)
        assert result.dtype == (np.float32 if form.dtype == np.float32 else np.float64)
        np.testing.assert_allclose(result, expected, rtol=1e-6)
        np.testing.assert_array_equal(form, copy)
        assert not np.shares_memory(result, form)


def test_many_images_come_out_as_each_alone():
    images = np.random.default_rng(4).integers(0, 256, (70, 32, 32, 3), dtype=np.uint8)  # more than a block
    alone = np.stack([features.color_histogram_hsv(im) for im in images])
    np.testing.assert_array_equal(features.color_histograms_hsv(images), alone)
    assert features.color_histograms_hsv(images[:0]).shape == (0, 10)


COLOR = np.full((2, 2, 3), 9.0)


@pytest.mark.parametrize("f", [*CONVERSIONS, features.color_histogram_hsv])
@pytest.mark.parametrize(
    ("im", "message"),
    [
        (COLOR / 255, r"must hold pixel values 0\.\.255, got shares of 1: multiply them by 255"),
        (COLOR + 247, r"must hold pixel values 0\.\.255, got 256"),
        (COLOR - 10, r"must hold pixel values 0\.\.255, got -1"),
        (COLOR * np.nan, "must be finite"),
        (COLOR.astype(complex), "must hold real numbers"),
        (COLOR[..., :2], r"got shape \(2, 2, 2\)"),
        (5.0, r"got shape \(\)"),
        (np.ma.masked_equal([[[9, 0, 9]]], 0), "has masked entries"),
    ],
)
def test_what_is_no_color_image_is_refused_with_the_name_of_the_argument(f, im, message):
    name = "im" if f is features.color_histogram_hsv else "images"
    with pytest.raises((ValueError, TypeError), match=f"^{name} .*{message}"):
        f(im)


@pytest.mark.parametrize(
    ("images", "nbin", "message"),
    [
        (
            COLOR,
            10,
            r"one color image is images\[None\], gray images three pixels wide are images\[\.\.\., None\]",
        ),
        (np.zeros((2, 4, 4)), 10, "images must be in color"),
        (np.zeros((2, 0, 4, 3)), 10, "images has no pixels: images of 0 x 4"),
        (COLOR[None], 0, "nbin must be at least 1, got 0"),
        (COLOR[None], 2.5, r"nbin must be a whole number, got 2\.5"),
    ],
)
def test_what_is_no_stack_of_color_images_is_refused(images, nbin, message):
    with pytest.raises((ValueError, TypeError), match=message):
        features.color_histograms_hsv(images, nbin)


def test_one_image_without_color_or_pixels_is_refused():
    with pytest.raises(ValueError, match="im must be in color, its last axis red, green, blue; got gray"):
        features.color_histogram_hsv(np.zeros((4, 4)))
    with pytest.raises(ValueError, match="im has no pixels"):
        features.color_histogram_hsv(np.zeros((0, 4, 3)))
