"""Sessions with a classifier: it is trained with a planned loss, or it predicts."""


def session(make, method, *args):
    """Return what one method gives, and the weights after training.

    ``"train", W, X, y, loss, options``: from the weights W, or from none at all if W is None.
    ``"predict", W, X``.
    """
    model = make()
    if method == "predict":
        W, X = args
        model.W = W
        return model.predict(X)
    W, X, y, loss, options = args
    if W is not None:
        model.W = W
    model.loss = loss
    history = model.train(X, y, **options)
    return history, model.W
