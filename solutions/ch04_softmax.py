"""Chapter 4, softmax and cross-entropy: exercises.

Check your work with ``lintutor check ch04``; ``lintutor hint softmax`` gives a hint.
"""

import numpy as np


def softmax(S):
    """Return the shares of the classes, one row an example: positive, each row summing to one.

    Parameters
    ----------
    S : ndarray (N, C), float64 or float32
        Scores, one row an example. They may be large: thousands, of either sign.

    Returns
    -------
    P : ndarray (N, C), float
        ``P[i, j] = exp(S[i, j]) / sum over l of exp(S[i, l])``.

    Notes
    -----
    Leave ``S`` as it came. Loops are welcome. numpy should have nothing to warn of.

    Examples
    --------
    >>> S = np.log([[1.0, 2.0, 5.0]])

    The exponentials are 1, 2 and 5, their sum is 8.

    >>> print(softmax(S).round(3))
    [[0.125 0.25  0.625]]

    A thousand more for every class changes nothing.

    >>> print(softmax(S + 1000).round(3))
    [[0.125 0.25  0.625]]
    """
    # BEGIN SOLUTION
    powers = np.exp(S - S.max(axis=1, keepdims=True))  # (N, C), the largest of a row is 1
    return powers / powers.sum(axis=1, keepdims=True)  # (N, C)
    # END SOLUTION


def debug_shares(S):
    """Mend the given code: the shares of the classes, one row an example. Two lines are wrong.

    What it should return is ``P[i, j] = exp(S[i, j]) / sum over l of exp(S[i, l])``.

    Parameters
    ----------
    S : ndarray (N, C), float64
        Scores, one row an example.

    Returns
    -------
    P : ndarray (N, C), float

    Examples
    --------
    >>> S = np.log([[1.0, 2.0, 5.0], [3.0, 3.0, 2.0]])

    >>> print(debug_shares(S).round(3))
    [[0.125 0.25  0.625]
     [0.375 0.375 0.25 ]]
    """
    # BEGIN SOLUTION
    shifted = S - S.max(axis=1, keepdims=True)  # (N, C)
    powers = np.exp(shifted)  # (N, C)
    total = powers.sum(axis=1, keepdims=True)  # (N, 1)
    return powers / total
    # STUB
    # shifted = S - S.max(axis=1, keepdims=True)  # (N, C)
    # powers = shifted * 1.0
    # total = powers.sum(axis=0, keepdims=True)
    # return powers / total
    # END SOLUTION


def log_sum_exp(S):
    """Return the logarithm of the sum of exponentials of every row.

    Parameters
    ----------
    S : ndarray (N, C), float64 or float32
        Scores, one row an example. They may be large: thousands, of either sign.

    Returns
    -------
    ndarray (N,), float
        ``log(sum over l of exp(S[i, l]))``, natural logarithm.

    Notes
    -----
    Leave ``S`` as it came. Loops are welcome. numpy should have nothing to warn of.

    Examples
    --------
    >>> S = np.log([[1.0, 2.0, 5.0], [2.0, 2.0, 4.0]])

    Both rows have exponentials that add up to 8, whose logarithm is 2.0794.

    >>> print(log_sum_exp(S).round(4))
    [2.0794 2.0794]
    >>> print(log_sum_exp(S - 1000).round(4))
    [-997.9206 -997.9206]
    """
    # BEGIN SOLUTION
    top = S.max(axis=1)  # (N,)
    return top + np.log(np.exp(S - top[:, None]).sum(axis=1))  # (N,)
    # END SOLUTION


