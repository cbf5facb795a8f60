"""The data of the book: three pictures on paper, real digits, drawn scenes, and CIFAR-10 where you have it.

``load(name)`` gives any of them as :class:`Splits`: rows to learn from, to choose by, and to report once.
``fetch_cifar10`` and ``install_cifar10`` put CIFAR-10 where ``load`` finds it.
"""

from lintutor.datasets._files import CIFAR10_PAGE
from lintutor.datasets.cifar10 import Cifar10, load_cifar10
from lintutor.datasets.digits import load_digits
from lintutor.datasets.download import DownloadError
from lintutor.datasets.installing import cifar10_folder, fetch_cifar10, install_cifar10
from lintutor.datasets.published import is_published
from lintutor.datasets.scenes import DEFAULT_DIFFICULTY, DIFFICULTIES, SCENE_CLASSES, make_scenes
from lintutor.datasets.splits import DATASETS, Splits, load
from lintutor.datasets.three_pictures import ThreePictures, three_pictures

__all__ = [
    "CIFAR10_PAGE",
    "DATASETS",
    "DEFAULT_DIFFICULTY",
    "DIFFICULTIES",
    "SCENE_CLASSES",
    "Cifar10",
    "DownloadError",
    "Splits",
    "ThreePictures",
    "cifar10_folder",
    "fetch_cifar10",
    "install_cifar10",
    "is_published",
    "load",
    "load_cifar10",
    "load_digits",
    "make_scenes",
    "three_pictures",
]
