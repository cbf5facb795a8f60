"""Choosing a model without fooling oneself: splits, folds, and a search over settings.

Whatever is chosen is chosen by examples that were not trained on, and reported on examples that
chose nothing. Models are anything with the estimator interface: ``fit(X, y)`` and ``score(X, y)``.

- :mod:`lintutor.model_selection.splits`: train, validation and test; the indices of k folds.
- :mod:`lintutor.model_selection.folds`: cross-validation.
- :mod:`lintutor.model_selection.grid`: a search over settings.

Book: folds in chapter 1, "Nearest neighbors"; grids in chapter 7, "SGD".
"""

from lintutor.model_selection.folds import cross_val_score, k_fold_accuracies
from lintutor.model_selection.grid import Search, Trial, grid_search
from lintutor.model_selection.splits import Split, k_fold, train_val_test_split

__all__ = [
    "Search",
    "Split",
    "Trial",
    "cross_val_score",
    "grid_search",
    "k_fold",
    "k_fold_accuracies",
    "train_val_test_split",
]
