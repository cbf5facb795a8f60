"""A download of CIFAR-10 ends in the published files or in one clear line, whatever the server does."""

import json
import os
import signal
import subprocess
import sys
import time
from email.utils import formatdate
from pathlib import Path

import pytest

from lintutor.datasets import DownloadError, fetch_cifar10
from lintutor.datasets.download import Patience, Resuming
from lintutor.datasets.published import examine

from .cifar10_files import archive, contents, published
from .moody_server import Answer, Server

HERE = Path(__file__).parent
QUICK = Patience(pauses=(0.0, 0.0, 0.0), connect=5.0, read=5.0)


@pytest.fixture
def server(tmp_path, monkeypatch):
    monkeypatch.setenv("NO_PROXY", "*")
    monkeypatch.delenv("LINTUTOR_CIFAR10_URL", raising=False)
    made = Server(archive(tmp_path / "served.tar.gz", contents()).read_bytes())
    yield made
    made.stop()


@pytest.fixture
def fetch(tmp_path, server):
    """Fetch from the server into a folder; what was said is in ``fetch.said``."""

    def call(patience=QUICK, **more):
        arguments = {"published": published(tmp_path / "served.tar.gz", server.url), **more}
        return fetch_cifar10(call.folder, patience=patience, say=call.said.append, **arguments)

    call.folder, call.said = tmp_path / "data" / "batches", []
    call.part = tmp_path / "data" / ".batches.new" / "archive.part"
    return call


def assert_whole(fetch):
    got = {path.name: path.read_bytes() for path in fetch.folder.iterdir()}
    assert got == contents()
    assert [path.name for path in fetch.folder.parent.iterdir()] == ["batches"]  # and nothing beside it


def refused(fetch, match, error=DownloadError, **more):
    """What a fetch is refused with: one line, and nothing is there."""
    with pytest.raises(error, match=match) as failure:
        fetch(**more)
    assert "\n" not in str(failure.value)
    assert not fetch.folder.exists()
    return str(failure.value)


# A server that serves.


def test_what_is_served_is_verified_unpacked_and_its_archive_taken_away(fetch, server):
    assert fetch() == fetch.folder
    assert_whole(fetch)
    assert len(server.asked) == 1 and fetch.said == []


def test_a_second_fetch_asks_nobody_and_says_that_all_is_there(fetch, server):
    fetch()
    fetch()
    assert len(server.asked) == 1
    assert fetch.said == ["it is there already, verified; --again gets it anew"]


def test_again_gets_it_anew(fetch, server):
    fetch()
    (fetch.folder / "data_batch_2").write_bytes(b"damaged")
    with pytest.raises(ValueError, match=r"data_batch_2 .*breaks off|data_batch_2 has 7 bytes"):
        fetch()
    fetch(again=True)
    assert_whole(fetch)
    assert len(server.asked) == 2


def test_a_redirect_is_followed(fetch, server):
    server.answers = [Answer(302, body=b"", headers={"Location": "/elsewhere"}), Answer()]
    fetch()
    assert_whole(fetch)


def test_a_mirror_can_be_named_in_the_environment(fetch, server, tmp_path, monkeypatch):
    monkeypatch.setenv("LINTUTOR_CIFAR10_URL", server.url)
    fetch(published=published(tmp_path / "served.tar.gz", "http://127.0.0.1:9/nobody"))
    assert_whole(fetch)


def test_a_length_that_is_not_announced_is_no_obstacle(fetch, server):
    server.answers = [Answer(length=None)]
    fetch()
    assert_whole(fetch)


@pytest.mark.parametrize("encoding", ["gzip", "x-gzip"])
def test_a_server_that_calls_the_packing_of_the_archive_an_encoding_is_understood(fetch, server, encoding):
    server.answers = [Answer(headers={"Content-Encoding": encoding})]
    fetch()
    assert_whole(fetch)


# A connection that breaks off.


