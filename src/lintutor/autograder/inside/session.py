"""The worker: holds the learner's code, is told what to call, sends values back. It judges nothing.

Run as a file of its own (``python -I -S worker.py DESCRIPTOR SITE MEMORY PARENT``) it speaks over one
descriptor; imported, `Session` serves the page, which has no processes. Each message is one value of
the codec, a tuple that opens with its kind:

==================  =========================================================================
to the worker       ``parse data name``, ``load``, ``call target args kwargs options``,
                    ``get target name``, ``set target name value``, ``drop number``,
                    ``answer value`` and ``refuse text`` (to a ``callback``)
from the worker     ``ready``, ``done {...}``, ``error {...}``, ``callback number args kwargs``
==================  =========================================================================

Parsing happens before any of the learner's code runs, so what it reports cannot be forged.
"""

import ast
import importlib
import importlib.util
import io
import json
import os
import sys
import traceback
import types
import warnings
from collections.abc import Callable
from contextlib import contextmanager, redirect_stderr, redirect_stdout
from pathlib import Path
from typing import Any

MAX_OUTPUT = 20_000  # characters of a learner's prints that are kept
MAX_MESSAGE = 2_000  # characters of an error's message
MAX_FRAMES = 5
MODULE = "submission"

LOOPS: dict[type[ast.AST], str] = {
    ast.For: "for loop",
    ast.AsyncFor: "for loop",
    ast.While: "while loop",
    ast.ListComp: "list comprehension",
    ast.SetComp: "set comprehension",
    ast.DictComp: "dict comprehension",
    ast.GeneratorExp: "generator expression",
}
LOOPING_CALLS = {
    "map",
    "vectorize",
    "apply_along_axis",
    "apply_over_axes",
    "fromiter",
    "frompyfunc",
    "nditer",
}


SYMBOLS: dict[str, dict[str, bool]] = {
    "real": {"real": True},
    "positive": {"positive": True},
    "index": {"integer": True, "nonnegative": True},
    "size": {"integer": True, "positive": True},
}


def _load(name: str) -> types.ModuleType:
    """Return a module that stands beside this file, or the one that this package lends to the worker."""
    if __package__:
        places = {"codec": f"{__package__}.codec", "tree": "lintutor.derivations.tree"}
        return importlib.import_module(places[name])
    if name not in sys.modules:  # this file runs on its own
        spec = importlib.util.spec_from_file_location(name, Path(__file__).with_name(f"{name}.py"))
        assert spec is not None and spec.loader is not None
        sys.modules[name] = importlib.util.module_from_spec(spec)
        spec.loader.exec_module(sys.modules[name])
    return sys.modules[name]


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


class Session:
    """One submission: its module, what it returned that could not travel, and the way to ask the grader."""

    def __init__(self, ask: Callable[[Any], Any]) -> None:
        self.codec: Any = _load("codec")
        self.ask = ask
        self.file, self.source = "", b""
        self.code: types.CodeType | None = None
        self.module = types.ModuleType(MODULE)
        self.kept: dict[int, Any] = {}

    # ------------------------------------------------------------------------------------ values

    def keep(self, value: Any) -> Any:
        """Return what stands for a value without a place: an expression's tree, or a handle of it."""
        sympy = sys.modules.get("sympy")
        if sympy is not None and isinstance(value, sympy.Basic):
            return self.codec.Tree(json.dumps(_load("tree").encode(value)))
        number = len(self.kept) + 1
        self.kept[number] = value
        kind = f"{type(value).__name__} of {value.dtype}" if hasattr(value, "dtype") else type(value).__name__
        return self.codec.Handle(number, kind[:100])

    def refer(self, reference: Any) -> Any:
        """Return what a reference from the grader stands for here."""
        if isinstance(reference, self.codec.Handle):
            return self.kept[reference.number]
        if isinstance(reference, self.codec.Seed):
            import numpy as np

            return np.random.default_rng(reference.value)
        if isinstance(reference, self.codec.Symbol):
            import sympy

            return sympy.Symbol(reference.name, **SYMBOLS[reference.kind])

        def callback(*args: Any, **kwargs: Any) -> Any:
            kind, value = self.ask(("callback", reference.number, args, kwargs))
            if kind == "refuse":
                raise ValueError(value)
            return value

        return callback

    def encode(self, reply: tuple[str, Any]) -> bytes:
        """Return a reply as bytes; a result that cannot travel becomes an error."""
        try:
            return bytes(self.codec.encode(reply, self.keep))
        except Exception as error:
            problem: dict[str, Any] = {
                "type": "ResultError",
                "message": f"the result cannot be sent: {error}"[:MAX_MESSAGE],
            }
            problem |= {"line": None, "traceback": [], "output": ""}
            return bytes(self.codec.encode(("error", problem)))

    # ---------------------------------------------------------------------------------- messages

    def handle(self, message: Any) -> tuple[str, Any]:
        """Do what `message` says; whatever the learner's code does wrong comes back as ``error``."""
        kind, *rest = message
        steps: dict[str, Callable[..., dict[str, Any]]] = {
            "parse": self.parse,
            "load": self.load,
            "call": self.call,
            "get": self.get,
            "set": self.set,
            "drop": self.drop,
        }
        output = _Output()
        try:
            with redirect_stdout(output), redirect_stderr(output):
                done = steps[kind](*rest)
            return "done", {**done, "output": output.getvalue()}
        except BaseException as error:
            return "error", {**self.describe(error), "output": output.getvalue()}

    def parse(self, data: Any, name: str) -> dict[str, Any]:
        """Compile the source without running it and return its functions, their loops and their calls."""
        self.file, self.source = name, bytes(data)
        tree = compile(self.source, name, "exec", ast.PyCF_ONLY_AST)
        self.code = compile(self.source, name, "exec", dont_inherit=True)
        return {"functions": _outlines(tree)}

    def load(self) -> dict[str, Any]:
        """Run the learner's file from top to bottom."""
        self.module = types.ModuleType(MODULE)
        self.module.__dict__["__file__"] = self.file
        sys.modules[MODULE] = self.module
        assert self.code is not None, "parse comes first"
        exec(self.code, self.module.__dict__)  # the learner's code, in the worker made for it
        names = sorted(n for n, v in vars(self.module).items() if callable(v) and n[:2] != "__")
        return {"names": names[:500]}

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

    def drop(self, number: int) -> dict[str, Any]:
        """Forget something that was kept."""
        self.kept.pop(number, None)
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
        shown = [(f.lineno, f"in {f.name}") for f in frames[-MAX_FRAMES:]] or [(line, "")]
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


