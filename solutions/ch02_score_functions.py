"""Chapter 2, score functions: exercises.

Check your work with ``lintutor check ch02``; ``lintutor hint bias_trick`` gives a hint.
"""

import numpy as np


def linear_scores(X, W, b):
    """Return the score of every example for every class: ``S = X @ W + b``.

    Parameters
    ----------
    X : ndarray (N, D), float64 or float32
        Examples, one a row; N is at least 1.
    W : ndarray (D, C), float64 or float32
        Weights, one column a class.
    b : ndarray (C,), float64 or float32
        One bias a class.

    Returns
    -------
    S : ndarray (N, C), float

    Notes
    -----
    Leave the arguments as they came. Loops are welcome.

    Examples
    --------
    >>> X = np.array([[1.0, 2.0]])
    >>> W = np.array([[1.0, 0.0], [0.0, 3.0]])

    Class 0 gets 1 * 1 + 2 * 0 + 0.5 = 1.5, class 1 gets 1 * 0 + 2 * 3 - 1 = 5.

    >>> linear_scores(X, W, np.array([0.5, -1.0]))
    array([[1.5, 5. ]])
    """
    # BEGIN SOLUTION
    return X @ W + b  # (N, D) @ (D, C) + (C,) -> (N, C)
    # END SOLUTION


def predict(X, W):
    """Return the class of the highest score of each example; a tie goes to the smallest label.

    The scores are ``X @ W``: there is no bias here, or X has a column of ones for it.

    Parameters
    ----------
    X : ndarray (N, D), float64 or float32
        Examples, one a row; N is at least 1.
    W : ndarray (D, C), float64 or float32
        Weights, one column a class.

    Returns
    -------
    labels : ndarray (N,)
        Whole numbers 0 .. C-1.

    Notes
    -----
    Leave the arguments as they came. Loops are welcome.

    Examples
    --------
    >>> X = np.array([[1.0, 0.0], [0.0, 1.0]])
    >>> W = np.array([[2.0, 2.0], [0.0, 5.0]])

    The scores are [2, 2], a tie, and [0, 5].

    >>> predict(X, W)
    array([0, 1])
    """
    # BEGIN SOLUTION
    scores = X @ W  # (N, C)
    return np.argmax(scores, axis=1)  # the first of equal ones
    # END SOLUTION


def predict_four_pixels():
    """Return the three scores of a picture of four pixels, worked out with a pencil.

    The picture is a row, ``x = [12, 40, 0, 25]``. The weights have one column a class, in the order cat,
    dog, ship::

        W = [[ 0.5, -1.0,  0.0 ],
             [-0.2,  0.3,  0.25],
             [ 2.0,  1.5, -3.0 ],
             [ 0.1,  0.4, -0.3 ]]

        b = [3.2, -4.5, 1.7]

    The scores are ``x @ W + b``. Predict them; run nothing.

    Returns
    -------
    cat, dog, ship : float

    Examples
    --------
    >>> len(predict_four_pixels())
    3
    """
    # BEGIN SOLUTION
    cat = 12 * 0.5 + 40 * -0.2 + 25 * 0.1 + 3.2
    dog = 12 * -1.0 + 40 * 0.3 + 25 * 0.4 - 4.5
    ship = 40 * 0.25 + 25 * -0.3 + 1.7
    return cat, dog, ship
    # END SOLUTION


def bias_trick(X, W, b):
    """Fold the bias into the weights: ``X1 @ W1`` equals ``X @ W + b``.

    Parameters
    ----------
    X : ndarray (N, D), float64 or float32
        Examples, one a row; N is at least 1.
    W : ndarray (D, C), float64 or float32
        Weights, one column a class.
    b : ndarray (C,), float64 or float32
        One bias a class.

    Returns
    -------
    X1 : ndarray (N, D + 1), float
        X with a LAST column of ones.
    W1 : ndarray (D + 1, C), float
        W with b as its LAST row.

    Notes
    -----
    Leave the arguments as they came.

    Examples
    --------
    >>> X1, W1 = bias_trick(np.array([[2.0]]), np.array([[3.0, 4.0]]), np.array([1.0, -1.0]))
    >>> X1
    array([[2., 1.]])
    >>> W1
    array([[ 3.,  4.],
           [ 1., -1.]])

    2 * 3 + 1 * 1 = 7 and 2 * 4 - 1 * 1 = 7:

    >>> X1 @ W1
    array([[7., 7.]])
    """
    # BEGIN SOLUTION
    ones = np.ones((X.shape[0], 1))
    return np.hstack([X, ones]), np.vstack([W, b])  # (N, D + 1), (D + 1, C)
    # END SOLUTION


