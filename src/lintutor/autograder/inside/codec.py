"""The closed codec between the grader and a worker: values in, bytes across, values out.

What crosses: None, bool, int, float, str, list, tuple, dict, arrays of bool, (u)int8 to 64 and
float32/64 with their shape, references (a `Handle`: something that stays in the worker; a `Callback`: a
function that stays in the grader; a `Seed`: a random generator that the worker builds; a `Symbol`: an
unknown that the worker builds for sympy) and a `Tree`, an expression as a text of nested lists, from
which nothing is built here. Anything else is refused. Sizes, depth and total bytes are bounded before
anything is built.

The file stands alone, with the standard library and numpy, because the worker reads it too.
"""

import math
import struct
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np

MAX_FRAME = 64 * 2**20  # bytes in one message
MAX_ITEMS = 200_000  # values in one message, the containers included
MAX_DEPTH = 24
MAX_KEYS = 1024  # in all dicts of one message: keys chosen to collide cost the square of their number
MAX_INT_BYTES = 512
MAX_TEXT_BYTES = 2**20
MAX_NAME_BYTES = 200
MAX_NDIM = 16

LENGTH = struct.Struct("<I")
HEAD = struct.Struct("<I16s")  # of a message that crosses: its length, and the mark of its question
NO_QUESTION = bytes(16)  # the mark of a worker's first word
_DOUBLE = struct.Struct("<d")
_LONG = struct.Struct("<Q")
_DTYPES = {
    code: np.dtype(name)
    for code, name in enumerate(
        ("bool", "<i1", "<i2", "<i4", "<i8", "<u1", "<u2", "<u4", "<u8", "<f4", "<f8"), start=1
    )
}
_CODES = {dtype: code for code, dtype in _DTYPES.items()}


class ProtocolError(Exception):
    """Bytes that are not a message, or a message larger than any that is allowed."""


class NoPlaceError(Exception):
    """A value that the codec has no place for."""


@dataclass(frozen=True)
class Handle:
    """Something that stayed in the worker: its number there and the name of its type."""

    number: int
    type_name: str


@dataclass(frozen=True)
class Callback:
    """A function of the grader's that the learner's code may call."""

    number: int


@dataclass(frozen=True)
class Seed:
    """A random generator: the worker builds ``numpy.random.default_rng(value)``."""

    value: int


@dataclass(frozen=True)
class Symbol:
    """An unknown: the worker builds ``sympy.Symbol`` from its name and kind (``real``, ``positive``, ...)."""

    name: str
    kind: str = "real"


@dataclass(frozen=True)
class Tree:
    """An expression of the learner's, as JSON of nested lists ``["Add", ["Symbol", "x"], ...]``."""

    text: str


Reference = Handle | Callback | Seed | Symbol | Tree


@dataclass(frozen=True, eq=False)
class ArrayLike:
    """The plain numbers of an array of some other type (``numpy.matrix``), and the name of that type."""

    array: np.ndarray
    type_name: str


def plain(value: Any) -> Any:
    """Return `value` with every `ArrayLike` in it replaced by its plain array."""
    if isinstance(value, ArrayLike):
        return value.array
    if isinstance(value, list | tuple):
        return type(value)(plain(entry) for entry in value)
    if isinstance(value, dict):
        return {key: plain(entry) for key, entry in value.items()}
    return value


# ---------------------------------------------------------------------------------------------- to bytes


def encode(value: Any, other: Callable[[Any], Reference] | None = None) -> bytes:
    """Return `value` as bytes; `other` may turn what has no place into a reference.

    Raises
    ------
    NoPlaceError
        If something has no place, or is too large, too deep or too long.
    """
    writer = _Writer(other)
    writer.write(value, 0)
    return bytes(writer.out)


