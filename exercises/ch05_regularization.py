"""Chapter 5, regularization: exercises.

Check your work with ``lintutor check ch05``; ``lintutor hint full_loss`` gives a hint.
"""

import numpy as np


def full_loss(data_loss, penalty, W, X, y, reg):
    """Return the full loss of a batch, data loss plus penalty, and its gradient.

    Both parts are functions that you are given::

        data_loss(W, X, y) -> (loss, dW)          a mean over the examples, and its gradient
        penalty(W, reg)    -> (value, gradient)   with the strength inside

    Parameters
    ----------
    data_loss : callable
        Call it with exactly these three arguments, in this order.
    penalty : callable
        Call it with exactly these two arguments, in this order.
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
        The loss of the data plus the value of the penalty.
    dW : ndarray (D, C), float
        The gradient of that sum with respect to W.

    Notes
    -----
    Change none of the arguments. The checks bring losses and penalties of several kinds.

    Examples
    --------
    A made-up data loss that is always 3, with a slope of 1 everywhere, and a made-up penalty:

    >>> def data_loss(W, X, y):
    ...     return 3.0, np.ones(W.shape)
    >>> def penalty(W, reg):
    ...     return reg * 4.0, reg * W
    >>> W = np.array([[0.0, 2.0]])

    The values are 3 and 0.5 * 4 = 2, the gradients [1, 1] and 0.5 * [0, 2] = [0, 1].

    >>> loss, dW = full_loss(data_loss, penalty, W, np.array([[1.0]]), np.array([0]), reg=0.5)
    >>> print(loss)
    5.0
    >>> print(dW)
    [[1. 2.]]
    """
    # Your code goes here, in place of the next line.
    raise NotImplementedError("full_loss is not written yet")


def l2_penalty(W, reg):
    """Return the L2 penalty of the weights and its gradient.

    The penalty is ``reg * sum(W ** 2)``, over all entries, the last row included. There is no one-half.

    Parameters
    ----------
    W : ndarray (D, C), float64 or float32
        Weights, one column a class.
    reg : float
        Strength of the penalty, at least 0.

    Returns
    -------
    value : float
    gradient : ndarray (D, C), float
        The gradient of the value with respect to W.

    Notes
    -----
    Leave ``W`` as it came. Loops are allowed.

    Examples
    --------
    The weights cost 0.5 * (1 + 4). The slope of w ** 2 is 2 at w = 1 and -4 at w = -2; half of it counts.

    >>> value, gradient = l2_penalty(np.array([[1.0, -2.0]]), reg=0.5)
    >>> print(value)
    2.5
    >>> print(gradient)
    [[ 1. -2.]]
    """
    # Your code goes here, in place of the next line.
    raise NotImplementedError("l2_penalty is not written yet")


def l1_penalty(W, reg):
    """Return the L1 penalty of the weights and its gradient.

    The penalty is ``reg * sum(abs(W))``, over all entries, the last row included. At a weight of
    exactly 0 the absolute value has a corner; the entry of the gradient is 0 there.

    Parameters
    ----------
    W : ndarray (D, C), float64 or float32
        Weights, one column a class.
    reg : float
        Strength of the penalty, at least 0.

    Returns
    -------
    value : float
    gradient : ndarray (D, C), float
        The gradient of the value with respect to W.

    Notes
    -----
    Leave ``W`` as it came. Loops are allowed.

    Examples
    --------
    The weights cost 0.5 * (1 + 2 + 0). The first is right of 0, the second left of it, the third on it.

    >>> value, gradient = l1_penalty(np.array([[1.0, -2.0, 0.0]]), reg=0.5)
    >>> print(value)
    1.5
    >>> print(gradient)
    [[ 0.5 -0.5  0. ]]
    """
    # Your code goes here, in place of the next line.
    raise NotImplementedError("l1_penalty is not written yet")