def debug_overflow(S, y):
    """Mend the given code: the mean cross-entropy loss of scores. Two lines are wrong.

    What it should return, with natural logarithms, is the mean over the examples of::

        log(sum over l of exp(S[i, l])) - S[i, y[i]]

    and it should be right for every score between -5000 and 5000, also where the share of the true class
    is too small for a float.

    Parameters
    ----------
    S : ndarray (N, C), float64
        Scores, one row an example; N is at least 1.
    y : ndarray (N,), int
        The true class of each example, 0 .. C-1.

    Returns
    -------
    loss : float

    Examples
    --------
    >>> print(debug_overflow(np.array([[0.0, 0.0], [3.0, 3.0]]), np.array([0, 1])).round(4))
    0.6931
    >>> print(debug_overflow(np.array([[2000.0, 0.0]]), np.array([1])))
    2000.0
    """
    # BEGIN SOLUTION
    rows = np.arange(S.shape[0])
    top = S.max(axis=1, keepdims=True)  # (N, 1)
    shifted = S - top  # (N, C)
    losses = np.log(np.exp(shifted).sum(axis=1)) - shifted[rows, y]  # (N,)
    return losses.mean()
    # STUB
    # rows = np.arange(S.shape[0])
    # top = S.max(axis=1, keepdims=True)  # (N, 1)
    # shifted = S + top  # (N, C)
    # losses = -np.log(np.exp(shifted)[rows, y] / np.exp(shifted).sum(axis=1))  # (N,)
    # return losses.mean()
    # END SOLUTION


def predict_base():
    """Return what changes when a program takes logarithms to base ten instead of natural ones.

    Its loss is the mean over the examples of minus the logarithm, to base ten, of the share of the true
    class, plus ``reg * sum(W ** 2)``. Predict; run nothing but a pocket calculator.

    Returns
    -------
    natural : float
        At reg = 0 the program prints 0.5. What would a program with natural logarithms print?
    same_minimum : bool
        At reg = 1, the gradient being that of the program's own loss: do both programs, trained to
        the end, find the same W?
    caught : bool
        Another program prints its loss in base ten, too, but its gradient is ``X.T @ (P - Y) / N``, at
        reg = 0. Does a gradient check complain?

    Examples
    --------
    >>> natural, same_minimum, caught = predict_base()
    >>> type(natural), type(same_minimum), type(caught)
    (<class 'float'>, <class 'bool'>, <class 'bool'>)
    """
    # BEGIN SOLUTION
    natural = 0.5 * float(np.log(10))  # log x = log10 x * log 10
    same_minimum = False  # the data term is weaker by a factor, the penalty is not
    caught = True  # P - Y is the slope of the natural logarithm's loss
    return natural, same_minimum, caught
    # END SOLUTION


def debug_log_probabilities(S, y):
    """Mend the given code: cross-entropy loss and gradient of scores. One line is wrong: a name in it lies.

    What it should return, with ``P`` the shares that softmax makes of ``S``::

        loss = (1 / N) * sum over i of -log(P[i, y[i]])
        dS[i, j] = (P[i, j] - (1 if j == y[i] else 0)) / N

    Parameters
    ----------
    S : ndarray (N, C), float64
        Scores, one row an example; N is at least 1.
    y : ndarray (N,), int
        The true class of each example, 0 .. C-1.

    Returns
    -------
    loss : float
    dS : ndarray (N, C), float

    Examples
    --------
    >>> S = np.log([[1.0, 1.0, 2.0], [3.0, 1.0, 0.5]])

    The shares of the true classes are 1/4 and 2/3.

    >>> loss, dS = debug_log_probabilities(S, np.array([0, 0]))
    >>> print(loss.round(4))
    0.8959
    >>> print(dS.round(4))
    [[-0.375   0.125   0.25  ]
     [-0.1667  0.1111  0.0556]]
    """
    # BEGIN SOLUTION
    rows = np.arange(S.shape[0])
    shifted = S - S.max(axis=1, keepdims=True)  # (N, C)
    log_p = shifted - np.log(np.exp(shifted).sum(axis=1, keepdims=True))  # (N, C)
    loss = -log_p[rows, y].mean()
    dS = np.exp(log_p)  # (N, C)
    dS[rows, y] -= 1
    return loss, dS / S.shape[0]
    # STUB
    # rows = np.arange(S.shape[0])
    # shifted = S - S.max(axis=1, keepdims=True)  # (N, C)
    # log_p = np.exp(shifted) / np.exp(shifted).sum(axis=1, keepdims=True)  # (N, C)
    # loss = -log_p[rows, y].mean()
    # dS = np.exp(log_p)  # (N, C)
    # dS[rows, y] -= 1
    # return loss, dS / S.shape[0]
    # END SOLUTION


