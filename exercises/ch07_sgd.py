"""Chapter 7, stochastic gradient descent: exercises.

Check your work with ``lintutor check ch07``; ``lintutor hint sgd_momentum`` gives a hint.
"""

import numpy as np


def gradient_descent(loss_and_grad, W, learning_rate, num_steps):
    """Walk downhill: step against the gradient, again and again.

    Each of the `num_steps` steps asks `loss_and_grad` once, at the weights of that moment, writes the
    loss down, and moves the weights by ``-learning_rate * dW``.

    Parameters
    ----------
    loss_and_grad : callable (W) -> (loss, dW)
        Returns the loss, a number, and its gradient, an array of the shape of W. A call is dear: make
        one a step and no other.
    W : ndarray, any shape, float64
        Where to start.
    learning_rate : float
    num_steps : int
        At least 0.

    Returns
    -------
    W : ndarray
        The weights after the last move, in a new array.
    history : list of float
        The loss *before* each move: `num_steps` numbers.

    Notes
    -----
    Leave the array that came as it was: with ``W -= ...`` you would move the caller's weights.

    Examples
    --------
    >>> def bowl(W):
    ...     return (W**2).sum(), 2 * W

    At 4 the loss is 16 and the gradient 8. A step of rate 0.25 goes to 4 - 0.25 * 8 = 2, where the loss
    is 4 and the gradient 4; the next one to 1.

    >>> W, history = gradient_descent(bowl, np.array([4.0]), learning_rate=0.25, num_steps=2)
    >>> print(W)
    [1.]
    >>> print([float(loss) for loss in history])
    [16.0, 4.0]
    """
    # Your code goes here, in place of the next line.
    raise NotImplementedError("gradient_descent is not written yet")


def sample_batch(X, y, batch_size, rng):
    """Draw a minibatch: examples at random, with their labels.

    Draw with replacement: each of the `batch_size` rows is any of the N rows of X with the same
    chance, whatever was drawn before. So an example may come twice, and a batch may be larger than the
    data.

    Parameters
    ----------
    X : ndarray (N, D)
        All examples, one a row; N is at least 1.
    y : ndarray (N,), int
        Their labels.
    batch_size : int
        At least 1; it may be larger than N.
    rng : numpy.random.Generator
        Draw from this one and no other, so that a run can be repeated. ``rng.integers`` draws whole
        numbers.

    Returns
    -------
    X_batch : ndarray (batch_size, D)
    y_batch : ndarray (batch_size,)
        Row b is an example of X, entry b is the label of that very example.

    Notes
    -----
    Change neither X nor y.

    Examples
    --------
    >>> X = np.array([[10.0, 11.0], [20.0, 21.0], [30.0, 31.0]])
    >>> y = np.array([1, 2, 3])
    >>> X_batch, y_batch = sample_batch(X, y, 5, np.random.default_rng(0))
    >>> X_batch.shape, y_batch.shape
    ((5, 2), (5,))

    Whatever was drawn, each label belongs to its row:

    >>> bool((X_batch[:, 0] == 10 * y_batch).all())
    True
    """
    # Your code goes here, in place of the next line.
    raise NotImplementedError("sample_batch is not written yet")


def derive_batch_mean(g, p, B):
    """Return what the gradient of a minibatch is on average.

    There are N examples. Entry (d, j) of the gradient of example i alone is the number ``g[i]``. A batch is B
    draws, one after another, with replacement; in each draw example i comes with the chance ``p[i]``, and
    the chances add up to 1. The batch's estimate is the mean of the B numbers that came. What is its
    expected value, over everything that the draws can bring?

    Parameters
    ----------
    g : list of sympy.Symbol, real
        One number an example; N is ``len(g)``.
    p : list of sympy.Symbol, positive
        The chance of each example.
    B : sympy.Symbol, positive
        The size of the batch.

    Returns
    -------
    sympy expression in these
        The expected value, as it comes for any chances p. Any equal form is right.

    Notes
    -----
    Python's ``sum`` and a comprehension over the examples work here as they do for numbers.

    Examples
    --------
    >>> from sympy import symbols
    >>> g0, g1, p0, p1, B = symbols("g_0 g_1 p_0 p_1 B")
    >>> mean = derive_batch_mean([g0, g1], [p0, p1], B)

    One example always comes, the other never: the mean is that example's own number.

    >>> mean.subs({g0: 5, g1: 7, p0: 1, p1: 0, B: 3})
    5
    """
    # Your code goes here, in place of the next line.
    raise NotImplementedError("derive_batch_mean is not written yet")


