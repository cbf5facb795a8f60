"""Histograms of oriented gradients: equal to scikit-image's, and what light and mirrors do to them."""

import tracemalloc

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp
from skimage.color import rgb2gray
from skimage.feature import hog as peer_hog

from lintutor import features

GRAY = hnp.arrays(np.uint8, st.tuples(st.integers(4, 11), st.integers(4, 11)), elements=st.integers(0, 255))
SETTINGS = [(8, 9, 2), (8, 9, 1), (4, 9, 3), (6, 6, 2), (5, 8, 1), (3, 12, 2), (7, 1, 1)]
SIZES = [(32, 32), (25, 40), (64, 24)]


def both(im, *settings):
    """Return the features of one image from both twins."""
    return [features.hog_naive(im, *settings), features.hog(np.asarray(im)[None], *settings)[0]]


def peer(im, cell, bins, block, norm):
    return peer_hog(im, bins, (cell, cell), (block, block), norm)


def whole_magnitudes(height, width, rng):
    """Return an image all of whose gradients have whole lengths, in many directions.

    scikit-image adds up a cell in single precision. Whole numbers it adds without an error.
    """

    def walk(steps, length):
        values = np.full(length, 60.0)  # neighbors two apart differ by one of the steps
        for i in range(2, length):
            step = rng.choice(steps)
            values[i] = values[i - 2] + (step if values[i - 2] < 60 else -step)
        return values

    return walk([12], height)[:, None] + walk([5, 9, 16, 35], width)


@pytest.mark.parametrize("norm", ["L2-Hys", "L2"])
@pytest.mark.parametrize(("bins", "block"), [(9, 1), (9, 2), (9, 3), (8, 2), (4, 2), (1, 1)])
@pytest.mark.parametrize("cell", [2, 4, 8])
@pytest.mark.parametrize("size", SIZES)
def test_equal_to_scikit_image_to_ten_digits(size, cell, bins, block, norm):
    im = whole_magnitudes(*size, np.random.default_rng(cell))
    np.testing.assert_allclose(
        features.hog(im[None], cell, bins, block, norm)[0], peer(im, cell, bins, block, norm), atol=1e-12
    )


@pytest.mark.parametrize(("cell", "bins", "block"), SETTINGS)
@pytest.mark.parametrize("size", SIZES)
def test_equal_to_scikit_image_on_noise_as_far_as_its_single_precision_goes(size, cell, bins, block):
    noise = np.random.default_rng(1).uniform(0, 255, size)
    for ours in both(noise, cell, bins, block):
        np.testing.assert_allclose(ours, peer(noise, cell, bins, block, "L2-Hys"), atol=1e-6)


@given(
    GRAY,
    st.sampled_from([(1, 9, 2), (2, 9, 2), (3, 4, 1), (4, 1, 1)]),
    st.sampled_from(["L2-Hys", "L2", "none"]),
)
def test_the_twins_agree(im, settings, norm):
    one, other = both(im, *settings, norm)
    np.testing.assert_allclose(other, one, rtol=1e-12, atol=1e-12)


def test_many_color_images_come_out_as_each_alone():
    images = np.random.default_rng(2).integers(0, 256, (40, 32, 32, 3), dtype=np.uint8)  # more than a block
    together = features.hog(images)
    for i in (0, 31, 32, 39):
        np.testing.assert_allclose(together[i], features.hog_naive(images[i]), atol=1e-14)
    gray = features.rgb_to_gray(images)
    np.testing.assert_array_equal(features.hog(gray), together)
    np.testing.assert_array_equal(features.hog(gray[..., None]), together)
    assert features.hog(images[:0]).shape == (0, 324)


@pytest.mark.parametrize("f", [features.hog, features.color_histograms_hsv])
def test_memory_beyond_the_result_does_not_grow_with_the_number_of_images(f):
    images = np.zeros((600, 32, 32, 3), dtype=np.uint8)
    peaks = []
    for some in (images[:100], images):
        tracemalloc.start()
        result = f(some)
        peaks.append(tracemalloc.get_traced_memory()[1] - result.nbytes)
        tracemalloc.stop()
    assert peaks[1] < 1.1 * peaks[0]


def test_brightness_weighs_the_channels_as_television_does_and_keeps_gray():
    im = np.random.default_rng(3).integers(0, 256, (5, 7, 3))
    np.testing.assert_allclose(features.rgb_to_gray(im), im @ [0.299, 0.587, 0.114], atol=1e-12)
    assert np.abs(features.rgb_to_gray(im) - rgb2gray(im / 255) * 255).max() < 45  # newer weights, same idea
    gray = np.repeat(im[..., :1], 3, axis=2)
    np.testing.assert_allclose(features.rgb_to_gray(gray), gray[..., 0], rtol=1e-15)


