"""A record keeps what it is told, and is read back only if it is one."""

import errno
import json
import os
import statistics
import sys
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from lintutor.reproduction import DataOfRecord, Record, RecordError, Run, Spread, templates
from lintutor.reproduction.record import HALF, SCHEMA, in_digits, same
from lintutor.reproduction.templates import pack

DATA = DataOfRecord("ab" * 32, False, "photographs, saved twice: “JPEG”", (200, 40, 60))

numbers = st.integers(-(2**53), 2**53) | st.floats(allow_nan=False, allow_infinity=False)
texts = st.text(st.characters(exclude_categories=["Cs"]), max_size=8)
values = st.recursive(
    numbers | texts | st.booleans() | st.none(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(texts, inner, max_size=3),
    max_leaves=8,
)
dicts = st.dictionaries(texts, values, max_size=3)
runs = st.builds(
    Run,
    experiment=st.sampled_from(["svm", "net", "knn"]),
    seed=st.integers(0, 9),
    settings=dicts,
    seconds=st.floats(0, 1e6),
    results=dicts,
)
some = st.floats(-1e6, 1e6)


def a_record(**results):
    """Return a record of one experiment with three seeds, whose results are given by seed."""
    found = results or {"test": (0.1, 0.2, 0.4)}
    made = [Run("svm", seed, {"reg": 1.0}, 2.0, {k: v[seed] for k, v in found.items()}) for seed in (2, 0, 1)]
    return Record(DATA, made)


# What is written is read.


@given(st.lists(runs, max_size=4), st.booleans(), texts)
def test_a_record_that_is_saved_and_read_is_the_same(tmp_path_factory, found, rehearsal, command):
    record = Record(DATA, [], rehearsal, command)
    for run in found:
        record.add(run)
    path = tmp_path_factory.mktemp("record") / "record.json"
    record.save(path)
    assert Record.read(path) == record


def test_settings_in_tuples_are_found_again(tmp_path):
    record = Record(DATA, [Run("svm", 0, {"ks": (1, 2), "grid": {"reg": (0.1,)}}, 1.0, {})])
    record.save(tmp_path / "record.json")
    read = Record.read(tmp_path / "record.json")
    assert read.find("svm", 0, {"grid": {"reg": [0.1]}, "ks": [1, 2]}) is not None
    assert read.find("svm", 1, {"grid": {"reg": [0.1]}, "ks": [1, 2]}) is None
    assert read.find("svm", 0, {"grid": {"reg": [0.1]}, "ks": [2, 1]}) is None


@given(dicts, dicts)
def test_two_settings_are_the_same_just_when_their_json_is(one, other):
    assert same(one, one)
    assert same(one, other) == (
        json.loads(json.dumps(one)) == json.loads(json.dumps(other))
        and repr(sorted_(one)) == repr(sorted_(other))
    )


def sorted_(value):
    """Return a value with all keys in order: 1, 1.0 and True are equal to Python, but not in JSON."""
    if isinstance(value, dict):
        return {key: sorted_(value[key]) for key in sorted(value)}
    return [sorted_(each) for each in value] if isinstance(value, list) else value


def test_a_run_takes_the_place_of_an_older_one_of_its_seed():
    record = a_record()
    record.add(Run("svm", 1, {}, 3.0, {"test": 0.9}))
    record.add(Run("net", 1, {}, 3.0, {"test": 0.7}))
    assert [run.seed for run in record.of("svm")] == [0, 1, 2]
    assert record.spread("svm", "test").values == (0.1, 0.9, 0.4)
    assert record.seconds == 10.0


def test_the_file_has_a_line_a_run_and_can_be_read_by_everyone(tmp_path):
    path = tmp_path / "new" / "folder" / "record.json"
    a_record().save(path)
    lines = path.read_text(encoding="utf-8").splitlines()
    assert sum('"experiment"' in line for line in lines) == 3
    assert json.loads("\n".join(lines))["schema"] == SCHEMA
    assert "“JPEG”" in "\n".join(lines)  # letters stay letters
    if os.name == "posix":
        assert path.stat().st_mode & 0o777 == 0o644


def test_a_link_to_a_record_stays_a_link(tmp_path):
    (tmp_path / "link.json").symlink_to(tmp_path / "record.json")
    a_record().save(tmp_path / "link.json")
    assert (tmp_path / "link.json").is_symlink()
    assert Record.read(tmp_path / "record.json") == a_record()


# What cannot be written leaves what was there.


@pytest.mark.parametrize("call", ["fsync", "fdopen", "replace", "chmod"])
@pytest.mark.parametrize("error", [OSError(errno.ENOSPC, "No space left on device"), KeyboardInterrupt()])
def test_a_save_that_fails_at_any_step_leaves_the_old_record_and_nothing_else(
    tmp_path, monkeypatch, call, error
):
    path = tmp_path / "record.json"
    a_record().save(path)
    before = path.read_bytes()

    def fail(*args, **kwargs):
        raise error

    with monkeypatch.context() as broken:
        broken.setattr(*(os, call) if hasattr(os, call) and call.startswith("f") else (Path, call), fail)
        with pytest.raises(type(error)):
            a_record(test=(1, 2, 3)).save(path)
    assert path.read_bytes() == before
    assert [file.name for file in tmp_path.iterdir()] == ["record.json"]


@pytest.mark.skipif(sys.platform == "win32", reason="no limit on the size of files there")
def test_a_disk_that_takes_half_of_a_record_leaves_the_old_one(tmp_path):
    import resource
    import signal

    path = tmp_path / "record.json"
    a_record().save(path)
    before = path.read_bytes()
    limits = resource.getrlimit(resource.RLIMIT_FSIZE)
    handler = signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    try:
        resource.setrlimit(resource.RLIMIT_FSIZE, (len(before) // 2, limits[1]))
        with pytest.raises(OSError, match="File too large"):
            a_record().save(path)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, limits)
        signal.signal(signal.SIGXFSZ, handler)
    assert path.read_bytes() == before
    assert [file.name for file in tmp_path.iterdir()] == ["record.json"]


@pytest.mark.parametrize("number", [float("nan"), float("inf"), np.float32(1), {1, 2}])
def test_what_no_json_has_is_refused_and_the_old_record_stays(tmp_path, number):
    path = tmp_path / "record.json"
    a_record().save(path)
    before = path.read_bytes()
    with pytest.raises((TypeError, ValueError), match="not JSON"):
        a_record(test=(0.1, number, 0.3)).save(path)
    assert path.read_bytes() == before


def test_a_file_that_is_being_written_says_so_in_its_name(tmp_path, monkeypatch):
    seen = []
    monkeypatch.setattr(os, "fsync", lambda handle: seen.extend(file.name for file in tmp_path.iterdir()))
    a_record().save(tmp_path / "record.json")
    assert len(seen) == 1 and seen[0].startswith(".record.json.") and seen[0].endswith(HALF)


# What is no record is refused.


def text_of(record, **changes):
    content = {"schema": SCHEMA, "command": record.command, "rehearsal": False, "versions": {}}
    content["data"] = {"sha256": "ab", "published": None, "note": "", "rows": [1, 2, 3]}
    content["runs"] = [{"experiment": "svm", "seed": 0, "settings": {}, "seconds": 1, "results": {}}]
    return json.dumps({**content, **changes})


RUN = {"experiment": "svm", "seed": 0, "settings": {}, "seconds": 1, "results": {}}
OF = {"sha256": "ab", "published": None, "note": "", "rows": [1, 2, 3]}


def test_the_text_that_the_refused_ones_are_made_of_is_read():
    assert Record.from_text(text_of(a_record()), "here").runs[0].seconds == 1


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("", "Expecting value"),
        ("{}", "no 'schema'"),
        ("[1, 2]", "list indices"),
        ("7", "not subscriptable"),
        ("[" * 100_000, "recursion"),
        (text_of(a_record())[:-40], "Unterminated string"),
        (text_of(a_record(), schema="lintutor/reproduction/2"), "got 'lintutor/reproduction/2'"),
        (text_of(a_record(), runs=[{**RUN, "results": {"test": float("nan")}}]), "NaN is no number"),
        (text_of(a_record(), runs=[{**RUN, "seed": "0"}]), "seed is '0'"),
        (text_of(a_record(), runs=[{**RUN, "seed": True}]), "seed is True"),
        (
            text_of(a_record(), runs=[{**RUN, "more": 1}]),
            "got experiment, seed, settings, seconds, results, more",
        ),
        (text_of(a_record(), runs=[{"experiment": "svm"}]), "got experiment"),
        (text_of(a_record(), runs=["svm"]), "got s, v, m"),
        (text_of(a_record(), runs=[RUN, RUN]), "twice"),
        (text_of(a_record(), rehearsal="no"), "rehearsal is 'no'"),
        (text_of(a_record(), data={**OF, "rows": [1, 2]}), "unpack"),
        (text_of(a_record(), data={**OF, "published": 1}), "published is 1"),
    ],
    ids=lambda value: value[:20].strip("{"),
)
def test_what_is_no_record_is_refused_in_one_line_that_names_it(text, told):
    try:
        Record.from_text(text, "my.json")
    except RecordError as error:
        assert str(error).startswith(f"my.json: expected a record of {SCHEMA}, got ")
        assert told in str(error)
        assert len(str(error)) < 250 and "\n" not in str(error)
    else:
        pytest.fail("it was read")


