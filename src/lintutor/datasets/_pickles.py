"""Reading a pickle that nobody has vetted.

A pickle is a program. The batch files of CIFAR-10 are pickles of a dict, and all that such a program
needs beyond the built-in types is numpy's way to say "an array". So these few names are admitted, and
each stands for a record that is only filled in: numpy itself rebuilds nothing, and no name in a file is
ever imported.
"""

import pickle
from io import BytesIO
from typing import Any, NoReturn

import numpy as np
from numpy.typing import NDArray

_LIMIT = 1 << 16  # the longest text that is looked at


class _Record:
    """What a name in a pickle stands for: it keeps what it was called with and set to."""

    def __init__(self, *args: Any) -> None:
        self.args = args
        self.state: Any = None

    def __setstate__(self, state: Any) -> None:
        self.state = state


class _Type(_Record):
    """numpy.ndarray, named as the type to build."""


class _Dtype(_Record):
    """numpy.dtype, called with a code such as 'u1', set to a tuple whose second entry is the byte order."""


class _Array(_Record):
    """An array as ``_reconstruct(type, shape, code)``, set to (version, shape, dtype, fortran, bytes)."""


class _Buffer(_Record):
    """An array as protocol 5 writes it: ``_frombuffer(bytes, dtype, shape, order)``."""


class _Encoded(_Record):
    """Bytes as protocols 0 to 2 of Python 3 write them: ``encode(text, 'latin1')``."""

    def __new__(cls, *args: Any) -> Any:
        match args:
            case (str() as text, "latin1" | b"latin1"):
                return text.encode("latin1")
            case ():
                return b""
        raise pickle.UnpicklingError("it encodes a text in another way than bytes are written")


_ADMITTED: dict[tuple[str, str], type[_Record]] = {
    ("numpy", "ndarray"): _Type,
    ("numpy", "dtype"): _Dtype,
    ("_codecs", "encode"): _Encoded,
    ("__builtin__", "bytes"): _Encoded,
    ("builtins", "bytes"): _Encoded,
    **{(f"numpy.{core}.multiarray", "_reconstruct"): _Array for core in ("core", "_core")},
    **{(f"numpy.{core}.numeric", "_frombuffer"): _Buffer for core in ("core", "_core")},
}


class _DataUnpickler(pickle.Unpickler):
    def find_class(self, module: str, name: str) -> type[_Record]:
        """Return the record that stands for an admitted name; refuse every other name."""
        if (module, name) not in _ADMITTED:
            raise pickle.UnpicklingError(
                f"it asks for {module[:80]}.{name[:80]}, which data do not need: refused, and nothing was run"
            )
        return _ADMITTED[module, name]

    def persistent_load(self, pid: Any) -> NoReturn:
        """Refuse references to objects outside the file."""
        raise pickle.UnpicklingError("it refers to something outside itself: refused, and nothing was run")


def load_data(raw: bytes) -> dict[str, Any]:
    """Return the dict in a pickle of plain data, its keys as text, its arrays as numpy arrays.

    Parameters
    ----------
    raw : bytes
        A pickle of any protocol, written by Python 2 or 3.

    Returns
    -------
    dict
        Values of the types None, bool, int, float, bytes, str, list, tuple, dict and arrays of numbers.

    Raises
    ------
    ValueError
        The file is no pickle, breaks off, holds something else than a dict of data, or would run code.
    """
    try:
        content = _DataUnpickler(BytesIO(raw), encoding="bytes").load()
    except (pickle.UnpicklingError, EOFError) as error:
        if isinstance(error, EOFError) or "truncated" in str(error):
            raise ValueError("breaks off: the pickle in it has no end") from None
        raise ValueError(f"is not a pickle of plain data: {error}") from None
    except Exception as error:  # a broken pickle can raise anything
        raise ValueError(f"is not a pickle of plain data ({type(error).__name__} while reading it)") from None
    if type(content) is not dict:
        raise ValueError(f"must hold a dict, got {_name(content)}")
    return {as_text(key): _value(value) for key, value in content.items()}


def as_text(value: Any) -> str:
    """Return text that may have been written as bytes by Python 2."""
    if isinstance(value, bytes) and len(value) < _LIMIT:
        return value.decode("latin1")
    if isinstance(value, str) and len(value) < _LIMIT:
        return value
    raise ValueError(f"must hold text where it holds {_name(value)}")


def _name(value: Any) -> str:
    return type(value).__name__.lstrip("_").lower()


def _value(value: Any) -> Any:
    """Turn a record into what it says; other values stay."""
    if isinstance(value, (_Array, _Buffer)):
        try:
            return _array(value)
        except (ValueError, TypeError, AttributeError, LookupError, OverflowError):
            raise ValueError(
                "holds an array that does not say its type, shape and bytes in numpy's way"
            ) from None
    if isinstance(value, _Record) or (isinstance(value, type) and issubclass(value, _Record)):
        raise ValueError(f"holds a bare {_name(value)} where data belong")
    return value


def _array(record: _Array | _Buffer) -> NDArray[Any]:
    if isinstance(record, _Buffer):
        raw, dtype, shape, order = record.args
        fortran = as_text(order) == "F"
    else:
        _, shape, dtype, fortran, raw = record.state
    kind = _dtype(dtype)
    flat = np.frombuffer(raw, kind)
    return flat.reshape(tuple(int(side) for side in shape), order="F" if fortran else "C")


def _dtype(record: _Dtype) -> np.dtype[Any]:
    code = as_text(record.args[0]).lstrip("<>|=")
    if code not in {"u1", "i1", "u2", "i2", "u4", "i4", "u8", "i8", "f4", "f8"}:
        raise ValueError(f"numbers of type {code} have no place in images or labels")
    order = as_text(record.state[1]) if record.state else "="
    return np.dtype((order if order in ("<", ">") else "=") + code)
