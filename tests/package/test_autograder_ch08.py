"""Chapter 8's exercises: what a mistake costs, what is forgiven, and what the board shows."""

import pytest

from lintutor.autograder import catalogue

files = catalogue.beside(__file__, "answer_files")
KNOWN = {entry.function: entry for entry in catalogue.exercises("ch08")}
SOLUTION = (KNOWN["hog_feature"].root / "solutions" / "ch08_features.py").read_text(encoding="utf-8")


def changed(tmp_path, function, *changes):
    """The row of a worked answer with some of its text exchanged."""
    source = SOLUTION
    for old, new in changes:
        assert source.count(old) == 1, old
        source = source.replace(old, new)
    return files.graded(tmp_path, KNOWN[function], source)


def twin(tmp_path, function, key):
    return files.graded(
        tmp_path, KNOWN[function], files.by_name(KNOWN[function], KNOWN[function].misconception(key).twin)
    )


LOST = [
    ("extract_features", "numbers-crash", {"a function that returns a number"}),
    ("extract_features", "images-in-columns", {"returns a row"}),
    ("color_histogram_hsv", "counts-for-shares", {"the shares add up to 1"}),
    ("color_histogram_hsv", "gray-divides-by-zero", {"gray has hue 0"}),
    ("color_histogram_hsv", "bytes-wrapped", {"pictures of bytes"}),
    ("color_histogram_hsv", "edges-returned-too", {"returns nbin numbers"}),
    ("color_histogram_hsv", "nbin-fixed", {"returns nbin numbers", "one range, many ranges"}),
    ("hog_feature", "one-half-in-the-gradient", {"one gray cell"}),
    ("hog_feature", "normalized-anyway", {"one gray cell"}),
    ("hog_feature", "upward-slope", {"one gray cell"}),
    ("hog_feature", "blue-too-heavy", {"a color image"}),
    ("hog_feature", "bytes-in-the-gradient", {"pictures of bytes"}),
    ("hog_feature", "cells-by-columns", {"several cells"}),
    ("hog_feature", "gradient-cell-by-cell", {"several cells"}),
    ("hog_feature", "cut-before-the-gradient", {"sides that are no multiples"}),
    ("debug_votes", "mean-over-the-voters", {"a bin holds the sum", "whole cells"}),
]


@pytest.mark.parametrize(("function", "key", "begins"), LOST, ids=[f"{f}-{key}" for f, key, _ in LOST])
def test_a_mistake_costs_the_checks_of_its_own_aspect(function, key, begins, tmp_path):
    names = files.lost(twin(tmp_path, function, key))
    assert len(names) == len(begins)
    assert all(any(name.startswith(each) for name in names) for each in begins)


def test_a_convention_of_hog_costs_half_of_one_check_and_is_told(tmp_path):
    for key, told in (("one-half-in-the-gradient", "0.5 times"), ("normalized-anyway", "their length")):
        row = twin(tmp_path, "hog_feature", key)
        assert row.points == row.max_points - 3
        assert any(told in check.message for check in row.checks)


def test_cells_in_another_order_are_shown_by_name(tmp_path):
    row = twin(tmp_path, "hog_feature", "cells-by-columns")
    (board,) = [check.counterexample for check in row.checks if check.counterexample]
    assert "expected: (0, 0), (0, 1), (0, 2), (1, 0)" in board
    assert "in yours: (0, 0), (1, 0), (0, 1), (1, 1)" in board


def test_a_hue_that_rounds_to_one_costs_one_point_and_is_explained(tmp_path):
    guard = ("min(int(hue * nbin), nbin - 1)", "int(hue * nbin)")
    row = changed(tmp_path, "color_histogram_hsv", guard)
    assert row.points == row.max_points - 1
    (told,) = [check.message for check in row.checks if check.message]
    assert "It belongs to the last range" in told


def test_a_crash_at_sides_of_fifteen_pixels_costs_the_check_of_what_is_left_over(tmp_path):
    rows = ("rows, columns = gray.shape[0] // 8,", "rows, columns = gray.shape[0] // 7,")
    row = changed(tmp_path, "hog_feature", rows)
    assert [name[:5] for name in files.lost(row)] == ["sides"]


def test_two_mistakes_of_a_hue_histogram_are_both_named(tmp_path):
    row = changed(
        tmp_path,
        "color_histogram_hsv",
        ("if gap == 0:\n            hue = 0.0", "if gap < 0:\n            hue = 0.0"),
        ("((g - b) / gap / 6) % 1", "max((g - b) / gap / 6, 0)"),
    )
    assert {f.misconception.id for f in row.findings} == {"gray-divides-by-zero", "hue-not-wrapped"}