def soft_threshold(W, t):
    """Return the weights, each moved by `t` toward 0 and no further than 0.

    Each entry of the result is the number v for which ``(v - w) ** 2 / 2 + t * abs(v)`` is least, where
    w is the entry of `W`.

    Parameters
    ----------
    W : ndarray of any shape, float64 or float32
        Weights.
    t : float
        How far to move, at least 0.

    Returns
    -------
    moved : ndarray of the shape of W, float
        Entries whose distance from 0 is at most `t` are exactly 0.

    Notes
    -----
    Leave ``W`` as it came. Loops are allowed.

    Examples
    --------
    With t = 1 the 3 comes to 2 and the -2 to -1; -0.5 has less than 1 to go and stops at 0.

    >>> print(soft_threshold(np.array([3.0, -2.0, -0.5]), t=1.0) + 0.0)
    [ 2. -1.  0.]
    """
    # Your code goes here, in place of the next line.
    raise NotImplementedError("soft_threshold is not written yet")


def elastic_net_penalty(W, reg, beta):
    """Return the elastic net penalty of the weights and its gradient.

    The penalty is ``reg * sum(beta * W ** 2 + abs(W))``, over all entries, the last row included.
    `reg` multiplies both parts, `beta` the squares only. There is no one-half. At a weight of exactly 0
    the absolute value adds 0 to the gradient.

    Parameters
    ----------
    W : ndarray (D, C), float64 or float32
        Weights, one column a class.
    reg : float
        Strength of the whole penalty, at least 0.
    beta : float
        Weight of the squares beside the absolute values, at least 0.

    Returns
    -------
    value : float
    gradient : ndarray (D, C), float
        The gradient of the value with respect to W.

    Notes
    -----
    Leave ``W`` as it came. You may call ``l2_penalty`` and ``l1_penalty``: if one of them is wrong, it
    costs its own points only.

    Examples
    --------
    The first weight costs 2 * 1 + 1 = 3, the second 2 * 4 + 2 = 10; with reg = 0.5 that is 6.5. The
    slopes are 2 * 2 * 1 + 1 = 5 and 2 * 2 * (-2) - 1 = -9.

    >>> value, gradient = elastic_net_penalty(np.array([[1.0, -2.0]]), reg=0.5, beta=2.0)
    >>> print(value)
    6.5
    >>> print(gradient)
    [[ 2.5 -4.5]]
    """
    # Your code goes here, in place of the next line.
    raise NotImplementedError("elastic_net_penalty is not written yet")


def derive_equivalent_strength(reg, delta, scale):
    """Return the strength that does with margin 1 and divided pixels what `reg` did with margin `delta`.

    The old problem has a hinge loss with the margin delta on the rows of ``X``::

        F(W) = mean over i of sum over j != y[i] of max(0, S[i, j] - S[i, y[i]] + delta)
               + reg * sum(W ** 2),        S = X @ W

    The new one has the margin 1, and all pixels are divided by `scale`::

        G(V) = mean over i of sum over j != y[i] of max(0, T[i, j] - T[i, y[i]] + 1)
               + new * sum(V ** 2),        T = (X / scale) @ V

    For one value of ``new``, F and G are the same function but for a constant factor, as soon as V is
    the right multiple of W. Then both train the same classifier. Which value is it?

    Parameters
    ----------
    reg : sympy.Symbol, positive
        The old strength.
    delta : sympy.Symbol, positive
        The old margin.
    scale : sympy.Symbol, positive
        What the pixels are divided by.

    Returns
    -------
    sympy expression in these three
        The new strength. Any equal form is right.

    Examples
    --------
    With margin 1 and untouched pixels the problem is the old one.

    >>> from sympy import symbols
    >>> reg, delta, scale = symbols("reg delta scale", positive=True)
    >>> derive_equivalent_strength(reg, delta, scale).subs({delta: 1, scale: 1})
    reg
    """
    # Your code goes here, in place of the next line.
    raise NotImplementedError("derive_equivalent_strength is not written yet")


