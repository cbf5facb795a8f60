"""`lintutor reproduce`: what it measures, keeps and says; on drawn images in the layout of CIFAR-10."""

import errno
import functools
import os
import pickle
import random
import re
import signal
import subprocess
import sys
import time
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from lintutor import datasets
from lintutor.autograder.project import find_root
from lintutor.cli import reproducing
from lintutor.datasets import make_scenes
from lintutor.reproduction import FIGURES, Record, compare, experiments
from lintutor.reproduction.running import held

ROOT = find_root(Path(__file__).parent)
NAMES = [experiment.name for experiment in experiments.EXPERIMENTS]
BATCHES = [*(f"data_batch_{i}" for i in range(1, 6)), "test_batch"]
FAST = "nearest_mean", "first_losses", "random_search"  # five runs in all


@pytest.fixture(scope="module")
def cifar10(tmp_path_factory):
    """A folder in the layout of CIFAR-10, its batches of the official size: 600 scenes, again and again."""
    folder = tmp_path_factory.mktemp("cifar") / "cifar-10-batches-py"
    folder.mkdir()
    images, labels = make_scenes(600)
    rows = images.transpose(0, 3, 1, 2).reshape(600, 3072)
    for k, name in enumerate(BATCHES):
        chosen = (np.arange(10000) + 100 * k) % 600
        batch = {"data": rows[chosen], "labels": labels[chosen].tolist()}
        (folder / name).write_bytes(pickle.dumps(batch, 2))
    (folder / "batches.meta").write_bytes(pickle.dumps({"label_names": [str(c) for c in range(10)]}, 2))
    yield folder
    for name in BATCHES:  # 184 MB
        (folder / name).unlink()


@pytest.fixture(scope="module")
def read_once():
    """Read the folder once for all commands in this process: 60,000 images take a second or two."""
    return functools.cache(datasets.load), functools.cache(datasets.is_published)


@pytest.fixture
def reproduce(run, cifar10, read_once, monkeypatch, tmp_path):
    """Run the command in this process, in an empty folder."""
    monkeypatch.setenv("LINTUTOR_CIFAR10", str(cifar10))
    monkeypatch.setattr(datasets, "load", read_once[0])
    monkeypatch.setattr(datasets, "is_published", read_once[1])

    def call(*arguments):
        return run("reproduce", *arguments, cwd=tmp_path)

    return call


def starting(*arguments, cwd, cifar10, **streams):
    """Start the command as a process of its own."""
    kept = {name: os.environ[name] for name in ("PATH", "HOME", "PYTHONPATH") if name in os.environ}
    environment = {**kept, "LINTUTOR_CIFAR10": str(cifar10), "OPENBLAS_NUM_THREADS": "1"}
    command = [sys.executable, "-m", "lintutor", "reproduce", *map(str, arguments)]
    ctrl_c = {"preexec_fn": lambda: signal.signal(signal.SIGINT, signal.SIG_DFL)}  # as from a terminal
    return subprocess.Popen(command, cwd=cwd, env=environment, **ctrl_c, **streams)


PIPES = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE, "text": True}


# What it measures.


def test_a_rehearsal_measures_what_is_named_keeps_it_and_says_each_result_in_a_line(reproduce, tmp_path):
    code, out, err = reproduce("--quick", *FAST)
    assert (code, err) == (0, "")
    lines = out.splitlines()
    assert lines[0] == "5 runs on other images than the published ones"
    told = [line.split(": ")[0] for line in lines[1:6]]
    assert told == [
        "nearest_mean 0",
        "first_losses 0",
        "first_losses 1",
        "random_search 0",
        "random_search 1",
    ]
    assert re.fullmatch(r"nearest_mean 0: val 0\.\d{3}, test 0\.\d{3}, \d+ s", lines[1])
    assert re.fullmatch(r"first_losses 0: \d+ s", lines[2])
    assert lines[6] == f"The record: {Path('_build', 'cifar10-quick.json')}"
    assert lines[-1] == "A rehearsal: these figures mean nothing."
    assert "NO" not in out and "yes" not in out and "\x1b" not in out
    record = Record.read(tmp_path / "_build" / "cifar10-quick.json")
    assert record.rehearsal and record.data.rows == (2000, 500, 500) and record.data.published is False
    assert record.command == "lintutor reproduce --quick"
    assert len(record.runs) == 5


def unnamed(table):
    """Return the figures that a table does not name, in one line or several."""
    flowed = " ".join(line[: table[0].index("source")].strip() for line in table)
    return [figure.what for figure in FIGURES if figure.what not in flowed]


