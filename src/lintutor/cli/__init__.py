"""The front door: the command ``lintutor``. Each module adds the commands of one group, in this order."""

from . import learn, teach, workshop
from .front import main

__all__ = ["learn", "main", "teach", "workshop"]
