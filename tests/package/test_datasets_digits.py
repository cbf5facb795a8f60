"""The digits are the published ones."""

import numpy as np

from lintutor.datasets import load_digits


def test_1797_real_digits_with_whole_values_from_0_to_16():
    images, labels = load_digits()
    assert images.shape == (1797, 8, 8) and images.dtype == np.uint8
    assert labels.shape == (1797,) and labels.dtype == np.int64
    assert (images.min(), images.max()) == (0, 16)
    assert np.bincount(labels).tolist() == [178, 182, 177, 183, 181, 182, 181, 179, 174, 180]


def test_they_equal_the_copy_of_scikit_learn():
    from sklearn import datasets

    theirs = datasets.load_digits()
    images, labels = load_digits()
    assert np.array_equal(images, theirs.images)
    assert np.array_equal(labels, theirs.target)


def test_each_call_hands_out_arrays_of_its_own():
    load_digits()[0][:] = 99
    assert load_digits()[0].max() == 16
