"""The mistakes of a feature matrix as code: one function a misconception."""

from dataclasses import dataclass

import numpy as np

from lintutor.autograder import catalogue

arrays = catalogue.beside(__file__, "arrays")
problems = catalogue.beside(__file__, "problems")


def REFERENCE(imgs, feature_fns):
    """The right answer."""
    return np.array([np.hstack([f(image) for f in feature_fns]) for image in imgs], float)


def first_image_for_all(imgs, feature_fns):
    row = np.hstack([f(imgs[0]) for f in feature_fns])
    return np.tile(row, (len(imgs), 1)).astype(float)


def functions_in_reverse(imgs, feature_fns):
    return np.array([np.hstack([f(image) for f in feature_fns[::-1]]) for image in imgs], float)


def functions_interleaved(imgs, feature_fns):
    columns = [np.array([np.hstack([f(image)]) for image in imgs], float) for f in feature_fns]
    longest = max(column.shape[1] for column in columns)
    return np.stack([c[:, k] for k in range(longest) for c in columns if k < c.shape[1]], axis=1)


def features_cut_to_whole_numbers(imgs, feature_fns):
    return np.array([np.hstack([f(image) for f in feature_fns]) for image in imgs]).astype(int)


def images_in_columns(imgs, feature_fns):
    return REFERENCE(imgs, feature_fns).T


def last_function_alone(imgs, feature_fns):
    return REFERENCE(imgs, feature_fns[-1:])


def numbers_crash(imgs, feature_fns):
    if any(np.ndim(f(imgs[0])) == 0 for f in feature_fns):
        raise ValueError("zero-dimensional arrays cannot be concatenated")
    return REFERENCE(imgs, feature_fns)


def features_in_one_row(imgs, feature_fns):
    return REFERENCE(imgs, feature_fns).ravel()


def all_images_at_once(imgs, feature_fns):
    return REFERENCE(imgs[None], feature_fns)[0]


def images_changed(imgs, feature_fns):
    features = REFERENCE(imgs, feature_fns)
    imgs /= 255  # too late for the features
    return features


def feature_not_returned(imgs, feature_fns):
    print(REFERENCE(imgs, feature_fns))


# ------------------------------------------------------------------------------------ what is measured


def mean(image):
    """A number."""
    return float(np.mean(image))


def brightest(image):
    """A number."""
    return float(np.max(image))


def rows(image):
    """The mean of every row."""
    return np.asarray(image, float).reshape(len(image), -1).mean(axis=1)


def flat(image):
    """All pixels."""
    return np.asarray(image, float).ravel()


def ends(image):
    """Smallest and largest."""
    return np.array([np.min(image), np.max(image)], float)


ARRAYS, NUMBERS = (
    ((rows, ends), (ends, flat), (flat, rows, ends)),
    ((mean, rows), (brightest, mean), (ends, mean)),
)


@dataclass(frozen=True, eq=False, repr=False)
class Stack(arrays.Case):
    """Images and functions; the functions are told by their names."""

    @property
    def small(self):
        """Whether the images fit on a board."""
        return self.given["imgs"].size <= arrays.READABLE and arrays.is_round(self.given["imgs"])

    def told(self, separator=", "):
        """Images and names."""
        names = ", ".join(f.__name__ for f in self.given["feature_fns"])
        return f"imgs = {problems.inline(self.given['imgs'])}{separator}feature_fns = [{names}]"


def stacked(imgs, fns, dtype=float):
    """A case."""
    imgs = np.array(imgs, dtype)
    return Stack(
        {"imgs": imgs, "feature_fns": list(fns)}, {"N": len(imgs), "H": imgs.shape[1], "W": imgs.shape[2]}
    )


TINY = [
    stacked([[[1, 2]], [[3, 7]]], [flat]),
    stacked([[[1, 2]], [[3, 7]]], [ends, rows]),
    stacked([[[0, 4], [2, 2]], [[1, 1], [5, 1]], [[9, 3], [0, 4]]], [rows, ends]),
]


def random_stacks(rng, functions=ARRAYS):
    """Random images, a stack for each list of functions; no two sizes equal."""
    sizes = ((4, 3, 2), (5, 2, 4), (3, 4, 5))
    return [stacked(100 * rng.random(size), fns) for size, fns in zip(sizes, functions, strict=True)]


PROBES = [*random_stacks(np.random.default_rng(85)), *random_stacks(np.random.default_rng(87), [[ends]] * 3)]
GROUPS = arrays.groups(
    PROBES, REFERENCE, ("the feature matrix",), random_stacks(np.random.default_rng(86), NUMBERS)
)
