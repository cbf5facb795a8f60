"""A computational graph over arrays: build it by arithmetic, walk it back, draw it.

Book: chapter 9, "Backpropagation".
"""

from lintutor.graph.drawing import describe, to_svg
from lintutor.graph.value import Value
from lintutor.graph.walk import backward, topological_order

__all__ = ["Value", "backward", "describe", "to_svg", "topological_order"]