def derive_batch_variance(g, B):
    """Return the variance of a minibatch's gradient.

    There are N examples. Entry (d, j) of the gradient of example i alone is the number ``g[i]``. A batch is B
    independent draws with replacement, every example with the chance 1/N each time, and the batch's
    estimate is the mean of the B numbers that came. What is the variance of the estimate, its mean
    squared distance from its own expected value?

    Parameters
    ----------
    g : list of sympy.Symbol, real
        One number an example; N is ``len(g)``.
    B : sympy.Symbol, positive
        The size of the batch.

    Returns
    -------
    sympy expression in these
        The variance. Any equal form is right.

    Examples
    --------
    >>> from sympy import symbols
    >>> g0, g1, B = symbols("g_0 g_1 B")
    >>> variance = derive_batch_variance([g0, g1], B)

    One draw from 3 and 5 is off its mean, 4, by 1 every time.

    >>> variance.subs({g0: 3, g1: 5, B: 1})
    1
    """
    # Your code goes here, in place of the next line.
    raise NotImplementedError("derive_batch_variance is not written yet")


def measure_batch_variance():
    """Return three figures of an experiment: how the error of a batch's gradient falls with its size.

    Run it where lintutor is installed, and put down here what you measured::

        import numpy as np
        from lintutor import datasets, losses, optimizers, scores

        digits = datasets.load("digits")
        (X,) = scores.center(digits.X_train / 16)
        y = digits.y_train
        W = 0.5 * np.random.default_rng(1).standard_normal((64, 10))
        rng = np.random.default_rng(0)

        def gradient(X_batch, y_batch):
            return losses.cross_entropy_loss_vectorized(W, X_batch, y_batch)[1]

        whole = gradient(X, y)
        one_batch = gradient(*optimizers.sample_batch(X, y, 10, rng))

    The *squared error* of a batch is the squared length of ``one_batch - whole``, the sum of the squares of
    all its 640 entries. Take its mean over 1,000 batches of 10, then over 1,000 batches of 160, with the
    same `rng` going on.

    Returns
    -------
    of_10 : float
        The mean squared error of batches of 10.
    of_160 : float
        The mean squared error of batches of 160.
    slope : float
        The slope of the line through the two points on two logarithmic axes: by how much the logarithm
        of the mean squared error rises when the logarithm of the batch size rises by 1.

    Notes
    -----
    Three digits are enough. The figures are compared with the grader's own measurement; other seeds move
    them by less than is forgiven. The file that is graded cannot import lintutor: return numbers.

    Examples
    --------
    >>> of_10, of_160, slope = measure_batch_variance()
    >>> of_160 < of_10
    True
    """
    # Your code goes here, in place of the next line.
    raise NotImplementedError("measure_batch_variance is not written yet")


def decayed(lr0, step, schedule):
    """Return the learning rate of one step under a schedule.

    With t for the step, the rates are::

        {"kind": "constant"}                             lr0
        {"kind": "step", "drop": 0.5, "every": 10}       lr0 * drop ** (t // every)
        {"kind": "exponential", "decay": 0.1}            lr0 * exp(-decay * t)
        {"kind": "inverse", "decay": 0.1}                lr0 / (1 + decay * t)
        {"kind": "cosine", "num_steps": 100}             lr0 / 2 * (1 + cos(pi * t / num_steps))

    The numbers are examples. The cosine ends at ``t = num_steps``: from there on the rate is 0.

    Parameters
    ----------
    lr0 : float
        The rate of step 0, more than 0.
    step : int
        Which step, 0 and up.
    schedule : dict
        One of the five, with its settings.

    Returns
    -------
    rate : float

    Raises
    ------
    ValueError
        If the kind is none of the five: a misspelled name must not pass for another schedule.

    Examples
    --------
    The third stair begins at step 20: 0.8 * 0.5 * 0.5.

    >>> print(decayed(0.8, 20, {"kind": "step", "drop": 0.5, "every": 10}))
    0.2

    Half of the way down the cosine, half of the rate is left.

    >>> print(round(decayed(0.8, 50, {"kind": "cosine", "num_steps": 100}), 6))
    0.4
    """
    # Your code goes here, in place of the next line.
    raise NotImplementedError("decayed is not written yet")


