"""Where the nodes of a drawing stand: layers from left to right, few crossings, straight wires.

The three steps of Sugiyama, Tagawa and Toda, "Methods for visual understanding of hierarchical system
structures", IEEE Transactions on Systems, Man, and Cybernetics 11 (1981): layers by longest path,
order within a layer by barycenters, then heights, each as near its neighbors' mean as room allows.
Ties are broken by the order given, so the same graph gives the same drawing.
"""

from dataclasses import dataclass
from itertools import combinations, pairwise

SWEEPS = 12
BEND_HEIGHT = 18.0  # room that a wire takes where it passes a layer


@dataclass(frozen=True)
class Layout:
    """Where nodes stand, and where wires pass the layers between.

    Attributes
    ----------
    layer : list of int
    y : list of float
        Centers; the topmost edge is 0.
    height : float
    bends : dict from (source, target) to list of (layer, y)
    """

    layer: list[int]
    y: list[float]
    height: float
    bends: dict[tuple[int, int], list[tuple[int, float]]]


def arrange(inputs: list[list[int]], heights: list[float]) -> Layout:
    """Lay out nodes 0 .. n-1, each after its inputs, given how much room each takes."""
    layer = _layers(inputs)
    room = list(heights)
    chains: dict[tuple[int, int], list[int]] = {}
    for target, sources in enumerate(inputs):
        for source in dict.fromkeys(sources):
            between = range(layer[source] + 1, layer[target])
            bends = list(range(len(room), len(room) + len(between)))
            layer += between
            room += [BEND_HEIGHT] * len(bends)
            chains[source, target] = [source, *bends, target]
    left: list[list[int]] = [[] for _ in room]
    right: list[list[int]] = [[] for _ in room]
    for chain in chains.values():
        for a, b in pairwise(chain):
            left[b].append(a)
            right[a].append(b)
    rows = _ordered(layer, left, right)
    y = _heights(rows, left, right, room)
    top = min(y[v] - room[v] / 2 for v in range(len(room)))
    bottom = max(y[v] + room[v] / 2 for v in range(len(room)))
    n = len(inputs)
    bends_at = {ends: [(layer[v], y[v] - top) for v in chain[1:-1]] for ends, chain in chains.items()}
    return Layout(layer[:n], [y[v] - top for v in range(n)], bottom - top, bends_at)


def _layers(inputs: list[list[int]]) -> list[int]:
    """Return the length of the longest path to each node; a start stands just left of its first user."""
    layer = [0] * len(inputs)
    first_use: dict[int, int] = {}
    for v, sources in enumerate(inputs):
        layer[v] = 1 + max((layer[u] for u in sources), default=-1)
        for u in sources:
            first_use[u] = min(layer[v], first_use.get(u, layer[v]))
    return [
        at if sources else first_use.get(v, 1) - 1
        for v, (at, sources) in enumerate(zip(layer, inputs, strict=True))
    ]


def _ordered(layer: list[int], left: list[list[int]], right: list[list[int]]) -> list[list[int]]:
    """Return each layer's nodes from top to bottom, with few crossings between layers."""
    rows: list[list[int]] = [[] for _ in range(1 + max(layer))]
    for v in _by_depth(left, right):
        rows[layer[v]].append(v)
    best, fewest = rows, _crossings(rows, right)
    for sweep in range(SWEEPS):
        rows = [list(row) for row in rows]
        neighbors = right if sweep % 2 else left
        for row in reversed(rows) if sweep % 2 else rows:
            place = {v: float(k) for r in rows for k, v in enumerate(r)}
            wish = {v: _mean([place[u] for u in neighbors[v]], place[v]) for v in row}
            row.sort(key=wish.__getitem__)
        crossings = _crossings(rows, right)
        if crossings < fewest:
            best, fewest = rows, crossings
    return best


def _by_depth(left: list[list[int]], right: list[list[int]]) -> list[int]:
    """Return all nodes, each after what it is made of, first operands first."""
    order: dict[int, None] = {}
    stack = [(v, False) for v in reversed(range(len(left))) if not right[v]]
    while stack:
        v, placed = stack.pop()
        if placed:
            order[v] = None
        elif v not in order:
            stack.append((v, True))
            stack += [(u, False) for u in reversed(left[v])]
    return list(order)


def _crossings(rows: list[list[int]], right: list[list[int]]) -> int:
    place = {v: k for row in rows for k, v in enumerate(row)}
    count = 0
    for row in rows:
        links = [(place[v], place[u]) for v in row for u in right[v]]
        count += sum((a - c) * (b - d) < 0 for (a, b), (c, d) in combinations(links, 2))
    return count


def _heights(
    rows: list[list[int]], left: list[list[int]], right: list[list[int]], room: list[float]
) -> list[float]:
    """Return a height for each node: near its neighbors' mean, in order, with room between."""
    y = [0.0] * len(room)
    both = [a + b for a, b in zip(left, right, strict=True)]
    sweeps = [(both, rows), (both, rows[::-1])] * (SWEEPS // 2)
    for neighbors, order in [*sweeps, (left, rows)]:  # the last one straightens chains
        for row in order:
            wishes = [_mean([y[u] for u in neighbors[v]], y[v]) for v in row]
            for v, height in zip(row, _apart(wishes, [room[v] for v in row]), strict=True):
                y[v] = height
    return y


def _apart(wishes: list[float], room: list[float]) -> list[float]:
    """Return the heights nearest to the wishes that keep the order and leave everyone its room.

    With the room taken off, this is a rising sequence nearest to a given one: neighbors that are out
    of order are pooled at their mean.
    """
    taken = [0.0]
    for a, b in pairwise(room):
        taken.append(taken[-1] + (a + b) / 2)
    pools: list[list[float]] = []
    for wish, offset in zip(wishes, taken, strict=True):
        pools.append([wish - offset])
        while len(pools) > 1 and _mean(pools[-2], 0) >= _mean(pools[-1], 0):
            last = pools.pop()
            pools[-1] += last
    level = [_mean(pool, 0) for pool in pools for _ in pool]
    return [base + offset for base, offset in zip(level, taken, strict=True)]


def _mean(numbers: list[float], otherwise: float) -> float:
    return sum(numbers) / len(numbers) if numbers else otherwise