def test_bytes_that_are_no_text_are_refused(tmp_path):
    (tmp_path / "picture.json").write_bytes(b"\x89PNG\xff")
    with pytest.raises(RecordError, match=r"picture\.json: expected a record of .*, got no text"):
        Record.read(tmp_path / "picture.json")


# What runs say together.


@given(st.lists(some, min_size=2, max_size=6))
def test_a_spread_is_the_mean_and_the_deviation_of_its_runs(given_values):
    spread = Spread(tuple(given_values))
    assert spread.mean == pytest.approx(statistics.mean(given_values), abs=1e-6)
    assert spread.std == pytest.approx(float(np.std(given_values, ddof=1)), abs=1e-6)


@given(st.lists(some, min_size=1, max_size=6), some, st.floats(0.1, 10))
def test_a_spread_moves_with_its_runs(given_values, shift, scale):
    one = Spread(tuple(given_values))
    other = Spread(tuple(scale * value + shift for value in given_values))
    assert other.mean == pytest.approx(scale * one.mean + shift, abs=1e-3)
    assert other.std == pytest.approx(scale * one.std, abs=1e-3)


@pytest.mark.parametrize(
    ("found", "told"),
    [
        ((0.25,), "0.25"),
        ((0.381234,), "0.3812"),
        ((30730, 30730), "30730 ± 0 (2)"),
        ((0.5, 0.52, 0.54), "0.52 ± 0.02 (3)"),
        ((9.805496e-12,), "9.805e-12"),
    ],
)
def test_a_spread_is_told_in_few_digits_and_whole_numbers_in_full(found, told):
    assert str(Spread(found)) == told


