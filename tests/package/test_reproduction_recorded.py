"""The record that ships with lintutor is whole, of the settings of today, and reaches the sources."""

import json
from dataclasses import replace
from importlib import resources

import pytest

from lintutor.reproduction import FIGURES, Run, compare, recorded, templates
from lintutor.reproduction.experiments import EXPERIMENTS
from lintutor.reproduction.record import same

from .reproduction_parts import chosen_wrongly, leaves

FILE = resources.files("lintutor.reproduction").joinpath("recorded.json")
FLOORS = {  # what the sources reach: (experiment, part): share
    ("random_search_tuned", "test"): 0.1555,
    ("local_search_tuned", "test"): 0.214,
    ("svm", "val"): 0.388,
    ("svm", "test"): 0.379,
    ("softmax", "test"): 0.381,
    ("net", "test"): 0.52,
    ("features_net", "test"): 0.58,
}


def unmeasured(record):
    """Return the runs that the record lacks, or has with other settings than those of today."""
    wanted = {(each.name, seed): each.settings for each in EXPERIMENTS for seed in each.seeds}
    had = {(run.experiment, run.seed): run.settings for run in record.runs}
    return sorted(key for key, settings in wanted.items() if key not in had or not same(had[key], settings))


def superfluous(record):
    """Return the runs of experiments or seeds that there are no more."""
    wanted = {(each.name, seed) for each in EXPERIMENTS for seed in each.seeds}
    return sorted({(run.experiment, run.seed) for run in record.runs} - wanted)


def too_low(record):
    """Return what does not reach the sources."""
    return [name for name, floor in FLOORS.items() if record.spread(*name).mean < floor]


def not_compared(record):
    """Return the figures that the record lacks, or whose comparison fails."""
    return [row.figure.name for row in compare(record) if row.ours is None or row.holds is False]


def wrong_shares(record):
    """Return what should be an accuracy and lies outside 0..1."""
    return [
        (run.experiment, path)
        for run in record.runs
        for path, value in leaves(run.results)
        if path[-1] in ("train", "val", "test", "test_first_1000") and not (value is None or 0 <= value <= 1)
    ]


def test_it_is_a_whole_reproduction_that_one_command_repeats():
    record = recorded()
    assert record.rehearsal is False
    assert record.command == "lintutor reproduce"
    assert {"lintutor", "python", "numpy", "blas", "machine"} <= record.versions.keys()


def test_it_was_made_with_the_settings_and_seeds_of_today():
    assert unmeasured(recorded()) == []
    assert superfluous(recorded()) == []


def test_it_is_of_all_images_and_says_what_they_are_if_not_the_published_ones():
    data = recorded().data
    assert data.rows == (49000, 1000, 10000)
    assert len(data.sha256) == 64
    assert data.published or data.note


def test_every_figure_is_measured_and_none_that_must_hold_fails():
    assert not_compared(recorded()) == []


def test_the_sources_are_reached():
    assert too_low(recorded()) == []


def test_what_was_chosen_was_the_best_in_validation():
    assert [run.experiment for run in recorded().runs if chosen_wrongly(run.results)] == []


def test_shares_are_shares_and_times_are_times():
    assert wrong_shares(recorded()) == []
    assert all(run.seconds >= 0 for run in recorded().runs)
    assert recorded().seconds < 3 * 3600, "hours are not minutes"


def test_all_test_images_are_looked_up_once():
    assert sum(run.results["rows"] for run in recorded().of("knn_all")) == 10000


@pytest.mark.parametrize("experiment", ["course_grid", "svm", "softmax"])
def test_the_first_run_has_its_templates_ten_pictures(experiment):
    first = recorded().of(experiment)[0]
    pictures = templates(first.results["templates"])
    assert pictures.shape == (10, 32, 32, 3)
    assert all(len(set(picture.ravel().tolist())) > 100 for picture in pictures)


def test_the_file_is_small_and_is_what_saving_it_gives(tmp_path):
    text = FILE.read_text(encoding="utf-8")
    assert len(text.encode()) < 200_000
    recorded().save(tmp_path / "again.json")
    assert (tmp_path / "again.json").read_text(encoding="utf-8") == text


# The readings above, on records made by hand.


@pytest.fixture
def good():
    """Return the shipped record as it should be: whole, with the settings of today, and good."""
    record = recorded()
    runs = [
        Run(each.name, seed, json.loads(json.dumps(each.settings)), 1.0, made_up(each.name))
        for each in EXPERIMENTS
        for seed in each.seeds
    ]
    return replace(record, runs=runs, rehearsal=False)


def made_up(experiment):
    """Return results that have every figure of an experiment at what the source says, and all floors."""
    results = {}
    for figure in FIGURES:
        if figure.path[0] == experiment:
            place = results
            for step in figure.path[1:-1]:
                place = place.setdefault(step, {})
            place[figure.path[-1]] = 0.5 if figure.source is None else figure.source
    return {**results, **{part: 0.6 for name, part in FLOORS if name == experiment}}


def test_a_good_record_is_found_good(good):
    assert unmeasured(good) == superfluous(good) == too_low(good) == not_compared(good) == []
    assert wrong_shares(good) == []


def test_a_lost_seed_a_changed_setting_and_an_old_experiment_are_found(good):
    lost = good.runs.pop(0)
    assert unmeasured(good) == [(lost.experiment, lost.seed)]
    good.add(replace(lost, settings={**lost.settings, "reg": 7}))
    assert unmeasured(good) == [(lost.experiment, lost.seed)]
    good.add(replace(lost, experiment="of old"))
    assert superfluous(good) == [("of old", lost.seed)]


@pytest.mark.parametrize("name", FLOORS)
def test_what_falls_below_a_source_is_found(good, name):
    experiment, part = name
    for run in good.of(experiment):
        good.add(replace(run, results={**run.results, part: FLOORS[name] - 0.001}))
    assert too_low(good) == [name]
    assert len(not_compared(good)) == 1


def test_a_share_in_percent_is_found(good):
    run = good.of("svm")[0]
    good.add(replace(run, results={**run.results, "trials": [{"val": 38.8}]}))
    assert wrong_shares(good) == [("svm", ("trials", 0, "val"))]


def test_a_choice_by_the_test_rows_is_found():
    trials = [
        {"reg": 1.0, "val": 0.3, "test": 0.4},
        {"reg": 2.0, "val": 0.4, "test": 0.3},
        {"reg": 3.0, "val": None},
    ]
    assert chosen_wrongly({"trials": trials, "best": {"reg": 1.0}}) == [{"reg": 1.0}]
    assert chosen_wrongly({"trials": trials, "best": {"reg": 2.0}}) == []
    assert chosen_wrongly({"l1": {"k": 1, "val": {"1": 0.3, "5": 0.4}}}) == [1]
    assert chosen_wrongly({"l1": {"k": 5, "val": {"1": 0.3, "5": 0.4}}}) == []
