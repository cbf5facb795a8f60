"""The mistakes of a histogram of oriented gradients as code: one function a misconception."""

import numpy as np

from lintutor.autograder import catalogue
from lintutor.autograder.diagnosis import Group
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


def cells_of(gx, gy, power=1, period=180, shift=0.0):
    """What each cell keeps (rows, columns, 9); bins can be wider, or begin `shift` bins lower."""
    place = np.degrees(np.arctan2(gy, gx)) % period / (period / 9)
    votes = (gx**2 + gy**2) ** (power / 2) / 64
    return voted(votes, np.floor(place + shift).astype(int) % 9)


def voted(votes, bin_of):
    """The sums of the votes of each cell (rows, columns, 9), each for one bin."""
    rows, columns = votes.shape[0] // 8, votes.shape[1] // 8
    i, j = np.mgrid[: rows * 8, : columns * 8]
    cells = np.zeros((rows, columns, 9))
    np.add.at(cells, (i // 8, j // 8, bin_of[: rows * 8, : columns * 8]), votes[: rows * 8, : columns * 8])
    return cells


def one_half_in_the_gradient(im):
    return REFERENCE(im) / 2


def gradient_of_numpy(im):
    gy, gx = np.gradient(gray_of(im))
    return cells_of(gx, gy).ravel()


def padded(im, **how):
    """The features where the borders have neighbors."""
    gray = np.pad(gray_of(im), 1, **how)
    return cells_of(gray[1:-1, 2:] - gray[1:-1, :-2], gray[2:, 1:-1] - gray[:-2, 1:-1]).ravel()


def borders_one_sided(im):
    return padded(im, mode="edge")


def borders_against_black(im):
    return padded(im)


def inner_pixels_alone(im):
    gx, gy = slopes_of(gray_of(im))
    inner = np.zeros(gx.shape)
    inner[1:-1, 1:-1] = 1
    return cells_of(gx * inner, gy * inner).ravel()


def gradient_cell_by_cell(im):
    gray = gray_of(im)
    gx, gy = np.zeros(gray.shape), np.zeros(gray.shape)
    for i in range(0, gray.shape[0] // 8 * 8, 8):
        for j in range(0, gray.shape[1] // 8 * 8, 8):
            cell = slice(i, i + 8), slice(j, j + 8)
            gx[cell], gy[cell] = slopes_of(gray[cell])
    return cells_of(gx, gy).ravel()


def cut_before_the_gradient(im):
    return REFERENCE(im[: im.shape[0] // 8 * 8, : im.shape[1] // 8 * 8])


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


def upward_slope(im):
    gx, gy = slopes_of(gray_of(im))
    return cells_of(gx, -gy).ravel()


def angles_in_absolute_value(im):
    gx, gy = slopes_of(gray_of(im))
    return cells_of(gx, np.abs(gy)).ravel()


def angles_in_radians(im):
    gx, gy = slopes_of(gray_of(im))
    return voted(np.sqrt(gx**2 + gy**2) / 64, np.zeros(gx.shape, int)).ravel()


def bins_around_their_angles(im):
    return cells_of(*slopes_of(gray_of(im)), shift=0.5).ravel()


def votes_shared_by_two_bins(im):
    gx, gy = slopes_of(gray_of(im))
    place = np.degrees(np.arctan2(gy, gx)) % 180 / 20 - 0.5
    low = np.floor(place)
    votes = np.sqrt(gx**2 + gy**2) / 64
    upper = voted(votes * (place - low), (low + 1).astype(int) % 9)
    return (upper + voted(votes * (1 - place + low), low.astype(int) % 9)).ravel()


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
    return 64 * REFERENCE(im)


def squared_magnitude(im):
    return cells_of(*slopes_of(gray_of(im)), power=2).ravel()


def gray_by_the_mean(im):
    return cells_of(*slopes_of(gray_of(im, 1 / 3, 1 / 3, 1 / 3))).ravel()


def blue_too_heavy(im):
    return cells_of(*slopes_of(gray_of(im, blue=0.144))).ravel()


def gray_rounded(im):
    return cells_of(*slopes_of(gray_of(im) if im.ndim == 2 else np.round(gray_of(im)))).ravel()


def in_cells(im):
    """The right features in a table (rows, columns, 9)."""
    return REFERENCE(im).reshape(im.shape[0] // 8, im.shape[1] // 8, 9)


def cells_by_columns(im):
    return in_cells(im).transpose(1, 0, 2).ravel()


def bins_before_cells(im):
    return in_cells(im).transpose(2, 0, 1).ravel()


def normalized_anyway(im):
    v = REFERENCE(im)
    return v / np.sqrt(v @ v + 1e-10)


def function_of_an_old_course(im):
    gray = gray_of(im)
    gx, gy = np.zeros(gray.shape), np.zeros(gray.shape)
    gx[:, :-1] = gray[:, 1:] - gray[:, :-1]
    gy[:-1] = gray[1:] - gray[:-1]
    turned = np.degrees(np.arctan2(gy, gx + 1e-15)) + 90
    kept = (turned >= 0) & (turned < 180)  # the others cast no vote
    return cells_of(gy * kept, -(gx + 1e-15) * kept).ravel()


def bytes_in_the_gradient(im):
    gray = im if im.ndim == 2 else gray_of(im)
    gx, gy = np.zeros(gray.shape), np.zeros(gray.shape)
    gx[:, 1:-1] = gray[:, 2:] - gray[:, :-2]
    gy[1:-1] = gray[2:] - gray[:-2]
    return cells_of(gx, gy).ravel()


def cells_not_flattened(im):
    return in_cells(im)


def left_over_crashes(im):
    if im.shape[0] % 8 or im.shape[1] % 8:
        raise ValueError("cannot reshape array")
    return REFERENCE(im)


def left_over_gets_a_cell(im):
    missing = [(0, -side % 8) for side in im.shape[:2]]
    return REFERENCE(np.pad(im, missing + [(0, 0)] * (im.ndim - 2), mode="edge"))


def one_histogram_for_all(im):
    return REFERENCE(im).reshape(-1, 9).mean(axis=0)


def picture_changed(im):
    features = REFERENCE(im)
    im -= im.min()
    return features


def feature_not_returned(im):
    print(REFERENCE(im))


# ----------------------------------------------------------------------------------- what is looked at

RNG = np.random.default_rng(82)
CELLS = [pictures.random_picture(RNG, 8, 8, 1, float) for _ in range(3)]
COLORED = pictures.random_picture(RNG, 8, 8, 3, float).given["im"]
BYTES = pictures.random_picture(RNG, 8, 8, 1).given["im"]
FRAMED = [[pictures.framed(RNG) for _ in range(3)] for _ in range(2)]
BRIGHTNESS = {
    "as it should be": pictures.brightness(COLORED),
    "the mean": COLORED.mean(axis=2),
    "too blue": gray_of(COLORED, blue=0.144),
    "rounded": np.round(pictures.brightness(COLORED)),
    "rounded down": np.floor(pictures.brightness(COLORED)),
}
SIZES = ((13, 21, 3), (11, 9, 1), (16, 24, 3), (24, 16, 1))
WHOLE = [pictures.random_picture(RNG, *size, float) for size in SIZES]


def said_of(f, im):
    """The features that a function gives of one picture, or None."""
    return arrays.settle(f(im).value, (im.shape[0] // 8 * (im.shape[1] // 8) * 9,))[0]


def gray(f):
    """Which brightness has the features that the function gives of a color picture."""
    got = said_of(f, COLORED)
    found = [name for name, im in BRIGHTNESS.items() if agree(got, said_of(f, im))]
    return [({}, {"the brightness": found[0]} if found else {})]


def agree(one, other):
    """Whether there are two results, and they are the same."""
    return one is not None and other is not None and pictures.alike(one, other)


def bytes_seen(f):
    """Whether bytes give the same as floating-point numbers."""
    own, same = said_of(f, BYTES.astype(float)), said_of(f, BYTES)
    if own is None or (same is None and not f(BYTES).failed):
        return [({}, {})]
    return [({}, {"bytes": "like floats" if agree(own, same) else "unlike floats"})]


def order(f):
    """In which order the cells come, each known by what the function says of it alone."""
    own = np.array([[said_of(f, cell) for cell in row] for row in FRAMED], object)
    got = said_of(f, np.block(FRAMED))
    if got is None or any(each is None for row in own for each in np.atleast_1d(row)):
        return [({}, {})]
    own = own.astype(float)  # (2, 3, 9)
    orders = {"rows": own, "columns": own.transpose(1, 0, 2), "bins": own.transpose(2, 0, 1)}
    found = [name for name, cells in orders.items() if agree(got, cells.ravel())]
    return [({}, {"first come": found[0]} if found else {})]


def border(f):
    """The features where pixels have neighbors beyond their cell; seen where one cell by itself is right."""
    if not all(agree(said_of(f, case.given["im"]), REFERENCE(case.given["im"])) for case in CELLS):
        return [({}, {})]
    seen = {}
    for name, im in (("two cells", BEYOND), ("pixels left over", LEFT_OVER)):
        got = said_of(f, im)
        if got is not None:
            seen[name] = np.sort(got)  # in whichever order the cells come
    return [({}, seen)]


BEYOND = pictures.random_picture(RNG, 16, 8, 1, float).given["im"]
LEFT_OVER = pictures.random_picture(RNG, 11, 9, 1, float).given["im"]


SEEN = {group.id: group for group in arrays.groups([*WHOLE, *CELLS], REFERENCE, ("the feature vector",))}
GROUPS = [
    *(SEEN[name] for name in ("bookkeeping", "shape", "mutation")),
    *(
        group
        for group in arrays.groups(CELLS, REFERENCE, ("the histogram of one cell",))
        if group.id == "data"
    ),
    Group("gray", "the brightness of colors", gray),
    Group("order", "the order of the cells", order),
    Group("border", "the borders of cells", border),
    Group("bytes", "pictures of bytes", bytes_seen),
]
