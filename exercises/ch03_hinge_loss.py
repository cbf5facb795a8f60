"""Chapter 3, hinge loss: exercises.

Check your work with ``lintutor check ch03``; ``lintutor hint svm_loss_naive`` gives a hint.
"""

import numpy as np


def hinge_loss_one(s, y, delta=1.0):
    """Return the hinge loss of one example from its scores.

    The sum over the wrong classes j of ``max(0, s[j] - s[y] + delta)``.

    Parameters
    ----------
    s : ndarray (C,), float64, float32 or int
        Scores, one a class; C is at least 2.
    y : int
        The true class, 0 .. C-1.
    delta : float
        The margin by which the true class must win, at least 0.

    Returns
    -------
    loss : float

    Notes
    -----
    Leave ``s`` as it came. Loops are welcome.

    Examples
    --------
    >>> s = np.array([3.0, 5.0, -2.0])

    The true class is 0. Class 1 pays 5 - 3 + 1 = 3; class 2 would pay -2 - 3 + 1 = -4, so it pays nothing.

    >>> print(hinge_loss_one(s, 0))
    3.0

    With a margin of 10 they pay 5 - 3 + 10 = 12 and -2 - 3 + 10 = 5.

    >>> print(hinge_loss_one(s, 0, delta=10.0))
    17.0
    """
    # Your code goes here, in place of the next line.
    raise NotImplementedError("hinge_loss_one is not written yet")


def L_i_vectorized(x, y, W):
    """Return the hinge loss of ONE IMAGE IN A COLUMN, without a loop.

    This is the signature of an older course, which writes ``s = W x``: ``x`` is a single column and
    ``W`` has one ROW a class. It is the only function of this file with that convention; all others
    have examples in rows and ``W`` of shape (D, C). The margin delta is 1.

    Parameters
    ----------
    x : ndarray (D,), float64 or float32
        One image.
    y : int
        Its true class, 0 .. C-1.
    W : ndarray (C, D), float64 or float32
        Weights, one row a class.

    Returns
    -------
    loss : float

    Notes
    -----
    Leave ``x`` and ``W`` as they came. Use no ``for``, no ``while``, no comprehension.

    Examples
    --------
    >>> W = np.array([[2.0, 0.0], [0.0, 2.0], [2.0, -2.0]])
    >>> x = np.array([1.0, 2.0])

    The three rows of W give the scores 2, 4 and -2. The true class is 0: class 1 pays 4 - 2 + 1 = 3 and
    class 2, at -2 - 2 + 1 = -3, pays nothing.

    >>> print(L_i_vectorized(x, 0, W))
    3.0
    """
    # Your code goes here, in place of the next line.
    raise NotImplementedError("L_i_vectorized is not written yet")


def svm_loss_naive(W, X, y, reg):
    """Return the SVM loss of a batch and its gradient, one example and one class at a time.

    The loss is the mean hinge loss of the examples, with delta = 1, plus the penalty::

        loss = (1 / N) * sum over i, sum over j != y[i] of max(0, S[i, j] - S[i, y[i]] + 1)
               + reg * sum(W ** 2)

    where ``S = X @ W``. There is no one-half in the penalty, so its gradient is ``2 * reg * W``.
    All of W is penalized. A margin of exactly 0 adds nothing to the loss; its share of the
    gradient may be counted or not.

    Parameters
    ----------
    W : ndarray (D, C), float64 or float32
        Weights, one column a class.
    X : ndarray (N, D), float64 or float32
        Examples, one a row; N is at least 1.
    y : ndarray (N,), int
        The true class of each example, 0 .. C-1.
    reg : float
        Strength of the penalty, at least 0.

    Returns
    -------
    loss : float
    dW : ndarray (D, C), float
        The gradient of the loss with respect to W.

    Notes
    -----
    Change none of the arguments. You may call ``hinge_loss_one``: if it is wrong, it costs its own
    points only.

    Examples
    --------
    >>> W = np.array([[0.0, 2.0]])
    >>> X = np.array([[1.0], [2.0]])
    >>> y = np.array([0, 1])

    The scores are [0, 2] and [0, 4]. Class 1 costs the first example 2 - 0 + 1 = 3; class 0 costs the second
    nothing (0 - 4 + 1 = -3). The mean is 1.5, the penalty 0.5 * 4 = 2. The one violation takes the first
    row, 1, from column 0 and adds it to column 1: [-1, 1] / 2, and the penalty adds [0, 2].

    >>> loss, dW = svm_loss_naive(W, X, y, reg=0.5)
    >>> print(loss)
    3.5
    >>> print(dW)
    [[-0.5  2.5]]
    """
    # Your code goes here, in place of the next line.
    raise NotImplementedError("svm_loss_naive is not written yet")


