"""The worker: holds the learner's code, is told what to call, sends values back. It judges nothing.

`Session` answers messages; the child of a warm parent serves one (see `parent`), and so does the page,
which has no processes. Each message is one value of the codec, a tuple that opens with its kind:

==================  =========================================================================
to the worker       ``parse data name neighbors``, ``run number lender``, ``names``,
                    ``call target name args kwargs options``, ``get target name``,
                    ``set target name value``, ``operate name operands``, ``release``,
                    ``attack canaries``,
                    ``answer value`` and ``refuse (type, text)`` (to a ``callback``)
from the worker     ``ready``, ``done {...}``, ``error {...}``, ``callback number args kwargs``
==================  =========================================================================

Parsing happens before any of the learner's code runs, so what it reports cannot be forged.
"""

import importlib.abc
import importlib.machinery
import importlib.util
import io
import json
import operator
import sys
import traceback
import types
import warnings
from collections.abc import Callable, Mapping
from contextlib import contextmanager, redirect_stderr, redirect_stdout
from typing import Any

from . import codec
from .source import Block, read

MAX_OUTPUT = 20_000  # characters of a learner's prints that are kept
MAX_MESSAGE = 2_000  # characters of an error's message
MAX_FRAMES = 5
MAX_BLOCKS = 2000
MODULE = "submission"
REFUSALS = {
    kind.__name__: kind for kind in (TypeError, IndexError, KeyError, ArithmeticError, ZeroDivisionError)
}


class _Output(io.TextIOBase):
    """What the learner's code prints, up to a bound."""

    def __init__(self) -> None:
        self.parts: list[str] = []
        self.room = MAX_OUTPUT

    def writable(self) -> bool:
        return True

    def write(self, text: str) -> int:
        if self.room > 0:
            self.parts.append(str(text)[: self.room])
            self.room -= len(self.parts[-1])
        return len(text)

    def getvalue(self) -> str:
        return "".join(self.parts) + ("\n... (more was printed)" if self.room <= 0 else "")


class _Neighbors(importlib.abc.MetaPathFinder, importlib.abc.Loader):
    """The other files that the learner handed in, as modules."""

    def __init__(self) -> None:
        self.sources: dict[str, bytes] = {}

    def find_spec(self, name: str, path: Any, target: Any = None) -> importlib.machinery.ModuleSpec | None:
        return importlib.util.spec_from_loader(name, self) if name in self.sources else None

    def exec_module(self, module: types.ModuleType) -> None:
        source = self.sources[module.__name__]
        exec(compile(source, f"{module.__name__}.py", "exec", dont_inherit=True), module.__dict__)


def _tree() -> types.ModuleType:
    """Return the module that knows sympy: lent to the worker, or the package's own."""
    lent = sys.modules.get(f"{__package__}.tree")
    return lent if lent is not None else importlib.import_module("lintutor.derivations.tree")


