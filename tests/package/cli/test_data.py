"""``lintutor data``: what data sets there are, and CIFAR-10 from the net, a folder or an archive."""

import errno
import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from lintutor import datasets
from lintutor.datasets import installing, published

from ..cifar10_files import archive, contents, write
from ..cifar10_files import published as edition_of
from ..moody_server import Answer, Server

TESTS = Path(__file__).parents[2]


@pytest.fixture
def original(tmp_path):
    return archive(tmp_path / "cifar-10-python.tar.gz", contents())


@pytest.fixture(autouse=True)
def small_and_apart(tmp_path, monkeypatch, original):
    """The published edition of these tests is a tiny one, and the cache of the user is left alone."""
    monkeypatch.setenv("NO_PROXY", "*")
    monkeypatch.delenv("LINTUTOR_CIFAR10", raising=False)
    folder = tmp_path / "cache" / "cifar-10-batches-py"
    edition = edition_of(original, "http://127.0.0.1:9/nobody")
    monkeypatch.setattr(datasets, "cifar10_folder", lambda: folder)
    for module, name in (
        (installing, "fetch_cifar10"),
        (installing, "install_cifar10"),
        (published, "examine"),
    ):
        function = getattr(module, name)
        monkeypatch.setattr(
            function, "__kwdefaults__", {**(function.__kwdefaults__ or {}), "published": edition}
        )
    monkeypatch.setattr(published.examine, "__defaults__", (edition,))
    return folder


def test_without_a_name_it_shows_what_there_is_and_how_to_get_the_rest(run):
    code, out, err = run("data")
    assert (code, err) == (0, "")
    lines = out.splitlines()
    assert [line.split()[0] for line in lines[:3]] == ["scenes", "digits", "cifar10"]
    assert "in the package" in lines[0] and "in the package" in lines[1] and "not here" in lines[2]
    assert lines[3].strip() == "`lintutor data cifar10` downloads it: 170 MB, and 186 MB on the disk"
    assert max(map(len, lines)) < 80


def test_it_takes_what_the_user_has_and_says_where_it_is_now(run, original, small_and_apart):
    code, out, err = run("data", "cifar10", "--from", original)
    assert (code, out, err) == (0, f"CIFAR-10 is in {small_and_apart}\n", "")
    assert {path.name: path.read_bytes() for path in small_and_apart.iterdir()} == contents()
    assert "verified" in run("data")[1]
    code, out, err = run("data", "cifar10", "--from", original)
    assert (code, err) == (0, "lintutor: it is there already, verified; --again gets it anew\n")


def test_a_folder_can_be_named_and_the_user_is_told_how_to_read_from_it(run, original, tmp_path):
    place = tmp_path / "elsewhere"
    code, out, _ = run("data", "cifar10", "--from", original, "--to", place)
    folder = place / "cifar-10-batches-py"
    assert code == 0 and sorted(path.name for path in folder.iterdir()) == sorted(contents())
    assert out.splitlines()[1] == f"To read it from there: export LINTUTOR_CIFAR10={folder}"
    assert run("data", "cifar10", "--from", original, "--to", folder)[0] == 0
    assert not (folder / folder.name).exists()


def test_a_setting_that_leads_elsewhere_is_told(run, original, tmp_path, small_and_apart, monkeypatch):
    monkeypatch.setenv("LINTUTOR_CIFAR10", "/elsewhere")
    _, out, _ = run("data", "cifar10", "--from", original)
    assert out.splitlines()[1] == "It is read from /elsewhere as long as LINTUTOR_CIFAR10 says so."
    monkeypatch.setenv("LINTUTOR_CIFAR10", str(small_and_apart))
    _, out, _ = run("data", "cifar10", "--from", original, "--to", small_and_apart)
    assert out == f"CIFAR-10 is in {small_and_apart}\n"


def test_unverified_files_are_told_as_such_for_ever(run, tmp_path):
    mine = write(tmp_path / "mine", {**contents(), "batches.meta": contents()["batches.meta"] + b"\n"})
    code, out, err = run("data", "cifar10", "--from", mine)
    assert (code, out, err.count("\n")) == (2, "", 1)
    assert (
        "not the published files: batches.meta has" in err and "--unverified takes them all the same" in err
    )
    assert run("data", "cifar10", "--from", mine, "--unverified")[0] == 0
    told = " ".join(run("data")[1].split())
    assert "cifar10 unverified" in told and "taken from" in told


