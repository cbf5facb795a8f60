"""CIFAR-10 is read from what its makers publish; nothing in a file is run, and each fault is named."""

import gzip
import io
import pickle
import pickletools
import tarfile
import tracemalloc

import numpy as np
import pytest

from lintutor.datasets import Cifar10, load, load_cifar10
from lintutor.datasets import splits as splits_module

from .cifar10_files import NAMES, ROWS, archive, binary_contents, contents, pixels_and_labels, write


def read(path):
    return load_cifar10(path, rows_per_batch=ROWS)


def assert_read_whole(data):
    pixels, labels = pixels_and_labels()
    images = pixels.reshape(6 * ROWS, 3, 32, 32).transpose(0, 2, 3, 1)
    assert data.X_train.dtype == np.uint8 and data.y_train.dtype == np.int64
    assert np.array_equal(data.X_train, images[: 5 * ROWS]) and np.array_equal(
        data.X_test, images[5 * ROWS :]
    )
    assert np.array_equal(data.y_train, labels[:5].ravel()) and np.array_equal(data.y_test, labels[5])
    assert data.class_names == tuple(NAMES)


# What is read.


@pytest.mark.parametrize("inside", ["", "cifar-10-batches-py"])
def test_a_folder_of_python_2_batches_is_read_and_a_folder_around_it(tmp_path, inside):
    write(tmp_path / inside, contents())
    assert_read_whole(read(tmp_path))


@pytest.mark.parametrize("protocol", range(pickle.HIGHEST_PROTOCOL + 1))
@pytest.mark.parametrize("keys", [str, bytes])
def test_batches_of_every_pickle_protocol_are_read_with_keys_of_either_kind(tmp_path, protocol, keys):
    write(tmp_path, contents(lambda value: pickle.dumps(value, protocol), keys))
    assert_read_whole(read(tmp_path))


def test_arrays_written_by_columns_and_labels_in_an_array_are_read(tmp_path):
    def dump(value):
        if "data" in value:
            value = {
                **value,
                "data": np.asfortranarray(value["data"]),
                "labels": np.array(value["labels"], ">i4"),
            }
        return pickle.dumps(value, 4)

    assert_read_whole(read(write(tmp_path, contents(dump))))


def test_the_binary_edition_is_read(tmp_path):
    assert_read_whole(read(write(tmp_path, binary_contents())))


@pytest.mark.parametrize("make", [contents, binary_contents])
def test_an_archive_is_read_without_unpacking(tmp_path, make):
    files = make()
    shuffled = {name: files[name] for name in sorted(files, reverse=True)}
    path = archive(tmp_path / "cifar-10.tar.gz", {"readme.html": b"<html>", **shuffled})
    assert_read_whole(read(path))
    assert [file.name for file in tmp_path.iterdir()] == ["cifar-10.tar.gz"]


def test_a_home_folder_and_text_paths_are_understood(tmp_path, monkeypatch):
    write(tmp_path / "data", contents())
    monkeypatch.setenv("HOME", str(tmp_path))
    assert_read_whole(read("~/data"))


# What is refused: code.


class Harmful:
    """A pickle of this would write a file when read."""

    def __init__(self, call, *args):
        self.call, self.args = call, args

    def __reduce__(self):
        return self.call, self.args


@pytest.mark.parametrize("protocol", range(pickle.HIGHEST_PROTOCOL + 1))
def test_a_pickle_that_would_run_code_is_refused_and_does_not_run(tmp_path, protocol):
    proof = tmp_path / "it-ran"
    evil = pickle.dumps({"data": Harmful(open, str(proof), "w")}, protocol)
    folder = write(tmp_path / "batches", {**contents(), "data_batch_3": evil})
    with pytest.raises(
        ValueError, match=r"data_batch_3 is not a pickle of plain data: .*open.* nothing was run"
    ):
        read(folder)
    assert not proof.exists()


