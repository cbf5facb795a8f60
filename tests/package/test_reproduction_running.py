"""An interrupted reproduction goes on: nothing is lost, nothing measured twice, no file is half a file."""

import itertools
import random
import subprocess
import sys
import time
from dataclasses import replace

import pytest

from lintutor.reproduction import Record, RecordError
from lintutor.reproduction.experiments import EXPERIMENTS, Images
from lintutor.reproduction.record import HALF
from lintutor.reproduction.running import held, missing, open_record, reproduce

from .reproduction_parts import at_once, numbering, of_record, scenes

POSIX = pytest.mark.skipif(sys.platform == "win32", reason="Windows has other signals")
NAMES = "one", "two", "three"


@pytest.fixture(scope="module")
def images():
    return Images(scenes())


@pytest.fixture
def path(tmp_path):
    return tmp_path / "record.json"


def fill(path, images, experiments, **changes):
    """Open the record in a file and fill it, as the command does."""
    with held(path):
        record = open_record(path, of_record(images, **changes))
        reproduce(record, images, path, experiments)
    return record


def results(path):
    """Return all of a record but how long it took."""
    record = Record.read(path)
    return replace(record, runs=[replace(run, seconds=0.0) for run in record.runs])


# What is missing is measured, once, in any order.


def test_every_seed_of_every_experiment_is_measured_once_and_stands_in_the_file(path, images):
    measured = []
    experiments = [numbering(name, measured=lambda *run: measured.append(run)) for name in NAMES]
    record = fill(path, images, experiments)
    assert measured == [(name, seed) for name in NAMES for seed in (0, 1, 2)]
    assert Record.read(path) == record
    assert list(missing(record, experiments)) == []
    fill(path, images, experiments)
    assert len(measured) == 9


def test_whoever_is_told_is_told_before_and_after_each_run_and_the_file_has_it_by_then(path, images):
    told = []
    record = open_record(path, of_record(images))
    reproduce(
        record,
        images,
        path,
        [numbering("one", (0, 1))],
        starting=lambda experiment, seed: told.append((experiment.name, seed, path.exists())),
        done=lambda run: told.append(len(Record.read(path).runs)),
    )
    assert told == [("one", 0, False), 1, ("one", 1, True), 2]


def test_runs_stand_in_the_order_of_the_experiments_whatever_the_order_they_came_in(path, images):
    some = [at_once(experiment) for experiment in EXPERIMENTS if experiment.name in ("nearest_mean", "svm")]
    fill(path, images, some[::-1])
    fill(path, images, [numbering("of nobody")])
    names = [run.experiment for run in Record.read(path).runs]
    assert names == ["nearest_mean", "svm", "svm", "of nobody", "of nobody", "of nobody"]


def test_changed_settings_are_measured_again_and_take_the_place_of_the_old(path, images):
    measured = []
    tell = lambda *run: measured.append(run)  # noqa: E731
    fill(path, images, [numbering("one", measured=tell, reg=1.0), numbering("two", measured=tell)])
    measured.clear()
    changed = [numbering("one", measured=tell, reg=2.0), numbering("two", measured=tell)]
    record = fill(path, images, changed)
    assert measured == [("one", 0), ("one", 1), ("one", 2)]
    assert [run.settings for run in record.of("one")] == [{"reg": 2.0}] * 3


def test_a_failing_experiment_costs_itself_only(path, images):
    def fail(images, seed, settings):
        raise FloatingPointError("it overflows")

    experiments = [numbering("one"), replace(numbering("two"), measure=fail)]
    with pytest.raises(FloatingPointError):
        fill(path, images, experiments)
    assert [run.experiment for run in Record.read(path).runs] == ["one"] * 3
    fill(path, images, [numbering("one"), numbering("two")])
    assert len(Record.read(path).runs) == 6


@pytest.mark.parametrize("result", [float("nan"), float("-inf"), {1, 2}])
def test_results_that_no_json_has_are_refused_by_name_and_nothing_else_is_lost(path, images, result):
    wrong = replace(numbering("two"), measure=lambda *given: {"test": result})
    with pytest.raises(RecordError, match="two, seed 0: its results are no JSON"):
        fill(path, images, [numbering("one"), wrong])
    assert len(Record.read(path).runs) == 3


# Killed at any moment.


