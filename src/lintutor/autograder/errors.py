"""Who is at fault: the learner's code, or the grader."""

from dataclasses import dataclass, field


class GraderFault(Exception):
    """The grader failed, not the learner: tried again, and never a zero."""


class WorkerLostError(Exception):
    """The worker is gone or does not answer; `why` is ``exit``, ``time`` or ``protocol``."""

    def __init__(self, why: str, detail: str) -> None:
        super().__init__(detail)
        self.why = why


@dataclass
class LearnerError(Exception):
    """What went wrong in the learner's code: type, message, line, and frames of their own file.

    `kind` says when: ``parse``, ``load``, ``call``, ``time``, ``exit``, ``memory``, ``missing`` (no
    such function), ``stub`` (not written yet).
    """

    kind: str
    type_name: str
    message: str
    file: str
    line: int | None = None
    frames: list[str] = field(default_factory=list)
    output: str = ""
    place: str = ""  # where a notebook's reader finds it

    def __str__(self) -> str:
        where = self.place or (self.file if self.line is None else f"{self.file}, line {self.line}")
        what = f"{self.type_name}: {self.message}" if self.type_name else self.message
        return f"{where}: {what}"