class Session:
    """One submission: its module, what it returned that could not travel, and the way to ask the grader."""

    def __init__(self, ask: Callable[[Any], Any]) -> None:
        self.ask = ask
        self.file, self.source = "", b""
        self.blocks: list[Block] = []
        self.neighbors = _Neighbors()
        self.module = types.ModuleType(MODULE)
        self.kept: dict[int, Any] = {}

    # ------------------------------------------------------------------------------------ values

    def keep(self, value: Any) -> Any:
        """Return what stands for a value without a place: an expression's tree, or a handle of it."""
        sympy = sys.modules.get("sympy")
        if sympy is not None and isinstance(value, sympy.Basic):
            return codec.Tree(json.dumps(_tree().encode(value)))
        number = len(self.kept) + 1
        self.kept[number] = value
        kind = f"{type(value).__name__} of {value.dtype}" if hasattr(value, "dtype") else type(value).__name__
        return codec.Handle(number, kind[:100])

    def refer(self, reference: Any) -> Any:
        """Return what a reference from the grader stands for here."""
        if isinstance(reference, codec.Handle):
            return self.kept[reference.number]
        if isinstance(reference, codec.Seed):
            import numpy as np

            return np.random.default_rng(reference.value)
        if isinstance(reference, codec.Symbol):
            return _tree().symbol(reference.name, reference.kind)

        def callback(*args: Any, **kwargs: Any) -> Any:
            kind, value = self.ask(("callback", reference.number, args, kwargs))
            if kind == "refuse":
                raise REFUSALS.get(value[0], ValueError)(value[1])
            return value

        return callback

    def encode(self, reply: tuple[str, Any]) -> bytes:
        """Return a reply as bytes; a result that cannot travel becomes an error."""
        try:
            return bytes(codec.encode(reply, self.keep))
        except Exception as error:
            problem: dict[str, Any] = {
                "type": "ResultError",
                "message": f"the result cannot be sent: {error}"[:MAX_MESSAGE],
            }
            problem |= {"line": None, "traceback": [], "output": ""}
            return bytes(codec.encode(("error", problem)))

    # ---------------------------------------------------------------------------------- messages

    def handle(self, message: Any) -> tuple[str, Any]:
        """Do what `message` says; whatever the learner's code does wrong comes back as ``error``."""
        kind, *rest = message
        steps: dict[str, Callable[..., dict[str, Any]]] = {
            "parse": self.parse,
            "run": self.run,
            "names": self.names,
            "call": self.call,
            "get": self.get,
            "set": self.set,
            "operate": self.operate,
            "release": self.release,
            "attack": self.attack,
        }
        output = _Output()
        try:
            with redirect_stdout(output), redirect_stderr(output):
                done = steps[kind](*rest)
            return "done", {**done, "output": output.getvalue()}
        except BaseException as error:
            return "error", {**self.describe(error), "output": output.getvalue()}

    def parse(self, data: Any, name: str, neighbors: Mapping[str, Any]) -> dict[str, Any]:
        """Compile the source without running it; return its blocks and its functions' loops and calls."""
        self.file, self.source = name, bytes(data)
        self.blocks, functions = read(self.source, name)
        self.neighbors.sources = {module: bytes(text) for module, text in neighbors.items()}
        self.module.__dict__["__file__"] = self.file
        sys.modules[MODULE] = self.module
        sys.meta_path.append(self.neighbors)  # last: nothing of the learner's can pose as numpy
        blocks = [(block.line, block.names[:50]) for block in self.blocks[:MAX_BLOCKS]]
        return {"functions": functions, "blocks": blocks}

    def run(self, number: int, lender: str | None = None) -> dict[str, Any]:
        """Run one block of the learner's file, or take what it defines from a module that has it written."""
        block = self.blocks[number]
        if lender is not None:
            try:
                lent = getattr(importlib.import_module(lender), block.names[0])
            except Exception:  # it does not load: then what stands here
                lent = None
            if lent is not None:
                setattr(self.module, block.names[0], lent)
                return {}
        if block.error is not None:
            raise block.error
        assert block.code is not None
        exec(block.code, self.module.__dict__)  # the learner's code, in the worker made for it
        return {}

    def names(self) -> dict[str, Any]:
        """Return what can be called in the learner's file."""
        names = sorted(n for n, v in vars(self.module).items() if callable(v) and n[:2] != "__")
        return {"names": names[:500]}

    def forget(self) -> None:
        """Take the learner's modules out of this process."""
        if self.neighbors in sys.meta_path:
            sys.meta_path.remove(self.neighbors)
        for name in (MODULE, *self.neighbors.sources):
            if getattr(sys.modules.get(name), "__loader__", None) in (None, self.neighbors):
                sys.modules.pop(name, None)

    def attack(self, canaries: Mapping[str, Any]) -> dict[str, Any]:
        """Try what a submission must not be able to do and return what succeeded."""
        from . import attacks

        return {"through": attacks.attempt(canaries)}

    def target(self, target: Any) -> Any:
        """Return what a message is about: something kept, or the module."""
        return self.module if target is None else target

    def get(self, target: Any, name: str) -> dict[str, Any]:
        """Return an attribute of the module or of something that was kept."""
        return {"value": getattr(self.target(target), name)}

    def set(self, target: Any, name: str, value: Any) -> dict[str, Any]:
        """Set an attribute of the module or of something that was kept."""
        setattr(self.target(target), name, value)
        return {}

    def call(self, target: Any, name: str, args: Any, kwargs: Any, options: Any) -> dict[str, Any]:
        """Call a function or method and report what came of it."""
        function = getattr(self.target(target), name)
        done: dict[str, Any] = {}
        with warnings.catch_warnings(record=True) as caught:
            warnings.simplefilter("always")
            if options.get("lines"):
                with _counted_lines(self.file) as count:
                    done["value"] = function(*args, **kwargs)
                done["lines"] = count[0]
            else:
                done["value"] = function(*args, **kwargs)
        done["warnings"] = [f"{w.category.__name__}: {w.message}"[:200] for w in caught[:10]]
        if options.get("echo"):
            done["arguments"] = list(args)
            done["shared"] = [i for i, arg in enumerate(args) if _shares(arg, done["value"])]
        return done

    def operate(self, name: str, operands: Any) -> dict[str, Any]:
        """Apply an operator, as ``a * b`` does."""
        return self.call(operator, name, operands, {}, {})

    def release(self) -> dict[str, Any]:
        """Forget everything that was kept."""
        self.kept.clear()
        return {}

    # ------------------------------------------------------------------------------------ errors

    def describe(self, error: BaseException) -> dict[str, Any]:
        """Return type, message, line and a short traceback, with frames of the learner's file only."""
        lines = ["", *self.source.decode("utf-8", "replace").splitlines()]
        frames = [f for f in traceback.extract_tb(error.__traceback__) if f.filename == self.file]
        line = frames[-1].lineno if frames else None
        try:
            message = str(error)
        except Exception:  # an exception class of the learner's own
            message = ""
        if isinstance(error, SyntaxError):
            line = error.lineno if error.filename == self.file else line
            message = error.msg or "invalid syntax"
        shown = [
            (f.lineno, "" if f.name == "<module>" else f"in {f.name}") for f in frames[-MAX_FRAMES:]
        ] or [(line, "")]
        return {
            "type": type(error).__name__[:100],
            "message": message[:MAX_MESSAGE],
            "line": line,
            "traceback": [
                f"line {at} {where}: {lines[at].strip()[:120]}".replace(" :", ":")
                for at, where in shown
                if at is not None and 0 < at < len(lines)
            ],
        }


@contextmanager
def _counted_lines(file: str) -> Any:
    """Count the lines of `file` that run: a loop runs more of them for larger arrays, numpy does not."""
    count = [0]

    def trace(frame: Any, event: str, argument: Any) -> Any:
        if frame.f_code.co_filename != file:
            return None
        count[0] += event == "line"
        return trace

    before = sys.gettrace()
    sys.settrace(trace)
    try:
        yield count
    finally:
        sys.settrace(before)


def _shares(argument: Any, value: Any) -> bool:
    import numpy as np

    if isinstance(value, list | tuple):
        return any(_shares(argument, entry) for entry in value)
    both = isinstance(argument, np.ndarray) and isinstance(value, np.ndarray)
    return both and bool(np.may_share_memory(argument, value))