def template_image(W, c, shape):
    """Return column c of W as an image, its numbers stretched over 0..255.

    The smallest weight of the template becomes 0, the largest 255, and what lies between keeps its
    proportion: ``255 * (w - min) / (max - min)``. A template whose weights are all equal becomes 127.5
    everywhere. Where W has one row more than the image has numbers, its last row holds the biases: it
    belongs to no pixel and is left out, also of the smallest and largest.

    Parameters
    ----------
    W : ndarray (D, C) or (D + 1, C), float64
        Weights, one column a class.
    c : int
        The class, 0 .. C-1.
    shape : tuple of int
        The shape that a row of X had before it was flattened; its product is D.

    Returns
    -------
    image : ndarray of that shape, float
        Not rounded.

    Notes
    -----
    Leave W as it came: a column of W is a view, so a change of it changes W.

    Examples
    --------
    >>> W = np.array([[1.0], [3.0], [2.0], [9.0]])

    Three pixels and a bias, 9. The smallest weight is 1, the largest 3; 2 lies in the middle.

    >>> template_image(W, 0, (1, 3))
    array([[  0. , 255. , 127.5]])
    """
    # BEGIN SOLUTION
    template = W[: np.prod(shape), c]  # (D,)
    low, high = template.min(), template.max()
    if low == high:
        return np.full(shape, 127.5)
    return (255 * (template - low) / (high - low)).reshape(shape)
    # END SOLUTION


def nearest_mean_classifier(X, y):
    """Return weights whose scores rank the classes by the distance of an example to their mean.

    Column c holds the mean of the rows of class c, and below it, as the last row, the bias: minus one
    half of the mean's squared length. With a column of ones behind an example, the class with the
    highest score is then the one whose mean is nearest.

    Parameters
    ----------
    X : ndarray (N, D), float64 or float32
        Examples, one a row, WITHOUT a column of ones.
    y : ndarray (N,), int
        The true class of each example, 0 .. C-1. Each class occurs, so C is ``y.max() + 1``.

    Returns
    -------
    W : ndarray (D + 1, C), float

    Notes
    -----
    Leave the arguments as they came. Loops are welcome.

    Examples
    --------
    >>> X = np.array([[1.0], [3.0], [6.0]])

    The means are (1 + 3) / 2 = 2 and 6, the biases -2 * 2 / 2 = -2 and -6 * 6 / 2 = -18.

    >>> W = nearest_mean_classifier(X, np.array([0, 0, 1]))
    >>> W
    array([[  2.,   6.],
           [ -2., -18.]])

    At 4, halfway between the means, the two scores tie.

    >>> np.array([4.0, 1.0]) @ W
    array([6., 6.])
    """
    # BEGIN SOLUTION
    num_classes = y.max() + 1
    W = np.zeros((X.shape[1] + 1, num_classes))
    for c in range(num_classes):
        mean = X[y == c].mean(axis=0)  # (D,)
        W[:-1, c] = mean
        W[-1, c] = -0.5 * np.sum(mean * mean)
    return W
    # END SOLUTION


def derive_boundary(x_0, w_a, w_c, b_a, b_c):
    """Return where, above x_0, the scores of two classes tie.

    A picture has two pixels, x_0 and x_1. Class a scores ``x_0 * w_a[0] + x_1 * w_a[1] + b_a``, class c
    scores ``x_0 * w_c[0] + x_1 * w_c[1] + b_c``. For one value of the first pixel, at which value of the
    second do the two classes tie?

    Parameters
    ----------
    x_0 : sympy.Symbol, real
        The first pixel.
    w_a, w_c : list of two sympy.Symbol, real
        The weights of the two classes. ``w_a[1]`` and ``w_c[1]`` are not equal.
    b_a, b_c : sympy.Symbol, real
        The biases.

    Returns
    -------
    x_1 : sympy expression in these
        Any equal form is right.

    Examples
    --------
    With weights (1, 3) and (2, 1) and biases 0 and 4: at x_0 = 2 the scores are 2 + 3 x_1 and 8 + x_1.

    >>> from sympy import symbols
    >>> x_0, a_0, a_1, c_0, c_1, b_a, b_c = symbols("x_0 a_0 a_1 c_0 c_1 b_a b_c", real=True)
    >>> x_1 = derive_boundary(x_0, [a_0, a_1], [c_0, c_1], b_a, b_c)
    >>> x_1.subs({x_0: 2, a_0: 1, a_1: 3, c_0: 2, c_1: 1, b_a: 0, b_c: 4})
    3
    """
    # BEGIN SOLUTION
    gap_without = x_0 * (w_a[0] - w_c[0]) + b_a - b_c  # all of the gap that does not hold x_1
    return -gap_without / (w_a[1] - w_c[1])
    # END SOLUTION


