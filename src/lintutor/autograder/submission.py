"""A submission as the checks see it: ``submission.ch03.svm_loss_vectorized(W, X, y, reg)``.

Each function is a proxy: arguments go to a worker by value, the result comes back by value, so no
answer can touch what a check holds. A file is loaded once, when the first of its functions is called;
one worker runs at a time.
"""

from collections.abc import Callable, Mapping, Sequence
from functools import cached_property
from pathlib import Path
from typing import Any

import numpy as np

from . import catalogue
from .answer_file import AnswerFile
from .channel import CALL_SECONDS, Reply
from .errors import GraderFault
from .handed_in import HandedIn, Source, read
from .inside import codec
from .project import ProjectError
from .sessions import Conversation, session_of

Function = Callable[..., Any]


class Submission:
    """What one learner handed in: a folder or archive with the chapters' files, or one file.

    Parameters
    ----------
    path : Path
        The folder, archive or file.
    root : Path
        The project whose exercises it answers.
    isolation : str
    seconds : float
        Time that one call may take.
    memory : int, optional
        Bytes that a worker may have; 1 GB if not told otherwise.
    """

    def __init__(
        self,
        path: Path,
        root: Path,
        isolation: str = "process",
        seconds: float = CALL_SECONDS,
        memory: int | None = None,
    ) -> None:
        if not path.exists():
            raise ProjectError(f"{path}: no such file or folder")
        self.path, self.root = path, root
        self.isolation, self.seconds, self.memory = isolation, seconds, memory
        self._answers: dict[tuple[str, bool], AnswerFile] = {}
        self._settled: dict[str, Source | None] = {}
        self._remarks: dict[str, str] = {}  # why not the first of its sources, by exercise
        self._active: AnswerFile | None = None

    def fresh(self) -> "Submission":
        """Return the same submission, nothing of it started."""
        return Submission(self.path, self.root, self.isolation, self.seconds, self.memory)

    @cached_property
    def exercises(self) -> tuple[catalogue.Exercise, ...]:
        """All exercises of the project."""
        return catalogue.exercises(root=self.root)

    @cached_property
    def handed_in(self) -> HandedIn:
        """The files, read once."""
        return read(self.path, self.exercises)

    def source(self, exercise: catalogue.Exercise) -> Source | None:
        """Return the source that answers an exercise: of two that could, the first that can be used."""
        if exercise.id not in self._settled:
            candidates = self.candidates(exercise)
            self._settled[exercise.id] = candidates[0] if candidates else None
            if len(candidates) > 1:
                self._settled[exercise.id] = self._usable(exercise, candidates)
        return self._settled[exercise.id]

    def candidates(self, exercise: catalogue.Exercise) -> Sequence[Source]:
        """Return the sources that hold an answer, or at least its stub, the one to grade first."""
        found = self.handed_in.answers.get(exercise.id) or (self.handed_in.sources.get(exercise.file),)
        return [source for source in found if source is not None]

    def _usable(self, exercise: catalogue.Exercise, candidates: Sequence[Source]) -> Source:
        """Load one source after another until one defines the exercise."""
        told = ""
        for source in candidates:
            answer = self._of(source, exercise)
            try:
                wrong = answer.missing(exercise.function)
            except GraderFault:
                break  # the check itself will meet it
            if wrong is None:
                if told:
                    text = f"{exercise.function}: graded is {source.shown} after all, since {told}"
                    self._remarks[exercise.id] = text
                return source
            told = told or str(wrong)
        return candidates[0]

    def remarks(self, exercise: catalogue.Exercise) -> list[str]:
        """Return what is to be said of the files that an exercise was taken from."""
        self.source(exercise)
        more = [self._remarks[exercise.id]] if exercise.id in self._remarks else []
        return [*self.handed_in.said_of(exercise.id), *more]

    def answer(self, exercise: catalogue.Exercise) -> AnswerFile:
        """Return the file that answers an exercise."""
        return self._of(self.source(exercise), exercise)

    def _of(self, source: Source | None, exercise: catalogue.Exercise) -> AnswerFile:
        key = _shown(source, exercise), exercise.kind == "derive"
        if key not in self._answers:
            self._answers[key] = AnswerFile(self, exercise, source)
        return self._answers[key]

    def worker(self, exercise: catalogue.Exercise) -> tuple[str, str, bool]:
        """Return what decides which worker an exercise runs in."""
        candidates = self.candidates(exercise)
        shown = _shown(candidates[0] if candidates else None, exercise)
        return exercise.file, shown, exercise.kind == "derive"

    def start(self, exercise: catalogue.Exercise) -> None:
        """Start the worker of an exercise's file without waiting for it, if there is such a file."""
        for source in self.candidates(exercise)[:1]:
            answer = self._of(source, exercise)
            self.activate(answer)
            answer.start()

    def activate(self, answer: AnswerFile) -> None:
        """End the worker of whatever other file is loaded."""
        if self._active is not None and self._active is not answer:
            self._active.close()
        self._active = answer

    def lean_on(self, exercise: catalogue.Exercise, neighbors: Mapping[str, Function]) -> None:
        """Load the file of `exercise` anew, with the grader's functions in place of some of its own."""
        source = self.source(exercise)
        self.answer(exercise).close()
        key = _shown(source, exercise), exercise.kind == "derive"
        fresh = self._answers[key] = AnswerFile(self, exercise, source)
        fresh.swapped = dict(neighbors)

    def function(self, exercise: catalogue.Exercise) -> "Proxy":
        """Return the function that answers `exercise`; of a class, its session as one."""
        session = session_of(exercise)
        if session is not None:
            return ClassProxy(self.answer(exercise), exercise.function, session)
        return Proxy(self.answer(exercise), exercise.function)

    def __getattr__(self, name: str) -> "Chapter":
        if name.startswith("_"):
            raise AttributeError(name)
        chapter = tuple(entry for entry in self.exercises if entry.chapter == name)
        if not chapter:
            raise AttributeError(f"no exercises in chapter {name!r}")
        return Chapter(self, chapter)

    def close(self) -> None:
        """End every worker."""
        for answer in self._answers.values():
            answer.close()