def sgd_momentum(w, dw, config=None):
    """Take one step with momentum: keep a share of the last step and add the new push.

    The velocity v and the weights w move like this::

        v = momentum * v - learning_rate * dw
        w = w + v

    Parameters
    ----------
    w : ndarray, any shape
        Weights.
    dw : ndarray of the shape of w
        The gradient of the loss at w.
    config : dict, optional
        ``"learning_rate"``, 1e-2 if it is left out; ``"momentum"``, 0.9 if it is left out; ``"velocity"``, an
        array of the shape of w, zeros if it is left out. None is an empty one.

    Returns
    -------
    next_w : ndarray
        The weights after the step, in a new array.
    config : dict
        What to give to the next call: all settings, and under ``"velocity"`` the new v.

    Notes
    -----
    Change neither w nor dw. The dict that came may be changed or not, as you like.

    Examples
    --------
    The first step is plain: v = -0.25 * 2 = -0.5. The second keeps half of it: v = 0.5 * (-0.5) - 0.25 * 2.

    >>> config = {"learning_rate": 0.25, "momentum": 0.5}
    >>> w, config = sgd_momentum(np.array([1.0]), np.array([2.0]), config)
    >>> print(w, config["velocity"])
    [0.5] [-0.5]
    >>> w, config = sgd_momentum(w, np.array([2.0]), config)
    >>> print(w, config["velocity"])
    [-0.25] [-0.75]
    """
    # Your code goes here, in place of the next line.
    raise NotImplementedError("sgd_momentum is not written yet")


class LinearClassifier:
    """A linear classifier that is trained by minibatches, whatever its loss.

    The weights are in ``W``, (D, C), one column a class; there are none before the first training. A subclass
    says in ``loss`` what is to be lowered.

    Examples
    --------
    >>> model = LinearClassifier()
    >>> model.W = np.array([[1.0, 0.0, -1.0], [0.0, 2.0, 0.0]])

    The scores of the two rows are [2, 0, -2] and [1, 6, -1].

    >>> print(model.predict(np.array([[2.0, 0.0], [1.0, 3.0]])))
    [0 1]
    """

    def __init__(self):
        self.W = None

    def train(self, X, y, learning_rate=1e-3, reg=1e-5, num_iters=100, batch_size=200, verbose=False):
        """Lower the loss by minibatch gradient descent.

        Each step draws a batch with replacement, every example with the same chance, asks
        ``self.loss(X_batch, y_batch, reg)`` once for loss and gradient, writes the loss down, and moves
        ``self.W`` by ``-learning_rate * dW``.

        Parameters
        ----------
        X : ndarray (N, D), float64
            All examples, one a row.
        y : ndarray (N,), int
            Their labels; the classes are 0 up to the largest label.
        learning_rate : float
        reg : float
            Strength of the penalty; the loss takes care of it.
        num_iters : int
            Number of steps.
        batch_size : int
            At least 1; it may be larger than N.
        verbose : bool
            If True, you may print something now and then.

        Returns
        -------
        loss_history : list of float
            The loss of each batch, before the move.

        Notes
        -----
        If ``self.W`` is None, start from small random weights (D, C): 0.001 times numbers of a standard
        normal distribution. If there are weights already, go on from them. Draw with ``np.random`` or with a
        generator of your own. You may call ``sample_batch``.
        """
        # Your code goes here, in place of the next line.
        raise NotImplementedError("LinearClassifier.train is not written yet")

    def predict(self, X):
        """Return the class of each row: the column with the highest score.

        Parameters
        ----------
        X : ndarray (N, D), float64

        Returns
        -------
        y_pred : ndarray (N,), int
        """
        # Your code goes here, in place of the next line.
        raise NotImplementedError("LinearClassifier.predict is not written yet")

    def loss(self, X_batch, y_batch, reg):
        """Return loss and gradient of a batch; a subclass says how."""
        raise NotImplementedError("a subclass says which loss")


