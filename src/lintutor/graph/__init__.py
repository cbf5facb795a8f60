"""A computational graph over arrays: build it by arithmetic, walk it back, draw it.

- :mod:`lintutor.graph.local`: three gates backward, each by itself.
- :mod:`lintutor.graph.gates`: what every operation does forward and, beside it, backward.
- :mod:`lintutor.graph.value`: values that remember what they were computed from.
- :mod:`lintutor.graph.walk`: topological order, and gradients from the root to the inputs.
- :mod:`lintutor.graph.drawing`: the graph as a picture and as text.

Book: chapter 9, "Backpropagation".
"""

from lintutor.graph.drawing import describe, to_svg
from lintutor.graph.local import max_backward, multiply_backward, sigmoid_backward
from lintutor.graph.value import Value
from lintutor.graph.walk import backward, topological_order

__all__ = [
    "Value",
    "backward",
    "describe",
    "max_backward",
    "multiply_backward",
    "sigmoid_backward",
    "to_svg",
    "topological_order",
]