def svm_loss_vectorized(W, X, y, reg):
    """Return the SVM loss of a batch and its gradient, without a loop.

    The loss is the mean hinge loss of the examples, with delta = 1, plus the penalty::

        loss = (1 / N) * sum over i, sum over j != y[i] of max(0, S[i, j] - S[i, y[i]] + 1)
               + reg * sum(W ** 2)

    where ``S = X @ W``. There is no one-half in the penalty, so its gradient is ``2 * reg * W``.
    All of W is penalized. A margin of exactly 0 adds nothing to the loss; its share of the
    gradient may be counted or not.

    Parameters
    ----------
    W : ndarray (D, C), float64 or float32
        Weights, one column a class.
    X : ndarray (N, D), float64 or float32
        Examples, one a row; N is at least 1.
    y : ndarray (N,), int
        The true class of each example, 0 .. C-1.
    reg : float
        Strength of the penalty, at least 0.

    Returns
    -------
    loss : float
    dW : ndarray (D, C), float
        The gradient of the loss with respect to W.

    Notes
    -----
    Change none of the arguments. Use no ``for``, no ``while``, no comprehension.

    Examples
    --------
    >>> W = np.array([[2.0, 0.0, 2.0], [0.0, 2.0, -2.0]])
    >>> X = np.array([[1.0, 2.0], [2.0, 1.0]])
    >>> y = np.array([0, 2])

    The scores are [2, 4, -2] and [4, 2, 2], the sums of margins 3 and 3 + 1, their mean 3.5;
    the penalty is 0.5 * 16 = 8.

    >>> loss, dW = svm_loss_vectorized(W, X, y, reg=0.5)
    >>> print(loss)
    11.5
    >>> print(dW)
    [[ 2.5  1.5  0. ]
     [-0.5  3.5 -3. ]]
    """
    # Your code goes here, in place of the next line.
    raise NotImplementedError("svm_loss_vectorized is not written yet")


def squared_svm_loss(W, X, y, reg):
    """Return the squared hinge loss of a batch and its gradient.

    Each margin is squared before it is added; delta is 1::

        loss = (1 / N) * sum over i, sum over j != y[i] of max(0, S[i, j] - S[i, y[i]] + 1) ** 2
               + reg * sum(W ** 2)

    where ``S = X @ W``. There is no one-half, neither at the square nor at the penalty.
    All of W is penalized.

    Parameters
    ----------
    W : ndarray (D, C), float64 or float32
        Weights, one column a class.
    X : ndarray (N, D), float64 or float32
        Examples, one a row; N is at least 1.
    y : ndarray (N,), int
        The true class of each example, 0 .. C-1.
    reg : float
        Strength of the penalty, at least 0.

    Returns
    -------
    loss : float
    dW : ndarray (D, C), float
        The gradient of the loss with respect to W.

    Notes
    -----
    Change none of the arguments. Loops are allowed.

    Examples
    --------
    >>> W = np.array([[0.0, 2.0]])
    >>> X = np.array([[1.0]])
    >>> y = np.array([0])

    The scores are [0, 2]; the margin of class 1 is 2 - 0 + 1 = 3 and costs 9. The penalty is
    0.5 * 4 = 2. The slope of m ** 2 at 3 is 6: column 1 gets 6, column 0 gets -6, and the penalty
    adds [0, 2].

    >>> loss, dW = squared_svm_loss(W, X, y, reg=0.5)
    >>> print(loss)
    11.0
    >>> print(dW)
    [[-6.  8.]]
    """
    # Your code goes here, in place of the next line.
    raise NotImplementedError("squared_svm_loss is not written yet")


