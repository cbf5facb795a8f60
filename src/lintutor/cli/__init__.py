"""The front door: the command ``lintutor``. Each module adds the commands of one group, in this order."""

from . import data, learn, reproducing, teach, workshop, writing
from .front import main

__all__ = ["data", "learn", "main", "reproducing", "teach", "workshop", "writing"]
