"""A submission as the checks see it: ``submission.ch03.svm_loss_vectorized(W, X, y, reg)``.

Each function is a proxy: arguments go to a worker by value, the result comes back by value, so no
answer can touch what a check holds. A file is loaded once, when the first of its functions is called.
"""

import difflib
from pathlib import Path
from typing import Any

from . import catalogue
from .channel import CALL_SECONDS, Channel, Reply
from .errors import LearnerError
from .inside import codec
from .project import ProjectError

MAX_ENDS = 3  # calls of one function that may end the worker before it is no longer called


class Submission:
    """What one learner handed in: a folder with the chapters' files, or one file.

    Parameters
    ----------
    path : Path
        The folder or file.
    root : Path
        The project whose exercises it answers.
    isolation : str
    seconds : float
        Time that one call may take.
    """

    def __init__(
        self, path: Path, root: Path, isolation: str = "process", seconds: float = CALL_SECONDS
    ) -> None:
        if not path.exists():
            raise ProjectError(f"{path}: no such file or folder")
        self.path, self.root, self.isolation, self.seconds = path, root, isolation, seconds
        self._answers: dict[Path, AnswerFile] = {}

    def file(self, exercise: catalogue.Exercise) -> Path:
        """Return the file that should hold the answer to `exercise`."""
        return self.path / exercise.file if self.path.is_dir() else self.path

    def answer(self, exercise: catalogue.Exercise) -> "AnswerFile":
        """Return the file of this exercise, its worker started but not yet awaited."""
        path = self.file(exercise)
        if path not in self._answers:
            self._answers[path] = AnswerFile(path, self.isolation, self.seconds)
        return self._answers[path]

    def function(self, exercise: catalogue.Exercise) -> "Proxy":
        """Return the function that answers `exercise`."""
        return Proxy(self.answer(exercise), exercise.function)

    def __getattr__(self, name: str) -> "Chapter":
        if name.startswith("_"):
            raise AttributeError(name)
        return Chapter(self, catalogue.exercises(name, self.root))

    def close(self) -> None:
        """End every worker."""
        for answer in self._answers.values():
            answer.close()


class Chapter:
    """The functions of one chapter's file, by name."""

    def __init__(self, submission: Submission, exercises: tuple[catalogue.Exercise, ...]) -> None:
        self._submission = submission
        self._exercises = {entry.function: entry for entry in exercises}

    def __getattr__(self, name: str) -> "Proxy":
        if name not in self._exercises:
            raise AttributeError(f"no exercise {name!r}; there are {', '.join(self._exercises)}")
        return self._submission.function(self._exercises[name])


class AnswerFile:
    """One file of a submission and the worker that holds it."""

    def __init__(self, path: Path, isolation: str, seconds: float) -> None:
        self.path, self.isolation, self.seconds = path, isolation, seconds
        self.outline: dict[str, Any] = {}
        self.printed = ""  # by the first call that printed anything
        self._channel: Channel | None = None
        self._loaded = False
        self._final: LearnerError | None = None  # an error after which the file is not tried again
        self._ended: dict[str, list[LearnerError]] = {}  # by function

    def start(self) -> None:
        """Start the worker without waiting for it."""
        if self._channel is None:
            self._channel = Channel(self.isolation, self.seconds)

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
            If the file is missing, is not Python, or fails while it is imported.
        """
        if self._final is not None:
            raise self._final
        try:
            source = read_source(self.path)
            self.start()
            assert self._channel is not None
            if not self._loaded:
                self._channel.load(source, self.path.name)
                self.outline, self._loaded = self._channel.outline, True
            return self._channel
        except LearnerError as error:
            self._final = error
            self.close()
            raise

    def call(self, name: str, *args: Any, lines: bool = False, echo: bool = False) -> Reply:
        """Call a function of the file; a worker that ended is started again, a few times."""
        ended = self._ended.setdefault(name, [])
        if len(ended) >= MAX_ENDS:
            raise ended[-1]
        channel = self.load()
        if name not in channel.names:
            raise self._no_such(name, channel.names)
        try:
            return channel.call(name, *args, lines=lines, echo=echo)
        except LearnerError as error:
            if error.kind in ("exit", "time"):
                self.close()
                ended.append(error)
            if error.type_name == "NotImplementedError":
                error.kind = "stub"
            raise

    def _no_such(self, name: str, names: list[str]) -> LearnerError:
        near = difflib.get_close_matches(name, names, n=1, cutoff=0.6)
        line = self.outline.get(near[0], {}).get("line") if near else None
        if near:
            text = f"there is no function {name}, but there is {near[0]}: was it renamed?"
        elif names:
            text = f"there is no function {name}; the file defines {', '.join(names[:6])}"
        else:
            text = f"there is no function {name}; the file defines none"
        return LearnerError("missing", "", text, self.path.name, line)


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

    def loops(self) -> list[tuple[int, str]]:
        """Return the lines and kinds of the loops in the function and in those of the file that it calls."""
        self.answer.load()
        outline, found, waiting, seen = self.answer.outline, [], [self.name], set[str]()
        while waiting:
            name = waiting.pop()
            if name in seen or name not in outline:
                continue
            seen.add(name)
            found += [(int(line), str(kind)) for line, kind in outline[name]["loops"]]
            waiting += outline[name]["calls"]
        return sorted(set(found))


def read_source(path: Path) -> bytes:
    """Return the bytes of a learner's file, or say in one line why it cannot be an answer."""

    def refuse(text: str) -> LearnerError:
        return LearnerError("missing", "", text, path.name)

    if not path.exists():
        others = sorted(p.name for p in path.parent.glob("*.py"))[:5] if path.parent.is_dir() else []
        found = f"the folder holds {', '.join(others)}" if others else "the folder holds no Python file"
        raise refuse(f"no such file in {path.parent}; {found}")
    if not path.is_file():
        raise refuse("this is not a file")
    if path.suffix != ".py":
        raise refuse("this is not a Python file (.py)")
    try:
        source = path.read_bytes()
    except OSError as error:
        raise refuse(f"it cannot be read: {error.strerror}") from None
    if not source.strip():
        raise refuse("the file is empty")
    if b"\0" in source[:4096]:
        raise refuse("this is not a text file: it holds zero bytes")
    return source
