"""Nearest neighbors: distances of all pairs of rows, the nearest of them, and how they vote.

Each algorithm stands here as its readable twin (:mod:`lintutor.neighbors.twins`) and its fast twin,
equal by test. The order of arguments is ``(X, X_train)`` throughout.

Book: chapter 1, "Nearest neighbors".
"""

from lintutor.neighbors.classifier import KNearestNeighbors
from lintutor.neighbors.distances import l1_distances, l2_distances, lp_distances, squared_l2_distances
from lintutor.neighbors.nearest import k_nearest
from lintutor.neighbors.twins import (
    l1_distances_one_loop,
    l1_distances_two_loops,
    l2_distances_no_loops,
    l2_distances_one_loop,
    l2_distances_two_loops,
)
from lintutor.neighbors.voting import majority_vote, majority_vote_loops, vote_counts

__all__ = [
    "KNearestNeighbors",
    "k_nearest",
    "l1_distances",
    "l1_distances_one_loop",
    "l1_distances_two_loops",
    "l2_distances",
    "l2_distances_no_loops",
    "l2_distances_one_loop",
    "l2_distances_two_loops",
    "lp_distances",
    "majority_vote",
    "majority_vote_loops",
    "squared_l2_distances",
    "vote_counts",
]
