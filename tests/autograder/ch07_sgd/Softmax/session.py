"""Sessions with a classifier: the loss of a batch, or a training and what it predicts."""


def session(make, W, X, y, reg, options=None):
    """Return loss and gradient at the weights W; with options, train instead: losses, classes."""
    model = make()
    if options is None:
        model.W = W
        return model.loss(X, y, reg)
    history = model.train(X, y, reg=reg, **options)
    return history, model.predict(X)