def predict_preferred():
    """Return which penalty prefers which of two weight vectors, and where the elastic net is undecided.

    A picture has two pixels, 2 and 1. Both ``a = [4, 0]`` and ``b = [3, 2]`` give it the score 8, so the
    data loss cannot tell them apart. Predict; run nothing.

    Returns
    -------
    l2_prefers_b : bool
        Whether b costs less than a under the L2 penalty, the sum of squares.
    l1_prefers_b : bool
        Whether b costs less than a under the L1 penalty, the sum of absolute values.
    beta : float
        At which beta both cost the same under the elastic net, the sum of ``beta * w ** 2 + abs(w)``.
        Three digits are enough.

    Examples
    --------
    >>> l2_prefers_b, l1_prefers_b, beta = predict_preferred()
    >>> type(l2_prefers_b), type(l1_prefers_b), type(beta)
    (<class 'bool'>, <class 'bool'>, <class 'float'>)
    """
    # Your code goes here, in place of the next line.
    raise NotImplementedError("predict_preferred is not written yet")


def debug_free_bias(W, reg):
    """Mend the given code: an L2 penalty that leaves the bias alone. It runs, and two lines are wrong.

    The last row of W holds the biases. What it should return::

        value    = reg * sum of W ** 2 over all rows but the last
        gradient = its gradient, of the shape of W: the last row is 0

    Parameters
    ----------
    W : ndarray (D, C), float64
        Weights, one column a class, the biases in the last row; D is at least 2.
    reg : float
        Strength of the penalty, at least 0.

    Returns
    -------
    value : float
    gradient : ndarray (D, C), float

    Notes
    -----
    Leave ``W`` as it came.

    Examples
    --------
    >>> W = np.array([[1.0, -2.0], [5.0, 7.0]])

    The second row is free. The first costs 0.5 * (1 + 4), with slopes 0.5 * 2 * 1 and 0.5 * 2 * (-2).

    >>> value, gradient = debug_free_bias(W, reg=0.5)
    >>> print(value)
    2.5
    >>> print(gradient)
    [[ 1. -2.]
     [ 0.  0.]]
    >>> print(W)
    [[ 1. -2.]
     [ 5.  7.]]
    """
    weights = W
    weights[-1] = 0  # the bias goes free
    value = reg * np.sum(weights * weights)
    gradient = 2 * reg * np.sum(weights)
    return value, gradient


def measure_zeros():
    """Return three figures of an experiment: how many weights L1 switches off at two strengths.

    Run it where lintutor is installed, and put down here what you measured::

        import numpy as np
        from lintutor import datasets, losses, regularizers, scores

        digits = datasets.load("digits")
        (X,) = scores.center(digits.X_train / 16)
        rows = scores.append_ones(X)  # (N, 65), the bias last
        alive = X.std(axis=0) > 0  # (64,): some pixels are blank in every picture

        def train(reg, eta=0.5, steps=200):
            W = np.zeros((65, 10))
            for _ in range(steps):
                _, dW = losses.cross_entropy_loss_vectorized(W, rows, digits.y_train)
                W = regularizers.soft_threshold(W - eta * dW, eta * reg)
            return W

    The *live* weights are those of live pixels, without the bias: the rows ``W[:-1][alive]``.

    Returns
    -------
    zeros_weak : float
        Share of the live weights that are exactly 0 after ``train(0.002)``, 0 to 1.
    zeros_strong : float
        The same after ``train(0.02)``.
    unplugged : float
        Share of the live pixels that no class listens to after ``train(0.02)``, 0 to 1: all ten weights
        of the pixel are exactly 0.

    Notes
    -----
    Three decimals are enough. The figures are compared with the grader's own measurement. The file that
    is graded cannot import lintutor: return numbers.

    Examples
    --------
    >>> zeros_weak, zeros_strong, unplugged = measure_zeros()
    >>> zeros_weak < zeros_strong
    True
    """
    # Your code goes here, in place of the next line.
    raise NotImplementedError("measure_zeros is not written yet")
