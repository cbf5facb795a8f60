"""Which isolation levels hold on this machine: each is started and attacked, none is taken on trust."""

from dataclasses import dataclass
from functools import lru_cache

from .errors import GraderFault
from .sandbox import CLAIMS, LEVELS, Sandbox, missing

__all__ = ["FOR_OTHERS", "Level", "best", "survey"]

FOR_OTHERS = ("bubblewrap", "account")  # levels that may hold a submission that nobody has vetted, best first
REMEDIES = {
    "bubblewrap": "Allow namespaces: on Ubuntu 24.04 an AppArmor profile for bwrap (or `sysctl "
    "kernel.apparmor_restrict_unprivileged_userns=0`), in a container `--security-opt seccomp=unconfined`. "
    "Or use the level account, as root.",
    "account": "Run as root, in a container that keeps the capabilities SETUID, SETGID, KILL and SYS_CHROOT.",
    "process": "Report this: the level asks for no more than Python.",
}


@dataclass(frozen=True)
class Level:
    """An isolation level on this machine.

    `stops` are the attacks that were tried from inside and failed; `why_not` and `remedy` say why a level
    is not available and what would help.
    """

    name: str
    available: bool
    why_not: str
    remedy: str
    stops: tuple[str, ...]


def survey() -> list[Level]:
    """Start every level, attack it from inside, and return what holds."""
    return [_try(name) for name in LEVELS]


@lru_cache
def best() -> str | None:
    """Return the best level for submissions that nobody has vetted, or None if none holds here."""
    return next((name for name in FOR_OTHERS if _try(name).available), None)


def _try(name: str) -> Level:
    why, remedy = missing(name)
    if why:
        return Level(name, False, why, remedy, ())
    from .inside.attacks import NAMES
    from .warm import Parent

    parent = None
    try:
        parent = Parent(Sandbox(name))
        through = parent.attack()
    except GraderFault as fault:
        return Level(name, False, str(fault), REMEDIES[name], ())
    finally:
        if parent is not None:
            parent.close()
    stopped = tuple(attack for attack in NAMES if attack not in through)
    let_through = sorted(CLAIMS[name] & set(through))
    if let_through:
        return Level(name, False, f"a submission could {' and '.join(let_through)}", REMEDIES[name], stopped)
    return Level(name, True, "", "", stopped)