class LinearSVM(LinearClassifier):
    """A linear classifier with the hinge loss.

    Examples
    --------
    >>> model = LinearSVM()
    >>> model.W = np.array([[0.0, 2.0]])

    The scores of the one example are [0, 2]: class 1 pays 2 - 0 + 1 = 3, and the penalty is 0.5 * 4.

    >>> loss, dW = model.loss(np.array([[1.0]]), np.array([0]), reg=0.5)
    >>> print(float(loss), dW)
    5.0 [[-1.  3.]]
    """

    def loss(self, X_batch, y_batch, reg):
        """Return the hinge loss of a batch at ``self.W``, with delta = 1, and its gradient.

        The mean over the examples of the sum over the wrong classes j of
        ``max(0, S[i, j] - S[i, y[i]] + 1)``, plus ``reg * sum(W ** 2)``, where ``S = X_batch @ W``. Your own
        code of chapter 3 serves. ``self.W`` stays as it is; `train` moves it.

        Parameters
        ----------
        X_batch : ndarray (B, D), float64
        y_batch : ndarray (B,), int
        reg : float

        Returns
        -------
        loss : float
        dW : ndarray (D, C)
        """
        # Your code goes here, in place of the next line.
        raise NotImplementedError("LinearSVM.loss is not written yet")


class Softmax(LinearClassifier):
    """A linear classifier with the cross-entropy loss.

    Examples
    --------
    >>> model = Softmax()
    >>> model.W = np.zeros((1, 4))

    Four equal scores: the loss is the logarithm of 4, and each wrong class has the probability 1/4.

    >>> loss, dW = model.loss(np.array([[2.0]]), np.array([0]), reg=0.5)
    >>> print(round(float(loss), 4), dW)
    1.3863 [[-1.5  0.5  0.5  0.5]]
    """

    def loss(self, X_batch, y_batch, reg):
        """Return the cross-entropy loss of a batch at ``self.W``, and its gradient.

        The mean over the examples of ``-log(p[i, y[i]])``, plus ``reg * sum(W ** 2)``, where the
        probabilities are the softmax of the scores ``X_batch @ W``, and log is the natural logarithm. Your
        own code of chapter 4 serves. Scores may be hundreds or thousands: both results are right there, too,
        as long as no probability is too small for a float. ``self.W`` stays as it is; `train` moves it.

        Parameters
        ----------
        X_batch : ndarray (B, D), float64
        y_batch : ndarray (B,), int
        reg : float

        Returns
        -------
        loss : float
        dW : ndarray (D, C)
        """
        # Your code goes here, in place of the next line.
        raise NotImplementedError("Softmax.loss is not written yet")


def debug_training_loop(loss_and_grad, W, X, y, learning_rate, num_iters, batch_size, rng):
    """Mend the given code: training by minibatches. It runs, the loss falls, and two things are wrong.

    Each of the `num_iters` steps should draw a batch of its own, `batch_size` rows with replacement from the
    generator `rng`, ask for loss and gradient of that batch once, write the loss down, and move W
    against the gradient.

    Parameters
    ----------
    loss_and_grad : callable (W, X_batch, y_batch) -> (loss, dW)
    W : ndarray (D, C), float64
        Where to start; it stays as it was.
    X : ndarray (N, D), float64
        All examples, one a row.
    y : ndarray (N,), int
        Their labels.
    learning_rate : float
    num_iters : int
        Number of steps.
    batch_size : int
    rng : numpy.random.Generator

    Returns
    -------
    W : ndarray (D, C)
        The weights after the last move.
    history : list of float
        The loss of each batch, before the move.

    Examples
    --------
    Here the "loss" is the number of examples that it is asked about: those of the batch, not all three.

    >>> def count(W, X_batch, y_batch):
    ...     return len(X_batch), np.zeros_like(W)
    >>> X, y = np.ones((3, 1)), np.array([0, 1, 1])
    >>> _, history = debug_training_loop(count, np.zeros((1, 2)), X, y, 0.1, 4, 2, np.random.default_rng(0))
    >>> print(history)
    [2, 2, 2, 2]
    """
    history = []
    for _ in range(num_iters):
        rng = np.random.default_rng(0)
        rows = rng.integers(len(X), size=batch_size)
        X_batch, y_batch = X[rows], y[rows]
        loss, dW = loss_and_grad(W, X, y)
        history.append(loss)
        W = W - learning_rate * dW
    return W, history