def _outlines(tree: ast.AST) -> dict[str, Any]:
    """Return the line, parameters, loops and calls of each function; namesakes are taken together."""
    found: dict[str, Any] = {}
    for function in ast.walk(tree):
        if not isinstance(function, ast.FunctionDef | ast.AsyncFunctionDef):
            continue
        parameters = [arg.arg for arg in (*function.args.posonlyargs, *function.args.args)][:50]
        loops, calls = _loops_and_calls(function)
        fresh = {"line": function.lineno, "parameters": parameters, "loops": [], "calls": []}
        entry = found.setdefault(function.name, fresh)
        entry["loops"] = sorted({*entry["loops"], *loops})[:50]
        entry["calls"] = sorted({*entry["calls"], *calls})[:200]
    return found


def _loops_and_calls(function: ast.AST) -> tuple[list[tuple[int, str]], set[str]]:
    loops: list[tuple[int, str]] = []
    calls: set[str] = set()
    for node in ast.walk(function):
        if type(node) in LOOPS:
            loops.append((getattr(node, "lineno", 0), LOOPS[type(node)]))
        elif isinstance(node, ast.Call):
            called = node.func
            name = called.attr if isinstance(called, ast.Attribute) else getattr(called, "id", "")
            calls.add(name)
            if name in LOOPING_CALLS:
                loops.append((node.lineno, f"call of {name}, a loop in disguise"))
    return loops, calls


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


# ------------------------------------------------------------------------------- the process of its own


def serve(read: Callable[[], bytes], write: Callable[[bytes], None]) -> None:
    """Answer messages until the grader goes away."""

    def ask(message: Any) -> Any:
        write(codec.encode(message, session.keep))
        return codec.decode(read(), session.refer)

    session = Session(ask)
    codec = session.codec
    write(codec.encode(("ready",)))
    while True:
        try:
            message = codec.decode(read(), session.refer)
        except EOFError:
            return
        write(session.encode(session.handle(message)))


def _limit(memory: int) -> None:
    """Bound memory, files and processes, and die with the grader, where the system can do it."""
    try:
        import ctypes

        ctypes.CDLL(None).prctl(1, 9, 0, 0, 0)  # PR_SET_PDEATHSIG, SIGKILL
    except (ImportError, AttributeError, OSError):
        pass  # not Linux: the closed connection ends the worker between calls
    import resource

    bounds = {"AS": memory, "CORE": 0, "FSIZE": 0, "NPROC": 0, "NOFILE": 64}
    for name, bound in bounds.items():
        try:
            resource.setrlimit(getattr(resource, f"RLIMIT_{name}"), (bound, bound))
        except (AttributeError, ValueError, OSError):
            continue  # a system without this limit, or with a stricter one already


def main() -> None:
    """Speak over the descriptor that the command line names."""
    descriptor, site, memory, parent = int(sys.argv[1]), sys.argv[2], int(sys.argv[3]), int(sys.argv[4])
    sys.argv = [""]
    sys.path.append(site)
    stream = os.fdopen(descriptor, "r+b", buffering=0)
    header = _load("codec").LENGTH  # numpy loads here, before the limits

    def exactly(count: int) -> bytes:
        parts = bytearray()
        while len(parts) < count:
            part = stream.read(min(count - len(parts), 2**20))
            if not part:
                raise EOFError
            parts += part
        return bytes(parts)

    def read() -> bytes:
        return exactly(header.unpack(exactly(header.size))[0])

    def write(data: bytes) -> None:
        view = memoryview(header.pack(len(data)) + data)
        while view:
            view = view[stream.write(view) :]

    _limit(memory)
    os.dup2(1, 2)  # what went wrong until here was for the grader; what comes now is for nobody
    if os.getppid() != parent:
        return  # the grader died before the worker could tie itself to it
    serve(read, write)


if __name__ == "__main__":
    main()
