"""What each figure that moves starts from, and the sentence that stands in its place on paper.

``FIGURES`` maps a name to its title, to the sentence shown where no script runs, and to the data that the
script gets. All numbers come from the package: the points of the figure of regions, the three pictures,
the losses in the sentences.
"""

from collections.abc import Callable
from typing import Any, NamedTuple

import numpy as np

from lintutor import datasets, graph, losses, neighbors, regularizers, scores

__all__ = ["FIGURES", "MovingFigure", "palette", "ridge_bowl", "seeded_points", "solve"]


class MovingFigure(NamedTuple):
    """One figure that moves.

    Attributes
    ----------
    title : str
        Read out as the name of the group of controls.
    still : callable
        Returns the sentence for pages without JavaScript.
    data : callable
        Returns what the script starts from, as JSON can hold it; ``start`` is the state it opens in.
    """

    title: str
    still: Callable[[], str]
    data: Callable[[], dict[str, Any]]


def palette() -> dict[str, Any]:
    """Return colors and markers of the first three classes, and those of accents, as plots draw them."""
    from lintutor.graph.drawing import GRADIENT_COLOR, VALUE_COLOR
    from lintutor.plots import ACCENT, MUTED, class_color, class_marker, line_style

    return {
        "colors": [class_color(c) for c in range(3)],
        "markers": [class_marker(c) for c in range(3)],
        "lines": [line_style(k)["color"] for k in range(3)],
        "accent": ACCENT,
        "muted": MUTED,
        "value": VALUE_COLOR,
        "gradient": GRADIENT_COLOR,
    }


def _rotation() -> dict[str, Any]:
    return {"start": {"degrees": 0, "a": [0, 1], "b": [1, 0]}}


def _rotation_still() -> str:
    a, b = np.array([[0.0, 1.0]]), np.array([[1.0, 0.0]])
    turn = np.sqrt(0.5) * np.array([[1, 1], [-1, 1]])  # by 45 degrees, for rows
    before, after = (
        neighbors.l1_distances(a, b)[0, 0],
        neighbors.l1_distances(a @ turn, b @ turn)[0, 0],
    )
    length = neighbors.l2_distances(a, b)[0, 0]
    return (
        f"The points (0, 1) and (1, 0) are {before:.3f} apart by L1 and {length:.3f} by L2. "
        f"Turned by 45 degrees they are {after:.3f} apart by L1, and still {length:.3f} by L2."
    )


def seeded_points() -> tuple[np.ndarray[Any, Any], np.ndarray[Any, Any]]:
    """Return thirty points (30, 2) of three overlapping classes, to one digit, and their labels (30,)."""
    rng = np.random.default_rng(7)
    labels = np.repeat(np.arange(3), 10)
    centers = np.array([[3.2, 3.4], [6.8, 3.8], [4.8, 6.8]])
    points = (centers[labels] + rng.normal(0, 1.45, (30, 2))).clip(0.4, 9.6).round(1)
    return points, labels


def _regions() -> dict[str, Any]:
    points, labels = seeded_points()
    return {"labels": labels.tolist(), "start": {"k": 5, "p": 2, "points": points.tolist(), "at": [5, 5]}}


def _regions_still() -> str:
    points, labels = seeded_points()
    wrong = [
        int((neighbors.KNearestNeighbors(k=k).fit(points, labels).predict(points) != labels).sum())
        for k in (1, 15)
    ]
    return (
        f"Thirty points of three classes and the regions of their nearest neighbors. With K = 1, {wrong[0]} "
        f"of the points lie in a region of another class; with K = 15, {wrong[1]} do."
    )


def _half_planes() -> dict[str, Any]:
    X, W, y, names = datasets.three_pictures()
    start = {"W": W[:2].tolist(), "b": W[2].tolist(), "at": X[0, :2].tolist(), "chosen": 0}
    return {"names": names, "pictures": X[:, :2].tolist(), "y": y.tolist(), "start": start}


def _half_planes_still() -> str:
    X, W, _, names = datasets.three_pictures()
    said = _listed(f"{name} {score:.1f}" for name, score in zip(names, (X @ W)[0], strict=True))
    winner = names[int(scores.predict(X[:1], W)[0])]
    return (
        f"At the point of the cat, (2, 1), the scores are {said}: the point lies in the region of {winner}."
    )


def _two_losses() -> dict[str, Any]:
    X, W, _, names = datasets.three_pictures()
    cat = (X @ W)[0].round(2).tolist()
    presets = [[10, -2, 3], [10, 9, 9], [10, -100, -100], cat]
    return {"names": names, "presets": presets, "start": {"s": cat, "y": 0}}