def derive_wrong_class_gradient(x_d, s_j, s_y, delta):
    """Return entry d of the gradient of one example's hinge loss in the column of a wrong class.

    The loss of one example is the sum over the wrong classes j of ``max(0, s_j - s_y + delta)``. The
    score ``s_j`` is the sum over d of ``x_d * W[d, j]``. How does the loss answer to ``W[d, j]``?

    Parameters
    ----------
    x_d : sympy.Symbol, real
        Entry d of the example.
    s_j : sympy.Symbol, real
        The score of the wrong class j.
    s_y : sympy.Symbol, real
        The score of the true class.
    delta : sympy.Symbol, positive
        The margin.

    Returns
    -------
    sympy expression in these four
        The slope of the loss along ``W[d, j]``. Any equal form is right. Where the margin is exactly
        0, any value between the slopes on the two sides is right.

    Notes
    -----
    Write a choice as ``sp.Piecewise((this, condition), (that, True))``.

    Examples
    --------
    >>> from sympy import symbols
    >>> x_d, s_j, s_y, delta = symbols("x_d s_j s_y delta", real=True)
    >>> slope = derive_wrong_class_gradient(x_d, s_j, s_y, delta)
    >>> slope.subs({x_d: 5, s_j: 3, s_y: 1, delta: 1})
    5
    >>> slope.subs({x_d: 5, s_j: 1, s_y: 3, delta: 1})
    0
    """
    import sympy as sp  # in here, so that the other exercises do without

    # Your code goes here, in place of the next line. It may use sp.Piecewise.
    raise NotImplementedError("derive_wrong_class_gradient is not written yet")


def derive_true_class_gradient(x_d, s, y, delta):
    """Return entry d of the gradient of one example's hinge loss in the column of the true class.

    The loss is the sum over the wrong classes j of ``max(0, s[j] - s[y] + delta)``, and the score
    ``s[y]`` is the sum over d of ``x_d * W[d, y]``. How does the loss answer to ``W[d, y]``?

    Parameters
    ----------
    x_d : sympy.Symbol, real
        Entry d of the example.
    s : list of sympy.Symbol, real
        The scores of the C classes; C is ``len(s)``, at least 2.
    y : int
        The true class, 0 .. C-1.
    delta : sympy.Symbol, positive
        The margin.

    Returns
    -------
    sympy expression in x_d, the scores and delta
        The slope of the loss along ``W[d, y]``. Any equal form is right. Where a margin is exactly 0,
        any value between the slopes on the two sides is right.

    Notes
    -----
    Python's ``sum`` and a comprehension over the classes work here as they do for numbers.

    Examples
    --------
    >>> from sympy import symbols
    >>> x_d, delta, *s = symbols("x_d delta s_0 s_1 s_2", real=True)
    >>> slope = derive_true_class_gradient(x_d, s, 1, delta)
    >>> slope.subs({x_d: 5, delta: 1, s[0]: 4, s[1]: 2, s[2]: -3})
    -5
    """
    import sympy as sp  # in here, so that the other exercises do without

    # Your code goes here, in place of the next line. It may use sp.Piecewise.
    raise NotImplementedError("derive_true_class_gradient is not written yet")


def predict_initial_loss():
    """Return the loss that a right program prints before training, in three situations.

    The loss is the mean over N examples of the hinge loss over C classes, the sum over the wrong
    classes j of ``max(0, s_j - s_y + delta)``, plus ``reg * sum(W ** 2)``. Every entry of W is exactly
    0. Predict it; run nothing.

    Returns
    -------
    a : float
        With C = 10, N = 50, delta = 1, reg = 0.
    b : float
        With C = 4, N = 7, delta = 5, reg = 0.
    c : float
        With C = 100, N = 20, delta = 0.5, reg = 1000.

    Examples
    --------
    >>> len(predict_initial_loss())
    3
    """
    # Your code goes here, in place of the next line.
    raise NotImplementedError("predict_initial_loss is not written yet")


