"""Data losses: how unhappy the labels are with the scores.

A loss of the weights takes ``(W, X, y)`` and returns ``(loss, dW)``: the mean over the N examples and
its gradient; a loss of the scores takes ``(S, y)`` and returns ``(loss, dS)``. The penalty comes later,
in :mod:`lintutor.objective`. Each stands here as its readable twin (loops) and its fast twin (arrays),
equal by test. Exact numbers in give exact numbers out, wherever no exponential is in the way.

Book: chapter 3, "Hinge loss", and chapter 4, "Softmax and cross-entropy".
"""

from lintutor.losses.binary import binary_cross_entropy, binary_hinge_loss, sigmoid, sigmoid_squared_error
from lintutor.losses.hinge import (
    hinge_loss_half_vectorized,
    hinge_loss_naive,
    hinge_loss_one,
    hinge_loss_vectorized,
    hinge_margins,
    hinge_on_scores,
    squared_hinge_loss_naive,
    squared_hinge_loss_vectorized,
)
from lintutor.losses.hinge_variants import (
    crammer_singer_loss_naive,
    crammer_singer_loss_vectorized,
    one_vs_rest_hinge_loss_naive,
    one_vs_rest_hinge_loss_vectorized,
)
from lintutor.losses.information import cross_entropy, entropy, kl_divergence, self_information
from lintutor.losses.softmax import (
    cross_entropy_loss_naive,
    cross_entropy_loss_one,
    cross_entropy_loss_vectorized,
    cross_entropy_on_scores,
    log_softmax,
    log_sum_exp,
    softmax,
)

__all__ = [
    "binary_cross_entropy",
    "binary_hinge_loss",
    "crammer_singer_loss_naive",
    "crammer_singer_loss_vectorized",
    "cross_entropy",
    "cross_entropy_loss_naive",
    "cross_entropy_loss_one",
    "cross_entropy_loss_vectorized",
    "cross_entropy_on_scores",
    "entropy",
    "hinge_loss_half_vectorized",
    "hinge_loss_naive",
    "hinge_loss_one",
    "hinge_loss_vectorized",
    "hinge_margins",
    "hinge_on_scores",
    "kl_divergence",
    "log_softmax",
    "log_sum_exp",
    "one_vs_rest_hinge_loss_naive",
    "one_vs_rest_hinge_loss_vectorized",
    "self_information",
    "sigmoid",
    "sigmoid_squared_error",
    "softmax",
    "squared_hinge_loss_naive",
    "squared_hinge_loss_vectorized",
]