class _Writer:
    def __init__(self, other: Callable[[Any], Reference] | None) -> None:
        self.out = bytearray()
        self.items = self.keys = 0
        self.other = other

    def put(self, tag: bytes, *parts: bytes) -> None:
        if len(self.out) + sum(map(len, parts)) > MAX_FRAME:
            raise NoPlaceError(f"it takes more than {MAX_FRAME >> 20} MB")
        self.out += tag
        for part in parts:
            self.out += part

    def write(self, value: Any, depth: int) -> None:
        self.items += 1
        if depth > MAX_DEPTH:
            raise NoPlaceError(f"it is nested more than {MAX_DEPTH} levels deep")
        if self.items > MAX_ITEMS:
            raise NoPlaceError(f"it holds more than {MAX_ITEMS} values")
        if value is None:
            self.put(b"N")
        elif value is True or value is False:
            self.put(b"T" if value else b"F")
        elif isinstance(value, np.generic | np.ndarray) or hasattr(type(value), "__array__"):
            self.array(value)
        elif isinstance(value, int):
            size = int.bit_length(value) // 8 + 1
            if size > MAX_INT_BYTES:
                raise NoPlaceError(f"it holds an integer of {size} bytes")
            self.put(b"I", struct.pack("<H", size), int.to_bytes(value, size, "little", signed=True))
        elif isinstance(value, float):
            self.put(b"D", _DOUBLE.pack(value))
        elif isinstance(value, str):
            self.put(b"S", *_text(value, MAX_TEXT_BYTES))
        elif isinstance(value, list | tuple):
            self.put(b"L" if isinstance(value, list) else b"U", LENGTH.pack(len(value)))
            for entry in value:
                self.write(entry, depth + 1)
        elif isinstance(value, dict):
            self.keys += len(value)
            if self.keys > MAX_KEYS:
                raise NoPlaceError(f"it holds dicts with more than {MAX_KEYS} keys")
            self.put(b"M", LENGTH.pack(len(value)))
            for key, entry in value.items():
                self.write(key, depth + 1)
                self.write(entry, depth + 1)
        else:
            self.reference(value)

    def array(self, value: Any) -> None:
        scalar = isinstance(value, np.generic)
        kind = type(value)
        name = "" if scalar or kind is np.ndarray else f"{kind.__module__}.{kind.__name__}"
        array = np.array(value, order="C", subok=False)
        if array.dtype.newbyteorder("=") in _CODES:
            array = array.astype(array.dtype.newbyteorder("<"), copy=False)
        code = _CODES.get(array.dtype)
        if code is None or array.ndim > MAX_NDIM:
            self.reference(value)
            return
        if array.nbytes > MAX_FRAME:
            raise NoPlaceError(f"it takes more than {MAX_FRAME >> 20} MB")
        shape = b"".join(_LONG.pack(n) for n in array.shape)
        head = bytes([code, array.ndim])
        self.put(b"Z" if scalar else b"A", head, shape, *_text(name, MAX_NAME_BYTES), array.tobytes())

    def reference(self, value: Any) -> None:
        if self.other is not None and not isinstance(value, Reference):
            value = self.other(value)
        if isinstance(value, Handle):
            self.put(b"H", _LONG.pack(value.number), *_text(value.type_name, MAX_NAME_BYTES))
        elif isinstance(value, Callback):
            self.put(b"C", _LONG.pack(value.number))
        elif isinstance(value, Seed):
            self.put(b"R", _LONG.pack(value.value))
        elif isinstance(value, Symbol):
            self.put(b"Y", *_text(value.name, MAX_NAME_BYTES), *_text(value.kind, MAX_NAME_BYTES))
        elif isinstance(value, Tree):
            self.put(b"E", *_text(value.text, MAX_TEXT_BYTES))
        else:
            raise NoPlaceError(f"a {type(value).__name__} has no place in it")


def _text(text: str, limit: int) -> tuple[bytes, bytes]:
    data = str.encode(text, "utf-8", "replace")
    if len(data) > limit:
        raise NoPlaceError(f"it holds a text of {len(data)} bytes")
    return LENGTH.pack(len(data)), data


# -------------------------------------------------------------------------------------------- from bytes


def decode(data: bytes, refer: Callable[[Reference], Any] | None = None) -> Any:
    """Return the value that `data` holds, built from copies.

    `refer` says what a reference stands for; without it references come out as they are.

    Raises
    ------
    ProtocolError
        If `data` is anything but one whole value within the bounds.
    """
    if len(data) > MAX_FRAME:
        raise ProtocolError(f"a message of {len(data)} bytes; the limit is {MAX_FRAME}")
    reader = _Reader(bytes(data), refer)
    value = reader.read(0)
    if reader.at != len(data):
        raise ProtocolError(f"{len(data) - reader.at} bytes too many after the value")
    return value


