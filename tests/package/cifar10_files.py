"""A tiny CIFAR-10 in the layouts that its makers publish: random pixels, four images a batch."""

import hashlib
import io
import pickle
import struct
import tarfile

import numpy as np

from lintutor.datasets.published import Print, Published

ROWS = 4
NAMES = ["airplane", "automobile", "bird", "cat", "deer", "dog", "frog", "horse", "ship", "truck"]
BATCHES = [*(f"data_batch_{i}" for i in range(1, 6)), "test_batch"]


def pixels_and_labels():
    """Six batches: pixels (6, ROWS, 3072) and labels (6, ROWS)."""
    rng = np.random.default_rng(0)
    return rng.integers(0, 256, (6, ROWS, 3072), dtype=np.uint8), rng.integers(0, 10, (6, ROWS))


class Python2Pickler(pickle._Pickler):
    """Writes what Python 2 wrote, as in the published files: byte strings, and names under numpy.core."""

    def save(self, obj, save_persistent_id=True):
        if isinstance(obj, (bytes, str)):
            raw = obj.encode("latin1") if isinstance(obj, str) else obj
            self.write(
                b"U" + bytes([len(raw)]) + raw if len(raw) < 256 else b"T" + struct.pack("<i", len(raw)) + raw
            )
        elif isinstance(obj, type) or type(obj) is type(len):
            module = obj.__module__.replace("numpy._core", "numpy.core")
            self.write(f"c{module}\n{obj.__name__}\n".encode())
        else:
            super().save(obj, save_persistent_id)


def python2(value):
    file = io.BytesIO()
    Python2Pickler(file, 2).dump(value)
    return file.getvalue()


def contents(dump=python2, keys=str):
    """The seven files of the python edition, name -> bytes."""
    data, labels = pixels_and_labels()
    batch = [
        {"data": x, "labels": y.tolist(), "batch_label": b"", "filenames": ["a.png"] * ROWS}
        for x, y in zip(data, labels, strict=True)
    ]
    if keys is bytes:
        batch = [{key.encode(): value for key, value in one.items()} for one in batch]
    files = {name: dump(one) for name, one in zip(BATCHES, batch, strict=True)}
    names = [n.encode() for n in NAMES] if keys is bytes else NAMES
    return {
        **files,
        "batches.meta": dump({(b"label_names" if keys is bytes else "label_names"): names}),
    }


def binary_contents():
    data, labels = pixels_and_labels()
    rows = np.concatenate([labels[..., None].astype(np.uint8), data], axis=2)  # (6, ROWS, 3073)
    files = {f"{name}.bin": batch.tobytes() for name, batch in zip(BATCHES, rows, strict=True)}
    return {**files, "batches.meta.txt": ("\n".join(NAMES) + "\n\n").encode()}


def write(folder, files):
    folder.mkdir(parents=True, exist_ok=True)
    for name, content in files.items():
        (folder / name).write_bytes(content)
    return folder


def archive(path, files, folder="cifar-10-batches-py/"):
    with tarfile.open(path, "w:gz") as tar:
        for name, content in files.items():
            info = tarfile.TarInfo(folder + name)
            info.size = len(content)
            tar.addfile(info, io.BytesIO(content))
    return path


def published(archive, url="", files=None):
    """What stands for the published edition in a test: an archive, and the files in it."""
    raw = archive.read_bytes()
    prints = {
        name: Print(len(each), hashlib.md5(each).hexdigest()) for name, each in (files or contents()).items()
    }
    return Published(url, len(raw), hashlib.sha256(raw).hexdigest(), prints, "0" * 32, ROWS)
