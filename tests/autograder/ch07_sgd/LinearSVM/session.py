"""Sessions with a classifier: the loss of a batch, or a training and what it predicts."""


def session(make, W, X, y, reg, options=None):
    """Return loss and gradient at the weights W.

    With a dict of options, train instead: losses, classes. With ``"W"``, return the weights after the loss.
    """
    model = make()
    if isinstance(options, dict):
        history = model.train(X, y, reg=reg, **options)
        return history, model.predict(X)
    model.W = W
    result = model.loss(X, y, reg)
    return model.W if options == "W" else result