def test_an_even_surface_has_no_gradient_whatever_its_color():
    even = np.broadcast_to(np.array([77, 130, 201], dtype=np.uint8), (3, 37, 41, 3))
    assert not features.hog(even, norm="none").any()
    assert not features.hog(even).any()


@given(GRAY, st.integers(1, 60), st.sampled_from(["L2-Hys", "none"]))
def test_adding_a_constant_changes_nothing(im, constant, norm):
    im = im // 2
    for before, after in zip(both(im, 4, 9, 1, norm), both(im + constant, 4, 9, 1, norm), strict=True):
        np.testing.assert_allclose(after, before, atol=1e-12)


@given(GRAY, st.sampled_from([2.0, 0.5]))
def test_contrast_scales_the_plain_histogram_and_leaves_the_normalized_one(im, factor):
    im = im / 2
    for before, after in zip(both(im, 4, 9, 1, "none"), both(factor * im, 4, 9, 1, "none"), strict=True):
        np.testing.assert_allclose(after, factor * before, rtol=1e-12)
    for before, after in zip(both(im, 4, 9, 1), both(factor * im, 4, 9, 1), strict=True):
        np.testing.assert_allclose(after, before, atol=1e-6)  # 1e-10 in the norm is all that differs


def framed(height, width):
    """Return noise in a frame of one even pixel: no gradient there, none exactly at 0 degrees inside."""
    im = np.full((height, width), 100.0)
    im[2:-2, 2:-2] = np.random.default_rng(5).uniform(0, 255, (height - 4, width - 4))
    return im


def plain(im, cell, bins):
    rows, columns = im.shape[0] // cell, im.shape[1] // cell
    return [f.reshape(rows, columns, bins) for f in both(im, cell, bins, 1, "none")]


@pytest.mark.parametrize("bins", [9, 5, 1])
def test_a_mirror_turns_the_bins_around_and_the_cells_with_them(bins):
    im = framed(16, 24)
    inside = np.s_[1:3, 1:5]  # beside the frame a gradient can lie exactly on an edge between bins
    for before, right, down in zip(
        plain(im, 4, bins), plain(im[:, ::-1], 4, bins), plain(im[::-1], 4, bins), strict=True
    ):
        np.testing.assert_allclose(right[:, ::-1, ::-1][inside], before[inside], atol=1e-9)
        np.testing.assert_allclose(down[::-1, :, ::-1][inside], before[inside], atol=1e-9)


def test_the_negative_has_the_same_histogram_and_a_quarter_turn_shifts_its_bins():
    im = framed(16, 16)
    for before, negative, turned in zip(
        plain(im, 4, 8), plain(255 - im, 4, 8), plain(np.rot90(im), 4, 8), strict=True
    ):
        np.testing.assert_allclose(negative, before, atol=1e-9)
        np.testing.assert_allclose(
            turned[1:3, 1:3], np.roll(np.rot90(before), 4, axis=2)[1:3, 1:3], atol=1e-9
        )


@pytest.mark.parametrize(
    ("slope", "k"), [((1, 0), 0), ((-1, 0), 0), ((0, 1), 4), ((0, -1), 4), ((1, 1), 2), ((-1, 1), 6)]
)
def test_each_ramp_votes_for_the_bin_of_its_angle(slope, k):
    across, down = np.meshgrid(np.arange(12), np.arange(12))
    ramp = 100 + 3 * (slope[0] * across + slope[1] * down)
    for cells in plain(ramp, 4, 9):
        middle = cells[1, 1]
        assert middle.argmax() == k
        assert middle.sum() == pytest.approx(6 * np.hypot(*slope))


def test_a_vote_at_an_angle_a_breath_below_zero_is_not_lost():
    im = np.full((4, 4), 100.0)
    im[:, 2:] = 200.0
    im[3] = im[3] - 1e-13  # turns the gradient by less than an angle can show
    for cells in plain(im, 4, 9):
        assert cells.sum() == pytest.approx(8 * 100 / 16)


def test_no_entry_of_a_block_stays_above_the_ceiling_of_hysteresis_before_the_last_norm():
    im = np.tile(np.arange(0, 64, 4), (16, 1))
    for ours in both(im, 8, 9, 2):
        assert ours.sum() == pytest.approx(2)  # four equal entries: each 0.2, then one half
        np.testing.assert_allclose(ours[ours > 0], 0.5, rtol=1e-9)


