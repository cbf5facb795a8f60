"""CIFAR-10 is installed as a whole or not at all, and nothing passes for the published files that is not."""

import errno
import hashlib
import json
import os
import random
import subprocess
import sys
from pathlib import Path

import pytest

from lintutor.datasets import cifar10_folder, install_cifar10, is_published
from lintutor.datasets.published import CIFAR10, Print, examine

from .cifar10_files import (
    ROWS,
    archive,
    binary_contents,
    contents,
    pixels_and_labels,
    published,
    python2,
    write,
)

HERE = Path(__file__).parent
BEHIND = ".batches.new"  # the folder beside the target in which all is made ready


@pytest.fixture
def original(tmp_path):
    """The archive as it was published."""
    return archive(tmp_path / "original.tar.gz", {**contents(), "readme.html": b"<html>"})


@pytest.fixture
def install(tmp_path, original):
    def call(source, **more):
        edition = more.pop("published", call.published)
        return install_cifar10(source, call.folder, published=edition, say=call.said.append, **more)

    call.folder, call.said = tmp_path / "data" / "batches", []
    call.published = published(original)
    return call


def read_all(folder):
    return {path.name: path.read_bytes() for path in folder.iterdir()}


def assert_whole(install, files=None):
    assert read_all(install.folder) == (contents() if files is None else files)
    assert [path.name for path in install.folder.parent.iterdir()] == ["batches"]


def refused(install, source, match, error=ValueError, hidden=True, **more):
    """The one line with which a source is refused; nothing is there, and nothing is left beside it."""
    with pytest.raises(error, match=match) as failure:
        install(source, **more)
    assert "\n" not in str(failure.value) and (BEHIND in str(failure.value)) <= (not hidden)
    assert not install.folder.exists()
    assert not install.folder.parent.exists() or not list(install.folder.parent.iterdir())


def other_contents():
    """Files that read well but are not the published ones: one pixel differs."""
    files, pixels = contents(), pixels_and_labels()[0][2].tobytes()
    changed = bytes([pixels[0] ^ 1]) + pixels[1:]
    return {**files, "data_batch_3": files["data_batch_3"].replace(pixels, changed)}


# What is taken.


@pytest.mark.parametrize("form", ["archive", "folder", "folder in a folder", "archive in a folder"])
def test_an_archive_or_a_folder_is_taken_and_left_as_it_was(install, original, tmp_path, form):
    source = original
    if form == "folder":
        source = write(tmp_path / "mine", contents())
    elif form == "folder in a folder":
        source = write(tmp_path / "mine" / "cifar-10-batches-py", contents()).parent
    elif form == "archive in a folder":
        source = tmp_path / "downloads"
        source.mkdir()
        original.rename(source / "cifar-10-python.tar.gz")
        write(source, {"holiday.jpg": b"sun"})
    before = {path: path.read_bytes() for path in tmp_path.rglob("*") if path.is_file()}
    assert install(source) == install.folder
    assert_whole(install)
    assert all(path.read_bytes() == raw for path, raw in before.items())


def test_published_files_in_another_archive_are_the_published_files(install, tmp_path):
    install(archive(tmp_path / "packed_anew.tar", contents(), "any/folder/"))
    assert_whole(install)
    assert examine(install.folder, install.published).name == "verified"


def test_the_binary_archive_is_known_by_its_checksum(install, tmp_path):
    binary = archive(tmp_path / "cifar-10-binary.tar.gz", binary_contents(), "cifar-10-batches-bin/")
    md5 = hashlib.md5(binary.read_bytes()).hexdigest()
    edition = published(tmp_path / "original.tar.gz")
    edition = type(edition)(**{**vars(edition), "binary_md5": md5})
    install(binary, published=edition)
    assert examine(install.folder, edition).name == "verified"
    assert is_published(install.folder, published=edition) and is_published(binary, published=edition)
    (install.folder / "test_batch.bin").write_bytes(bytes(ROWS * 3073))
    assert not is_published(install.folder, published=edition)


def test_a_second_time_it_is_there_and_again_takes_it_anew(install, original):
    install(original)
    first = install.folder.stat().st_ino
    install(original)
    assert install.folder.stat().st_ino == first
    assert install.said == ["it is there already, verified; --again gets it anew"]
    install(original, again=True)
    assert install.folder.stat().st_ino != first
    assert_whole(install)


def test_what_is_installed_can_be_taken_from_itself(install, original):
    install(original)
    install(install.folder, again=True)
    assert_whole(install)


def test_the_default_place_is_in_the_cache_of_the_user(monkeypatch, tmp_path):
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    if sys.platform == "linux":
        assert cifar10_folder() == tmp_path / "lintutor" / "cifar-10-batches-py"
    assert cifar10_folder().parent.name


