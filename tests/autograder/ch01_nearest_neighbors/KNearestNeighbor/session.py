"""Sessions with a classifier: it is trained, then one of its methods is called."""

TWICE = "twice "  # before the name of a method: what its second call gives
DISTANCES = ("compute_distances_two_loops", "compute_distances_one_loop", "compute_distances_no_loops")


def session(make, method, X_train, y_train, X, k=None, num_loops=None, stand_ins=None):
    """Return what a method gives for X: new pictures (M, D), or for ``predict_labels`` distances (M, N).

    `stand_ins` are functions that take the place of methods, by name.
    """
    knn = make()
    knn.train(X_train, y_train)
    for name, stand_in in (stand_ins or {}).items():
        setattr(knn, name, stand_in)
    if method.startswith(TWICE):
        method = method.removeprefix(TWICE)
        getattr(knn, method)(X)
    if method in DISTANCES:
        return getattr(knn, method)(X)
    if method == "predict_labels":
        return knn.predict_labels(X) if k is None else knn.predict_labels(X, k=k)
    if num_loops is None:
        return knn.predict(X) if k is None else knn.predict(X, k=k)
    return knn.predict(X, k=k, num_loops=num_loops)
