"""Chapter 1, nearest neighbors: exercises.

Check your work with ``lintutor check ch01``; ``lintutor hint l2_distances`` gives a hint.
"""

import numpy as np


def l1_distances(X, X_train):
    """Return the L1 distance of every row of X to every row of X_train.

    The distance of two rows is the sum over d of ``|X[i, d] - X_train[j, d]|``.

    Parameters
    ----------
    X : ndarray (M, D), float64, float32 or uint8
        New pictures, one a row.
    X_train : ndarray (N, D), of the same type
        The album, one picture a row.

    Returns
    -------
    distances : ndarray (M, N), float
        Entry (i, j) is the distance of ``X[i]`` and ``X_train[j]``.

    Notes
    -----
    Leave the arguments as they came. Loops are welcome. Bytes (uint8) wrap around when numpy subtracts
    them: convert first.

    Examples
    --------
    >>> X = np.array([[1.0, 5.0]])
    >>> X_train = np.array([[4.0, 1.0], [1.0, 5.0], [0.0, 5.0]])

    The gaps to the first row are 3 and 4, together 7.

    >>> print(l1_distances(X, X_train))
    [[7. 0. 1.]]
    """
    # Your code goes here, in place of the next line.
    raise NotImplementedError("l1_distances is not written yet")


def l2_distances(X, X_train):
    """Return the L2 distance of every row of X to every row of X_train.

    The distance of two rows is the square root of the sum over d of ``(X[i, d] - X_train[j, d]) ** 2``.

    Parameters
    ----------
    X : ndarray (M, D), float64, float32 or uint8
        New pictures, one a row.
    X_train : ndarray (N, D), of the same type
        The album, one picture a row.

    Returns
    -------
    distances : ndarray (M, N), float
        Entry (i, j) is the distance of ``X[i]`` and ``X_train[j]``.

    Notes
    -----
    Leave the arguments as they came. Loops are welcome. Bytes (uint8) wrap around when numpy subtracts
    or squares them: convert first. Where two rows are equal, the distance is close to 0, never NaN.

    Examples
    --------
    >>> X = np.array([[1.0, 5.0]])
    >>> X_train = np.array([[4.0, 1.0], [1.0, 5.0], [0.0, 5.0]])

    The gaps to the first row are 3 and 4; the root of 9 + 16 is 5.

    >>> print(l2_distances(X, X_train))
    [[5. 0. 1.]]
    """
    # Your code goes here, in place of the next line.
    raise NotImplementedError("l2_distances is not written yet")


def derive_turned_square(u, v, c, s):
    """Return the squared L2 length of (u, v) after the matrix [[c, -s], [s, c]] was applied to it.

    The matrix takes (u, v) to ``(c * u - s * v, s * u + c * v)``. Assume nothing of c and s: they are any
    two numbers. (With c = cos and s = sin of an angle it is a rotation. Look at your answer: what
    becomes of it then?)

    Parameters
    ----------
    u, v : sympy.Symbol, real
        The difference of two points in the plane.
    c, s : sympy.Symbol, real
        The entries of the matrix.

    Returns
    -------
    sympy expression in these four
        Any equal form is right.

    Examples
    --------
    >>> from sympy import symbols
    >>> u, v, c, s = symbols("u v c s", real=True)

    The matrix [[2, 0], [0, 2]] doubles (3, 4); the square of the length 10 is 100.

    >>> derive_turned_square(u, v, c, s).subs({u: 3, v: 4, c: 2, s: 0})
    100
    """
    # Your code goes here, in place of the next line.
    raise NotImplementedError("derive_turned_square is not written yet")