def predict_true_class_counted():
    """Return what happens if the sum of the hinge loss runs over the true class as well.

    Here N = 200, C = 10, delta = 0.25 and reg = 0; no margin is within a nudge of 0. Two programs make
    the mistake. The first has lost its ``if j == y[i]: continue``::

        for i in range(N):
            scores = X[i] @ W
            for j in range(C):
                margin = scores[j] - scores[y[i]] + delta
                if margin > 0:
                    loss += margin / N
                    dW[:, j] += X[i] / N
                    dW[:, y[i]] -= X[i] / N

    The second has lost its ``margins[np.arange(N), y] = 0``::

        scores = X @ W
        margins = np.maximum(0, scores - scores[np.arange(N), y][:, None] + delta)
        loss = margins.sum() / N
        counts = (margins > 0).astype(float)
        counts[np.arange(N), y] = -counts.sum(axis=1)
        dW = X.T @ counts / N

    Predict; run nothing.

    Returns
    -------
    excess : float
        How much higher than the right one the loss of either program is.
    loops_caught : bool
        Whether a gradient check of the first program complains: it compares the program's dW with
        nudges of the program's own loss.
    arrays_caught : bool
        Whether a gradient check of the second program complains.

    Examples
    --------
    >>> excess, loops_caught, arrays_caught = predict_true_class_counted()
    >>> type(excess), type(loops_caught), type(arrays_caught)
    (<class 'float'>, <class 'bool'>, <class 'bool'>)
    """
    # Your code goes here, in place of the next line.
    raise NotImplementedError("predict_true_class_counted is not written yet")


def debug_accumulator(W, X, y, reg):
    """Mend the given code: the hinge loss of a batch, example by example. Two lines are wrong.

    What it should return::

        loss = (1 / N) * sum over i, sum over j != y[i] of max(0, S[i, j] - S[i, y[i]] + 1)
               + reg * sum(W ** 2)

    where ``S = X @ W``.

    Parameters
    ----------
    W : ndarray (D, C), float64
        Weights, one column a class.
    X : ndarray (N, D), float64
        Examples, one a row; N is at least 1.
    y : ndarray (N,), int
        The true class of each example, 0 .. C-1.
    reg : float
        Strength of the penalty, at least 0.

    Returns
    -------
    loss : float

    Examples
    --------
    >>> W = np.array([[2.0, 0.0, 2.0], [0.0, 2.0, -2.0]])
    >>> X = np.array([[1.0, 2.0], [2.0, 1.0]])

    The sums of margins are 3 and 3 + 1, their mean 3.5; the penalty is 0.5 * 16 = 8.

    >>> print(debug_accumulator(W, X, np.array([0, 2]), reg=0.5))
    11.5
    """
    loss = 0.0
    for i in range(X.shape[0]):
        scores = X[i] @ W  # (C,)
        true_score = scores[y[i]]
        margins = np.maximum(0, scores - true_score[y[i]] + 1)  # (C,)
        margins[y[i]] = 0
        total_loss += margins.sum()
    return loss / X.shape[0] + reg * np.sum(W * W)


def debug_batch_gradient(W, X, y, rows, reg):
    """Mend the given code: loss and gradient of one batch. It runs, and two things are wrong.

    The batch is ``X[rows]`` with the labels ``y[rows]``. With B rows in it, the loss is::

        loss = (1 / B) * sum over the batch, sum over j != y[i] of max(0, S[i, j] - S[i, y[i]] + 1)
               + reg * sum(W ** 2)

    where ``S = X @ W``. An example that is drawn twice counts twice.

    Parameters
    ----------
    W : ndarray (D, C), float64
        Weights, one column a class.
    X : ndarray (N, D), float64
        All examples, one a row.
    y : ndarray (N,), int
        The true class of each example, 0 .. C-1.
    rows : ndarray (B,), int
        The rows of X that were drawn for this batch, 0 .. N-1, in any order, repeats allowed; B is at
        least 1.
    reg : float
        Strength of the penalty, at least 0.

    Returns
    -------
    loss : float
        The loss of the batch.
    dW : ndarray (D, C), float
        Its gradient with respect to W.

    Examples
    --------
    >>> W = np.array([[2.0, 0.0, 2.0], [0.0, 2.0, -2.0]])
    >>> X = np.array([[1.0, 2.0], [2.0, 1.0]])

    The second example alone costs 3 + 1; the penalty is 0.5 * 16 = 8.

    >>> loss, dW = debug_batch_gradient(W, X, np.array([0, 2]), np.array([1]), reg=0.5)
    >>> print(loss)
    12.0
    >>> print(dW)
    [[ 4.  2. -2.]
     [ 1.  3. -4.]]
    """
    X_batch, y_batch = X[rows], y[rows]
    num_examples = X.shape[0]
    picked = np.arange(num_examples)
    scores = X @ W
    margins = np.maximum(0, scores - scores[picked, y][:, None] + 1)
    margins[picked, y] = 0
    loss = margins.sum() / num_examples
    counts = (margins > 0).astype(float)
    counts[picked, y] = -counts.sum(axis=1)
    dW = X.T @ counts / num_examples + 2 * reg * W  # (D, C)
    return loss, dW


