"""The mistakes in the voting: the given ones, and what mending makes of them."""

import numpy as np

from lintutor.autograder import catalogue
from lintutor.autograder.diagnosis import Group

arrays = catalogue.beside(__file__, "arrays")


def summed(gx, gy, over="all"):
    """The votes of each bin, over the number of all pixels, of the voters, or of none."""
    bin_of = np.degrees(np.arctan2(gy, gx)) % 180 // 20
    magnitude = np.sqrt(gx**2 + gy**2)
    histogram = np.zeros(9)
    for k in range(9):
        share = {"all": magnitude.size, "voters": max(1, (bin_of == k).sum()), "none": 1}[over]
        histogram[k] = magnitude[bin_of == k].sum() / share
    return histogram


def REFERENCE(gx, gy):
    """The right answer."""
    return summed(gx, gy)


def redirected(gx, gy, angle):
    """The histogram with other angles, in degrees; those outside 0 to 180 cast no vote."""
    magnitude = np.sqrt(gx**2 + gy**2) * ((angle >= 0) & (angle < 180))
    return REFERENCE(magnitude * np.cos(np.radians(angle)), magnitude * np.sin(np.radians(angle)))


def angles_still_shifted(gx, gy):
    return redirected(gx, gy, np.degrees(np.arctan2(gy, gx)) + 90)


def angles_in_absolute_value(gx, gy):
    return redirected(gx, gy, np.abs(np.degrees(np.arctan2(gy, gx))))


def angles_as_they_come(gx, gy):
    return redirected(gx, gy, np.degrees(np.arctan2(gy, gx)))


def angles_in_radians(gx, gy):
    return redirected(gx, gy, np.arctan2(gy, gx) % np.pi)


def slopes_exchanged(gx, gy):
    return REFERENCE(gy, gx)


def mean_over_the_voters(gx, gy):
    return summed(gx, gy, "voters")


def votes_summed(gx, gy):
    return summed(gx, gy, "none")


def cell(gx, gy):
    """A case."""
    gx, gy = np.array(gx, float), np.array(gy, float)
    return arrays.Case({"gx": gx, "gy": gy}, {"H": gx.shape[0], "W": gx.shape[1]})


def random_cells(rng, bins=range(-9, 9), low=0.1):
    """Random cells with directions in some bins, `low` to 19.9 degrees from where they begin."""
    found = []
    for H, W in ((8, 8), (8, 8), (4, 6)):
        angle = 20 * rng.choice(bins, size=(H, W)) + rng.uniform(low, 19.9, size=(H, W))
        size = rng.uniform(1, 90, size=(H, W))
        found.append(cell(size * np.cos(np.radians(angle)), size * np.sin(np.radians(angle))))
    return found


PIXELS = [cell([[np.cos(a)]], [[np.sin(a)]]) for a in np.radians(np.arange(-173, 180, 20))]
QUARTERS = random_cells(np.random.default_rng(84), bins=[0, 2], low=10.1)  # apart with 90 degrees more, too


def answered(f, case):
    """The nine numbers that a function gives, or None; a bin of no voters may be the mean of nothing."""
    array, odd = arrays.settle(f(*case.arguments).value, (9,))
    return None if odd else np.nan_to_num(array)


def bins(f):
    """The bin that each direction votes for, as a word."""
    seen = {}
    for case in PIXELS:
        votes = answered(f, case)
        if votes is not None:
            angle = np.degrees(np.arctan2(case.given["gy"], case.given["gx"])).item()
            seen[f"{angle:.0f} degrees"] = f"bins {np.flatnonzero(votes)}"
    return [({}, seen)]


def totals(f):
    """What the nine numbers add up to, where a shift leaves the same pixels in one bin."""
    every = [answered(f, case) for case in QUARTERS]
    return [({}, {"the sum of the bins": np.array([v.sum() for v in every])} if all_there(every) else {})]


def all_there(every):
    """Whether there is an answer to each."""
    return all(each is not None for each in every)


GROUPS = [
    Group("data", "the bins that are voted for", bins),
    Group("votes", "the heights of the bins", totals),
]
