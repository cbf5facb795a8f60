"""The data of the book: real digits, drawn scenes, and CIFAR-10 where you have it.

``load(name)`` gives any of them as :class:`Splits`: rows to learn from, to choose by, and to report once.
"""

from lintutor.datasets.cifar10 import CIFAR10_PAGE, Cifar10, load_cifar10
from lintutor.datasets.digits import load_digits
from lintutor.datasets.scenes import DEFAULT_DIFFICULTY, DIFFICULTIES, SCENE_CLASSES, make_scenes
from lintutor.datasets.splits import DATASETS, Splits, load

__all__ = [
    "CIFAR10_PAGE",
    "DATASETS",
    "DEFAULT_DIFFICULTY",
    "DIFFICULTIES",
    "SCENE_CLASSES",
    "Cifar10",
    "Splits",
    "load",
    "load_cifar10",
    "load_digits",
    "make_scenes",
]
