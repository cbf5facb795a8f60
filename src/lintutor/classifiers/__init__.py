"""Linear classifiers with the estimator interface of scikit-learn.

All three score with ``W_`` (D + 1, C), whose last row is the bias, and differ in where W comes from:
the class means, the hinge loss, the cross-entropy.

- :mod:`lintutor.classifiers.nearest_mean`: the class whose mean is nearest.
- :mod:`lintutor.classifiers.trained`: the linear SVM and the softmax classifier.
- :mod:`lintutor.classifiers.training`: how they, and the two-layer net, are trained.

Book: nearest mean in chapter 2; the SVM trained in chapter 3; both trained ones compared in chapter 7.
"""

from lintutor._estimator import NotFittedError
from lintutor.classifiers.nearest_mean import NearestMean, nearest_mean_weights
from lintutor.classifiers.trained import LinearSVM, SoftmaxClassifier

__all__ = ["LinearSVM", "NearestMean", "NotFittedError", "SoftmaxClassifier", "nearest_mean_weights"]