def test_after_a_break_only_the_rest_is_asked_for(fetch, server):
    server.answers = [Answer(cut=40000), Answer()]
    fetch()
    assert_whole(fetch)
    have = len(server.content) - server.sent[1]
    assert 0 < have <= 40000
    assert server.asked[1]["Range"] == f"bytes={have}-" and server.asked[1]["If-Range"] == '"one"'
    (line,) = fetch.said
    assert line.startswith(f"the connection broke off after {have} bytes") and line.endswith("again in 0 s")


def test_a_server_that_breaks_off_again_and_again_is_asked_until_all_is_here(fetch, server):
    server.answers = [Answer(cut=17000)]
    fetch()
    assert_whole(fetch)
    assert len(server.asked) > len(QUICK.pauses) + 1


def test_a_server_that_breaks_off_at_the_same_place_for_ever_is_left_and_the_part_kept(fetch, server):
    server.answers = [Answer(cut=40000, ranges=False)]
    message = refused(fetch, "broke off after .*; tried 4 times; .* are kept")
    assert len(server.asked) == 4
    assert fetch.part.exists()
    assert server.url in message


def test_the_next_start_goes_on_with_the_part_of_the_last(fetch, server):
    server.answers = [Answer(cut=40000, ranges=False)]
    refused(fetch, "broke off")
    have = fetch.part.stat().st_size
    server.answers = [Answer()]
    fetch()
    assert_whole(fetch)
    assert server.asked[-1]["Range"] == f"bytes={have}-" and server.sent[-1] == len(server.content) - have


def test_a_part_from_another_address_is_not_used(fetch, server, tmp_path):
    server.answers = [Answer(cut=40000, ranges=False)]
    refused(fetch, "broke off")
    server.answers = [Answer()]
    fetch(published=published(tmp_path / "served.tar.gz", server.url.replace("cifar", "mirror")))
    assert_whole(fetch)
    assert "Range" not in server.asked[-1]


def test_a_server_that_ignores_the_range_is_taken_from_the_start(fetch, server):
    server.answers = [Answer(cut=40000), Answer(ranges=False)]
    fetch()
    assert_whole(fetch)
    assert "Range" in server.asked[1] and server.sent[1] == len(server.content)


def test_a_file_that_changed_between_two_attempts_is_not_spliced(fetch, server):
    server.answers = [
        Answer(body=b"\x1f\x8b" + bytes(len(server.content) - 2), cut=40000, etag='"zero"'),
        Answer(),
    ]
    fetch()
    assert_whole(fetch)
    assert server.asked[1]["If-Range"] == '"zero"' and server.sent[1] == len(server.content)


def test_a_stop_right_after_a_changed_file_was_met_leaves_no_part_of_the_old_one(fetch, server, monkeypatch):
    server.answers = [Answer(cut=40000, etag='"zero"'), Answer()]
    take = Resuming._take

    def interrupted(self, response, url, start, total):
        if len(server.asked) == 2:
            raise KeyboardInterrupt
        take(self, response, url, start, total)

    monkeypatch.setattr(Resuming, "_take", interrupted)
    with pytest.raises(KeyboardInterrupt):
        fetch()
    fetch()
    assert_whole(fetch)
    assert "Range" not in server.asked[2]


def test_a_part_with_another_mark_than_asked_for_is_not_spliced(fetch, server):
    other = b"\x1f\x8b" + bytes(len(server.content) - 2)
    careless = {"Content-Range": f"bytes 32768-{len(other) - 1}/{len(other)}"}
    server.answers = [
        Answer(body=other, cut=40000, etag='"zero"'),
        Answer(206, body=server.content[32768:], headers=careless),  # a 206 although the mark differs
        Answer(),
    ]
    fetch()
    assert_whole(fetch)
    assert "the file on the server has changed" in fetch.said[1]


@pytest.mark.parametrize("etag", ['W/"weak"', None])
def test_without_a_strong_mark_the_date_tells_whether_the_file_is_the_same(fetch, server, etag):
    date = formatdate(0, usegmt=True)
    server.answers = [Answer(cut=40000, etag=etag, headers={"Last-Modified": date})] * 2 + [Answer()]
    fetch()
    assert_whole(fetch)
    assert server.asked[1]["If-Range"] == date