def _two_losses_still() -> str:
    s = _two_losses()["start"]["s"]
    hinge, entropy = losses.hinge_loss_one(s, 0), losses.cross_entropy_loss_one(s, 0)
    return (
        f"For the cat, with scores {_listed(f'{score:g}' for score in s)}, the hinge loss is {hinge:.2f} "
        f"and the cross-entropy loss {entropy:.2f}."
    )


def ridge_bowl() -> np.ndarray[Any, Any]:
    """Return the curvature (2, 2) A of the bowl ``(w - v) @ A @ (w - v)``, the data loss beside penalties."""
    return np.array([[1.0, 0.6], [0.6, 1.0]])


def solve(v: Any, reg: float, penalty: str, beta: float = 1.0) -> np.ndarray[Any, Any]:
    """Return the minimizer (2,) of ``(w - v) @ A @ (w - v)`` plus a penalty, by proximal steps.

    Parameters
    ----------
    v : array_like (2,)
        Where the data loss is least.
    reg : float, at least 0
    penalty : {"l2", "l1", "elastic"}
    beta : float
        Weight of the squares in the elastic net.

    Examples
    --------
    >>> solve([1.0, 2.0], 0.0, "l1").round(6).tolist()
    [1.0, 2.0]
    """
    A, v = ridge_bowl(), np.asarray(v, dtype=float)
    if penalty == "l2":
        return np.asarray(np.linalg.solve(A + reg * np.eye(2), A @ v))
    step = 0.5 / np.linalg.eigvalsh(A)[-1]
    w = v.copy()
    for _ in range(200):
        down = w - step * 2 * A @ (w - v)
        w = regularizers.elastic_net_prox(down, step * reg, beta if penalty == "elastic" else 0.0)
    return np.asarray(w)


def _geometry() -> dict[str, Any]:
    start = {"penalty": "l1", "reg": 2.0, "beta": 0.5, "v": [0.6, 1.6]}
    return {"bowl": ridge_bowl().tolist(), "start": start}


def _geometry_still() -> str:
    start = _geometry()["start"]
    l1, l2 = (solve(start["v"], start["reg"], penalty) for penalty in ("l1", "l2"))
    return (
        f"With reg = {start['reg']:g} the best weights are ({l1[0]:.2f}, {l1[1]:.2f}) under L1, on a corner "
        f"of the diamond, and ({l2[0]:.2f}, {l2[1]:.2f}) under L2, on a circle without corners."
    )


def _circuits() -> dict[str, Any]:
    start = {"circuit": "product", "step": 0, "product": [-2, 5, -4], "neuron": [2, -1, -3, -2, -3]}
    return {"start": start}


def _circuits_still() -> str:
    x, y, z = graph.Value(-2.0, "x"), graph.Value(5.0, "y"), graph.Value(-4.0, "z")
    f = (x + y) * z
    f.backward()
    return (
        f"For x = -2, y = 5 and z = -4, the circuit (x + y) z gives {f.data:g}; backward, the gradients are "
        f"{x.grad:g} for x, {y.grad:g} for y and {z.grad:g} for z."
    )


def _patterns() -> dict[str, Any]:
    return {"start": {"x": 3, "y": -4, "g": 2}}


def _patterns_still() -> str:
    said = []
    for name in ("add", "multiply", "max"):
        x, y = graph.Value(3.0), graph.Value(-4.0)
        {"add": x + y, "multiply": x * y, "max": x.maximum(y)}[name].backward(2.0)
        said.append(f"{name} sends back {x.grad:g} and {y.grad:g}")
    return f"With inputs 3 and -4 and a gradient of 2 from above, {_listed(said)}."


def _listed(parts: Any) -> str:
    *most, last = parts
    return f"{', '.join(most)} and {last}"


FIGURES = {
    "knn-rotation": MovingFigure("Two points, turned", _rotation_still, _rotation),
    "knn-decision-regions": MovingFigure("Regions of the nearest neighbors", _regions_still, _regions),
    "score-half-planes": MovingFigure("Three linear scores in the plane", _half_planes_still, _half_planes),
    "softmax-against-hinge": MovingFigure("Two losses of the same scores", _two_losses_still, _two_losses),
    "reg-geometry": MovingFigure("Where a penalty meets the loss", _geometry_still, _geometry),
    "bp-circuits": MovingFigure("A circuit, gate by gate", _circuits_still, _circuits),
    "bp-gate-patterns": MovingFigure("Three gates, backward", _patterns_still, _patterns),
}