def predict_first_loss():
    """Return the loss that a right program prints before training, in three situations.

    The loss is the mean over N examples of the cross-entropy over C classes, in natural logarithms, plus
    ``reg * sum(W ** 2)``. Predict it; a pocket calculator is allowed, running a program is not.

    Returns
    -------
    a : float
        With C = 10, N = 50, reg = 0, every entry of W exactly 0.
    b : float
        With C = 4, N = 7, reg = 0, and W such that every score is 1000.
    c : float
        With C = 1000, N = 20, reg = 50, every entry of W exactly 0.

    Notes
    -----
    Three digits are enough. ``np.log`` may be used.

    Examples
    --------
    >>> len(predict_first_loss())
    3
    """
    # BEGIN SOLUTION
    a = float(np.log(10))  # every share is one tenth
    b = float(np.log(4))  # equal scores, whatever they are, make equal shares
    c = float(np.log(1000)) + 50 * 0.0  # the penalty of zeros is zero
    return a, b, c
    # END SOLUTION


def kl_divergence(p, q):
    """Return the Kullback-Leibler divergence of two distributions, in natural logarithms.

    What it costs, in surprise a draw, to expect ``q`` where ``p`` is true::

        sum over j of p[j] * log(p[j] / q[j])

    Parameters
    ----------
    p, q : ndarray (C,), float64 or float32
        Entries of at least 0 that sum to one.

    Returns
    -------
    float
        A class with ``p[j] = 0`` adds nothing, whatever ``q[j]`` is. If there is a class with
        ``q[j] = 0`` and ``p[j] > 0``, the divergence is infinite: ``np.inf``.

    Notes
    -----
    Leave ``p`` and ``q`` as they came. Loops are welcome.

    Examples
    --------
    >>> p, q = np.array([0.5, 0.5]), np.array([0.25, 0.75])

    0.5 * log 2 + 0.5 * log(2/3) is 0.3466 - 0.2027. The other way around: -0.1733 + 0.3041.

    >>> print(round(float(kl_divergence(p, q)), 4))
    0.1438
    >>> print(round(float(kl_divergence(q, p)), 4))
    0.1308
    """
    # BEGIN SOLUTION
    there = p > 0  # (C,)
    with np.errstate(divide="ignore"):  # where q is 0 the quotient is infinite, and so is its logarithm
        return np.sum(p[there] * np.log(p[there] / q[there]))
    # END SOLUTION


def derive_softmax_jacobian(s, j, k):
    """Return how share j of softmax answers to score k.

    The share is ``p_j = exp(s[j]) / sum over l of exp(s[l])``.

    Parameters
    ----------
    s : list of sympy.Symbol, real
        The scores of the C classes; C is ``len(s)``, at least 2.
    j, k : int
        Classes, 0 .. C-1. They may be equal.

    Returns
    -------
    sympy expression in the scores
        The slope of ``p_j`` along ``s[k]``. Any equal form is right.

    Notes
    -----
    Python's ``sum`` and a comprehension over the scores work here as they do for numbers; ``sp.exp`` is
    the exponential.

    Examples
    --------
    >>> from sympy import symbols
    >>> s = symbols("s_0 s_1", real=True)
    >>> derive_softmax_jacobian(list(s), 0, 0).subs({s[0]: 0, s[1]: 0})
    1/4
    """
    # BEGIN SOLUTION
    import sympy as sp

    total = sum(sp.exp(score) for score in s)
    p_j, p_k = sp.exp(s[j]) / total, sp.exp(s[k]) / total
    return p_j * (int(j == k) - p_k)
    # STUB
    # import sympy as sp  # in here, so that the other exercises do without
    #
    # # Your code goes here, in place of the next line. It may use sp.exp.
    # raise NotImplementedError("derive_softmax_jacobian is not written yet")
    # END SOLUTION


