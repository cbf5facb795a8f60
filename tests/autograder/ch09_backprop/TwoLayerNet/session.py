"""A session with a net: one method at a time, from parameters that are given."""

NAMES = ("W1", "b1", "W2", "b2")


def session(make, what, params, X=None, y=None, *settings):
    """Return what a method gives; of train, the parameters afterwards as well.

    Parameters
    ----------
    what : "start", "kept", "scores", "loss", "train" or "predict"
        The start gives parameters as they are drawn, "kept" those that a call of loss leaves.
    params : list
        W1, b1, W2, b2; for "start" what the class is made with.
    settings : numbers
        reg of a loss; for train the learning rate, its decay, reg, the steps, and the size of a batch.
    """
    if what == "start":
        return make(*params).params
    D, H, C = len(params[0]), len(params[1]), len(params[3])
    net = make(D, H, C)
    net.params = dict(zip(NAMES, params, strict=True))
    if what == "scores":
        return net.loss(X)
    if what == "loss":
        return net.loss(X, y, *settings)
    if what == "kept":
        net.loss(X, y, *settings)
        return net.params
    if what == "predict":
        return net.predict(X)
    rate, decay, reg, steps, size = settings
    told = net.train(
        X,
        y,
        X,
        y,
        learning_rate=rate,
        learning_rate_decay=decay,
        reg=reg,
        num_iters=steps,
        batch_size=size,
    )
    return told, net.params