@pytest.mark.parametrize("lacks", [{"etag": None}, {"length": None}], ids=["mark", "length"])
def test_without_any_mark_or_length_a_download_starts_afresh(fetch, server, lacks):
    server.answers = [Answer(cut=40000, **lacks), Answer()]
    fetch()
    assert_whole(fetch)
    assert "Range" not in server.asked[1]


@pytest.mark.parametrize("shift", [-100, 1, 20000])
def test_another_range_than_asked_for_is_not_spliced(fetch, server, shift):
    server.answers = [Answer(cut=40000), Answer(shift=shift), Answer()]
    fetch()
    assert_whole(fetch)
    assert "another part than asked for (bytes " in fetch.said[1]
    assert "Range" not in server.asked[2]


def test_a_range_that_the_server_does_not_have_starts_afresh(fetch, server):
    server.answers = [Answer(cut=40000), Answer(416, body=b""), Answer()]
    fetch()
    assert_whole(fetch)
    assert "Range" not in server.asked[2]


def test_parts_that_do_not_make_the_archive_are_fetched_once_more_from_the_start(fetch, server):
    wrong = b"\x1f\x8b" + bytes(len(server.content) - 2)
    server.answers = [Answer(body=wrong, cut=40000), Answer(), Answer()]  # the mark stays, the bytes do not
    fetch()
    assert_whole(fetch)
    assert fetch.said[-1] == "the parts that came do not make the published archive; starting afresh"


def test_parts_that_never_make_the_archive_are_given_up(fetch, server):
    wrong = b"\x1f\x8b" + bytes(len(server.content) - 2)
    server.answers = [Answer(body=wrong, cut=40000), Answer(body=wrong)] * 3
    refused(fetch, "what came is not the published archive: its SHA-256 is another one")
    assert len(server.asked) == 4


@pytest.mark.parametrize("damage", ["{", '{"url": 1}', "[]", ""])
def test_a_part_whose_note_cannot_be_read_is_not_used(fetch, server, damage):
    server.answers = [Answer(cut=40000, ranges=False)]
    refused(fetch, "broke off")
    fetch.part.with_name("archive.part.json").write_text(damage)
    server.answers = [Answer()]
    fetch()
    assert_whole(fetch)
    assert "Range" not in server.asked[-1]


# A server that lies or is something else.


@pytest.mark.parametrize("difference", [-5000, 5000])
def test_an_announced_length_that_is_not_the_published_one_is_refused_at_once(fetch, server, difference):
    size = len(server.content)
    server.answers = [Answer(length=size + difference)]
    refused(fetch, f"announces {size + difference} bytes, the published archive has {size}$")
    assert len(server.asked) == 1


def test_an_answer_that_never_ends_is_ended(fetch, server):
    server.answers = [Answer(body=server.content * 3, length=None)]
    refused(fetch, f"the answer goes on after {len(server.content)} bytes")
    assert not fetch.part.exists()


def test_unverified_takes_no_endless_answer_either(fetch, server):
    server.answers = [Answer(body=server.content * 3, length=None)]
    refused(fetch, "the answer goes on after", unverified=True)
    server.answers = [Answer(body=server.content * 3)]
    refused(fetch, "announces .* too many for CIFAR-10", unverified=True)


def test_wrong_bytes_of_the_right_length_are_refused_and_not_kept(fetch, server):
    server.answers = [Answer(body=b"\x1f\x8b" + bytes(len(server.content) - 2))]
    refused(fetch, "what came is not the published archive: its SHA-256 is another one")
    assert len(server.asked) == 1 and not fetch.part.parent.exists()


HTML = b"<!DOCTYPE html>\n<html><body>Welcome to the airport, please sign in</body></html>"