def test_the_plain_feature_is_the_mean_magnitude_of_each_cell_and_angle():
    im = np.random.default_rng(6).integers(0, 256, (32, 32, 3), dtype=np.uint8)
    feature = features.hog_feature(im)
    assert feature.shape == (144,)
    np.testing.assert_allclose(feature, features.hog_naive(im, 8, 9, 1, "none"), rtol=1e-12)
    gray = features.rgb_to_gray(im)
    gx, gy = np.zeros((32, 32)), np.zeros((32, 32))
    gx[:, 1:-1], gy[1:-1] = gray[:, 2:] - gray[:, :-2], gray[2:] - gray[:-2]
    per_cell = np.hypot(gx, gy).reshape(4, 8, 4, 8).mean(axis=(1, 3))
    np.testing.assert_allclose(feature.reshape(4, 4, 9).sum(axis=2), per_cell, rtol=1e-12)


def test_the_lines_of_a_picture_lie_in_their_cells_across_their_gradients():
    im = np.tile(np.arange(0, 160, 10), (24, 1))
    lines = features.hog_lines(im, cell=8, bins=9)
    assert lines.shape == (3 * 2 * 9, 4)
    np.testing.assert_array_equal(np.unique(lines[:, 0]), [3.5, 11.5])
    np.testing.assert_array_equal(np.unique(lines[:, 1]), [3.5, 11.5, 19.5])
    np.testing.assert_array_equal(lines[:9, :2], np.full((9, 2), 3.5))
    np.testing.assert_allclose(np.degrees(lines[:9, 2]), 100 + 20 * np.arange(9))
    strength = features.hog_feature(im)
    np.testing.assert_allclose(lines[:, 3], strength / strength.max())
    assert not features.hog_lines(np.full((8, 8), 7))[:, 3].any()


@pytest.mark.parametrize(
    "f", [features.hog_naive, features.hog_feature, features.hog_lines, lambda im: features.hog(im[None])]
)
@settings(max_examples=5)
@given(seed=st.integers(0, 99))
def test_float32_stays_float32_and_arguments_stay_as_they_were(f, seed):
    im = np.random.default_rng(seed).integers(0, 256, (17, 19, 3), dtype=np.uint8)
    expected = f(im)
    for form in (im.astype(np.float32), im.astype(np.int64), np.asfortranarray(im), im[::-1].copy()[::-1]):
        form.setflags(write=False)
        copy = form.copy()
        result = f(form)
        assert result.dtype == (np.float32 if form.dtype == np.float32 else np.float64)
        np.testing.assert_allclose(result, expected, rtol=1e-5)
        np.testing.assert_array_equal(form, copy)


GOOD = np.zeros((16, 16))


@pytest.mark.parametrize(
    ("settings", "message"),
    [
        ({"cell": 0}, "cell must be at least 1, got 0"),
        ({"cell": 4.0}, r"cell must be a whole number, got 4\.0"),
        ({"bins": 0}, "bins must be at least 1, got 0"),
        ({"block": True}, "block must be a whole number, got True"),
        ({"norm": "L3"}, "norm must be one of L2-Hys, L2, none; got 'L3'"),
        ({"cell": 9}, "must hold a block of 18 x 18 pixels, got 16 x 16"),
    ],
)
def test_settings_that_make_no_histogram_are_refused(settings, message):
    for f, im in ((features.hog_naive, GOOD), (features.hog, GOOD[None])):
        with pytest.raises((ValueError, TypeError), match=message):
            f(im, **settings)


@pytest.mark.parametrize(
    ("im", "message"),
    [
        (np.full((16, 16), 0.5), "im must hold pixel values .* multiply them by 255"),
        (GOOD - 1, r"im must hold pixel values 0\.\.255, got -1"),
        (GOOD + np.inf, "im must be finite"),
        (GOOD[0], r"im must be one image, \(H, W\) or \(H, W, 3\), got shape \(16,\)"),
        (np.zeros((16, 16, 4)), r"got shape \(16, 16, 4\)"),
        (GOOD[:7], "im must hold a block of 8 x 8 pixels, got 7 x 16"),
        (GOOD[:0], "im has no pixels: images of 0 x 16"),
        ([["a"]], "im must hold real numbers"),
    ],
)
def test_what_is_no_image_is_refused(im, message):
    with pytest.raises((ValueError, TypeError), match=message):
        features.hog_feature(im)


@pytest.mark.parametrize("im", [[[0.0, 1.0], [1.0, 0.0]], np.zeros((4, 4)), np.array([[True, False]])])
def test_whole_numbers_are_pixels_however_dark(im):
    assert features.hog_naive(im, cell=1, block=1).shape


def test_one_color_image_is_no_stack_of_gray_ones():
    with pytest.raises(
        ValueError, match=r"images has shape \(16, 16, 3\): one color image is images\[None\]"
    ):
        features.hog(np.zeros((16, 16, 3)))
    with pytest.raises(ValueError, match=r"images must end in an axis of red, green, blue"):
        features.rgb_to_gray(GOOD)