# What is not published.


@pytest.mark.parametrize("form", ["archive", "folder"])
def test_files_that_differ_are_refused_with_which_and_how_and_taken_if_one_says_so(install, tmp_path, form):
    files = other_contents()
    source = write(tmp_path / "mine", files) if form == "folder" else archive(tmp_path / "m.tar.gz", files)
    md5 = hashlib.md5(files["data_batch_3"]).hexdigest()
    wanted = install.published.files["data_batch_3"].md5
    how = f"data_batch_3 has MD5 {md5}, the published one has {wanted}"
    told = f"{source.name}: not the published files: {how}; --unverified takes them all the same$"
    refused(install, source, told)
    install(source, unverified=True)
    assert {name: raw for name, raw in read_all(install.folder).items() if name != "lintutor.json"} == files
    state = examine(install.folder, install.published)
    assert (state.name, state.origin) == ("unverified", str(source))
    assert not is_published(install.folder, published=install.published)
    install(source)
    assert install.said == ["it is there already, unverified; --again gets it anew"]


def test_several_files_that_differ_are_counted(install, tmp_path):
    files = {**other_contents(), "batches.meta": contents()["batches.meta"] + b"\n"}
    source = write(tmp_path / "mine", files)
    refused(install, source, "published files: data_batch_3 has MD5 .*, and 1 more of the 7 files differ;")


def test_a_file_of_another_size_is_told_by_its_size(install, tmp_path):
    files = {**contents(), "batches.meta": contents()["batches.meta"] + b"\n"}
    size = len(files["batches.meta"])
    source = write(tmp_path / "mine", files)
    refused(
        install, source, rf"batches\.meta has {size} bytes, the published one has {size - 1}; --unverified"
    )


def test_a_folder_of_the_binary_edition_has_no_published_checksums(install, tmp_path):
    source = write(tmp_path / "mine", binary_contents())
    refused(
        install, source, "binary edition, of which only the archive has a published checksum; --unverified"
    )
    install(source, unverified=True)
    assert examine(install.folder, install.published).name == "unverified"


def test_unverified_files_that_are_damaged_later_are_noticed(install, tmp_path):
    source = write(tmp_path / "mine", other_contents())
    install(source, unverified=True)
    (install.folder / "data_batch_1").write_bytes(b"x")
    assert examine(install.folder, install.published).name == "differs"
    with pytest.raises(
        ValueError, match=r"what lies there is not CIFAR-10 as published: .* --again gets it anew"
    ):
        install(source, unverified=True)
    install(source, unverified=True, again=True)
    assert examine(install.folder, install.published).name == "unverified"


def test_published_files_leave_no_note_even_if_unverified_was_allowed(install, original):
    install(original, unverified=True)
    assert_whole(install)


@pytest.mark.parametrize("note", ["[]", "{", '{"verified": true}', '{"verified": "yes", "md5": {}}'])
def test_a_note_that_does_not_speak_of_these_files_vouches_for_nothing(install, tmp_path, note):
    write(install.folder, {**other_contents(), "lintutor.json": note.encode()})
    assert examine(install.folder, install.published).name == "differs"


