"""What was recorded of an experiment is what it gives today, and is all that a check asks for."""

import json

import numpy as np
import pytest

from lintutor.autograder import catalogue

measurements = catalogue.beside(__file__, "../autograder/common/measurements")
record = catalogue.beside(__file__, "../autograder/common/record")
EXPERIMENTS = record.experiments()


def numbers(value):
    if isinstance(value, dict):
        return [number for part in value.values() for number in numbers(part)]
    return [number for part in value for number in numbers(part)] if isinstance(value, list) else [value]


@pytest.mark.parametrize("entry", EXPERIMENTS, ids=lambda entry: entry.function)
def test_what_is_recorded_is_what_is_measured_today(entry):
    path = next(iter(EXPERIMENTS[entry].values())).path
    known = json.loads(path.read_text(encoding="utf-8"))
    today = json.loads(json.dumps(record.measured(entry, EXPERIMENTS[entry])))
    assert known.keys() == today.keys(), "run `make record`"
    for name in known:
        assert np.allclose(numbers(known[name]), numbers(today[name]), rtol=1e-6, atol=2e-3), name


@pytest.mark.parametrize("entry", EXPERIMENTS, ids=lambda entry: entry.function)
def test_nothing_is_measured_while_an_answer_is_checked(entry, monkeypatch):
    module = entry.module("measured")

    def refused(*args):
        raise AssertionError(f"{args} is not recorded")

    for name, experiment in EXPERIMENTS[entry].items():
        fresh = measurements.recorded(experiment.measure)
        monkeypatch.setattr(module, name, fresh)
        monkeypatch.setattr(fresh, "measure", refused)
    record.ask(entry)


def test_a_result_comes_back_as_it_was_and_what_is_not_recorded_is_measured(tmp_path):
    source = (
        "from dataclasses import dataclass\n"
        "from lintutor.autograder import catalogue\n"
        f"measurements = catalogue.beside({str(measurements.__file__)!r}, 'measurements')\n"
        "calls = []\n"
        "@dataclass(frozen=True)\n"
        "class Pair:\n    a: int\n    b: tuple\n"
        "@measurements.recorded\n"
        "def run(seed):\n    calls.append(seed)\n    return Pair(seed, (0.1, (True, 2)))\n"
    )
    (tmp_path / "experiment.py").write_text(source, encoding="utf-8")
    module = catalogue.beside(tmp_path / "test_it.py", "experiment")
    assert module.run(1) == module.run(1) == module.Pair(1, (0.1, (True, 2)))
    assert module.calls == [1]
    text = json.dumps({"run(5,)": measurements.encoded(module.Pair(7, (0.5, (False, 3))))})
    (tmp_path / "measured.json").write_text(text, encoding="utf-8")
    assert module.run(5) == module.Pair(7, (0.5, (False, 3)))
    assert module.calls == [1]
