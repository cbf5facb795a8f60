"""The mistakes in the voting: the given ones, and what mending makes of them."""

import numpy as np

from lintutor.autograder import catalogue

arrays = catalogue.beside(__file__, "arrays")


def summed(angle, gx, gy, over="all"):
    """The votes of each bin, over the number of all pixels, of the voters, or of none."""
    magnitude = np.sqrt(gx**2 + gy**2)
    histogram = np.zeros(9)
    for k in range(9):
        inside = (20 * k <= angle) & (angle < 20 * (k + 1))
        share = {"all": magnitude.size, "voters": max(1, inside.sum()), "none": 1}[over]
        histogram[k] = magnitude[inside].sum() / share
    return histogram


def REFERENCE(gx, gy):
    """The right answer."""
    return summed(np.degrees(np.arctan2(gy, gx)) % 180, gx, gy)


def votes_as_given(gx, gy):
    return summed(np.degrees(np.arctan2(gy, gx)) + 90, gx, gy, "voters")


def angles_still_shifted(gx, gy):
    return summed(np.degrees(np.arctan2(gy, gx)) + 90, gx, gy)


def mean_over_the_voters(gx, gy):
    return summed(np.degrees(np.arctan2(gy, gx)) % 180, gx, gy, "voters")


def angles_in_absolute_value(gx, gy):
    return summed(np.abs(np.degrees(np.arctan2(gy, gx))), gx, gy)


def angles_over_the_whole_circle(gx, gy):
    return summed(np.degrees(np.arctan2(gy, gx)) % 360, gx, gy)


def votes_summed(gx, gy):
    return summed(np.degrees(np.arctan2(gy, gx)) % 180, gx, gy, "none")


def angles_in_radians(gx, gy):
    return summed(np.arctan2(gy, gx) % np.pi, gx, gy)


def cell(gx, gy):
    """A case."""
    gx, gy = np.array(gx, float), np.array(gy, float)
    return arrays.Case({"gx": gx, "gy": gy}, {"H": gx.shape[0], "W": gx.shape[1]})


def random_cells(rng):
    """Random cells, no direction between two bins."""
    found = []
    for H, W in ((8, 8), (8, 8), (4, 6)):
        angle = 20 * rng.integers(-9, 9, size=(H, W)) + rng.uniform(0.1, 19.9, size=(H, W))
        size = rng.uniform(1, 90, size=(H, W))
        found.append(cell(size * np.cos(np.radians(angle)), size * np.sin(np.radians(angle))))
    return found


PROBES = random_cells(np.random.default_rng(84))
GROUPS = [group for group in arrays.groups(PROBES, REFERENCE, ("the histogram",)) if group.id == "data"]