@pytest.mark.audit
def test_everything_can_be_rehearsed(reproduce, tmp_path):
    code, out, err = reproduce("--quick")
    assert (code, err) == (0, "")
    record = Record.read(tmp_path / "_build" / "cifar10-quick.json")
    assert list(dict.fromkeys(run.experiment for run in record.runs)) == NAMES
    _, *table = out.split("The record: ")[1].splitlines()
    assert unnamed(table) == []
    assert not [row.figure.name for row in compare(record) if row.ours is None]


def test_a_second_call_measures_nothing_again(reproduce, tmp_path):
    reproduce("--quick", "nearest_mean", "first_losses")
    before = (tmp_path / "_build" / "cifar10-quick.json").read_bytes()
    code, out, _ = reproduce("--quick", "first_losses", "nearest_mean")
    assert code == 0
    assert out.splitlines()[0] == "3 runs on other images than the published ones; 3 are in the record"
    assert (tmp_path / "_build" / "cifar10-quick.json").read_bytes() == before


def test_how_long_it_took_for_the_book_is_told_of_what_is_left(reproduce, tmp_path, monkeypatch):
    reproduce("--quick", "first_losses", "nearest_mean")
    book = Record.read(tmp_path / "_build" / "cifar10-quick.json")
    book.runs = [replace(run, seconds=120 if run.seed else 6000) for run in book.runs]
    monkeypatch.setattr("lintutor.reproduction.recorded", lambda: book)
    _, out, _ = reproduce("--quick", "first_losses", "--output", "other.json")
    assert (
        out.splitlines()[0] == "2 runs on other images than the published ones; the book's took 102 minutes"
    )
    _, out, _ = reproduce("--quick", "first_losses", "--output", "other.json")
    assert out.splitlines()[0] == "2 runs on other images than the published ones; 2 are in the record"


def test_again_measures_the_named_again_and_leaves_the_others(reproduce, tmp_path):
    path = tmp_path / "_build" / "cifar10-quick.json"
    reproduce("--quick", "nearest_mean", "first_losses")
    mark(path)
    code, out, _ = reproduce("--quick", "--again", "nearest_mean")
    assert (code, out.splitlines()[0]) == (0, "1 run on other images than the published ones")
    marked = {run.experiment for run in Record.read(path).runs if run.seconds == 12345}
    assert marked == {"first_losses"}
    assert len(Record.read(path).runs) == 3


def mark(path):
    """Change the times in a record, so that a new run is seen."""
    path.write_text(re.sub(r'"seconds": [\d.]+', '"seconds": 12345', path.read_text("utf-8")), "utf-8")


def test_of_a_whole_reproduction_a_figure_that_does_not_hold_is_the_exit_code(reproduce, monkeypatch):
    counted = {"forward": 30731, "centered": 61460}
    quick = experiments.Experiment("evaluations", "counts", lambda *given: dict(counted), {}, seeds=(0,))
    monkeypatch.setattr(experiments, "EXPERIMENTS", (quick,))
    code, out, _ = reproduce("--note", "drawn scenes")
    assert code == 0
    assert [line.split()[-1] for line in out.splitlines() if line.startswith("losses for")] == ["yes", "yes"]
    counted["centered"] = 61459
    code, out, _ = reproduce("evaluations", "--again")
    assert code == 1
    assert [line.split()[-1] for line in out.splitlines() if line.startswith("losses for")] == ["yes", "NO"]
    record = Record.read("_build/cifar10.json")
    assert record.rehearsal is False and record.data.rows == (49000, 1000, 10000)
    assert (record.command, record.data.note) == ("lintutor reproduce", "drawn scenes")


@pytest.mark.parametrize("width", [60, 80, 100, 200])
def test_the_table_fits_the_terminal_and_loses_no_name(width):
    rows = [[figure.what, "0.1524", "0.144 ± 0.042 (3)", "0.143 ± 0.041 (3)", "yes"] for figure in FIGURES]
    table = repr(reproducing._fitted(rows, width)).splitlines()
    assert max(map(len, table)) <= width
    assert ("the book" in table[0]) == (width > 100)
    assert unnamed(table) == []


def test_an_experiment_that_no_figure_is_of_prints_no_table(reproduce):
    code, out, _ = reproduce("--quick", "knn_validation")
    assert code == 0
    assert "holds" not in out


# What it lists.


def test_a_list_names_every_experiment_and_what_the_record_has_and_runs_nothing(reproduce, tmp_path):
    code, out, err = reproduce("--list", "--data", "nowhere")
    assert (code, err) == (0, "")
    assert [line.split()[0] for line in out.splitlines()[1:]] == NAMES
    assert all(" 0 of " in line for line in out.splitlines()[1:])
    assert list(tmp_path.iterdir()) == []
    reproduce("--quick", "first_losses")
    _, out, _ = reproduce("--quick", "--list", "first_losses", "svm")
    assert [line.split()[:4] for line in out.splitlines()[1:]] == [
        ["first_losses", "2", "of", "2"],
        ["svm", "0", "of", "2"],
    ]