@pytest.mark.parametrize("kind", ["text/html; charset=utf-8", "application/gzip", None])
def test_a_page_in_place_of_the_archive_is_told_from_it(fetch, server, kind, tmp_path):
    page = HTML.ljust(len(server.content)) if kind != "text/html; charset=utf-8" else HTML
    server.answers = [Answer(body=page, headers={"Content-Type": kind} if kind else {})]
    refused(fetch, "an HTML page came in place of the archive; does this network want you to sign in")
    assert len(server.asked) == 1


def test_a_sign_in_page_behind_a_redirect_names_where_it_came_from(fetch, server):
    server.answers = [
        Answer(302, body=b"", headers={"Location": "/login"}),
        Answer(body=HTML, headers={"Content-Type": "text/html"}),
    ]
    refused(fetch, "an HTML page came from http://127.0.0.1:[0-9]+/login in place of the archive")


def test_what_is_no_archive_is_refused_by_its_first_bytes(fetch, server):
    server.answers = [Answer(body=b"PK\x03\x04" + bytes(len(server.content) - 4))]
    refused(fetch, "something else came in place of the archive")


# A server that refuses.


@pytest.mark.parametrize("status", [400, 401, 403, 404, 410, 304])
def test_a_refusal_is_told_at_once(fetch, server, status):
    server.answers = [Answer(status, body=b"")]
    refused(fetch, rf"cifar-10-python\.tar\.gz: the server answers {status} \w+")
    assert len(server.asked) == 1


@pytest.mark.parametrize("status", [500, 502, 503, 429, 408])
def test_a_server_in_trouble_is_asked_again(fetch, server, status):
    server.answers = [Answer(status, body=b""), Answer()]
    fetch()
    assert_whole(fetch)
    assert fetch.said[0].startswith(f"the server answers {status} ")


def test_pauses_grow_and_then_it_gives_up(fetch, server, monkeypatch):
    slept = []
    monkeypatch.setattr(time, "sleep", slept.append)
    server.answers = [Answer(500, body=b"")]
    refused(fetch, "the server answers 500 .*; tried 4 times$", patience=Patience(pauses=(1.0, 2.0, 4.0)))
    assert slept == [1.0, 2.0, 4.0]
    assert [line.rsplit("; ")[1] for line in fetch.said] == [f"trying again in {s} s" for s in (1, 2, 4)]


def test_a_server_that_says_when_to_come_back_is_heeded(fetch, server, monkeypatch):
    slept = []
    monkeypatch.setattr(time, "sleep", slept.append)
    later = formatdate(time.time() + 50, usegmt=True)
    server.answers = [
        Answer(503, body=b"", headers={"Retry-After": "7"}),
        Answer(503, body=b"", headers={"Retry-After": later}),
        Answer(503, body=b"", headers={"Retry-After": "soon"}),
        Answer(),
    ]
    fetch()
    assert_whole(fetch)
    assert slept[0] == 7.0 and 45 < slept[1] <= 50 and slept[2] == 0.0


def test_a_server_that_wants_to_be_left_alone_for_an_hour_is(fetch, server):
    server.answers = [Answer(503, body=b"", headers={"Retry-After": "3600"})]
    refused(fetch, "answers 503 and asks to come back in 3600 s")
    assert len(server.asked) == 1


@pytest.mark.parametrize("cut", [0, 40000])
def test_a_server_that_falls_silent_is_left(fetch, server, cut):
    server.answers = [Answer(cut=cut, stalls=True), Answer()]
    fetch(patience=Patience(pauses=(0.0,), connect=5.0, read=0.2))
    assert_whole(fetch)
    assert fetch.said[0].startswith("the server fell silent after ")


def test_no_server_at_all_and_no_address_at_all_are_told_apart(fetch, server, tmp_path):
    nobody = published(tmp_path / "served.tar.gz", "http://127.0.0.1:9/nobody")
    refused(fetch, "http://127.0.0.1:9/nobody: no connection to the server; tried 4 times", published=nobody)
    nowhere = published(tmp_path / "served.tar.gz", "cifar-10-python.tar.gz")
    refused(fetch, "cifar-10-python.tar.gz: Invalid URL", published=nowhere)


# A client that is killed, or is not alone.

