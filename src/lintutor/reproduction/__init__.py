"""Reproduce what others report of CIFAR-10: experiments, the record of their results, the comparison.

``lintutor reproduce`` runs it. The record that ships with lintutor is read by :func:`recorded`, which
loads none of the experiments.
"""

from lintutor.reproduction.comparison import FIGURES, Comparison, Figure, compare
from lintutor.reproduction.record import DataOfRecord, Record, RecordError, Run, Spread, recorded
from lintutor.reproduction.templates import templates

__all__ = [
    "FIGURES",
    "Comparison",
    "DataOfRecord",
    "Figure",
    "Record",
    "RecordError",
    "Run",
    "Spread",
    "compare",
    "recorded",
    "templates",
]
