"""Every attack on what holds a submission: it fails at each level, and succeeds once its defence is gone.

The second half is what makes the first half mean anything.
"""

import os

import pytest

from lintutor.autograder import catalogue
from lintutor.autograder.errors import LearnerError

ATTACKS = catalogue.beside(__file__, "attacks/sandbox").ATTACKS
CASES = [
    pytest.param(level, attack, id=f"{level}: {attack.name}") for attack in ATTACKS for level in attack.levels
]


def succeeds(opened, world, level, attack, without=()):
    """Whether an attack gets what it is after."""
    value = None
    channel = opened(level, attack.source, without)
    try:
        value = channel.call("attack", *attack.arguments(world)).value
    except LearnerError:
        pass
    finally:
        channel.close()
    return attack.judge(value, world)


@pytest.mark.parametrize(("level", "attack"), CASES)
def test_the_level_stops_the_attack(level, attack, possible, opened, world):
    possible(level)
    assert not succeeds(opened, world, level, attack)


@pytest.mark.parametrize(("level", "attack"), CASES)
def test_without_its_defence_the_attack_succeeds(level, attack, possible, opened, world):
    possible(level)
    if attack.root and os.geteuid() != 0:
        pytest.skip("only root could do this, with a defence or without")
    assert succeeds(opened, world, level, attack, attack.without(level))


ALONE = [
    pytest.param(
        level,
        attack,
        defence,
        id=f"{level}: {attack.name}: {defence}",
        marks=[pytest.mark.audit] * (level != "bubblewrap"),
    )
    for attack in ATTACKS
    for level in attack.levels
    for defence in sorted(attack.without(level))
    if len(attack.without(level)) > 1
]


@pytest.mark.parametrize(("level", "attack", "defence"), ALONE)
def test_each_of_its_defences_alone_stops_the_attack(level, attack, defence, possible, opened, world):
    possible(level)
    if os.geteuid() != 0 and defence in ("user", "capabilities"):
        pytest.skip("a grader who is not root has no user to change to and no capability to drop")
    assert not succeeds(opened, world, level, attack, attack.without(level) - {defence})