CLIENT = """
import sys
from pathlib import Path
from lintutor.datasets import fetch_cifar10
from package.cifar10_files import published
folder, served, url = sys.argv[1:]
say = lambda text: print(text, flush=True)
fetch_cifar10(folder, published=published(Path(served), url), say=say)
"""


def client(fetch, server, tmp_path):
    command = [sys.executable, "-c", CLIENT, str(fetch.folder), str(tmp_path / "served.tar.gz"), server.url]
    environment = {**os.environ, "PYTHONPATH": str(HERE.parent)}
    return subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, text=True)


def until(condition):
    """Wait until something holds, at most 20 seconds."""
    for _ in range(2000):
        if condition():
            return
        time.sleep(0.01)
    raise AssertionError("it never came to that")


def test_a_killed_download_goes_on_with_the_rest(fetch, server, tmp_path):
    server.answers = [Answer(cut=40000, stalls=True)]
    with client(fetch, server, tmp_path) as running:
        until(lambda: fetch.part.exists() and fetch.part.stat().st_size >= 32768)
        running.send_signal(signal.SIGKILL)
    have = fetch.part.stat().st_size
    assert not fetch.folder.exists() and examine(fetch.folder).name == "absent"
    server.answers = [Answer()]
    fetch()
    assert_whole(fetch)
    assert server.asked[1]["Range"] == f"bytes={have}-"
    assert server.sent[1] == len(server.content) - have


def test_a_download_that_was_killed_when_all_was_here_asks_nobody(fetch, server):
    fetch.part.parent.mkdir(parents=True)
    fetch.part.write_bytes(server.content)
    note = {"url": server.url, "validator": '"one"', "total": len(server.content)}
    fetch.part.with_name("archive.part.json").write_text(json.dumps(note))
    fetch()
    assert_whole(fetch)
    assert server.asked == []


def test_an_archive_that_is_here_whole_is_not_fetched_again_after_a_stop(fetch, server, monkeypatch):
    def interrupted(handle):
        monkeypatch.undo()
        raise KeyboardInterrupt

    for unverified in (False, True):
        monkeypatch.setattr("os.fsync", interrupted)
        with pytest.raises(KeyboardInterrupt):
            fetch(unverified=unverified, again=True)
        count = len(server.asked)
        fetch(unverified=unverified, again=True)
        assert len(server.asked) == count
        assert_whole(fetch)


def test_an_unverified_archive_that_does_not_read_well_is_not_kept(fetch, server):
    server.answers = [Answer(body=server.content[:50000])]
    refused(fetch, "the archive breaks off after 50000 bytes", ValueError, unverified=True)
    server.answers = [Answer()]
    fetch(unverified=True)
    assert_whole(fetch)


def test_of_two_at_once_one_downloads_and_the_other_waits_and_notices(fetch, server, tmp_path):
    server.answers = [Answer(cut=40000, stalls=True), Answer()]
    with client(fetch, server, tmp_path) as one:
        until(lambda: server.asked)
        with client(fetch, server, tmp_path) as two:
            assert two.stdout.readline() == f"another process is filling {fetch.folder}; waiting for it\n"
            time.sleep(0.3)
            assert len(server.asked) == 1
            server.released.set()
            assert one.wait(20) == 0 and two.wait(20) == 0
            assert two.stdout.read() == "it is there already, verified; --again gets it anew\n"
    assert_whole(fetch)
    assert sum(server.sent) <= len(server.content) + 40000


def test_one_that_waits_for_a_process_that_is_killed_does_the_work_itself(fetch, server, tmp_path):
    server.answers = [Answer(cut=40000, stalls=True), Answer()]
    with client(fetch, server, tmp_path) as one:
        until(lambda: fetch.part.exists() and fetch.part.stat().st_size >= 32768)
        with client(fetch, server, tmp_path) as two:
            assert "waiting for it" in two.stdout.readline()
            one.kill()
            assert two.wait(20) == 0
    assert_whole(fetch)
    assert "Range" in server.asked[1]
