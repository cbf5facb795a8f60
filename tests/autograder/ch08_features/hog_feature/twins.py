"""The mistakes of a histogram of oriented gradients as code: one function a misconception."""

import numpy as np

from lintutor.autograder import catalogue
from lintutor.features import hog_feature as reference

arrays = catalogue.beside(__file__, "arrays")
pictures = catalogue.beside(__file__, "pictures")


def REFERENCE(im):
    """The right answer."""
    return reference(im)


def gray_of(im, red=0.299, green=0.587, blue=0.114):
    """Brightness (H, W)."""
    im = np.asarray(im, float)
    return im if im.ndim == 2 else red * im[..., 0] + green * im[..., 1] + blue * im[..., 2]


def slopes_of(gray):
    """Gradient (H, W) twice, 0 at the borders."""
    gx, gy = np.zeros(gray.shape), np.zeros(gray.shape)
    gx[:, 1:-1] = gray[:, 2:] - gray[:, :-2]
    gy[1:-1] = gray[2:] - gray[:-2]
    return gx, gy


def cells_of(gx, gy, power=1, period=180):
    """What each cell keeps (rows, columns, 9); an angle beyond the last bin casts no vote."""
    rows, columns = gx.shape[0] // 8, gx.shape[1] // 8
    votes = (gx**2 + gy**2) ** (power / 2)
    bin_of = np.floor(np.degrees(np.arctan2(gy, gx)) % period / (period / 9)).astype(int) % 9
    cells = np.zeros((rows, columns, 9))
    for i in range(rows * 8):
        for j in range(columns * 8):
            cells[i // 8, j // 8, bin_of[i, j]] += votes[i, j] / 64
    return cells


def one_half_in_the_gradient(im):
    return cells_of(*slopes_of(gray_of(im))).ravel() / 2


def neighbor_to_one_side(im):
    gray = gray_of(im)
    gx, gy = np.zeros(gray.shape), np.zeros(gray.shape)
    gx[:, :-1] = gray[:, 1:] - gray[:, :-1]
    gy[:-1] = gray[1:] - gray[:-1]
    return cells_of(gx, gy).ravel()


def borders_wrap_around(im):
    gray = gray_of(im)
    gx = np.roll(gray, -1, axis=1) - np.roll(gray, 1, axis=1)
    gy = np.roll(gray, -1, axis=0) - np.roll(gray, 1, axis=0)
    return cells_of(gx, gy).ravel()


def slopes_exchanged(im):
    gx, gy = slopes_of(gray_of(im))
    return cells_of(gy, gx).ravel()


def whole_circle(im):
    return cells_of(*slopes_of(gray_of(im)), period=360).ravel()


def half_of_the_votes_lost(im):
    gx, gy = slopes_of(gray_of(im))
    angle = np.degrees(np.arctan2(gy, gx))
    kept = (angle >= 0) & (angle < 180)
    return cells_of(gx * kept, gy * kept).ravel()


def votes_of_one(im):
    gx, gy = slopes_of(gray_of(im))
    size = np.sqrt(gx**2 + gy**2)
    safe = np.where(size > 0, size, 1)
    return cells_of(gx / safe, gy / safe).ravel()


def sum_for_mean(im):
    return 64 * cells_of(*slopes_of(gray_of(im))).ravel()


def squared_magnitude(im):
    return cells_of(*slopes_of(gray_of(im)), power=2).ravel()


def gray_by_the_mean(im):
    return cells_of(*slopes_of(gray_of(im, 1 / 3, 1 / 3, 1 / 3))).ravel()


def blue_too_heavy(im):
    return cells_of(*slopes_of(gray_of(im, blue=0.144))).ravel()


def cells_by_columns(im):
    return cells_of(*slopes_of(gray_of(im))).transpose(1, 0, 2).ravel()


def bins_before_cells(im):
    return cells_of(*slopes_of(gray_of(im))).transpose(2, 0, 1).ravel()


def normalized_anyway(im):
    v = cells_of(*slopes_of(gray_of(im))).ravel()
    return v / np.sqrt(v @ v + 1e-10)


def function_of_an_old_course(im):
    gray = im if im.ndim == 2 else gray_of(im, blue=0.144)  # bytes stay bytes
    gx, gy = np.zeros(gray.shape), np.zeros(gray.shape)
    gx[:, :-1] = gray[:, 1:] - gray[:, :-1]
    gy[:-1] = gray[1:] - gray[:-1]
    turned = np.degrees(np.arctan2(gy, gx + 1e-15)) + 90
    kept = (turned >= 0) & (turned < 180)  # the others cast no vote
    return cells_of(gy * kept, -(gx + 1e-15) * kept).transpose(1, 0, 2).ravel()


def bytes_in_the_gradient(im):
    gray = im if im.ndim == 2 else gray_of(im)
    gx, gy = np.zeros(gray.shape), np.zeros(gray.shape)
    gx[:, 1:-1] = gray[:, 2:] - gray[:, :-2]
    gy[1:-1] = gray[2:] - gray[:-2]
    return cells_of(gx, gy).ravel()


def cells_not_flattened(im):
    return cells_of(*slopes_of(gray_of(im)))


def left_over_crashes(im):
    gx, gy = slopes_of(gray_of(im))
    blocks = gx.reshape(gx.shape[0] // 8, 8, gx.shape[1] // 8, 8)  # fits only multiples of 8
    assert blocks.size
    return cells_of(gx, gy).ravel()


def one_histogram_for_all(im):
    return cells_of(*slopes_of(gray_of(im))).mean(axis=(0, 1))


def feature_not_returned(im):
    print(cells_of(*slopes_of(gray_of(im))).ravel())


def probes(seed=82):
    """Random pictures, gray and in color, of bytes and not, of several cells; always the same."""
    rng = np.random.default_rng(seed)
    sizes = ((16, 24, 3, float), (24, 16, 1, np.uint8), (16, 32, 1, float), (32, 16, 3, float))
    return [pictures.random_picture(rng, *size) for size in sizes]


LEFT_OVER = [pictures.random_picture(np.random.default_rng(83), 13, 21, 3, float)]
GROUPS = arrays.groups(probes(), REFERENCE, ("the feature vector",), LEFT_OVER)