@pytest.mark.parametrize("step", ["before", "measured", "after"])
def test_an_end_at_any_moment_of_any_run_loses_at_most_that_run(path, images, step):
    class End(BaseException):
        pass

    experiments = [numbering(name) for name in NAMES]
    whole = fill(path.with_name("whole.json"), images, experiments)
    for moment in range(9):
        path.unlink(missing_ok=True)
        countdown = itertools.count(-moment)

        def end(*told, countdown=countdown):
            if next(countdown) == 0:
                raise End

        measuring = [numbering(name, measured=end if step == "measured" else None) for name in NAMES]
        with held(path), pytest.raises(End):
            reproduce(
                open_record(path, of_record(images)),
                images,
                path,
                measuring,
                starting=end if step == "before" else None,
                done=end if step == "after" else None,
            )
        kept = len(Record.read(path).runs) if path.exists() else 0
        assert kept == moment + (step == "after")
        again = []
        fill(
            path,
            images,
            [numbering(name, measured=lambda *run, again=again: again.append(run)) for name in NAMES],
        )
        assert len(again) == 9 - kept
        assert results(path) == replace(whole, runs=[replace(run, seconds=0.0) for run in whole.runs])


def filling(path, log, pause=0.02):
    """Start a process that fills a record and logs what it measures."""
    code = f"""
import time
from lintutor.reproduction import DataOfRecord
from lintutor.reproduction.experiments import Experiment
from lintutor.reproduction.running import held, open_record, reproduce

def measure(images, seed, settings):
    with open({str(log)!r}, "a") as file:
        file.write(f"{{settings['name']}} {{seed}}\\n")
    time.sleep({pause})
    return {{"test": seed / 7, "filler": "x" * 20_000}}

experiments = [Experiment(name, name, measure, {{"name": name}}) for name in {NAMES!r}]
path = {str(path)!r}
with held(path):
    print("held", flush=True)
    reproduce(open_record(path, DataOfRecord("ab", None, "", (1, 1, 1))), None, path, experiments)
"""
    return subprocess.Popen(
        [sys.executable, "-c", code], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    )


@POSIX
@pytest.mark.parametrize("seed", [0, 1, *(pytest.param(k, marks=pytest.mark.audit) for k in range(2, 20))])
def test_a_record_whose_maker_is_killed_again_and_again_comes_out_whole(tmp_path, seed):
    whole, path, log = tmp_path / "whole.json", tmp_path / "record.json", tmp_path / "log"
    assert filling(whole, tmp_path / "other", pause=0).communicate(timeout=60) == ("held\n", "")
    dice, kills = random.Random(seed), 0
    while True:
        process = filling(path, log)
        assert process.stdout.readline() == "held\n", process.stderr.read()
        until = time.monotonic() + dice.uniform(0, 0.15)
        while time.monotonic() < until and process.poll() is None:
            if path.exists():
                Record.read(path)  # at no moment half of one
        process.kill()
        code = process.wait()
        process.communicate()
        if code == 0:
            break
        kills += 1
        assert kills < 50
    assert results(path).runs == results(whole).runs
    assert kills, "the first is killed before it can end"
    measured = log.read_text(encoding="utf-8").splitlines()
    assert len(set(measured)) == 9
    assert len(measured) <= 9 + kills  # what a kill cut off, and no more, is measured again
    left = sorted(file.name for file in tmp_path.iterdir())
    assert left == ["log", "other", "record.json", "whole.json"]


def test_what_a_killed_run_left_half_written_is_cleared_away_and_nothing_else(path, images):
    (path.parent / f".record.json.abcd_123{HALF}").write_text("half of", encoding="utf-8")
    others = [f".record.json.bak.abcd_123{HALF}", f".other.json.abcd_123{HALF}", ".record.json.abcd_123", "a"]
    for name in others:
        (path.parent / name).write_text("mine", encoding="utf-8")
    fill(path, images, [numbering("one")])
    assert sorted(file.name for file in path.parent.iterdir()) == sorted([*others, "record.json"])


# Two at once.


@POSIX
def test_a_second_run_on_the_same_file_is_refused_until_the_first_has_ended_however_it_ends(path, images):
    first = filling(path, path.with_name("log"), pause=20)
    try:
        assert first.stdout.readline() == "held\n"
        for name in (path, path.parent / ".." / path.parent.name / path.name):
            with pytest.raises(RecordError, match=r"another `lintutor reproduce` fills .*record\.json"):
                fill(name, images, [numbering("one")])
        fill(path.with_name("another.json"), images, [numbering("one")])
    finally:
        first.kill()
        first.communicate()
    fill(path, images, [numbering("one")])
    assert len(Record.read(path).runs) == 3


