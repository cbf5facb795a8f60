"""Chapter 3, hinge loss: exercises.

Check your work with ``lintutor check ch03``; ``lintutor hint svm_loss_vectorized`` gives a hint.
"""

import numpy as np


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
