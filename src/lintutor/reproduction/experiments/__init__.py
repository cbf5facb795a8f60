"""The experiments of the reproduction, in the order of the book's chapters.

Each module holds one family. What is measured stands in the functions, what was chosen in the settings.
"""

from lintutor.reproduction.experiments import checks, features, linear, nearest, network, searches
from lintutor.reproduction.experiments._experiment import Experiment
from lintutor.reproduction.experiments.images import Images

__all__ = ["EXPERIMENTS", "Experiment", "Images"]

EXPERIMENTS: tuple[Experiment, ...] = tuple(
    experiment
    for family in (nearest, checks, searches, linear, features, network)
    for experiment in family.EXPERIMENTS
)
