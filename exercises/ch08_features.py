"""Chapter 8, features: exercises.

Check your work with ``lintutor check ch08``; ``lintutor hint hog_feature`` gives a hint.
"""

import numpy as np


def extract_features(imgs, feature_fns):
    """Return a row of features for each image: what each function says of it, one after the other.

    Parameters
    ----------
    imgs : ndarray (N, H, W) or (N, H, W, 3)
        Images, one along the first axis; N is at least 1.
    feature_fns : list of functions
        Each takes ONE image and returns a number or an array (F_k,), of the same length for every image.

    Returns
    -------
    features : ndarray (N, F), float
        Row i belongs to image i. It holds the features by the first function, then those by the second,
        and so on; F is the sum of the lengths, and a number has length 1.

    Notes
    -----
    Leave the images as they came. (An old course returned one COLUMN an image from a function of this
    name; here examples are rows.)

    Examples
    --------
    >>> imgs = np.array([[[0.0, 10.0], [20.0, 30.0]], [[5.0, 5.0], [5.0, 9.0]]])

    The means are 60 / 4 = 15 and 24 / 4 = 6; then come the pixels, row by row.

    >>> extract_features(imgs, [np.mean, np.ravel])
    array([[15.,  0., 10., 20., 30.],
           [ 6.,  5.,  5.,  5.,  9.]])
    """
    # Your code goes here, in place of the next line.
    raise NotImplementedError("extract_features is not written yet")


def color_histogram_hsv(im, nbin=10):
    """Return the share of pixels in each of `nbin` equal ranges of hue.

    The hue of a pixel says where on the color circle it lies, from 0 to 1. With red, green and blue r, g
    and b, and ``gap = max(r, g, b) - min(r, g, b)``, it is a sixth of

    - ``(g - b) / gap``, where r is the largest (6 is added where that is negative),
    - ``2 + (b - r) / gap``, where g is the largest,
    - ``4 + (r - g) / gap``, where b is the largest.

    Where two channels are the largest, both lines give the same. A gray pixel, whose gap is 0, has hue 0.
    Range k holds the hues from ``k / nbin`` up to, and without, ``(k + 1) / nbin``; a hue that rounding has
    made 1 belongs to the last range.

    Parameters
    ----------
    im : ndarray (H, W, 3), uint8 or float
        One image, red, green and blue 0..255 along the last axis.
    nbin : int
        Number of ranges, at least 1.

    Returns
    -------
    shares : ndarray (nbin,), float
        They add up to 1.

    Notes
    -----
    Leave the image as it came. Mind that uint8 has no negative numbers. No hue that is graded lies on an
    inner border of two ranges, where rounding would decide.

    Examples
    --------
    Red, green, green, gray. Red and gray have hue 0, green has 1/3, in range 1 of 4 (0.25 to 0.5).

    >>> im = np.array([[[255, 0, 0], [0, 255, 0]], [[0, 200, 0], [90, 90, 90]]], dtype=np.uint8)
    >>> color_histogram_hsv(im, nbin=4)
    array([0.5, 0.5, 0. , 0. ])
    """
    # Your code goes here, in place of the next line.
    raise NotImplementedError("color_histogram_hsv is not written yet")


def derive_hue(low, step, rest):
    """Return the hue, 0 to 1, of a color between red and yellow.

    Its blue is `low`, its green `low + step`, its red `low + step + rest`: red is the largest, blue the
    smallest. On the color circle red lies at 0, yellow at 1/6, and the colors between them are reached by
    the share of the way that green has risen from the smallest toward the largest.

    Parameters
    ----------
    low, step, rest : sympy.Symbol, positive

    Returns
    -------
    hue : sympy expression in these
        Any equal form is right.

    Examples
    --------
    Blue 10, green 10 + 30 = 40, red 40 + 60 = 100: green has gone 30 of 90, a third of a sixth.

    >>> from sympy import symbols
    >>> low, step, rest = symbols("low step rest", positive=True)
    >>> derive_hue(low, step, rest).subs({low: 10, step: 30, rest: 60})
    1/18
    """
    # Your code goes here, in place of the next line.
    raise NotImplementedError("derive_hue is not written yet")