def test_json_is_one_object_with_every_data_set(run, original, small_and_apart):
    code, out, err = run("data", "--json")
    assert (code, err, out.count("\n")) == (0, "", 1)
    found = json.loads(out)
    assert found["schema"] == "lintutor/data/1"
    assert [(row["name"], row["state"]) for row in found["datasets"]] == [
        ("scenes", "in the package"),
        ("digits", "in the package"),
        ("cifar10", "absent"),
    ]
    assert all(set(row) == {"name", "what", "state", "folder", "remark"} for row in found["datasets"])
    code, out, _ = run("data", "cifar10", "--from", original, "--json")
    (row,) = json.loads(out)["datasets"]
    assert (code, row["state"], row["folder"]) == (0, "verified", str(small_and_apart))


def test_the_folder_that_the_environment_names_is_the_one_that_is_shown(run, tmp_path, monkeypatch):
    write(tmp_path / "named", contents())
    monkeypatch.setenv("LINTUTOR_CIFAR10", str(tmp_path / "named"))
    row = json.loads(run("data", "--json")[1])["datasets"][2]
    assert (row["state"], row["folder"]) == ("verified", str(tmp_path / "named"))
    (tmp_path / "named" / "test_batch").unlink()
    code, out, _ = run("data")
    assert code == 0 and "differs" in out and "test_batch is missing" in " ".join(out.split())


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["mnist"], "no data set 'mnist'; there are scenes, digits, cifar10"),
        (["digits", "--again"], "are for cifar10"),
        (["--from", "."], "are for cifar10"),
        (["cifar10", "--from", "nowhere"], "nothing at nowhere; expected the folder or the archive"),
    ],
)
def test_wrong_use_is_one_line_and_ends_with_2(run, arguments, message):
    code, out, err = run("data", *arguments)
    assert (code, out, err.count("\n")) == (2, "", 1)
    assert err.startswith("lintutor: ") and message in err


def test_a_data_set_of_the_package_is_there(run):
    code, out, err = run("data", "scenes")
    assert (code, err) == (0, "") and out.startswith("scenes") and "in the package" in out


@pytest.mark.parametrize(
    ("error", "told"),
    [
        (OSError(errno.ENOSPC, "No space left on device"), "the disk is full: CIFAR-10 takes 360 MB"),
        (PermissionError(errno.EACCES, "Permission denied", "/root/x"), "/root/x: Permission denied"),
        (datasets.DownloadError("http://x: gone\x1b[2J"), "http://x: gone"),
        (OSError(errno.EIO, "Input/output error"), "Input/output error"),
    ],
)
def test_what_a_system_says_becomes_one_line(run, monkeypatch, error, told):
    def fails(*arguments, **more):
        raise error

    monkeypatch.setattr(datasets, "fetch_cifar10", fails)
    code, out, err = run("data", "cifar10")
    assert (code, out) == (2, "")
    assert err.startswith(f"lintutor: {told}") and err.count("\n") == 1 and "\x1b" not in err


COMMAND = """
import sys
from pathlib import Path
from lintutor import cli
from lintutor.datasets import installing
from package.cifar10_files import published
edition = published(Path(sys.argv.pop(1)))
installing.fetch_cifar10.__kwdefaults__["published"] = edition
cli.main()
"""


@pytest.mark.skipif(sys.platform == "win32", reason="needs signals")
def test_ctrl_c_ends_a_download_with_one_line_and_the_next_start_goes_on(tmp_path, original):
    server = Server(original.read_bytes())
    server.answers = [Answer(cut=40000, stalls=True), Answer()]
    environment = {**os.environ, "PYTHONPATH": str(TESTS), "LINTUTOR_CIFAR10_URL": server.url}
    command = [sys.executable, "-c", COMMAND, original, "data", "cifar10", "--to", tmp_path / "data"]
    part = tmp_path / "data" / ".cifar-10-batches-py.new" / "archive.part"
    try:
        with subprocess.Popen(
            command,
            env=environment,
            stderr=subprocess.PIPE,
            text=True,
            preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),  # as from a terminal
        ) as running:
            for _ in range(2000):
                if part.exists() and part.stat().st_size >= 32768:
                    break
                time.sleep(0.01)
            running.send_signal(signal.SIGINT)
            _, err = running.communicate(timeout=20)
        assert running.returncode == 130
        assert err == "lintutor: stopped; what has come is kept, and the next start goes on there\n"
        have = part.stat().st_size
        ran = subprocess.run(command, env=environment, capture_output=True, text=True, timeout=60)
        assert (ran.returncode, ran.stderr) == (0, "")
        assert server.asked[1]["Range"] == f"bytes={have}-"
        assert sorted(path.name for path in (tmp_path / "data" / "cifar-10-batches-py").iterdir()) == sorted(
            contents()
        )
    finally:
        server.stop()