def test_is_published_is_about_every_byte(install, original, tmp_path):
    assert is_published(original, published=install.published)
    folder = write(tmp_path / "mine", contents())
    assert is_published(folder, published=install.published)
    for name in contents():
        raw = bytearray(contents()[name])
        raw[len(raw) // 2] ^= 1
        write(tmp_path / "mine", {**contents(), name: bytes(raw)})
        assert not is_published(folder, published=install.published)
    assert not is_published(tmp_path / "nowhere") and not is_published(HERE) and not is_published(original)


def test_is_published_answers_no_to_every_archive_that_breaks_off(original, install, tmp_path):
    whole = original.read_bytes()
    for end in range(0, len(whole), len(whole) // 20):
        (tmp_path / "part").write_bytes(whole[:end])
        assert not is_published(tmp_path / "part", published=install.published)


def test_the_published_edition_is_six_batches_and_their_names():
    assert sorted(CIFAR10.files) == sorted(contents())
    assert CIFAR10.rows == 10000 and sum(each.size for each in CIFAR10.files.values()) > CIFAR10.size
    assert all(isinstance(each, Print) and len(each.md5) == 32 for each in CIFAR10.files.values())


# What cannot be taken: each with its own line.


def test_each_kind_of_rubbish_has_a_line_of_its_own(install, original, tmp_path):
    whole = original.read_bytes()
    flipped = bytearray(whole)
    flipped[len(whole) // 2] ^= 1
    files = {
        "truncated.tar.gz": whole[: len(whole) // 2],
        "archive.part": whole[:30000],
        "tampered.tar.gz": bytes(flipped),
        "page.tar.gz": b"<html>sign in",
        "cifar.zip": b"PK\x03\x04" + bytes(100),
        "empty.tar.gz": b"",
        "letter.txt": b"Dear student" * 100,
    }
    write(tmp_path, files)
    lines = set()
    for name in files:
        with pytest.raises(ValueError, match=name) as failure:
            install(tmp_path / name)
        lines.add(
            str(failure.value).replace(name, "").translate({ord(digit): None for digit in "0123456789"})
        )
    assert len(lines) == len(files) - 1  # a part is a truncated archive


@pytest.mark.parametrize(
    ("files", "error", "message"),
    [
        ({}, FileNotFoundError, "mine: no file of CIFAR-10 in it, such as data_batch_1"),
        ({"test_batch": None}, FileNotFoundError, "mine: test_batch missing; CIFAR-10 has five data batches"),
        (
            {"data_batch_4": b"short"},
            ValueError,
            r"mine/data_batch_4 is not a pickle of plain data: .* \(data_batch_4 has 5 bytes, ",
        ),
        (
            {"test_batch": contents()["test_batch"][:-900]},
            ValueError,
            r"mine/test_batch breaks off: .* \(test_batch has \d+ bytes, the published one has \d+\)$",
        ),
        ({"test_batch": bytes(3 << 20)}, ValueError, "mine/test_batch: more than .* too many for 4 images"),
        ({"batches.meta": python2({})}, ValueError, r"mine/batches\.meta: label_names must be a list"),
    ],
)
@pytest.mark.parametrize("unverified", [False, True])
def test_a_folder_that_does_not_read_well_is_never_taken(
    install, tmp_path, files, error, message, unverified
):
    given = {**contents(), **files} if files else {}
    source = write(tmp_path / "mine", {name: raw for name, raw in given.items() if raw is not None})
    refused(install, source, message, error, unverified=unverified)


def test_nothing_a_pipe_and_a_file_that_comes_twice_are_refused(install, tmp_path):
    refused(
        install,
        tmp_path / "nowhere",
        "nothing at .*nowhere; expected the folder or the arch",
        FileNotFoundError,
    )
    os.mkfifo(tmp_path / "pipe")
    refused(install, tmp_path / "pipe", "pipe: expected a folder or an archive, got something else")
    twice = archive(tmp_path / "twice.tar", {"a/test_batch": b"1", "b/test_batch": b"2"})
    refused(install, twice, "b/test_batch: test_batch comes twice")


def test_a_source_that_may_not_be_read_says_so(install, tmp_path, monkeypatch):
    source = archive(tmp_path / "locked.tar.gz", contents())
    source.chmod(0)
    if os.access(source, os.R_OK):  # root may read everything
        real = Path.open

        def closed(self, *arguments, **more):
            if self == source:
                raise PermissionError(errno.EACCES, "Permission denied", str(self))
            return real(self, *arguments, **more)

        monkeypatch.setattr(Path, "open", closed)
    refused(install, source, "Permission denied.*locked", PermissionError)


def test_anything_else_in_the_folder_is_never_taken_away(install, original):
    write(install.folder, {**contents(), "thesis.tex": b"the only copy"})
    with pytest.raises(
        ValueError, match=r"batches holds thesis\.tex, which is not of CIFAR-10; move it away"
    ):
        install(original, again=True)
    assert (install.folder / "thesis.tex").read_bytes() == b"the only copy"
    install.folder.parent.joinpath("notes").write_text("mine")
    install.folder = install.folder.parent / "notes"
    with pytest.raises(ValueError, match="notes: expected a folder, got a file"):
        install(original, again=True)
    assert install.folder.read_text() == "mine"


# A machine that fails.

KILLED = """
import os, signal, sys
from pathlib import Path
from lintutor.datasets import install_cifar10
from package.cifar10_files import published
source, folder, at = Path(sys.argv[1]), sys.argv[2], int(sys.argv[3])
edition, seen = published(source), 0
import lintutor.datasets.installing
def count(event, arguments):
    global seen
    ours = any(".batches.new" in str(each) for each in arguments)
    if ours and event.startswith(("os.", "open", "shutil.")):
        seen += 1
        if seen == at:
            os.kill(os.getpid(), signal.SIGKILL)
sys.addaudithook(count)
install_cifar10(source, folder, published=edition, again=True)
print(seen)
"""


def killed(original, install, at):
    """Install in another process that is killed before its step number `at`; return what it printed."""
    environment = {**os.environ, "PYTHONPATH": str(HERE.parent)}
    command = [sys.executable, "-c", KILLED, str(original), str(install.folder), str(at)]
    return subprocess.run(command, env=environment, capture_output=True, text=True, timeout=60)


def prepare(install, before):
    """Leave nothing in the folder around the target but the target, with some files or absent."""
    install.folder.parent.mkdir(exist_ok=True)
    for path in sorted(install.folder.parent.rglob("*"), reverse=True):
        path.rmdir() if path.is_dir() else path.unlink()
    if before:
        write(install.folder, before)


def steps(original, install, before):
    prepare(install, before)
    ran = killed(original, install, -1)
    assert ran.returncode == 0, ran.stderr
    return int(ran.stdout)


def assert_a_kill_leaves_all_or_nothing(original, install, at, before):
    """Kill at a step; what is there then is what was there before, or all of the new; a new start mends."""
    prepare(install, before)
    ran = killed(original, install, at)
    assert ran.returncode != 0 and not ran.stdout
    found = read_all(install.folder) if install.folder.exists() else {}
    aside = install.folder.parent / BEHIND / "old"
    assert found in (before, contents()) or (found == {} and read_all(aside) == before)
    install(original, again=True)
    assert_whole(install)


@pytest.mark.parametrize("before", [{}, other_contents()], ids=["new", "again"])
def test_a_kill_at_any_step_leaves_all_or_nothing(original, install, before):
    count = steps(original, install, before)
    assert count > 30
    for at in random.Random(5).sample(range(1, count + 1), 6):
        assert_a_kill_leaves_all_or_nothing(original, install, at, before)


@pytest.mark.audit
@pytest.mark.parametrize("before", [{}, other_contents()], ids=["new", "again"])
def test_a_kill_at_every_step_leaves_all_or_nothing(original, install, before):
    for at in range(1, steps(original, install, before) + 1):
        assert_a_kill_leaves_all_or_nothing(original, install, at, before)


def test_what_a_killed_run_had_moved_aside_is_put_back(original, install):
    aside = install.folder.parent / BEHIND / "old"
    write(aside, contents())
    write(install.folder.parent / BEHIND / "new", {"data_batch_1": b"half"})
    install(original)
    assert install.said == ["it is there already, verified; --again gets it anew"]
    assert_whole(install)


@pytest.mark.parametrize("call", ["os.fsync", "pathlib.Path.rename"])
def test_an_interrupt_leaves_what_was_there(install, original, monkeypatch, call):
    def interrupted(*arguments):
        monkeypatch.undo()
        raise KeyboardInterrupt

    write(install.folder, other_contents())
    monkeypatch.setattr(call, interrupted)
    with pytest.raises(KeyboardInterrupt):
        install(original, again=True)
    assert_whole(install, other_contents())


def test_every_file_is_on_the_disk_before_the_folder_is_there(install, original, monkeypatch):
    synced, real = {}, os.fsync

    def sync(handle):
        synced[os.fstat(handle).st_ino] = install.folder.exists()
        real(handle)

    monkeypatch.setattr("os.fsync", sync)
    install(original)
    assert all(synced[path.stat().st_ino] is False for path in install.folder.iterdir())
    assert synced[install.folder.stat().st_ino] is False and synced[install.folder.parent.stat().st_ino]


@pytest.fixture
def disk(tmp_path):
    """Mount a small disk, or one that cannot be written; skip where that is not allowed, but never in CI."""
    place = tmp_path / "disk"
    place.mkdir()

    def mount(options):
        ran = subprocess.run(["mount", "-t", "tmpfs", "-o", options, "tmpfs", place], capture_output=True)
        if ran.returncode:
            (pytest.fail if os.environ.get("CI") else pytest.skip)("only root mounts a disk")
        return place

    yield mount
    subprocess.run(["umount", place], capture_output=True)


def test_a_disk_that_is_full_is_told_and_left_as_it_was(install, original, disk):
    install.folder = disk("size=64k") / "batches"
    refused(install, original, "No space left", OSError)


def test_a_write_that_fails_leaves_nothing(install, original, monkeypatch):
    def full(handle):
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr("os.fsync", full)
    refused(install, original, "No space left", OSError)


def test_a_disk_that_cannot_be_written_is_told(install, original, disk):
    install.folder = disk("ro") / "batches"
    refused(install, original, "Read-only file system|Permission denied", OSError, hidden=False)


def test_where_all_is_there_a_disk_that_cannot_be_written_is_no_obstacle(install, original, disk):
    place = disk("size=4m")
    write(place / "batches", contents())
    subprocess.run(["mount", "-o", "remount,ro", place], check=True)
    install.folder = place / "batches"
    assert install(original) == install.folder


def test_the_note_names_where_files_came_from_and_their_checksums(install, tmp_path):
    source = write(tmp_path / "mine", other_contents())
    install(source, unverified=True)
    note = json.loads((install.folder / "lintutor.json").read_text())
    assert (
        note["from"] == str(source)
        and note["verified"] is False
        and sorted(note["md5"]) == sorted(contents())
    )
