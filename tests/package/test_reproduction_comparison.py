"""Every figure that the sources give stands beside one of ours, and the verdict is right at its border."""

import json
import tomllib
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from lintutor.reproduction import FIGURES, Comparison, DataOfRecord, Figure, Record, Run, Spread, compare
from lintutor.reproduction.experiments import EXPERIMENTS, Images

from .reproduction_parts import at_once, scenes

LISTED = tomllib.loads(
    (Path(__file__).parents[1] / "book" / "worked_numbers.toml").read_text(encoding="utf-8"),
    parse_float=Decimal,
)["reproduction"]
BY_NAME = {figure.name: figure for figure in FIGURES}
SETTINGS = {experiment.name: experiment.settings for experiment in EXPERIMENTS}


def judged(kind, source, *ours):
    figure = Figure("name", "what", source, ("svm", "test"), kind, "why")
    return Comparison(figure, Spread(ours) if ours else None).holds


# The figures.


def test_every_figure_that_the_sources_give_is_compared_and_none_that_they_do_not_give():
    given_by = {f"{figure.name}_source": figure.source for figure in FIGURES if figure.source is not None}
    assert given_by.keys() == LISTED.keys()
    for name, figure in LISTED.items():
        assert round(given_by[name], -Decimal(figure).as_tuple().exponent) == float(figure), name


@pytest.mark.parametrize("name", ["pixels", "with_bias", "parameters", "forward", "centered"])
def test_what_is_counted_must_be_equal_to_the_last_digit(name):
    figure = BY_NAME[name]
    assert figure.kind == "equal"
    assert Comparison(figure, Spread((figure.source,))).holds is True
    assert Comparison(figure, Spread((figure.source + 1,))).holds is False


REACHED = ["random_search_tuned", "local_search_tuned", "svm_val", "svm_test", "softmax_test"]


@pytest.mark.parametrize("name", [*REACHED, "net_test", "features_net"])
def test_what_must_be_reached_is_demanded(name):
    assert BY_NAME[name].kind == "at least"


@pytest.mark.parametrize("figure", FIGURES, ids=lambda figure: figure.name)
def test_a_figure_says_what_it_is_and_why_the_two_may_differ(figure):
    assert figure.kind in ("equal", "at least", "beside")
    assert 3 < len(figure.what) < 60 and figure.what == figure.what.strip()
    assert figure.why.endswith(".") and len(figure.why) > 20
    assert figure.source is not None or figure.kind == "beside"


@pytest.mark.parametrize("of", sorted({figure.path[0] for figure in FIGURES}))
def test_every_figure_finds_its_number_in_the_results_of_its_experiment(of):
    (experiment,) = (at_once(each) for each in EXPERIMENTS if each.name == of)
    seed = experiment.seeds[0]
    results = json.loads(json.dumps(experiment.measure(Images(scenes()), seed, experiment.settings)))
    record = Record(DataOfRecord("", None, "", (0, 0, 0)), [Run(of, seed, {}, 0.0, results)])
    for row in compare(record):
        assert (row.ours is not None) == (row.figure.path[0] == of), row.figure.name


def test_the_course_s_experiments_have_the_settings_of_the_course():
    model = SETTINGS["course_svm"]["model"]
    assert (model["learning_rate"], model["reg"], model["num_iters"]) == (1e-7, 2.5e4, 1500)
    assert model.get("init_std", 1e-3) == 1e-3
    assert 50.0 in SETTINGS["gradient_check"]["regs"]
    corners = SETTINGS["course_grid"]["corners"]
    assert corners["low"] == {"learning_rate": 1e-8, "reg": 666.0}
    assert corners["high"] == {"learning_rate": 4e-6, "reg": 1e5}
    grid = SETTINGS["course_grid"]["grid"]
    assert all(corner[name] in grid[name] for corner in corners.values() for name in grid)
    assert SETTINGS["step_sizes"]["powers"] == list(range(-10, 0))


def test_the_penalty_that_the_sources_expect_follows_from_the_settings_of_the_course():
    assert BY_NAME["first_penalty"].source == pytest.approx(2.5e4 * 30730 * 1e-3**2)


# The verdicts.


@pytest.mark.parametrize(
    ("kind", "source", "ours", "holds"),
    [
        ("at least", 0.388, (0.388,), True),
        ("at least", 0.388, (np.nextafter(0.388, 0),), False),
        ("at least", 0.388, (0.387, 0.390), True),  # the mean counts, not the unluckiest
        ("at least", 0.388, (0.386, 0.389), False),
        ("at least", 0.388, (), None),
        ("at least", None, (0.3,), None),
        ("equal", 9.0, (9.0179,), True),
        ("equal", 9.0, (8.9821,), True),
        ("equal", 9.0, (9.0181,), False),
        ("equal", 9.0, (8.9819,), False),
        ("equal", -2.0, (-2.0039,), True),
        ("equal", -2.0, (-2.005,), False),
        ("equal", 3072, (3072.0, 3072.0), True),
        ("equal", 3072, (3071.0, 3073.0), False),
        ("equal", 3072, (), None),
        ("beside", 0.1, (0.9,), None),
        ("beside", None, (0.9,), None),
    ],
)
def test_a_verdict_is_right_at_its_border(kind, source, ours, holds):
    assert judged(kind, source, *ours) is holds


@given(st.floats(1e-6, 1e6), st.floats(0, 1e6))
def test_more_than_is_asked_for_holds_and_less_does_not(source, more):
    assert judged("at least", source, source + more)
    assert not judged("at least", source, source - more - 1e-6 * source)


def test_a_record_without_the_run_or_without_the_number_has_nothing_to_compare():
    record = Record(DataOfRecord("", None, "", (0, 0, 0)), [Run("svm", 0, {}, 0.0, {"val": None})])
    assert all(row.ours is None and row.holds is None for row in compare(record))
    assert [row.figure for row in compare(record)] == list(FIGURES)


def test_figures_of_one_s_own_can_be_compared():
    record = Record(DataOfRecord("", None, "", (0, 0, 0)), [Run("svm", 0, {}, 0.0, {"val": 0.4})])
    mine = replace(BY_NAME["svm_val"], source=0.39)
    (row,) = compare(record, [mine])
    assert row.holds is True and row.ours.values == (0.4,)
