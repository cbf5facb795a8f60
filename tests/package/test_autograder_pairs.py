"""Two mistakes of different groups in one answer are both named, and no third one is.

What hides a mistake is no fault: an answer that crashes shows nothing else. A mistake is hidden where its
group's probes see less than of a right answer, or see what a right answer shows.
"""

import contextlib
import io
import itertools
import zlib

import numpy as np
import pytest

from lintutor.autograder import catalogue
from lintutor.autograder.diagnosis import _same, diagnose, observed
from lintutor.autograder.sessions import twin

pairs = catalogue.beside(__file__, "twin_pairs")
EXERCISES = [entry for entry in catalogue.exercises() if len({m.group for m in entry.misconceptions}) > 1]
each_exercise = pytest.mark.parametrize("entry", EXERCISES, ids=lambda entry: entry.function)
TRIES = 12


def outcome(entry, one, other):
    """What is said of an answer with two mistakes: both, hidden, or what is wrong; None if there is none."""
    both = pairs.together(entry, one.id, other.id)
    if both is None:
        return None
    with contextlib.redirect_stdout(io.StringIO()):
        findings = diagnose(entry, both)
        if getattr(both, "unlike", False):
            return None
        named = {finding.misconception.id for finding in findings if finding.misconception}
        if named == {one.id, other.id} == {f.misconception and f.misconception.id for f in findings}:
            return "both"
        allowed = {mistake.group for mistake in (one, other) if hidden(entry, mistake.group, both)}
    strays = [f.group for f in findings if not f.misconception and f.group not in allowed]
    missed = [m.id for m in (one, other) if m.id not in named and m.group not in allowed]
    if named <= {one.id, other.id} and not strays and not missed:
        return "hidden"
    return f"{one.id} and {other.id} are named {sorted(named)}" + f", unknown in {strays}" * bool(strays)


def hidden(entry, group, answer):
    """Whether the probes of a group see less of an answer than of a right one, or the same."""
    (probes,) = [each for each in entry.module("twins").GROUPS if each.id == group]
    seen, right = probes.observe(observed(answer)), probes.observe(observed(twin(entry)))
    less = any(left.keys() < whole.keys() for (_, left), (_, whole) in zip(seen, right, strict=True))
    return less or _same(seen, right)


def left_to_the_audit(entry, mistake):
    """Each run tries a third of the mistakes of each exercise."""
    return zlib.crc32(f"{entry.id} {mistake.id}".encode()) % 3 != 0


def wrong_with(entry, mistakes):
    """What is wrong with the naming of some mistakes, each beside one of another group."""
    problems = []
    for mistake in mistakes:
        others = [other for other in entry.misconceptions if other.group != mistake.group]
        rng = np.random.default_rng(zlib.crc32(mistake.id.encode()))
        found = []
        for at in rng.permutation(len(others)):
            said = outcome(entry, mistake, others[at])
            found += [said] if said is not None else []
            if said == "both" or len(found) == TRIES:
                break
        problems += [said for said in found if said not in ("both", "hidden")]
        if not found:
            problems.append(f"{mistake.id} cannot be put together with any other: see twin_pairs.py")
    return problems


@each_exercise
def test_a_mistake_is_named_beside_one_of_another_group(entry):
    chosen = [m for m in entry.misconceptions if not left_to_the_audit(entry, m)] or entry.misconceptions[:1]
    assert wrong_with(entry, chosen) == []


@pytest.mark.audit
@each_exercise
def test_every_two_mistakes_of_different_groups_are_named(entry):
    found = {
        (one.id, other.id): outcome(entry, one, other)
        for one, other in itertools.combinations(entry.misconceptions, 2)
        if one.group != other.group
    }
    assert [said for said in found.values() if said not in ("both", "hidden", None)] == []
    alone = [
        mistake.id
        for mistake in entry.misconceptions
        if not any(said and mistake.id in pair for pair, said in found.items())
    ]
    assert alone == [], "cannot be put together with any other: see twin_pairs.py"


def test_a_wrong_name_for_two_mistakes_is_found(monkeypatch):
    (entry,) = [entry for entry in EXERCISES if entry.function == "l1_distances"]
    one, other = entry.misconception("gaps-not-sized"), entry.misconception("album-changed")
    assert outcome(entry, one, other) == "both"
    wrong = entry.module("twins").largest_gap
    monkeypatch.setattr(pairs, "together", lambda *_: wrong)
    assert "are named ['largest-gap']" in outcome(entry, one, other)
