"""A grader as many are written: it imports the answer, calls it, compares. Every attack beats it.

Run as ``python naive.py WAY FOLDER`` it grades ``answer.py`` of a folder, whose ``f(x)`` should be twice x,
in one of the ways below. Its verdict is a line of JSON, a file ``results.json`` and an exit code.
"""

import builtins
import contextlib
import importlib
import json
import os
import pickle
import signal
import subprocess
import sys
from pathlib import Path

import numpy as np


def reference(x):
    return 2 * x


def inputs(seed=0):
    return np.random.default_rng(seed).integers(1, 9, size=3).astype(float)


def equal(answer):
    x = inputs()
    expected = reference(x)
    result = answer.f(x)
    return bool(np.all(result == expected))


def close(answer):
    x = inputs()
    expected = reference(x)
    return bool(np.allclose(answer.f(x), expected))


def zeros(answer):
    """At an easy input: broadcasting makes any shape right."""
    return bool(np.allclose(answer.f(np.zeros((2, 3))), np.zeros((2, 3))))


def not_far(answer):
    x = inputs()
    expected = reference(x)
    return not (abs(answer.f(x) - expected) > 1e-8).any()


def one_number(answer):
    return bool(abs(answer.f(np.float64(3.5)) - 7.0) < 1e-8)


def expected_afterwards(answer):
    x = inputs()
    result = answer.f(x)
    return bool(np.array_equal(result, reference(x)))


def all_at_the_end(answer):
    """Compares once every answer is there."""
    asked = [inputs(0), inputs(1)]
    answers = [answer.f(x) for x in asked]
    return all(np.array_equal(a, reference(x)) for a, x in zip(answers, asked, strict=True))


def approx(answer):
    import pytest

    x = inputs()
    return answer.f(x).tolist() == pytest.approx(reference(x).tolist())


def by_hand(answer):
    x = inputs()
    return builtins.all(builtins.abs(a - b) < 1e-8 for a, b in zip(answer.f(x), reference(x), strict=True))


def through_pickle(answer):
    x = inputs()
    result = pickle.loads(pickle.dumps(answer.f(x)))
    return bool(np.all(result == reference(x)))


def through_json(answer):
    """JSON that names a class is turned into an instance of it."""
    x = inputs()

    def revive(found):
        if "class" in found:
            module, _, name = found["class"].rpartition(".")
            return getattr(importlib.import_module(module), name)(*found["arguments"])
        return found

    return json.loads(json.dumps(answer.f(x)), object_hook=revive) == reference(x).tolist()


def through_text(answer):
    """Evaluates what the answer prints as."""
    x = inputs()
    return eval(repr(answer.f(x))) == reference(x).tolist()


def with_a_timeout(answer):
    def ring(*_):
        raise TimeoutError

    signal.signal(signal.SIGALRM, ring)
    signal.setitimer(signal.ITIMER_REAL, 0.3)
    with contextlib.suppress(TimeoutError):
        answer.f(inputs())
    return False


def with_a_timeout_around(answer):
    """The clock stands outside, and is told when the answer is done; it reads what it printed."""
    answer.f(inputs())
    return False


def main():
    """Grade and give the verdict in all three ways."""
    way, folder = sys.argv[1:3]
    os.chdir(folder)
    sys.path.insert(0, "")
    passed = False
    try:
        passed = globals()[way](importlib.import_module("answer"))
    except Exception as error:
        print(f"{type(error).__name__}: {error}", file=sys.stderr)
    Path("results.json").write_text(json.dumps({"score": int(passed)}))
    print(json.dumps({"score": int(passed)}))
    sys.exit(0 if passed else 1)


def grade(way, folder, seconds):
    """Run this file on a folder and return its exit code, what it printed, and what its file says."""
    command = [sys.executable, __file__, way, str(folder)]
    try:
        done = subprocess.run(command, capture_output=True, timeout=seconds, check=False)
        code, said = done.returncode, done.stdout
    except subprocess.TimeoutExpired:
        code, said = None, b""
    file = folder / "results.json"
    return code, said, file.read_text() if file.exists() else ""


if __name__ == "__main__":
    main()
