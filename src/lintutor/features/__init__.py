"""Features: what to measure in an image before a linear classifier sees it.

Color histograms, histograms of oriented gradients, bags of visual words; a feature matrix made of
them, and its standardization. Each stands here as its readable twin and its fast twin, equal by test.

Book: chapter 8, "Features".
"""

from lintutor.features.color import (
    color_histogram_hsv,
    color_histograms_hsv,
    rgb_to_hsv,
    rgb_to_hsv_naive,
)
from lintutor.features.gradient_histograms import hog, hog_feature, hog_lines, hog_naive, rgb_to_gray
from lintutor.features.matrix import extract_features, standardize
from lintutor.features.words import (
    codebook,
    nearest_words,
    nearest_words_naive,
    patches,
    word_counts,
    word_counts_naive,
)

__all__ = [
    "codebook",
    "color_histogram_hsv",
    "color_histograms_hsv",
    "extract_features",
    "hog",
    "hog_feature",
    "hog_lines",
    "hog_naive",
    "nearest_words",
    "nearest_words_naive",
    "patches",
    "rgb_to_gray",
    "rgb_to_hsv",
    "rgb_to_hsv_naive",
    "standardize",
    "word_counts",
    "word_counts_naive",
]