def center(X_train, X_test):
    """Subtract the mean training example from every training and every test example.

    Parameters
    ----------
    X_train : ndarray (N, D), float or whole numbers
        Training examples, one a row. Their mean, one number for each of the D columns, is what is
        subtracted.
    X_test : ndarray (M, D), float or whole numbers
        Test examples, one a row; M is at least 1. The same mean is subtracted.

    Returns
    -------
    Z_train : ndarray (N, D), float
    Z_test : ndarray (M, D), float

    Notes
    -----
    Leave the arguments as they came.

    Examples
    --------
    >>> Z_train, Z_test = center(np.array([[1.0, 5.0], [3.0, 9.0]]), np.array([[10.0, 7.0]]))

    The mean is [2, 7].

    >>> Z_train
    array([[-1., -2.],
           [ 1.,  2.]])
    >>> Z_test
    array([[8., 0.]])
    """
    # BEGIN SOLUTION
    mean = X_train.mean(axis=0)  # (D,)
    return X_train - mean, X_test - mean
    # END SOLUTION


def debug_test_mean(X_train, y_train, X_test):
    """Mend the given code: the scores of a nearest mean classifier on centered pixels. Two lines are wrong.

    The pixels of both splits are centered by the mean of the TRAINING rows. The scores of a centered test
    row z are ``z @ m_c - (m_c @ m_c) / 2``, where m_c is the mean of the centered training rows of class c.

    Parameters
    ----------
    X_train : ndarray (N, D), float64
        Training examples, one a row.
    y_train : ndarray (N,), int
        Their classes, 0 .. C-1; each occurs.
    X_test : ndarray (M, D), float64
        Test examples, one a row; M is at least 1.

    Returns
    -------
    S : ndarray (M, C)
        The scores of the test rows.

    Examples
    --------
    >>> X_train = np.array([[0.0], [2.0], [7.0]])
    >>> y_train = np.array([0, 0, 1])

    The mean of the training rows is 3. Centered, the class means are -2 and 4, their biases -2 and -8. The
    test row 4 becomes 1.

    >>> debug_test_mean(X_train, y_train, np.array([[4.0]]))
    array([[-4., -4.]])
    """
    # BEGIN SOLUTION
    pixel_means = X_train.mean(axis=0)  # (D,)
    Z_train = X_train - pixel_means
    Z_test = X_test - pixel_means
    classes = range(y_train.max() + 1)
    means = np.stack([Z_train[y_train == c].mean(axis=0) for c in classes], axis=1)  # (D, C)
    bias = -(means**2).sum(axis=0) / 2  # (C,)
    return Z_test @ means + bias
    # STUB
    # Z_train = X_train - X_train.mean(axis=0)
    # Z_test = X_test - X_test.mean(axis=0)
    # classes = range(y_train.max() + 1)
    # means = np.stack([Z_train[y_train == c].mean(axis=0) for c in classes], axis=1)
    # bias = -(means**2).sum(axis=0)
    # return Z_test @ means + bias
    # END SOLUTION


def measure_few_examples():
    """Return three figures of an experiment: how good ten means are that are taken over few digits.

    Run it where lintutor is installed, and put down here what you measured::

        import numpy as np
        from lintutor import classifiers, datasets

        digits = datasets.load("digits")

        def accuracy(per_class):
            first = [np.flatnonzero(digits.y_train == c)[:per_class] for c in range(10)]
            rows = np.concatenate(first)
            model = classifiers.NearestMean().fit(digits.X_train[rows], digits.y_train[rows])
            ...

    Each model learns from the first `per_class` training digits of each class. Its figure is the share of
    the TEST digits, ``digits.X_test`` and ``digits.y_test``, that it gets right.

    Returns
    -------
    one, ten, fifty : float
        The share of right answers, 0 to 1, with 1, 10 and 50 digits a class.

    Notes
    -----
    Three decimals are enough. The figures are compared with the grader's own measurement. The file that is
    graded cannot import lintutor: return numbers.

    Examples
    --------
    >>> one, ten, fifty = measure_few_examples()
    >>> one < ten
    True
    """
    # BEGIN SOLUTION
    return 0.593, 0.853, 0.893
    # END SOLUTION
