"""Exercises that ask for a class: a session with its objects, from outside a function of plain values.

Beside the checks of such an exercise stands ``session.py``::

    def session(make, X_train, y_train, X):
        model = make()                      # an object of the learner's class
        model.train(X_train, y_train)       # its methods are called,
        return model.predict(X), model.W    # its attributes are read, and set: model.W = W

Checks call ``submission.ch01.NAME(X_train, y_train, X)`` and the session runs: the objects stay in the
worker, the session holds an `Opaque` for each, and what it returns is plain. Twins are classes; `twin`
plays the same session with them, over the same codec, so that both can be compared.
"""

import operator
from collections.abc import Callable
from typing import Any, TypeVar

import numpy as np

from .catalogue import Exercise, beside
from .channel import Channel, Reply
from .errors import GraderFault, LearnerError
from .inside import codec
from .transports import InProcessTransport

__all__ = ["Conversation", "Opaque", "as_function", "session_of", "twin"]

Function = Callable[..., Any]
Value = TypeVar("Value")
BINARY = ("add", "sub", "mul", "truediv", "pow")


class Opaque:
    """Something that stays in the worker: an object of the learner's, or one of its methods."""

    def __init__(self, conversation: "Conversation", handle: codec.Handle) -> None:
        vars(self).update(_conversation=conversation, _handle=handle)

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__"):  # what Python and numpy ask of every object
            raise AttributeError(name)
        return self._conversation.get(self._handle, name)

    def __setattr__(self, name: str, value: Any) -> None:
        self._conversation.set(self._handle, name, value)

    def __call__(self, *args: Any, **kwargs: Any) -> Any:
        """Call it, by value."""
        return self._conversation.call("__call__", args, kwargs, self._handle)

    def __neg__(self) -> Any:
        return self._conversation.operate("neg", self)

    def __repr__(self) -> str:
        return f"<{self._handle.type_name}>"


def _binary(name: str, turned: bool) -> Function:
    def operate(self: Opaque, other: Any) -> Any:
        return self._conversation.operate(name, *((other, self) if turned else (self, other)))

    return operate


for _name in BINARY:
    assert hasattr(operator, _name)
    setattr(Opaque, f"__{_name}__", _binary(_name, turned=False))
    setattr(Opaque, f"__r{_name}__", _binary(_name, turned=True))


class Conversation:
    """One session with a class: its calls cross one by one, and what they show is added up in `reply`.

    Parameters
    ----------
    name : str
        The class.
    ask : callable (action) -> value
        Runs an action on the channel to the worker that holds the class.
    file : str
        What errors call the file.
    lines : bool
        Whether the lines that run are counted.
    """

    def __init__(
        self, name: str, ask: Callable[[Callable[[Channel], Any]], Any], file: str = "", lines: bool = False
    ) -> None:
        self.name, self.ask, self.file = name, ask, file
        self.reply = Reply(lines=0 if lines else None)

    def play(self, session: Function, args: tuple[Any, ...]) -> Reply:
        """Play the session; the objects of the one before are forgotten."""
        self.ask(lambda channel: channel.release())
        try:
            value = session(self.make, *args)
        except (LearnerError, GraderFault):
            raise
        except Exception as error:  # a method gave back something that the next step can do nothing with
            text = f"what a method of {self.name} returns cannot be used as it should: {error}"
            raise LearnerError("call", type(error).__name__, text, self.file) from None
        self.reply.value = self._outward(value)
        self.reply.arguments = list(args)
        return self.reply

    def make(self, *args: Any, **kwargs: Any) -> Any:
        """Build an object of the class."""
        return self.call(self.name, args, kwargs)

    def get(self, handle: codec.Handle, name: str) -> Any:
        """Return an attribute; a method comes as something that can be called."""
        return self._inward(self.ask(lambda channel: channel.get(name, handle)))

    def set(self, handle: codec.Handle, name: str, value: Any) -> None:
        """Set an attribute."""
        own = self._outward(value)
        self.ask(lambda channel: channel.set(name, own, handle))

    def call(
        self, name: str, args: tuple[Any, ...], kwargs: dict[str, Any], handle: codec.Handle | None = None
    ) -> Any:
        """Call a function or method; where it changes an array of ours, ours changes as it would at home."""
        own, named = self._outward(args), self._outward(kwargs)
        lines, echo = self.reply.lines is not None, any(isinstance(arg, np.ndarray) for arg in args)
        reply = self.ask(
            lambda channel: channel.call(name, *own, target=handle, lines=lines, echo=echo, kwargs=named)
        )
        for arg, after in zip(args, reply.arguments, strict=False):
            if isinstance(arg, np.ndarray) and np.shape(after) == arg.shape and arg.flags.writeable:
                arg[...] = codec.plain(after)
        return self._seen(reply)

    def operate(self, name: str, *operands: Any) -> Any:
        """Apply an operator of Python, as ``a * b``."""
        own = self._outward(operands)
        return self._seen(self.ask(lambda channel: channel.operate(name, *own)))

    def _seen(self, reply: Reply) -> Any:
        self.reply.output += reply.output
        self.reply.warnings += reply.warnings
        if self.reply.lines is not None:
            self.reply.lines += reply.lines or 0
        return self._inward(reply.value)

    def _inward(self, value: Any) -> Any:
        """Return what came with an `Opaque` in place of each handle."""
        return _mapped(codec.plain(value), codec.Handle, lambda handle: Opaque(self, handle))

    def _outward(self, value: Any) -> Any:
        """Return what goes out with a handle in place of each `Opaque`."""
        return _mapped(value, Opaque, lambda opaque: vars(opaque)["_handle"])


def session_of(exercise: Exercise) -> Function | None:
    """Return the session of an exercise that asks for a class, or None."""
    if not (exercise.folder / "session.py").is_file():
        return None
    session: Function = beside(exercise.checks, "session").session
    return session


def twin(exercise: Exercise, name: str = "REFERENCE") -> Function:
    """Return a twin of the exercise, or the right answer, as a function of plain values.

    The function of a class has the class as its attribute ``made``.
    """
    return as_function(exercise, getattr(exercise.module("twins"), name))


def as_function(exercise: Exercise, made: Any) -> Function:
    """Return what answers an exercise, a function or a class, as a function of plain values."""
    session = session_of(exercise)
    if session is None:
        function: Function = made
        return function

    def played(*args: Any) -> Any:
        channel = Channel("in process", transport=InProcessTransport({exercise.function: made}))
        return Conversation(exercise.function, lambda action: action(channel)).play(session, args).value

    played.made = made  # type: ignore[attr-defined]
    return played


def _mapped(value: Any, kind: type, change: Callable[[Any], Any]) -> Any:
    """Return `value` with everything of one kind changed, in lists, tuples and dicts too."""
    if isinstance(value, kind):
        return change(value)
    if isinstance(value, list | tuple):
        return type(value)([_mapped(each, kind, change) for each in value])
    if isinstance(value, dict):
        return {key: _mapped(each, kind, change) for key, each in value.items()}
    return value
