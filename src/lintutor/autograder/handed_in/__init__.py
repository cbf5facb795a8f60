"""What a learner handed in, whatever it is: a file, a notebook, a zip or a folder, read in memory."""

from .reading import HandedIn, Source, read, submissions

__all__ = ["HandedIn", "Source", "read", "submissions"]