def derive_turned_l1(u, v, c, s):
    """Return the L1 length of (u, v) after the matrix [[c, -s], [s, c]] was applied to it.

    Write it with ``abs``. Then put in (1, -1) and an angle of 45 degrees, and compare with the length before.

    Parameters
    ----------
    u, v : sympy.Symbol, real
        The difference of two points in the plane.
    c, s : sympy.Symbol, real
        The entries of the matrix, any two numbers.

    Returns
    -------
    sympy expression in these four
        Any equal form is right.

    Examples
    --------
    >>> from sympy import symbols
    >>> u, v, c, s = symbols("u v c s", real=True)

    A quarter turn takes (3, -4) to (4, 3).

    >>> derive_turned_l1(u, v, c, s).subs({u: 3, v: -4, c: 0, s: 1})
    7
    """
    # Your code goes here, in place of the next line.
    raise NotImplementedError("derive_turned_l1 is not written yet")


def predict_shuffled_pixels():
    """Return what a shuffle of the pixels does to distances and predictions.

    Two pictures of four pixels are ``x = [1, 5, 2, 0]`` and ``t = [3, 1, 2, 4]``. A shuffle puts the pixels
    2, 0, 3, 1 at the places 0, 1, 2, 3: ``x[[2, 0, 3, 1]]``. Predict; run nothing.

    Returns
    -------
    both : float
        The L1 distance after both pictures went through the shuffle.
    one : float
        The L1 distance of the shuffled x and of t as it was.
    changes : bool
        All pictures of a data set, the album and the new ones, go through one shuffle. Whether any
        prediction of a k nearest neighbor classifier can change, by L1 or L2, with any k. (No two
        distances are equal.)

    Examples
    --------
    >>> both, one, changes = predict_shuffled_pixels()
    >>> type(both), type(one), type(changes)
    (<class 'float'>, <class 'float'>, <class 'bool'>)
    """
    # Your code goes here, in place of the next line.
    raise NotImplementedError("predict_shuffled_pixels is not written yet")


class KNearestNeighbor:
    """A k nearest neighbor classifier by L2 distance.

    Examples
    --------
    >>> knn = KNearestNeighbor()
    >>> knn.train(np.array([[0.0, 0.0], [3.0, 4.0], [0.0, 2.0]]), np.array([1, 0, 0]))
    >>> X = np.array([[0.0, 0.0]])

    The first row is at distance 0, the second at 5, the third at 2.

    >>> print(knn.compute_distances_two_loops(X))
    [[0. 5. 2.]]
    >>> print(knn.predict(X, k=1), knn.predict(X, k=3))
    [1] [0]
    """

    def train(self, X, y):
        """Keep the album: pictures X (N, D), float, and their labels y (N,), whole numbers from 0 up."""
        self.X_train = X
        self.y_train = y

    def compute_distances_two_loops(self, X):
        """Return the L2 distance of every row of X to every training row, one pair at a time.

        Parameters
        ----------
        X : ndarray (M, D), float64 or float32

        Returns
        -------
        dists : ndarray (M, N), float
            Entry (i, j) is the distance of ``X[i]`` and ``self.X_train[j]``, with the root taken.
        """
        # Your code goes here, in place of the next line.
        raise NotImplementedError("KNearestNeighbor.compute_distances_two_loops is not written yet")

    def compute_distances_one_loop(self, X):
        """Return the same (M, N) with one loop, over the rows of X."""
        # Your code goes here, in place of the next line.
        raise NotImplementedError("KNearestNeighbor.compute_distances_one_loop is not written yet")

    def compute_distances_no_loops(self, X):
        """Return the same (M, N) without a loop: no ``for``, no ``while``, no comprehension.

        Where two rows are equal, the distance is a number close to 0, never NaN.
        """
        # Your code goes here, in place of the next line.
        raise NotImplementedError("KNearestNeighbor.compute_distances_no_loops is not written yet")

    def predict_labels(self, dists, k=1):
        """Return, for each row of distances, the label that most of the k nearest training rows have.

        Parameters
        ----------
        dists : ndarray (M, N), float
            Entry (i, j) is the distance of new picture i and training row j.
        k : int, 1 .. N
            How many neighbors vote. A tie of votes goes to the smallest label.

        Returns
        -------
        y_pred : ndarray (M,)
            The labels.

        Notes
        -----
        Leave ``dists`` as it came.
        """
        # Your code goes here, in place of the next line.
        raise NotImplementedError("KNearestNeighbor.predict_labels is not written yet")

    def predict(self, X, k=1, num_loops=0):
        """Return the predicted label of each row of X (M, D).

        Parameters
        ----------
        X : ndarray (M, D), float
        k : int
            How many neighbors vote.
        num_loops : int, 0, 1 or 2
            Which of the three methods computes the distances.

        Returns
        -------
        y_pred : ndarray (M,)
        """
        # Your code goes here, in place of the next line.
        raise NotImplementedError("KNearestNeighbor.predict is not written yet")