def hog_feature(im):
    """Return the histogram of oriented gradients of one image: 9 directions in every cell of 8 x 8 pixels.

    1. *Gray.* A color image becomes ``0.299 red + 0.587 green + 0.114 blue``, not rounded; (H, W) is gray
       already.
    2. *Gradient.* ``gx = gray[i, j + 1] - gray[i, j - 1]`` to the right, ``gy = gray[i + 1, j] -
       gray[i - 1, j]`` downward, without one half. gx is 0 in the first and last column, gy is 0 in the
       first and last row.
    3. *Direction.* The angle of (gx, gy) in degrees, modulo 180: an edge from dark to light counts as one
       from light to dark. Bin k, 0 .. 8, holds the angles from ``20 * k`` up to, and without,
       ``20 * (k + 1)``.
    4. *Vote.* Each pixel gives its magnitude ``sqrt(gx ** 2 + gy ** 2)`` to one bin of its cell. A cell
       keeps, for each bin, the sum of its pixels' votes divided by 64, the number of its pixels.
    5. *Cells* are squares of 8 x 8 pixels laid from the top left. What is left over at the right and at the
       bottom (where a side is no multiple of 8) casts no vote, but is a neighbor in step 2.
    6. *Order.* Cells row by row, in a cell its bins from 0 up. Nothing is normalized.

    Parameters
    ----------
    im : ndarray (H, W) or (H, W, 3), uint8 or float
        One image, 0..255, of at least 8 x 8 pixels.

    Returns
    -------
    features : ndarray (H // 8 * (W // 8) * 9,), float

    Notes
    -----
    Leave the image as it came. Mind that uint8 has no negative numbers. Loops are welcome.

    Examples
    --------
    A cell that gets brighter to the right by 10 a column: gx is 20 in the six inner columns and 0 in the
    other two, gy is 0 everywhere. 48 pixels vote 20 for the first bin, 48 * 20 / 64 = 15.

    >>> im = np.tile(np.arange(8) * 10, (8, 1))
    >>> hog_feature(im)
    array([15.,  0.,  0.,  0.,  0.,  0.,  0.,  0.,  0.])
    """
    # Your code goes here, in place of the next line.
    raise NotImplementedError("hog_feature is not written yet")


def predict_hog():
    """Return what becomes of ``hog_feature``, as this chapter defines it, in three situations.

    Predict it; run nothing. The pixels are whole numbers, and no gradient is 0 or lies between two bins.

    Returns
    -------
    length : int
        How many numbers ``hog_feature`` gives for a picture of 50 x 43 pixels.
    mirrored : bool
        A gray picture of 8 x 8 pixels, one cell, is mirrored left to right, ``im[:, ::-1]``. Is its
        ``hog_feature`` the same for EVERY such picture?
    negative : bool
        A gray picture is replaced by its negative, ``255.0 - im``. Is its ``hog_feature`` the same for
        EVERY such picture?

    Examples
    --------
    >>> len(predict_hog())
    3
    """
    # Your code goes here, in place of the next line.
    raise NotImplementedError("predict_hog is not written yet")


def debug_votes(gx, gy):
    """Mend the given code: the histogram of oriented gradients of one cell. Two lines are wrong.

    The direction of a pixel's gradient (gx, gy) is its angle in degrees modulo 180. Bin k, 0 .. 8, holds
    the angles from ``20 * k`` up to, and without, ``20 * (k + 1)``. A bin's number is the sum of the
    magnitudes ``sqrt(gx ** 2 + gy ** 2)`` of the pixels in it, divided by the number of ALL pixels.

    Parameters
    ----------
    gx, gy : ndarray (H, W), float64
        Slopes of the brightness, to the right and downward.

    Returns
    -------
    histogram : ndarray (9,)

    Examples
    --------
    Four pixels. The first two gradients point right and left, 0 and 180 degrees; the third points down and
    has 90 degrees, in bin 4; the last is zero. Bin 0 gets (3 + 5) / 4, bin 4 gets 2 / 4.

    >>> debug_votes(np.array([[3.0, -5.0], [0.0, 0.0]]), np.array([[0.0, 0.0], [2.0, 0.0]]))
    array([2. , 0. , 0. , 0. , 0.5, 0. , 0. , 0. , 0. ])
    """
    angle = np.degrees(np.arctan2(gy, gx)) + 90
    magnitude = np.sqrt(gx**2 + gy**2)
    histogram = np.zeros(9)
    for k in range(9):
        inside = angle // 20 == k
        histogram[k] = magnitude[inside].sum() / max(1, inside.sum())
    return histogram


def measure_features():
    """Return three figures of an experiment: the same classifier on raw pixels and on features.

    Run it where lintutor is installed, and put down here what you measured::

        import numpy as np
        from lintutor import classifiers, datasets, features

        scenes = datasets.load("scenes", num_train=800, num_val=0, num_test=400)
        train, test = scenes.images(scenes.X_train), scenes.images(scenes.X_test)

        def accuracy(F_train, F_test):
            model = classifiers.NearestMean().fit(F_train, scenes.y_train)
            return model.score(F_test, scenes.y_test)

    The hues of images are ``features.color_histograms_hsv(images)``, their edges are
    ``features.hog(images, block=1, norm="none")``. Features are standardized before they go to the
    classifier: ``features.standardize(F_train, F_test)``. The pixels are not: they go as they are.

    Returns
    -------
    pixels : float
        Accuracy on ``scenes.X_train`` and ``scenes.X_test``, 0 to 1.
    hues : float
        Accuracy on the standardized hues.
    both : float
        Accuracy on edges and hues side by side (N, 154), standardized.

    Notes
    -----
    Three decimals are enough. The figures are compared with the grader's own measurement. The file that is
    graded cannot import lintutor: return numbers.

    Examples
    --------
    >>> pixels, hues, both = measure_features()
    >>> hues < both
    True
    """
    # Your code goes here, in place of the next line.
    raise NotImplementedError("measure_features is not written yet")