class _Reader:
    def __init__(self, data: bytes, refer: Callable[[Reference], Any] | None) -> None:
        self.data, self.refer = data, refer
        self.at = self.items = self.keys = 0

    def take(self, count: int) -> bytes:
        if count > len(self.data) - self.at:
            raise ProtocolError(f"the message ends early: {count} bytes wanted at {self.at}")
        self.at += count
        return self.data[self.at - count : self.at]

    def length(self, limit: int) -> int:
        (count,) = LENGTH.unpack(self.take(4))
        if count > limit:
            raise ProtocolError(f"a length of {count}; the limit is {limit}")
        return int(count)

    def number(self) -> int:
        return int(_LONG.unpack(self.take(8))[0])

    def text(self, limit: int) -> str:
        try:
            return self.take(self.length(limit)).decode("utf-8")
        except UnicodeDecodeError:
            raise ProtocolError("a text that is not UTF-8") from None

    def read(self, depth: int) -> Any:
        self.items += 1
        if depth > MAX_DEPTH or self.items > MAX_ITEMS:
            raise ProtocolError(f"more than {MAX_DEPTH} levels or {MAX_ITEMS} values")
        tag = self.take(1)
        if tag in _CONSTANTS:
            return _CONSTANTS[tag]
        if tag == b"I":
            (size,) = struct.unpack("<H", self.take(2))
            if not 0 < size <= MAX_INT_BYTES:
                raise ProtocolError(f"an integer of {size} bytes")
            return int.from_bytes(self.take(size), "little", signed=True)
        if tag == b"D":
            return _DOUBLE.unpack(self.take(8))[0]
        if tag == b"S":
            return self.text(MAX_TEXT_BYTES)
        if tag in (b"L", b"U"):
            entries = [self.read(depth + 1) for _ in range(self.length(MAX_ITEMS))]
            return entries if tag == b"L" else tuple(entries)
        if tag == b"M":
            return self.mapping(depth)
        if tag in (b"A", b"Z"):
            return self.array(scalar=tag == b"Z")
        return self.reference(tag)

    def mapping(self, depth: int) -> dict[Any, Any]:
        made: dict[Any, Any] = {}
        count = self.length(MAX_KEYS)
        self.keys += count
        if self.keys > MAX_KEYS:
            raise ProtocolError(f"dicts with more than {MAX_KEYS} keys")
        for _ in range(count):
            key = self.read(depth + 1)
            try:
                known = key in made
            except TypeError:
                raise ProtocolError(f"a {type(key).__name__} as a key of a dict") from None
            if known:
                raise ProtocolError("the same key twice in a dict")
            made[key] = self.read(depth + 1)
        return made

    def array(self, scalar: bool) -> Any:
        code, ndim = self.take(2)
        if code not in _DTYPES or ndim > MAX_NDIM:
            raise ProtocolError(f"an array of kind {code} with {ndim} axes")
        dtype = _DTYPES[code]
        shape = tuple(self.number() for _ in range(ndim))
        name = self.text(MAX_NAME_BYTES)
        raw = self.take(math.prod(shape) * dtype.itemsize)
        if max(shape, default=0) > MAX_FRAME:
            raise ProtocolError(f"an array of shape {shape}")
        if dtype.kind == "b" and raw.strip(b"\0\1"):
            raise ProtocolError("a truth value that is neither 0 nor 1")
        try:
            made = np.frombuffer(raw, dtype).reshape(shape).astype(dtype.newbyteorder("="))
        except ValueError:
            raise ProtocolError(f"an array of shape {shape}") from None
        if scalar:
            if ndim:
                raise ProtocolError("a number with axes")
            return made[()]
        return ArrayLike(made, name) if name else made

    def reference(self, tag: bytes) -> Any:
        made: Reference
        if tag == b"H":
            made = Handle(self.number(), self.text(MAX_NAME_BYTES))
        elif tag == b"C":
            made = Callback(self.number())
        elif tag == b"R":
            made = Seed(self.number())
        elif tag == b"Y":
            made = Symbol(self.text(MAX_NAME_BYTES), self.text(MAX_NAME_BYTES))
        elif tag == b"E":
            made = Tree(self.text(MAX_TEXT_BYTES))
        else:
            raise ProtocolError(f"{tag!r} opens no value")
        return made if self.refer is None else self.refer(made)


_CONSTANTS: dict[bytes, Any] = {b"N": None, b"T": True, b"F": False}