@pytest.mark.parametrize(
    "name",
    [
        "os.system",
        "builtins.eval",
        "builtins.getattr",
        "numpy.load",
        "numpy.core.multiarray.scalar",
        "_codecs.decode",
    ],
)
def test_no_other_name_is_admitted_not_even_of_numpy(tmp_path, name):
    module, _, attribute = name.rpartition(".")
    evil = f"c{module}\n{attribute}\n.".encode()
    folder = write(tmp_path, {**contents(), "batches.meta": evil})
    with pytest.raises(ValueError, match=rf"batches.meta is not a pickle of plain data: it asks for {name}"):
        read(folder)


def test_a_dotted_name_is_no_way_around(tmp_path):
    evil = b"\x80\x04\x8c\x05numpy\x8c\x0dndarray.dumps\x93."
    folder = write(tmp_path, {**contents(), "batches.meta": evil})
    with pytest.raises(ValueError, match=r"it asks for numpy\.ndarray\.dumps"):
        read(folder)


def test_the_array_machinery_of_numpy_itself_is_never_called(tmp_path):
    # An object array would make numpy build objects; here it is only an unknown type of number.
    odd = pickle.dumps({"data": np.array([[None]], dtype=object), "labels": [0]}, 2)
    folder = write(tmp_path, {**contents(), "test_batch": odd})
    with pytest.raises(ValueError, match="test_batch holds an array that does not say"):
        read(folder)


@pytest.mark.parametrize("evil", [b"Pabc\n.", b"\x80\x02X\x01\x00\x00\x00aQ."], ids=["text", "binary"])
def test_references_out_of_the_file_are_refused(tmp_path, evil):
    folder = write(tmp_path, {**contents(), "test_batch": evil})
    with pytest.raises(
        ValueError, match="test_batch is not a pickle of plain data: it refers to something outside"
    ):
        read(folder)


def test_an_array_without_a_type_is_refused(tmp_path):
    array = b"cnumpy.core.multiarray\n_reconstruct\n)R(K\x01K\x04\x85cnumpy\ndtype\n)R\x89U\x04abcdtb"
    folder = write(tmp_path, {**contents(), "test_batch": b"\x80\x02}U\x04data" + array + b"s."})
    with pytest.raises(ValueError, match="test_batch holds an array that does not say"):
        read(folder)


def test_records_cannot_pass_for_data(tmp_path):
    bare = b"\x80\x02}U\x04datacnumpy\nndarray\ns."
    folder = write(tmp_path, {**contents(), "test_batch": bare})
    with pytest.raises(ValueError, match="test_batch holds a bare type where data belong"):
        read(folder)