def derive_score_gradient(s, y, k):
    """Return how the cross-entropy loss of one example answers to score k.

    The loss is ``-log(p_y)``, natural logarithm, with the shares ``p_j = exp(s[j]) / sum over l of
    exp(s[l])``.

    Parameters
    ----------
    s : list of sympy.Symbol, real
        The scores of the C classes; C is ``len(s)``, at least 2.
    y : int
        The true class, 0 .. C-1.
    k : int
        A class, 0 .. C-1: the true one or another.

    Returns
    -------
    sympy expression in the scores
        The slope of the loss along ``s[k]``. Any equal form is right.

    Examples
    --------
    >>> from sympy import log, symbols
    >>> s = symbols("s_0 s_1 s_2", real=True)
    >>> slope = derive_score_gradient(list(s), 1, 2)
    >>> slope.subs({s[0]: 0, s[1]: 0, s[2]: log(2)})
    1/2
    """
    # BEGIN SOLUTION
    import sympy as sp

    p_k = sp.exp(s[k]) / sum(sp.exp(score) for score in s)
    return p_k - int(k == y)
    # STUB
    # import sympy as sp  # in here, so that the other exercises do without
    #
    # # Your code goes here, in place of the next line. It may use sp.exp.
    # raise NotImplementedError("derive_score_gradient is not written yet")
    # END SOLUTION


def derive_bias_gradient(S, y, k):
    """Return how the mean cross-entropy loss of a batch answers to the bias of class k.

    Every score of class k holds the same bias ``b_k`` as a summand. The loss is the mean over the N examples
    of ``-log(p_y)``, natural logarithm, without a penalty.

    Parameters
    ----------
    S : list of lists of sympy.Symbol, real
        The scores, one list of C an example; N is ``len(S)``.
    y : list of int
        The true class of each example, 0 .. C-1.
    k : int
        A class, 0 .. C-1.

    Returns
    -------
    sympy expression in the scores
        The slope of the loss along ``b_k``. Any equal form is right.

    Examples
    --------
    >>> from sympy import symbols
    >>> a, b, c, d = symbols("a b c d", real=True)
    >>> slope = derive_bias_gradient([[a, b], [c, d]], [0, 0], 1)
    >>> slope.subs({a: 0, b: 0, c: 3, d: 3})
    1/2
    """
    # BEGIN SOLUTION
    import sympy as sp

    errors = [
        sp.exp(s[k]) / sum(sp.exp(score) for score in s) - int(k == label)
        for s, label in zip(S, y, strict=True)
    ]
    return sum(errors) / len(S)
    # STUB
    # import sympy as sp  # in here, so that the other exercises do without
    #
    # # Your code goes here, in place of the next line. It may use sp.exp.
    # raise NotImplementedError("derive_bias_gradient is not written yet")
    # END SOLUTION


def derive_picture_gradient(w, s, y):
    """Return how the cross-entropy loss of one example answers to one of its pixels.

    The score of class j is ``s[j]``, the sum over the pixels of ``x_d * W[d, j]``. The loss is
    ``-log(p_y)``, natural logarithm. How does it answer to ``x_d``, for one pixel d?

    Parameters
    ----------
    w : list of sympy.Symbol, real
        Row d of the weights: ``w[j]`` is ``W[d, j]``, one a class.
    s : list of sympy.Symbol, real
        The scores of the C classes, as they are at this picture.
    y : int
        The true class, 0 .. C-1.

    Returns
    -------
    sympy expression in the weights of the pixel and the scores
        The slope of the loss along ``x_d``. Any equal form is right.

    Examples
    --------
    >>> from sympy import symbols
    >>> w = symbols("w_0 w_1", real=True)
    >>> s = symbols("s_0 s_1", real=True)
    >>> slope = derive_picture_gradient(list(w), list(s), 0)
    >>> slope.subs({s[0]: 0, s[1]: 0, w[0]: 3, w[1]: 5})
    1
    """
    # BEGIN SOLUTION
    import sympy as sp

    total = sum(sp.exp(score) for score in s)
    mean_weight = sum(sp.exp(score) / total * weight for score, weight in zip(s, w, strict=True))
    return mean_weight - w[y]
    # STUB
    # import sympy as sp  # in here, so that the other exercises do without
    #
    # # Your code goes here, in place of the next line. It may use sp.exp.
    # raise NotImplementedError("derive_picture_gradient is not written yet")
    # END SOLUTION