def debug_vote(dists, y_train, k):
    """Mend the given code: the vote of the k nearest. It runs, and two lines are wrong.

    Parameters
    ----------
    dists : ndarray (M, N), float64
        Entry (i, j) is the distance of new picture i and training row j; no two entries of a row are equal.
        M is at most N.
    y_train : ndarray (N,), int
        The labels of the training rows, from 0 up.
    k : int, 1 .. N
        How many neighbors vote. A tie of votes goes to the smallest label.

    Returns
    -------
    y_pred : ndarray (M,), int
        The predicted labels.

    Examples
    --------
    >>> dists = np.array([[3.0, 1.0, 2.0, 9.0], [4.0, 8.0, 6.0, 5.0]])

    The three nearest of the first picture are the rows 1, 2 and 0, of the second 0, 3 and 2.

    >>> print(debug_vote(dists, np.array([1, 0, 0, 1]), k=3))
    [0 1]
    """
    order = np.argsort(dists, axis=0)  # the nearest first
    y_pred = np.zeros(len(dists), dtype=int)
    for i in range(len(dists)):
        votes = y_train[order[i, :k]]  # (k,)
        y_pred[i] = np.argmax(votes)
    return y_pred


def k_fold_accuracies(X, y, k_choices, num_folds):
    """Return the accuracies of nearest neighbors on each fold, for several k.

    The rows are cut into `num_folds` contiguous folds, in order, as ``np.array_split`` cuts them: where they
    do not come out even, the first folds have one row more. Each fold is held out once; the rows of all
    the others, in order, are the album. A held-out row gets the label that most of its k nearest
    album rows have, by L2 distance; a tie of votes goes to the smallest label.

    Parameters
    ----------
    X : ndarray (N, D), float64
        Pictures, one a row.
    y : ndarray (N,), int
        Their labels, from 0 up.
    k_choices : list of int
        How many neighbors vote; each is at most the size of the smallest album.
    num_folds : int, 2 .. N

    Returns
    -------
    accuracies : dict
        For each k of `k_choices` a list of `num_folds` numbers: the share of the held-out rows of each
        fold, in order, that are predicted rightly.

    Notes
    -----
    Leave the arguments as they came. You may call what you have written above.

    Examples
    --------
    >>> X = np.array([[0.0], [5.0], [1.0], [6.0]])
    >>> y = np.array([0, 1, 0, 1])

    Each fold has one row of each class; with one neighbor both are right. With two neighbors, one of each
    class, every vote is a tie: class 0.

    >>> k_fold_accuracies(X, y, [1, 2], num_folds=2)
    {1: [1.0, 1.0], 2: [0.5, 0.5]}
    """
    # Your code goes here, in place of the next line.
    raise NotImplementedError("k_fold_accuracies is not written yet")


def debug_folds(X, y, num_folds):
    """Mend the given code: the parts of each round of cross-validation. Two lines are wrong.

    Parameters
    ----------
    X : ndarray (N, D), float64
        Pictures, one a row.
    y : ndarray (N,), int
        Their labels.
    num_folds : int, 2 .. N
        The folds are contiguous pieces in order, as ``np.array_split`` cuts them.

    Returns
    -------
    rounds : list of num_folds tuples ``(X_album, y_album, X_held, y_held)``
        Round f holds fold f out; the album is all other rows, in order.

    Examples
    --------
    >>> rounds = debug_folds(np.array([[1.0], [2.0], [3.0]]), np.array([0, 1, 2]), num_folds=2)
    >>> X_album, y_album, X_held, y_held = rounds[1]
    >>> print(X_album.tolist(), y_album, X_held.tolist(), y_held)
    [[1.0], [2.0]] [0 1] [[3.0]] [2]
    """
    X_folds = np.array_split(X, num_folds)
    y_folds = np.array_split(y, num_folds)
    rounds = []
    for f in range(num_folds):
        X_album = np.stack([X_folds[g] for g in range(num_folds) if g != f])
        y_album = np.concatenate([y_folds[g] for g in range(num_folds)])
        rounds.append((X_album, y_album, X_folds[f], y_folds[f]))
    return rounds


