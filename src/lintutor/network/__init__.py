"""Networks of two layers: the layers as functions, the loss by hand and by the engine, a classifier.

- :mod:`lintutor.network.layers`: each layer forward and backward.
- :mod:`lintutor.network.two_layer`: scores, loss and gradients of the whole.
- :mod:`lintutor.network.classifier`: training and prediction.

Book: chapter 9, "Backpropagation".
"""

from lintutor.network.classifier import TwoLayerNet
from lintutor.network.layers import (
    affine_backward,
    affine_forward,
    relu_backward,
    relu_forward,
    softmax_loss,
    svm_loss,
)
from lintutor.network.two_layer import two_layer_loss, two_layer_loss_graph, two_layer_scores

__all__ = [
    "TwoLayerNet",
    "affine_backward",
    "affine_forward",
    "relu_backward",
    "relu_forward",
    "softmax_loss",
    "svm_loss",
    "two_layer_loss",
    "two_layer_loss_graph",
    "two_layer_scores",
]
