"""One file of a submission and the worker that holds it: loaded once, started again where it ends."""

import difflib
import re
import time
from collections.abc import Callable
from typing import TYPE_CHECKING, Any, TypeVar

from . import catalogue
from .channel import Channel, Problem, Reply
from .errors import LearnerError
from .handed_in import Source
from .sessions import session_of

if TYPE_CHECKING:
    from .submission import Submission

__all__ = ["MAX_ENDS", "AnswerFile"]

MAX_ENDS = 3  # calls of one function that may end the worker before it is no longer called
PATIENCE = 6  # all calls of one function together may take so many times what one may take

Function = Callable[..., Any]
Value = TypeVar("Value")


class AnswerFile:
    """A source of a submission, as some exercises are answered by it, and its worker."""

    def __init__(self, submission: "Submission", exercise: catalogue.Exercise, source: Source | None) -> None:
        self.submission, self.derive = submission, exercise.kind == "derive"
        self.file = exercise.file if source is None else source.shown
        self._exercise, self._source = exercise, source
        self.outline: dict[str, Any] = {}
        self.problems: list[Problem] = []  # statements that did not run
        self.printed = ""  # by the first call that printed anything
        self.swapped: dict[str, Function] = {}  # functions of the grader's, in place of the learner's
        self._channel: Channel | None = None
        self._loaded = False
        self._final: LearnerError | None = None  # an error after which the file is not tried again
        self._deadly: dict[int, Problem] = {}  # statements that end the worker, by number
        self._ended: dict[str, list[LearnerError]] = {}  # by function
        self._spent: dict[str, float] = {}  # seconds, by function

    @property
    def source(self) -> Source:
        """What was handed in as this file.

        Raises
        ------
        LearnerError
            If there is no such file, or it cannot be read.
        """
        if self._source is None:
            problem = self.submission.handed_in.problems[self._exercise.file]
            raise LearnerError("missing", "", problem, self.file)
        return self._source

    def start(self) -> None:
        """Start the worker without waiting for it."""
        if self._channel is None:
            of = self.submission
            self._channel = Channel(of.isolation, of.seconds, self.derive, of.memory)

    def close(self) -> None:
        """End the worker."""
        if self._channel is not None:
            self._channel.close()
            self._channel, self._loaded = None, False

    def load(self) -> Channel:
        """Return a channel on which the file is loaded.

        Raises
        ------
        LearnerError
            If the file is missing, is not Python, or nothing of it can be imported.
        """
        if self._final is not None:
            raise self._final
        while True:
            try:
                return self._load()
            except LearnerError as error:
                channel = self._channel
                self.close()
                self._locate(error)
                if channel is not None and channel.loading is not None:
                    error.kind = "load"
                if channel is None or channel.loading is None or len(self._deadly) == MAX_ENDS:
                    self._final = error
                    raise
                self._deadly[channel.loading] = channel.problems[-1]  # once more, without this statement

    def _load(self) -> Channel:
        source = self.source
        self.submission.activate(self)
        self.start()
        assert self._channel is not None
        if not self._loaded:
            neighbors, lenders = self._lenders(source)
            self._channel.load(source.data, source.shown, neighbors, self._deadly, lenders)
            self.outline, self._loaded = self._channel.outline, True
            self.problems = [*self._deadly.values(), *self._channel.problems]
            for problem in self.problems:
                self._locate(problem.error)
            for name, function in self.swapped.items():
                self._channel.set(name, self._channel.callback(function))
        return self._channel

    def _lenders(self, source: Source) -> tuple[dict[str, bytes], dict[str, str]]:
        """Return what a source can import, and from which module it takes the classes that it has as stubs.

        A class that is derived from one of them is then derived from the learner's. Functions need no lender:
        where one is missing, the book's stands in.
        """
        neighbors, lenders = dict(self.submission.handed_in.beside(source)), {}
        for entry in self.submission.exercises:
            if entry.file != source.file or session_of(entry) is None:
                continue
            for other in self.submission.candidates(entry)[:1]:
                if other is not source:
                    lenders[entry.function] = module = re.sub(r"\W", "_", other.shown)
                    neighbors[module] = other.data
        return neighbors, lenders

    def missing(self, name: str) -> LearnerError | None:
        """Return why a name cannot be called, or None if it can."""
        try:
            names = self.load().names
        except LearnerError as error:
            return error
        return None if name in names else self._no_such(name, names)

    def call(self, name: str, *args: Any, lines: bool = False, echo: bool = False) -> Reply:
        """Call a function of the file."""
        return self.attempt(name, lambda channel: channel.call(name, *args, lines=lines, echo=echo))

    def attempt(self, name: str, action: Callable[[Channel], Value]) -> Value:
        """Do something with a function or class; a worker that ended is started again, a few times."""
        ended = self._ended.setdefault(name, [])
        if len(ended) >= MAX_ENDS:
            raise ended[-1]
        channel = self.load()
        if name not in channel.names:
            raise self._no_such(name, channel.names)
        began = time.monotonic()
        try:
            return action(channel)
        except LearnerError as error:
            if error.kind in ("exit", "time"):
                self.close()
                ended.append(error)
            if error.type_name == "NotImplementedError":
                _call_unwritten(error, name, self.outline.get(name, {}).get("methods", []))
            raise self._locate(error) from None
        finally:
            self._spend(name, time.monotonic() - began)

    def _spend(self, name: str, seconds: float) -> None:
        """Count the time of a function; one that uses up its patience is no longer called."""
        self._spent[name] = self._spent.get(name, 0) + seconds
        patience = PATIENCE * self.submission.seconds
        if self._spent[name] > patience and len(self._ended[name]) < MAX_ENDS:
            text = f"the calls of {name} took more than {patience:g} seconds together: it is far too slow"
            self._ended[name] += MAX_ENDS * [LearnerError("time", "", text, self.file)]

    def _locate(self, error: LearnerError) -> LearnerError:
        """Tell the place of an error as the learner sees it: in a notebook, by cell and line."""
        source = self._source
        if source is not None and source.cells and error.line is not None and not error.place:
            error.place = source.place(error.line)

            def place(found: re.Match[str]) -> str:
                return source.place(int(found[1])).partition(", ")[2]

            error.frames = [re.sub(r"^line (\d+)", place, frame) for frame in error.frames]
        return error

    def _no_such(self, name: str, names: list[str]) -> LearnerError:
        for problem in self.problems:
            if name in problem.names:
                return problem.error
        others = {entry.function for entry in self.submission.exercises}
        near = difflib.get_close_matches(name, sorted({*names} - others), n=1, cutoff=0.6)
        line = self.outline.get(near[0], {}).get("line") if near else None
        if near:
            text = f"there is no function {name}, but there is {near[0]}: was it renamed?"
        elif names:
            text = f"there is no function {name}; the file defines {', '.join(names[:6])}"
        else:
            text = f"there is no function {name}; the file defines none"
        return self._locate(LearnerError("missing", "", text, self.source.shown, line))


def _call_unwritten(error: LearnerError, name: str, methods: list[str]) -> None:
    """Say so if this function or a method of this class, and not what it calls, is not written yet."""
    frame = error.frames[-1] if error.frames else ""
    if error.message.startswith(name) or f" in {name}:" in frame:
        error.kind = "stub"
    for method in methods:
        if f" in {method}:" in frame and not error.message:
            error.kind, error.message = "stub", f"{name}.{method} is not written yet"