def debug_columns(W, X, y):
    """Mend the given code: the hinge loss with one example a *column*. It runs, and two lines are wrong.

    Some texts keep the data in columns. Everything is then transposed: ``S = W @ X`` has one row a class
    and one column an example, and::

        loss = (1 / N) * sum over i, sum over j != y[i] of max(0, S[j, i] - S[y[i], i] + 1)

    There is no penalty.

    Parameters
    ----------
    W : ndarray (C, D), float64
        Weights, one row a class.
    X : ndarray (D, N), float64
        Examples, one a column; N is at least 1.
    y : ndarray (N,), int
        The true class of each example, 0 .. C-1.

    Returns
    -------
    loss : float
    dW : ndarray (C, D), float
        The gradient with respect to W, in the shape of W.

    Examples
    --------
    >>> W = np.array([[2.0, 0.0], [0.0, 2.0], [2.0, -2.0]])
    >>> X = np.array([[1.0, 2.0, 0.0], [2.0, 1.0, 0.0]])

    The scores, one column an example, are [2, 4, -2], [4, 2, 2] and [0, 0, 0].

    >>> loss, dW = debug_columns(W, X, np.array([0, 2, 1]))
    >>> print(loss)
    3.0
    >>> print(3 * dW)
    [[ 1. -1.]
     [ 3.  3.]
     [-4. -2.]]
    """
    num_examples = X.shape[0]
    columns = np.arange(y.size)
    scores = W @ X
    margins = np.maximum(0, scores - scores[y, columns] + 1)
    margins[y, columns] = 0
    loss = margins.sum() / num_examples
    counts = (margins > 0).astype(float)
    counts[y, columns] = -counts.sum(axis=0)
    dW = X @ counts.T / num_examples
    return loss, dW


def measure_violations():
    """Return three figures of an experiment: how many hinges are open before and after training.

    Run it where lintutor is installed, and put down here what you measured::

        import numpy as np
        from lintutor import classifiers, datasets, scores

        digits = datasets.load("digits")
        (X,) = scores.center(digits.X_train / 16)
        y = digits.y_train
        settings = dict(learning_rate=0.05, reg=1e-3, batch_size=200, random_state=0)
        before = classifiers.LinearSVM(num_iters=0, **settings).fit(X, y)
        after = classifiers.LinearSVM(num_iters=1000, **settings).fit(X, y)

    ``before.decision_function(X)`` are the scores (N, C) of the training digits before the first step,
    ``after.decision_function(X)`` those after the last. A *pair* is a training digit i with one of its
    C - 1 wrong classes j. Its hinge is *open* where ``S[i, j] - S[i, y[i]] + 1 > 0``.

    Returns
    -------
    open_before : float
        Share of the N * (C - 1) pairs whose hinge is open before training, 0 to 1.
    open_after : float
        The same after training.
    idle_after : float
        Share of the N training digits that have no open hinge after training, 0 to 1: they no longer
        contribute to the gradient of the data loss.

    Notes
    -----
    Three decimals are enough. The figures are compared with the grader's own measurement; another seed
    or another machine moves them by less than is forgiven. The file that is graded cannot import
    lintutor: return numbers.

    Examples
    --------
    >>> open_before, open_after, idle_after = measure_violations()
    >>> open_after < open_before
    True
    """
    # Your code goes here, in place of the next line.
    raise NotImplementedError("measure_violations is not written yet")