# What it refuses: in one line that says what to do, with nothing harmed.


def refused(told):
    """Return the one line of an error that ended a command with 2."""
    code, _, err = told
    assert code == 2
    assert err.startswith("lintutor: ") and err.count("\n") == 1
    return err


@pytest.mark.parametrize(
    ("name", "hint"),
    [
        ("nearest", "did you mean nearest_mean"),
        ("SVM", "there are knn_few, "),
        ("softmx", "did you mean softmax?"),
        ("features-net", "did you mean features_net"),
    ],
)
def test_an_unknown_experiment_is_told_with_those_of_a_name_like_it(reproduce, name, hint):
    told = refused(reproduce("--quick", name))
    assert f"no experiment {name!r}; {hint}" in told


def test_who_has_no_images_is_told_how_to_get_them(run, monkeypatch, tmp_path):
    monkeypatch.setenv("LINTUTOR_CIFAR10", "")
    monkeypatch.setattr("lintutor.datasets.cifar10_folder", lambda: tmp_path / "nothing")
    told = refused(run("reproduce", "--quick", cwd=tmp_path))
    assert "CIFAR-10 is not here: `lintutor data cifar10` gets it; --data says where you have it" in told
    assert list(tmp_path.iterdir()) == []


def test_data_that_are_not_there_or_are_not_whole_are_told_by_name(reproduce, tmp_path):
    assert "nothing at nowhere" in refused(reproduce("--quick", "--data", "nowhere"))
    (tmp_path / "half").mkdir()
    (tmp_path / "half" / "data_batch_1").write_bytes(b"half")
    assert "half" in refused(reproduce("--quick", "--data", "half"))
    assert not (tmp_path / "_build").exists()


def test_files_that_are_no_record_of_these_images_are_refused_and_stay(reproduce, tmp_path):
    path = tmp_path / "mine.json"
    reproduce("--quick", "nearest_mean", "--output", path)
    mine = path.read_text("utf-8")
    others = {
        "something else": "my notes",
        "something else ": mine[:-30],
        "'lintutor/reproduction/0'": mine.replace("reproduction/1", "reproduction/0"),
        "a record of other images": re.sub(r'"sha256": "\w+"', '"sha256": "abc"', mine),
        "the record of a whole reproduction": mine.replace('"rehearsal": true', '"rehearsal": false'),
    }
    for told, text in others.items():
        path.write_text(text, "utf-8")
        assert told.strip() in refused(reproduce("--quick", "nearest_mean", "--output", path))
        assert path.read_text("utf-8") == text


def test_again_replaces_a_record_of_other_images_but_no_file_that_is_no_record(
    reproduce, tmp_path, monkeypatch
):
    path = tmp_path / "_build" / "cifar10-quick.json"
    reproduce("--quick", "nearest_mean")
    path.write_text(re.sub(r'"sha256": "\w+"', '"sha256": "abc"', path.read_text("utf-8")), "utf-8")
    assert "--again and no experiment" in refused(reproduce("--quick", "--again", "nearest_mean"))
    fast = next(each for each in experiments.EXPERIMENTS if each.name == "nearest_mean")
    monkeypatch.setattr(experiments, "EXPERIMENTS", (fast,))
    code, _, _ = reproduce("--quick", "--again")
    assert code == 0 and len(Record.read(path).data.sha256) == 64
    path.write_text("my notes", "utf-8")
    assert "delete the file" in refused(reproduce("--quick", "--again"))
    assert path.read_text("utf-8") == "my notes"


def test_a_list_of_a_broken_record_is_refused_too(reproduce, tmp_path):
    (tmp_path / "notes.txt").write_text("my notes", "utf-8")
    assert "notes.txt: expected a record" in refused(reproduce("--list", "--output", "notes.txt"))
    assert "Is a directory" in refused(reproduce("--list", "--output", "."))


def test_a_place_where_nothing_can_be_written_is_told_before_anything_is_measured(reproduce, tmp_path):
    (tmp_path / "file").write_text("", "utf-8")
    told = reproduce("--quick", "nearest_mean", "--output", "file/record.json")
    refused(told)
    assert told[1] == ""
    assert "Is a directory" in refused(reproduce("--quick", "nearest_mean", "--output", "."))


