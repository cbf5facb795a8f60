"""One process at a time works in a folder; who waits gets it next, and nothing is left in the end."""

import sys
import threading

import pytest

from lintutor.datasets._locking import workshop

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="there is no lock")


def nobody():
    raise AssertionError("nobody else is here")


def test_the_folder_is_there_while_it_is_held_and_gone_afterwards(tmp_path):
    with workshop(tmp_path / "a" / "b", nobody):
        assert (tmp_path / "a" / "b" / "lock").exists()
    assert not (tmp_path / "a" / "b").exists()


def test_what_was_made_in_it_stays(tmp_path):
    with workshop(tmp_path / "b", nobody):
        (tmp_path / "b" / "part").write_text("half")
    assert [path.name for path in (tmp_path / "b").iterdir()] == ["part"]


def test_who_waits_is_told_so_and_holds_a_lock_that_others_see(tmp_path):
    folder, waiting, entered, leave = tmp_path / "b", threading.Event(), threading.Event(), threading.Event()

    def second():
        with workshop(folder, waiting.set):
            entered.set()
            leave.wait(20)

    with workshop(folder, nobody):
        thread = threading.Thread(target=second)
        thread.start()
        assert waiting.wait(20) and not entered.wait(0.2)
    assert entered.wait(20)
    assert (folder / "lock").exists()  # not the file that the first one took away
    with workshop(folder, leave.set):  # the third has to wait for the second
        assert leave.is_set()
    thread.join(20)
    assert not folder.exists()


def test_an_error_gives_the_folder_free(tmp_path):
    with pytest.raises(KeyError), workshop(tmp_path / "b", nobody):
        raise KeyError
    with workshop(tmp_path / "b", nobody):
        pass
