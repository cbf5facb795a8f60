"""Circuits: a computational graph with values and gradients on its wires.

Book: chapter 9, "Backpropagation".
"""

from typing import Any

from lintutor.graph import Value, describe, to_svg

__all__ = ["Circuit", "circuit"]


class Circuit:
    """A drawn graph: a picture on the page, its description in a terminal.

    Attributes
    ----------
    svg : str
        The picture.
    text : str
        The same in words, one gate a line: what to put into the alternative text.
    """

    def __init__(self, svg: str, text: str) -> None:
        self.svg = svg
        self.text = text

    def _repr_svg_(self) -> str:
        return self.svg

    def __repr__(self) -> str:
        return self.text


def circuit(root: Value, **how: Any) -> Circuit:
    """Draw the graph that ends in `root`; it is drawn as it is now, later changes do not show.

    Parameters
    ----------
    root : Value
    **how
        Passed to :func:`lintutor.graph.to_svg`: ``digits``, ``gradients``, ``title``.

    Returns
    -------
    Circuit

    Raises
    ------
    TypeError, ValueError
        If root is no Value.

    Examples
    --------
    >>> from lintutor.graph import Value
    >>> f = Value(-2, "x") * Value(5, "y")
    >>> f.backward()
    >>> "<svg" in circuit(f, digits=1).svg
    True

    See the book: ``bp-circuits``.
    """
    if not isinstance(root, Value):
        raise TypeError(f"root must be a Value, got {type(root).__name__}")
    told = {name: value for name, value in how.items() if name != "title"}
    return Circuit(to_svg(root, **how), describe(root, **told))