def grid_search(X_train, y_train, X_val, y_val, learning_rates, regs, train):
    """Try every pair of a learning rate and a penalty, and say which is best.

    For each learning rate in its order, and for each penalty in its order, train once, and measure the
    accuracy on the training rows and on the validation rows. The best pair is the one with the highest
    accuracy on the validation rows; among equals it is the one that was tried first.

    Parameters
    ----------
    X_train : ndarray (N, D), float64
    y_train : ndarray (N,), int
    X_val : ndarray (M, D), float64
    y_val : ndarray (M,), int
    learning_rates : list of float
    regs : list of float
        Neither list holds a number twice.
    train : callable (X, y, learning_rate, reg) -> W
        Trains a linear classifier and returns its weights (D, C). The class of a row x is the column with the
        highest of the scores ``x @ W``. A call is dear: make one a pair.

    Returns
    -------
    results : dict
        The key ``(learning_rate, reg)`` holds ``(train_accuracy, val_accuracy)``, shares from 0 to 1.
    best : tuple
        The best ``(learning_rate, reg)``.

    Examples
    --------
    This "training" learns nothing: it makes the class reg win everywhere.

    >>> def train(X, y, learning_rate, reg):
    ...     return np.eye(2)[[int(reg)]]
    >>> X = np.ones((4, 1))
    >>> y_train, y_val = np.array([0, 0, 0, 1]), np.array([0, 1, 1, 1])
    >>> results, best = grid_search(X, y_train, X, y_val, [0.5], [0.0, 1.0], train)
    >>> print([float(share) for share in results[0.5, 0.0]], [float(share) for share in results[0.5, 1.0]])
    [0.75, 0.25] [0.25, 0.75]
    >>> best
    (0.5, 1.0)
    """
    # Your code goes here, in place of the next line.
    raise NotImplementedError("grid_search is not written yet")


def debug_best_setting(evaluate, settings):
    """Mend the given code: the best of several settings. It runs, and two things are wrong.

    Among the settings it should find the one with the highest accuracy; among equals the one that comes
    first.

    Parameters
    ----------
    evaluate : callable (setting) -> accuracy
        Trains with a setting and returns the accuracy on the validation rows, 0 to 1. Call it once a setting.
    settings : list of float
        What to try, in this order; at least one.

    Returns
    -------
    best_setting : float
    best_accuracy : float

    Examples
    --------
    >>> accuracies = {1.0: 0.2, 2.0: 0.75, 3.0: 0.5}
    >>> print(debug_best_setting(accuracies.get, [1.0, 2.0, 3.0]))
    (2.0, 0.75)
    """
    best_accuracy, best_setting = -1.0, None
    for setting in settings:
        accuracy = evaluate(setting)
        if accuracy > best_accuracy:
            best_setting = setting
        best_accuracy = accuracy
    return setting, best_accuracy


def predict_rates():
    """Return which learning rate printed which losses.

    The valley ``L(u, v) = (u ** 2 + 25 * v ** 2) / 2`` is walked down from u = 4, v = 1 by plain gradient
    descent, without noise, four times: with the rates 0.004, 0.04, 0.0775 and 0.082, in some order. These are
    the losses before each of the first nine steps::

        A   20.50   7.37   6.79   6.26   5.77   5.32   4.90   4.52   4.16
        B   20.50  20.52  20.88  21.54  22.50  23.76  25.31  27.16  29.32
        C   20.50  17.79  15.45  13.42  11.65  10.13   8.80   7.65   6.65
        D   20.50  18.06  16.07  14.45  13.13  12.04  11.15  10.42   9.82

    Predict; run nothing.

    Returns
    -------
    a, b, c, d : float
        The rates of A, B, C and D.

    Examples
    --------
    >>> sorted(predict_rates())
    [0.004, 0.04, 0.0775, 0.082]
    """
    # Your code goes here, in place of the next line.
    raise NotImplementedError("predict_rates is not written yet")


def predict_first_print():
    """Return what a right program prints at first, with a penalty that many copied recipes use.

    W is (3073, 10), every entry drawn from a normal distribution with mean 0 and standard deviation 0.001.
    The loss is the mean hinge loss with delta = 1 plus ``reg * sum(W ** 2)``, reg = 2.5e4. For a while take
    all scores for 0. Predict; a pocket calculator is welcome, running anything is not.

    Returns
    -------
    data : float
        The data term of the first loss: what would be printed at reg = 0.
    penalty : float
        The penalty in the first loss, its expected value over the draws of W.
    later : float
        The penalty after 100 steps of rate 1e-7, if the gradient of the penalty alone moves W.

    Notes
    -----
    Three digits are enough.

    Examples
    --------
    >>> data, penalty, later = predict_first_print()
    >>> data < later < penalty
    True
    """
    # Your code goes here, in place of the next line.
    raise NotImplementedError("predict_first_print is not written yet")