def softmax_loss_naive(W, X, y, reg):
    """Return the softmax classifier's loss of a batch and its gradient, one example and one class at a time.

    The loss is the mean cross-entropy of the examples, in natural logarithms, plus the penalty::

        loss = (1 / N) * sum over i of (log(sum over l of exp(S[i, l])) - S[i, y[i]])
               + reg * sum(W ** 2)

    where ``S = X @ W``. There is no one-half in the penalty, so its gradient is ``2 * reg * W``.
    All of W is penalized. Scores may be large: thousands, of either sign. Where the share of the true
    class is too small for a float, an infinite loss is accepted; nothing else may be infinite or NaN.

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
    Change none of the arguments. You may call your ``softmax`` and ``log_sum_exp``, with a row as
    ``row[None]``: if they are wrong, they cost their own points only.

    Examples
    --------
    >>> W = np.log([[3.0, 1.0]])
    >>> X = np.array([[1.0], [0.0]])
    >>> y = np.array([1, 0])

    The scores are [log 3, 0] and [0, 0], the shares [3/4, 1/4] and [1/2, 1/2]. The mean of -log(1/4) and
    -log(1/2) is 1.0397. The first example enters column 0 with 3/4 and column 1 with -3/4; the second has
    a pixel of 0.

    >>> loss, dW = softmax_loss_naive(W, X, y, reg=0.0)
    >>> print(loss.round(4))
    1.0397
    >>> print(dW)
    [[ 0.375 -0.375]]
    """
    # BEGIN SOLUTION
    num_examples, num_classes = X.shape[0], W.shape[1]
    loss = 0.0
    dW = np.zeros(W.shape)
    for i in range(num_examples):
        scores = X[i] @ W  # (C,)
        scores = scores - scores.max()  # a new array: no exponential overflows
        total = np.exp(scores).sum()
        loss += np.log(total) - scores[y[i]]
        for j in range(num_classes):
            share = np.exp(scores[j]) / total
            dW[:, j] += (share - (j == y[i])) * X[i]
    loss = loss / num_examples + reg * np.sum(W * W)
    dW = dW / num_examples + 2 * reg * W
    return loss, dW
    # END SOLUTION


def softmax_loss_vectorized(W, X, y, reg):
    """Return the softmax classifier's loss of a batch and its gradient, without a loop.

    The loss is the mean cross-entropy of the examples, in natural logarithms, plus the penalty::

        loss = (1 / N) * sum over i of (log(sum over l of exp(S[i, l])) - S[i, y[i]])
               + reg * sum(W ** 2)

    where ``S = X @ W``. There is no one-half in the penalty, so its gradient is ``2 * reg * W``.
    All of W is penalized. Scores may be large: thousands, of either sign. Where the share of the true
    class is too small for a float, an infinite loss is accepted; nothing else may be infinite or NaN.

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
    Change none of the arguments. Use no ``for``, no ``while``, no comprehension. You may call your
    ``softmax`` and ``log_sum_exp``: if they are wrong, they cost their own points only.

    Examples
    --------
    >>> W = np.log([[3.0, 1.0]])
    >>> X = np.array([[1.0], [0.0]])
    >>> y = np.array([1, 0])

    The scores are [log 3, 0] and [0, 0], the shares [3/4, 1/4] and [1/2, 1/2].

    >>> loss, dW = softmax_loss_vectorized(W, X, y, reg=0.0)
    >>> print(loss.round(4))
    1.0397
    >>> print(dW)
    [[ 0.375 -0.375]]
    """
    # BEGIN SOLUTION
    num_examples = X.shape[0]
    rows = np.arange(num_examples)
    scores = X @ W  # (N, C)
    scores = scores - scores.max(axis=1, keepdims=True)  # (N, C), a new array: no exponential overflows
    powers = np.exp(scores)  # (N, C)
    totals = powers.sum(axis=1)  # (N,)
    loss = np.mean(np.log(totals) - scores[rows, y]) + reg * np.sum(W * W)

    errors = powers / totals[:, None]  # (N, C), the shares
    errors[rows, y] -= 1
    dW = X.T @ errors / num_examples + 2 * reg * W  # (D, C)
    return loss, dW
    # END SOLUTION


