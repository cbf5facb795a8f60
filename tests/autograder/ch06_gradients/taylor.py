"""The two questions on the error of a difference: polynomials, for which Taylor's theorem is exact."""

from math import factorial

from lintutor.autograder import catalogue
from lintutor.autograder.expressions import Expression

derivatives = catalogue.beside(__file__, "derivatives")


def error(h: Expression, d: list, centered: bool) -> Expression:
    """The difference minus the slope, term by term."""
    orders = range(3, len(d), 2) if centered else range(2, len(d))
    return sum(h ** (k - 1) * d[k] / factorial(k) for k in orders)


def question(count, centered, rows):
    """The question for derivatives d_0 .. d_{count-1}; a row of values is h and the derivatives."""
    names = [f"d_{k}" for k in range(count)]
    kinds = {"h": "positive", **dict.fromkeys(names, "real")}
    points = [dict(zip(kinds, row, strict=True)) for row in rows]

    def working(point):
        h, d = point["h"], [point[name] for name in names]
        ahead = sum(h**k * d[k] / factorial(k) for k in range(count))
        behind = sum((-h) ** k * d[k] / factorial(k) for k in range(count))
        other, way = (behind, 2 * h) if centered else (d[0], h)
        name = "f(x - h)" if centered else "f(x)"
        return (
            f"by Taylor's theorem f(x + h) = {float(ahead):g} and {name} = {float(other):g}\n"
            f"difference ({float(ahead):g} - ({float(other):g})) / {float(way):g} "
            f"= {float((ahead - other) / way):g}, slope {d[1]}"
        )

    return derivatives.Question(
        kinds,
        ["h", names],
        lambda at_zero, h, d: error(h, d, centered),
        working,
        points,
        depends="h and on the higher derivatives",
        what="error",
    )


FORWARD = question(
    5,
    False,
    [(2, 3, 1, 5, 0, 0), (2, 3, 1, 0, 6, 0), (2, 3, 1, 0, 0, 9), (3, 2, 7, -2, 4, 8), (1, 0, 2, 6, -3, 12)],
)
CENTERED = question(
    6,
    True,
    [
        (2, 3, 1, 0, 6, 0, 0),
        (2, 3, 1, 0, 0, 0, 15),
        (2, 3, 1, 5, 0, 9, 0),
        (3, 2, 7, -2, 4, 8, 10),
        (1, 0, 2, 6, -3, 12, 60),
    ],
)