def measure_cost():
    """Return how the time of an answer grows with the album: two exponents that you measured.

    If a time grows like N to the power p, then ``p = log(t2 / t1) / log(N2 / N1)``. Run this where lintutor
    is installed, with nothing else going on::

        import timeit
        import numpy as np
        from lintutor import neighbors

        rng = np.random.default_rng(0)
        asked = rng.random((100, 256))
        times = {}
        for N in (2000, 16000):
            album, y = rng.random((N, 256)), rng.integers(10, size=N)
            means = np.array([album[y == c].mean(axis=0) for c in range(10)])
            for name, rows in (("album", album), ("means", means)):
                ask = lambda: neighbors.l1_distances(asked, rows)
                times[name, N] = min(timeit.repeat(ask, number=3, repeat=7))

    Returns
    -------
    album : float
        The exponent p of the time to compare with the whole album, from N = 2000 to N = 16000.
    means : float
        The exponent p of the time to compare with ten class means.

    Notes
    -----
    Two decimals are enough. Timings scatter; what is asked for is the growth, and a good deal is forgiven.
    The file that is graded cannot import lintutor: return numbers.

    Examples
    --------
    >>> album, means = measure_cost()
    >>> album > means
    True
    """
    # Your code goes here, in place of the next line.
    raise NotImplementedError("measure_cost is not written yet")


def predict_l1_unchanged():
    """Return which steps leave the predictions of an L1 nearest neighbor classifier as they were.

    A step is done to all pictures, the album and the new ones, with numbers computed once from the album. Say
    True where no data set exists that could tell the difference: before and after the step every
    picture has the same nearest neighbor, by L1. Count as if without rounding; no pixel has deviation 0,
    and no two distances are equal. Predict; run nothing.

    Returns
    -------
    mean_picture : bool
        Subtract from each pixel its mean over the album.
    overall_mean : bool
        Subtract one number, the mean of all pixels of the album.
    pixel_deviation : bool
        Divide each pixel by its own standard deviation over the album.
    overall_deviation : bool
        Divide all by one number, the standard deviation of all pixels of the album.
    rotation : bool
        Rotate the axes of the D-dimensional space, ``X @ Q`` with an orthogonal Q.

    Examples
    --------
    >>> [type(part) for part in predict_l1_unchanged()] == 5 * [bool]
    True
    """
    # Your code goes here, in place of the next line.
    raise NotImplementedError("predict_l1_unchanged is not written yet")


def predict_l2_unchanged():
    """Return which steps leave the predictions of an L2 nearest neighbor classifier as they were.

    The same five steps and the same conditions as for L1, now with the L2 distance. Predict; run nothing.

    Returns
    -------
    mean_picture : bool
        Subtract from each pixel its mean over the album.
    overall_mean : bool
        Subtract one number, the mean of all pixels of the album.
    pixel_deviation : bool
        Divide each pixel by its own standard deviation over the album.
    overall_deviation : bool
        Divide all by one number, the standard deviation of all pixels of the album.
    rotation : bool
        Rotate the axes of the D-dimensional space, ``X @ Q`` with an orthogonal Q.

    Examples
    --------
    >>> [type(part) for part in predict_l2_unchanged()] == 5 * [bool]
    True
    """
    # Your code goes here, in place of the next line.
    raise NotImplementedError("predict_l2_unchanged is not written yet")