def _shown(source: Source | None, exercise: catalogue.Exercise) -> str:
    return exercise.file if source is None else f"{exercise.file} {source.shown}"


class Chapter:
    """The functions of one chapter's file, by name."""

    def __init__(self, submission: Submission, exercises: tuple[catalogue.Exercise, ...]) -> None:
        self._submission = submission
        self._exercises = {entry.function: entry for entry in exercises}

    def __getattr__(self, name: str) -> "Proxy":
        if name not in self._exercises:
            raise AttributeError(f"no exercise {name!r}; there are {', '.join(self._exercises)}")
        return self._submission.function(self._exercises[name])


class Proxy:
    """A function of the submission; calling it sends the arguments over and brings the value back."""

    def __init__(self, answer: AnswerFile, name: str) -> None:
        self.answer, self.name = answer, name

    def __call__(self, *args: Any) -> Any:
        """Return the value, with arrays of other types (``numpy.matrix``) as plain arrays."""
        return self.run(*args).value

    def run(self, *args: Any, lines: bool = False, echo: bool = False) -> Reply:
        """Return the value and what else is known of the call; see `Channel.call`."""
        reply = self.answer.call(self.name, *args, lines=lines, echo=echo)
        self.answer.printed = self.answer.printed or reply.output
        reply.value = codec.plain(reply.value)
        reply.arguments = codec.plain(reply.arguments)
        return reply

    def loops(self, method: str | None = None) -> list[tuple[int, str]]:
        """Return the lines and kinds of the loops in the function and in those of the file that it calls.

        Of a class, name the method.
        """
        self.answer.load()
        outline = self.answer.outline
        found = {
            (int(line), str(kind))
            for name in self.reached(method) & outline.keys()
            for line, kind in outline[name]["loops"]
        }
        return sorted(found)

    def reached(self, method: str | None = None) -> set[str]:
        """Return the names that the function calls, and those that the file's functions among them call."""
        self.answer.load()
        outline, waiting, seen = self.answer.outline, [method or self.name], set[str]()
        while waiting:
            name = waiting.pop()
            if name not in seen:
                seen.add(name)
                waiting += outline.get(name, {}).get("calls", [])
        return seen


class ClassProxy(Proxy):
    """A class of the submission as its session: a function of plain values (see `sessions`)."""

    def __init__(self, answer: AnswerFile, name: str, session: Function) -> None:
        super().__init__(answer, name)
        self.session = session

    def run(self, *args: Any, lines: bool = False, echo: bool = False) -> Reply:
        """Return what the session returns and what is known of its calls together."""
        own = tuple(np.array(arg) if isinstance(arg, np.ndarray) else arg for arg in args)
        talk = Conversation(
            self.name, lambda action: self.answer.attempt(self.name, action), self.answer.file, lines
        )
        try:
            return talk.play(self.session, own)
        finally:
            self.answer.printed = self.answer.printed or talk.reply.output
