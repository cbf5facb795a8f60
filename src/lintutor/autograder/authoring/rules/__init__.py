"""The rules of ``lintutor lint``, one module a subject."""

from . import answers, chapters, checks, graded, leaks, strays, twins, words

__all__ = ["answers", "chapters", "checks", "graded", "leaks", "strays", "twins", "words"]