@given(st.integers(-999_999, 999_999))
def test_whole_numbers_keep_all_their_digits(number):
    assert in_digits(float(number)) == str(number)


@given(st.floats(-1e300, 1e300))
def test_any_number_is_told_in_few_letters_and_to_three_digits(number):
    assert len(in_digits(number)) <= 11
    assert float(in_digits(number)) == pytest.approx(number, rel=1e-3)


def test_one_number_of_all_runs_is_found_by_its_path_in_the_order_of_the_seeds():
    record = a_record(l1=({"1": 0.1}, {"1": 0.2}, {"1": 0.3}), curve=([5, 6], [7, 8], [9, 10]))
    assert record.spread("svm", "l1", "1").values == (0.1, 0.2, 0.3)
    assert record.spread("svm", "curve", 1).values == (6, 8, 10)


@pytest.mark.parametrize(
    "path", [("val",), ("l1",), ("l1", "2"), ("curve", 9), ("name",), ("name", 0), ("none",), ("yes",), ()]
)
def test_a_path_that_leads_to_no_number_is_refused_with_the_run_that_lacks_it(path):
    results = {"l1": {"1": 0.1}, "curve": [5, 6], "name": "svm", "none": None, "yes": True}
    record = Record(DATA, [Run("svm", 3, {}, 1.0, results)])
    with pytest.raises(KeyError, match=r"svm, seed 3: no number at "):
        record.spread("svm", *path)


def test_an_experiment_that_was_never_run_is_refused_with_those_that_were():
    with pytest.raises(KeyError, match=r"no run of 'net'; it has svm"):
        a_record().of("net")
    with pytest.raises(KeyError, match=r"no run of 'net'; it has none at all"):
        replace(a_record(), runs=[]).of("net")


# Pictures in a record.


@given(st.tuples(*[st.integers(0, 4)] * 3), st.integers(0, 255))
def test_templates_are_unpacked_as_they_were_packed(shape, value):
    images = np.full((*shape, 3), value, np.uint8) + np.arange(3, dtype=np.uint8)
    packed = json.loads(json.dumps(pack(images)))
    assert np.array_equal(templates(packed), images)
    assert templates(packed).dtype == np.uint8


def test_images_stored_by_columns_are_packed_by_rows():
    images = np.asfortranarray(np.arange(2 * 4 * 5 * 3, dtype=np.uint8).reshape(2, 4, 5, 3))
    assert np.array_equal(templates(pack(images)), images)


@pytest.mark.parametrize("change", [{"shape": [2, 2, 3]}, {"zlib": "AAAA"}, {"zlib": "eJw="}, {"zlib": "§"}])
def test_a_text_that_holds_other_bytes_is_refused(change):
    with pytest.raises(ValueError, match="templates"):
        templates({**pack(np.zeros((2, 4, 4, 3), np.uint8)), **change})
