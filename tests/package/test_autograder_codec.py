"""The codec: what crosses comes back equal, everything else is refused cleanly, no bytes can harm it."""

import collections
import math
import random
import struct

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lintutor.autograder.inside import codec
from lintutor.autograder.inside.codec import ArrayLike, Callback, Handle, NoPlaceError, ProtocolError, Seed

scalars = (
    st.none()
    | st.booleans()
    | st.integers(-(2**300), 2**300)
    | st.floats(allow_nan=False)
    | st.text(st.characters(exclude_categories=["Cs"]))
)
keys = scalars | st.tuples(st.integers(), st.text(max_size=3))
values = st.recursive(
    scalars,
    lambda inner: st.lists(inner) | st.lists(inner).map(tuple) | st.dictionaries(keys, inner),
    max_leaves=20,
)
DTYPES = [
    "bool",
    *(f"{sign}{size}" for sign in ("int", "uint") for size in (8, 16, 32, 64)),
    "float32",
    "float64",
]


def there_and_back(value):
    return codec.decode(codec.encode(value))


def same(left, right):
    """Equal, and of the same types all the way down (True is not 1, 1 is not 1.0)."""
    if type(left) is not type(right):
        return False
    if isinstance(left, list | tuple):
        return len(left) == len(right) and all(map(same, left, right))
    if isinstance(left, dict):
        return len(left) == len(right) and all(map(same, left.items(), right.items()))
    return left == right


@settings(deadline=None)
@given(values)
def test_values_come_back_equal_and_of_the_same_type(value):
    assert same(there_and_back(value), value)


@pytest.mark.parametrize("dtype", DTYPES)
@pytest.mark.parametrize("shape", [(), (0,), (3,), (2, 0, 4), (2, 3), (1, 1, 1, 1)])
def test_arrays_come_back_with_dtype_shape_and_memory_of_their_own(dtype, shape):
    array = np.arange(math.prod(shape)).reshape(shape).astype(dtype)
    back = there_and_back(array)
    assert type(back) is np.ndarray
    assert (back.dtype, back.shape) == (array.dtype, shape)
    assert np.array_equal(back, array)
    assert back.flags.writeable
    assert not np.shares_memory(back, array)


def test_nan_infinity_and_numpy_numbers_survive():
    assert math.isnan(there_and_back(math.nan))
    assert there_and_back(-math.inf) == -math.inf
    back = there_and_back(np.float32(2.5))
    assert isinstance(back, np.float32)
    assert back == 2.5


@pytest.mark.parametrize(
    "array",
    [
        np.arange(6.0).reshape(2, 3).T,
        np.arange(12)[::2],
        np.arange(3, dtype=">f8"),
        np.asfortranarray(np.eye(2, 3)),
    ],
)
def test_strides_order_and_byte_order_do_not_matter(array):
    assert np.array_equal(there_and_back(array), array)


def test_an_array_of_another_type_arrives_as_plain_numbers_and_the_name_of_its_type():
    class Answer(np.ndarray):
        def __eq__(self, other):
            return True

    with pytest.warns(PendingDeprecationWarning):
        matrix = np.matrix([[1.0, 2.0]])
    answer = np.zeros(3).view(Answer)
    for sent, name in ((matrix, "numpy.matrix"), (answer, f"{__name__}.Answer")):
        back = there_and_back([sent])[0]
        assert isinstance(back, ArrayLike)
        assert type(back.array) is np.ndarray
        assert back.type_name.endswith(name.rpartition(".")[2])
        assert type(codec.plain((back,))[0]) is np.ndarray


def test_subclasses_of_plain_types_arrive_as_the_plain_type():
    class Text(str):
        pass

    pair = collections.namedtuple("pair", "a b")
    assert there_and_back([Text("x"), pair(1, 2), collections.OrderedDict(k=1)]) == ["x", (1, 2), {"k": 1}]


def test_references_cross_as_references_and_can_be_resolved():
    sent = [Handle(3, "Value"), Callback(1), Seed(2**63)]
    assert there_and_back(sent) == sent
    assert codec.decode(codec.encode(sent), refer=lambda r: type(r).__name__) == [
        "Handle",
        "Callback",
        "Seed",
    ]


@pytest.mark.parametrize(
    "value", [{1, 2}, b"bytes", 1j, object(), np.array([1j]), np.array(["a"]), np.array([None])]
)
def test_what_has_no_place_is_refused_or_handed_over_as_a_handle(value):
    with pytest.raises(NoPlaceError):
        codec.encode(value)
    assert codec.decode(codec.encode([value], lambda v: Handle(1, "kept"))) == [Handle(1, "kept")]


def test_nothing_can_nest_grow_or_loop_without_bound():
    endless: list = []
    endless.append(endless)
    long_int, long_text = 1 << (8 * codec.MAX_INT_BYTES + 8), "x" * (codec.MAX_TEXT_BYTES + 1)
    wide, heavy = [None] * (codec.MAX_ITEMS + 1), np.zeros(codec.MAX_FRAME // 8 + 1)
    for value in (endless, long_int, long_text, wide, heavy):
        with pytest.raises(NoPlaceError):
            codec.encode(value)


def framed(tag, *parts):
    return tag + b"".join(parts)


def array_bytes(code, shape, raw, ndim=None):
    head = bytes([code, len(shape) if ndim is None else ndim])
    return framed(b"A", head, *(struct.pack("<Q", n) for n in shape), struct.pack("<I", 0), raw)


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"?",
        b"NN",
        b"I\x00\x00",
        b"I\xff\xff" + b"\x01" * 70_000,
        b"D\x00",
        b"S\xff\xff\xff\xff",
        b"S\x01\x00\x00\x00\xff",
        b"L\xff\xff\xff\xff",
        b"L\x01\x00\x00\x00" * 100 + b"N",
        b"M\x01\x00\x00\x00L\x00\x00\x00\x00N",
        b"M\x02\x00\x00\x00TNTN",
        array_bytes(99, (1,), b"\0"),
        array_bytes(11, (2**63, 2**63), b""),
        array_bytes(11, (0, 2**63), b""),
        array_bytes(11, (3,), b"\0" * 8),
        array_bytes(11, (), b"\0" * 8, ndim=200),
        array_bytes(1, (2,), b"\0\7"),
        b"Z" + array_bytes(11, (1,), b"\0" * 8)[1:],
        b"H\x00",
    ],
)
def test_malformed_bytes_give_one_clean_error(data):
    with pytest.raises(ProtocolError):
        codec.decode(data)


@pytest.mark.parametrize("frames", [4000, pytest.param(400_000, marks=pytest.mark.audit)])
def test_random_truncated_and_mutated_messages_never_do_worse_than_that(frames):
    draw = random.Random(7)
    message = codec.encode(
        ("done", {"value": [1, 2.5, "x", np.arange(6).reshape(2, 3), {(1, 2): None}], "n": -(2**70)})
    )
    refused = 0
    for _ in range(frames):
        data = bytearray(message)
        for _ in range(draw.randrange(1, 6)):
            data[draw.randrange(len(data))] = draw.randrange(256)
        if draw.random() < 0.3:
            del data[draw.randrange(len(data)) :]
        if draw.random() < 0.2:
            data = bytearray(draw.randbytes(draw.randrange(60)))
        try:
            codec.decode(bytes(data))
        except ProtocolError:
            refused += 1
    assert refused > 2000