def test_a_full_disk_is_told_and_what_was_kept_stays(reproduce, tmp_path, monkeypatch):
    path = tmp_path / "_build" / "cifar10-quick.json"
    reproduce("--quick", "nearest_mean")
    before = path.read_bytes()

    def full(handle):
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    told = refused(reproduce("--quick", "nearest_mean", "first_losses"))
    assert "cifar10-quick.json: No space left on device; what it holds is unharmed" in told
    assert path.read_bytes() == before
    assert [file.name for file in path.parent.iterdir()] == [path.name]


def test_a_record_that_another_process_fills_is_refused(reproduce, tmp_path):
    with held(tmp_path / "_build" / "cifar10-quick.json"):
        told = refused(reproduce("--quick", "nearest_mean"))
    assert "another `lintutor reproduce` fills" in told


# Stopped, and gone on.


def finished(path):
    """Return all of a record but how long it took."""
    return [(run.experiment, run.seed, run.settings, run.results) for run in Record.read(path).runs]


@pytest.mark.parametrize("seed", [0, *(pytest.param(k, marks=pytest.mark.audit) for k in range(1, 12))])
def test_a_command_that_is_killed_goes_on_and_its_record_is_that_of_one_that_was_not(
    reproduce, cifar10, tmp_path, seed
):
    arguments, path, dice = ("--quick", *FAST, "svm"), tmp_path / "killed.json", random.Random(seed)
    reproduce("--output", "whole.json", *arguments)
    told = []
    for _ in range(1 + seed % 3):
        with starting("--output", path, *arguments, cwd=tmp_path, cifar10=cifar10, **PIPES) as process:
            told += [process.stdout.readline() for _ in range(dice.randrange(2, 5))]
            time.sleep(dice.uniform(0, 0.1))
            process.kill()
    _, out, _ = reproduce("--output", path, *arguments)
    assert finished(path) == finished(tmp_path / "whole.json")
    results = [line.split(":")[0] for line in [*told, *out.splitlines()] if re.search(r" \d+ s$", line)]
    assert len(results) == len(set(results)), "what was told was kept"
    assert sorted(file.name for file in tmp_path.iterdir()) == ["killed.json", "whole.json"]


def test_ctrl_c_ends_with_130_and_a_record_that_goes_on(reproduce, cifar10, tmp_path):
    arguments = "--quick", "--output", "record.json", "first_losses", "evaluations"
    with starting(*arguments, cwd=tmp_path, cifar10=cifar10, **PIPES) as process:
        assert process.stdout.readline() == "3 runs on other images than the published ones\n"
        assert process.stdout.readline().startswith("first_losses 0: ")
        process.send_signal(signal.SIGINT)
        out, err = process.communicate(timeout=60)
    assert process.returncode == 130
    assert err == "lintutor: stopped; every result so far is kept, and the same command goes on there\n"
    kept = len(Record.read(tmp_path / "record.json").runs)
    assert kept == 1 + out.count(" s\n")
    assert [file.name for file in tmp_path.iterdir()] == ["record.json"]
    _, out, _ = reproduce(*arguments)
    assert out.startswith(f"3 runs on other images than the published ones; {kept} are in the record\n")


# Where it is read.


def test_a_pipe_gets_no_bar_and_no_escape_sequence_and_may_close_early(cifar10, tmp_path):
    with starting("--quick", *FAST, cwd=tmp_path, cifar10=cifar10, **PIPES) as process:
        assert process.stdout.readline().startswith("5 runs")
        process.stdout.close()
        process.wait(60)
        assert process.stderr.read() == ""


@pytest.mark.skipif(sys.platform == "win32", reason="no pseudo-terminals there")
def test_a_terminal_gets_a_bar_that_names_the_run_and_is_gone_in_the_end(cifar10, tmp_path):
    import pty
    import select

    ours, theirs = pty.openpty()
    try:
        streams = {"stdout": theirs, "stderr": theirs}
        with starting(
            "--quick", "first_losses", "random_search", cwd=tmp_path, cifar10=cifar10, **streams
        ) as process:
            shown = b""
            while process.poll() is None or select.select([ours], [], [], 0)[0]:
                if select.select([ours], [], [], 0.1)[0]:
                    shown += os.read(ours, 4096)
    finally:
        os.close(ours)
        os.close(theirs)
    text = shown.decode()
    assert process.returncode == 0
    assert "\x1b[" in text
    for name, done in (("first_losses 0", 0), ("first_losses 1", 1), ("random_search 0", 2)):
        assert re.search(rf"{name}\S* .*{done}/4", text), name
    plain = re.sub(r"\x1b\[[\d;?]*[A-Za-z]", "", text)
    assert re.search(r"[\r\n]random_search 1: val 0\.\d{3}, test 0\.\d{3}, \d+ s\r\n", plain)