@POSIX
def test_of_many_that_start_at_once_one_fills_the_record_and_all_others_say_so(tmp_path):
    path, log = tmp_path / "record.json", tmp_path / "log"
    racers = [filling(path, log, pause=0.2) for _ in range(4)]
    ended = [(racer.communicate(timeout=60), racer.returncode) for racer in racers]
    assert sum(code == 0 for _, code in ended) >= 1
    assert all("another `lintutor reproduce`" in told[1] for told, code in ended if code)
    assert sorted(log.read_text(encoding="utf-8").splitlines()) == sorted(
        f"{name} {seed}" for name in NAMES for seed in range(3)
    )
    assert len(Record.read(path).runs) == 9


def test_the_lock_is_gone_when_the_work_is_and_a_lock_left_behind_locks_nobody_out(path, images):
    lock = path.with_name(".record.json.lock")
    lock.write_bytes(b"")
    with held(path):
        assert lock.exists()
        with pytest.raises(RecordError), held(path):
            pass
    assert not lock.exists()


# Whose record it is.


def test_a_record_of_other_images_is_refused_and_stays(path, images):
    fill(path, images, [numbering("one")])
    before = path.read_bytes()
    with pytest.raises(RecordError, match=r"is a record of other images \(\w{12}, these are ffffffffffff\)"):
        fill(path, images, [numbering("one")], sha256="f" * 64)
    assert path.read_bytes() == before


@pytest.mark.parametrize(
    ("was", "is_now", "told"),
    [
        (True, False, "the record of a rehearsal, asked for was a whole reproduction"),
        (False, True, "the record of a whole reproduction, asked for was a rehearsal"),
    ],
)
def test_a_rehearsal_and_a_reproduction_do_not_share_a_record(path, images, was, is_now, told):
    open_record(path, of_record(images), rehearsal=was).save(path)
    with pytest.raises(RecordError, match=told):
        open_record(path, of_record(images, sha256="of fewer images"), rehearsal=is_now)


def test_a_file_that_is_no_record_is_refused_and_stays_even_if_all_is_to_be_anew(path, images):
    path.write_text("my notes", encoding="utf-8")
    for anew in (False, True):
        with pytest.raises(RecordError, match="name another --output, or delete the file"):
            open_record(path, of_record(images), anew=anew)
    assert path.read_text(encoding="utf-8") == "my notes"


def test_a_new_record_takes_the_place_of_any_old_one_with_its_first_result(path, images):
    fill(path, images, [numbering("one")], sha256="of other images")
    before = path.read_bytes()
    record = open_record(path, of_record(images), anew=True)
    assert record.runs == []
    assert path.read_bytes() == before
    reproduce(record, images, path, [numbering("two", (0,))])
    assert [run.experiment for run in Record.read(path).runs] == ["two"]


def test_a_note_stays_until_another_is_given(path, images):
    fill(path, images, [numbering("one")], note="saved as JPEG")
    assert fill(path, images, [numbering("two")], note="").data.note == "saved as JPEG"
    assert fill(path, images, [numbering("three")], note="PNG").data.note == "PNG"
    assert Record.read(path).data.note == "PNG"
    fill(path, images, [numbering("three")], note="with nothing left to measure")
    assert Record.read(path).data.note == "with nothing left to measure"


def test_a_record_made_with_two_versions_names_both(path, images):
    record = open_record(path, of_record(images))
    now = dict(record.versions)
    record.versions = {**now, "numpy": "1.99"}
    reproduce(record, images, path, [numbering("one")])
    assert Record.read(path).versions == {**now, "numpy": f"1.99 and {now['numpy']}"}
    assert fill(path, images, [numbering("two")]).versions["numpy"] == f"1.99 and {now['numpy']}"


def test_a_place_where_nothing_can_be_written_is_told_before_anything_is_measured(tmp_path, images):
    (tmp_path / "file").write_text("", encoding="utf-8")
    measured = []
    with pytest.raises(OSError, match="file"):
        fill(
            tmp_path / "file" / "record.json",
            images,
            [numbering("one", measured=lambda *r: measured.append(r))],
        )
    assert not measured