def test_every_beginning_of_a_batch_is_refused_with_its_name(tmp_path):
    whole = contents()["test_batch"]
    cuts = {position for _, _, position in pickletools.genops(whole)} | {1, len(whole) // 2, len(whole) - 1}
    files = contents()
    for cut in sorted(cuts):
        folder = write(tmp_path, {**files, "test_batch": whole[:cut]})
        with pytest.raises(ValueError, match=r"test_batch (breaks off|is not a pickle)"):
            read(folder)


def test_a_flipped_byte_never_ends_in_anything_but_a_clear_error(tmp_path):
    rng = np.random.default_rng(1)
    files, whole = contents(), bytearray(contents()["test_batch"])
    text = [i for i in range(len(whole)) if not 60 < i < len(whole) - 200]  # around the pixels
    for at in rng.choice(text, 60):
        broken = bytearray(whole)
        broken[at] ^= int(rng.integers(1, 256))
        write(tmp_path, {**files, "test_batch": bytes(broken)})
        try:
            read(tmp_path)
        except ValueError as error:
            assert "test_batch" in str(error)


# What is refused: data of another kind.


def batch(**changes):
    data, labels = pixels_and_labels()
    return pickle.dumps({"data": data[0], "labels": labels[0].tolist(), **changes}, 2)


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (
            batch(data=np.zeros((ROWS, 3071), np.uint8)),
            r"data must be an array \(4, 3072\) of uint8, got an array \(4, 3071\)",
        ),
        (
            batch(data=np.zeros((ROWS + 1, 3072), np.uint8)),
            r"data must be .* got an array \(5, 3072\) of uint8",
        ),
        (batch(data=np.zeros((ROWS, 3072))), r"data must be .* got an array \(4, 3072\) of float64"),
        (batch(data=[1, 2]), "data must be .* got a list of length 2"),
        (batch(labels=[0, 1, 2, 10]), "labels must lie in 0..9, got 10 for image 3"),
        (batch(labels=[0, -1, 2, 3]), "labels must lie in 0..9, got -1 for image 1"),
        (batch(labels=[0, 1, 2]), "labels must be 4 whole numbers, got a list of length 3"),
        (batch(labels=[0, 1, 2, 3.0]), "labels must be 4 whole numbers"),
        (batch(labels=None), "labels must be 4 whole numbers, got nothing of that name"),
        (pickle.dumps({"labels": [0] * ROWS}), "data must be .* got nothing of that name"),
        (pickle.dumps({"fine_labels": [1], "data": 3}), "data must be .* got a value of type int"),
        (pickle.dumps([1, 2]), "must hold a dict, got list"),
        (pickle.dumps({3: 4}), "must hold text where it holds int"),
        (b"", "breaks off"),
        (b"<!DOCTYPE html><html>", "is not a pickle of plain data"),
        (b"}}Ns.", r"is not a pickle of plain data \(TypeError while reading it\)"),
        (b"\x80\xff.", r"is not a pickle of plain data \(ValueError while reading it\)"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_a_batch_of_another_kind_is_refused_with_what_was_expected_and_what_came(tmp_path, content, message):
    folder = write(tmp_path, {**contents(), "data_batch_1": content})
    with pytest.raises(ValueError, match=rf"data_batch_1:? {message}"):
        read(folder)


@pytest.mark.parametrize("names", [["cat"], "cat", [1] * 10])
def test_a_meta_file_without_ten_names_is_refused(tmp_path, names):
    folder = write(tmp_path, {**contents(), "batches.meta": pickle.dumps({"label_names": names})})
    with pytest.raises(ValueError, match=r"batches\.meta: label_names must be a list of 10 names"):
        read(folder)


@pytest.mark.parametrize("length", [0, ROWS * 3073 - 1, ROWS * 3073 + 1])
def test_a_binary_batch_of_another_length_is_refused(tmp_path, length):
    folder = write(tmp_path, {**binary_contents(), "data_batch_2.bin": b"\0" * length})
    with pytest.raises(ValueError, match=rf"data_batch_2.bin: expected 4 x 3073 = 12292 bytes, got {length}"):
        read(folder)


def test_a_file_far_too_large_is_not_read_to_its_end(tmp_path):
    folder = write(tmp_path, {**contents(), "data_batch_2": b"\0" * 2_000_000})
    with pytest.raises(ValueError, match=r"data_batch_2: more than .* bytes, too many for 4 images"):
        read(folder)


@pytest.mark.parametrize("missing", ["batches.meta", "data_batch_4", "test_batch"])
@pytest.mark.parametrize("packed", [False, True])
def test_a_missing_file_is_named(tmp_path, missing, packed):
    files = contents()
    del files[missing]
    path = archive(tmp_path / "c.tar.gz", files) if packed else write(tmp_path, files)
    with pytest.raises(FileNotFoundError, match=rf": {missing} missing"):
        read(path)


def test_an_empty_folder_a_wrong_archive_and_nothing_at_all_are_told_apart(tmp_path):
    with pytest.raises(FileNotFoundError, match="no file of CIFAR-10 in it"):
        read(tmp_path)
    other = archive(tmp_path / "cifar-100-python.tar.gz", {"train": b"", "test": b""}, "cifar-100-python/")
    with pytest.raises(
        FileNotFoundError, match=r"no file of CIFAR-10 in it.* this is CIFAR-100, another data set"
    ):
        read(other)
    with pytest.raises(FileNotFoundError, match=r"nothing at .*absent; expected .*www\.cs\.toronto\.edu"):
        read(tmp_path / "absent")


def test_a_single_file_that_is_no_archive_is_refused(tmp_path):
    path = write(tmp_path, contents()) / "data_batch_1"
    with pytest.raises(ValueError, match=r"expected cifar-10-python\.tar\.gz, got no archive"):
        read(path)


def test_a_truncated_or_damaged_archive_is_refused_wherever_it_breaks(tmp_path):
    whole = archive(tmp_path / "whole.tar.gz", contents()).read_bytes()
    for cut in np.linspace(1, len(whole) - 1, 25).astype(int):
        path = tmp_path / "cut.tar.gz"
        path.write_bytes(whole[:cut])
        with pytest.raises((ValueError, FileNotFoundError), match=r"cut\.tar\.gz"):
            read(path)
    damaged = bytearray(whole)
    damaged[len(whole) // 2] ^= 0xFF
    path = tmp_path / "damaged.tar.gz"
    path.write_bytes(damaged)
    with pytest.raises(ValueError, match=r"damaged\.tar\.gz"):
        read(path)


KINDS = {
    tarfile.SYMTYPE: "a link to .*outside",
    tarfile.LNKTYPE: "a link to .*outside",
    tarfile.FIFOTYPE: "a device or a pipe",
    tarfile.CHRTYPE: "a device or a pipe",
}


@pytest.mark.parametrize("kind", KINDS)
def test_a_link_or_a_device_in_the_place_of_a_file_is_refused(tmp_path, kind):
    outside = tmp_path / "outside"
    outside.write_bytes(contents()["test_batch"])
    path = tmp_path / "tricks.tar"
    with tarfile.open(path, "w") as tar:
        link = tarfile.TarInfo("cifar-10-batches-py/test_batch")
        link.type, link.linkname = kind, str(outside)
        tar.addfile(link)
    with pytest.raises(
        ValueError, match=f"test_batch is {KINDS[kind]} where a file belongs: it is not followed"
    ):
        read(path)


@pytest.mark.parametrize("folder", ["../../", "/etc/", "a/../../../"])
def test_paths_in_an_archive_lead_nowhere(tmp_path, folder):
    inside = tmp_path / "one" / "two"
    inside.mkdir(parents=True)
    assert_read_whole(read(archive(inside / "tricks.tar.gz", contents(), folder)))
    assert sorted(file.name for file in tmp_path.rglob("*")) == ["one", "tricks.tar.gz", "two"]


def test_an_archive_that_cannot_be_read_is_told_apart(tmp_path):
    whole = archive(tmp_path / "whole.tar.gz", contents()).read_bytes()
    flipped = bytearray(whole)
    flipped[-6] ^= 1  # in gzip's checksum
    others = {
        "is truncated, or its download has not ended": whole[: len(whole) // 2],
        "its bytes have changed .*CRC": bytes(flipped),
        "an empty file": b"",
        "an HTML page, such as": b"\n <!DOCTYPE html><html>please sign in",
        "a zip archive": b"PK\x03\x04" + b"0" * 100,
        "no archive$": b"0" * 2000,
    }
    for message, raw in others.items():
        path = tmp_path / "c.tar.gz"
        path.write_bytes(raw)
        with pytest.raises(ValueError, match=rf"c\.tar\.gz.*{message}") as failure:
            read(path)
        assert "\n" not in str(failure.value)


def test_a_file_that_comes_twice_is_refused(tmp_path):
    path = tmp_path / "twice.tar"
    with tarfile.open(path, "w") as tar:
        for name in ("a/test_batch", "b/test_batch"):
            info = tarfile.TarInfo(name)
            info.size = len(contents()["test_batch"])
            tar.addfile(info, io.BytesIO(contents()["test_batch"]))
    with pytest.raises(ValueError, match=r"b/test_batch: test_batch is already in .*a/test_batch"):
        read(path)


# Through `load`.


def test_load_splits_off_the_end_of_the_training_images_as_validation(tmp_path, monkeypatch):
    folder = write(tmp_path, contents())
    monkeypatch.setattr(splits_module, "load_cifar10", read)
    monkeypatch.setenv("LINTUTOR_CIFAR10", str(folder))
    data = load("cifar10", num_train=6, num_val=3, num_test=2)
    raw = read(folder)
    assert np.array_equal(data.images(data.X_train), raw.X_train[:6]) and np.array_equal(
        data.y_train, raw.y_train[:6]
    )
    assert np.array_equal(data.images(data.X_val), raw.X_train[-3:]) and np.array_equal(
        data.y_val, raw.y_train[-3:]
    )
    assert np.array_equal(data.images(data.X_test), raw.X_test[:2]) and np.array_equal(
        data.y_test, raw.y_test[:2]
    )
    assert data.class_names == tuple(NAMES) and data.X_train.dtype == np.float64


@pytest.mark.parametrize("dtype", [np.float32, "float32", np.float64, float])
def test_rows_come_in_the_type_that_was_asked_for_and_hold_the_same_numbers(tmp_path, monkeypatch, dtype):
    folder = write(tmp_path, contents())
    monkeypatch.setattr(splits_module, "load_cifar10", read)
    sizes = {"num_train": 6, "num_val": 3, "num_test": 2}
    data = load("cifar10", path=folder, dtype=dtype, **sizes)
    usual = load("cifar10", path=folder, **sizes)
    for part in ("X_train", "X_val", "X_test"):
        assert getattr(data, part).dtype == np.dtype(dtype)
        assert np.array_equal(getattr(data, part), getattr(usual, part))


def test_rows_of_float32_are_never_float64_in_between(tmp_path, monkeypatch):
    raw = read(write(tmp_path, contents()))
    many = Cifar10(
        *(np.repeat(part, 200, axis=0) for part in raw[:4]), raw.class_names
    )  # 20 * 200 images: 12 MB as bytes, 49 MB as float32
    monkeypatch.setattr(splits_module, "load_cifar10", lambda path: many)
    tracemalloc.start()
    data = load("cifar10", path=tmp_path, num_train=3800, num_val=200, num_test=800, dtype=np.float32)
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    held = sum(part.nbytes for part in (data.X_train, data.X_val, data.X_test))
    assert held <= peak < 1.1 * held


def test_where_nobody_says_where_it_lies_it_is_looked_for_in_the_cache(tmp_path, monkeypatch):
    monkeypatch.setattr(splits_module, "load_cifar10", read)
    monkeypatch.setattr(splits_module, "cifar10_folder", lambda: tmp_path / "cache")
    monkeypatch.delenv("LINTUTOR_CIFAR10", raising=False)
    with pytest.raises(FileNotFoundError, match="`lintutor data cifar10` downloads it"):
        load("cifar10")
    write(tmp_path / "cache", contents())
    assert len(load("cifar10", num_train=6, num_val=3, num_test=2).X_train) == 6
    monkeypatch.setenv("LINTUTOR_CIFAR10", str(tmp_path / "named"))
    with pytest.raises(FileNotFoundError, match=r"nothing at .*named;"):
        load("cifar10")


def test_the_path_argument_goes_before_the_environment(tmp_path, monkeypatch):
    monkeypatch.setenv("LINTUTOR_CIFAR10", str(tmp_path / "of-the-environment"))
    with pytest.raises(FileNotFoundError, match=r"nothing at .*of-the-argument;"):
        load("cifar10", path=tmp_path / "of-the-argument")


def test_gzip_of_something_else_is_refused(tmp_path):
    path = tmp_path / "x.tar.gz"
    path.write_bytes(gzip.compress(b"hello" * 500))
    with pytest.raises(ValueError, match="got a packed file of another kind"):
        read(path)