def binary_cross_entropy(z, y):
    """Return the mean cross-entropy loss of two classes and its gradient with respect to the scores.

    One score an example, that of class 1; class 0 has the score 0. With the sigmoid
    ``p = 1 / (1 + exp(-z))``::

        loss = (1 / N) * sum over i of -y[i] * log(p[i]) - (1 - y[i]) * log(1 - p[i])

    Parameters
    ----------
    z : ndarray (N,), float64 or float32
        The scores; N is at least 1. They may be large: thousands, of either sign.
    y : ndarray (N,), int
        The labels, 0 or 1.

    Returns
    -------
    loss : float
        Finite and right for large scores, too.
    dz : ndarray (N,), float
        The gradient of the loss with respect to z.

    Notes
    -----
    Leave ``z`` and ``y`` as they came. Loops are welcome. numpy should have nothing to warn of.

    Examples
    --------
    >>> z = np.log([3.0, 1.0])

    The sigmoids are 3/4 and 1/2. Labels 0 and 1 cost -log(1/4) and -log(1/2), in the mean 1.0397.

    >>> loss, dz = binary_cross_entropy(z, np.array([0, 1]))
    >>> print(loss.round(4), dz)
    1.0397 [ 0.375 -0.25 ]
    >>> loss, dz = binary_cross_entropy(np.array([1000.0]), np.array([0]))
    >>> print(loss, dz)
    1000.0 [1.]
    """
    # BEGIN SOLUTION
    sign = 1.0 - 2 * y  # (N,), -1 where class 1 is the true one
    against = sign * z  # (N,), how far the wrong class leads
    small = np.exp(-np.abs(against))  # (N,), never above 1
    loss = np.mean(np.maximum(against, 0) + np.log1p(small))
    p_wrong = np.where(against >= 0, 1.0, small) / (1 + small)  # (N,)
    return loss, sign * p_wrong / z.size
    # END SOLUTION


def measure_pulls():
    """Return three figures of an experiment: who still pulls at the weights when softmax is trained.

    Run it where lintutor is installed, and put down here what you measured::

        import numpy as np
        from lintutor import classifiers, datasets, losses, scores

        digits = datasets.load("digits")
        (X,) = scores.center(digits.X_train / 16)
        y = digits.y_train
        model = classifiers.SoftmaxClassifier(
            learning_rate=0.5, reg=1e-3, num_iters=1000, batch_size=200, random_state=0
        ).fit(X, y)
        S = model.decision_function(X)

    The *pull* of training digit i on score j is ``abs(P[i, j] - (j == y[i]))``, with ``P`` the softmax of
    ``S``. A digit is *done* for the hinge loss if each of its wrong classes has
    ``S[i, j] - S[i, y[i]] + 1 <= 0``.

    Returns
    -------
    true_share : float
        Mean over the training digits of the share of the true class, 0 to 1.
    done : float
        Share of the training digits that are done for the hinge loss, 0 to 1.
    pull_of_done : float
        Of all pull, summed over the digits and classes, the share that comes from digits that are done.

    Notes
    -----
    Three decimals are enough. The figures are compared with the grader's own measurement; another seed
    or another machine moves them by less than is forgiven. The file that is graded cannot import
    lintutor: return numbers.

    Examples
    --------
    >>> true_share, done, pull_of_done = measure_pulls()
    >>> 0 < pull_of_done < done
    True
    """
    # BEGIN SOLUTION
    return 0.846, 0.906, 0.640
    # END SOLUTION
