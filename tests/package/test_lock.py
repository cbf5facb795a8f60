"""One process at a time holds a lock; who waits gets it next, and nothing is left in the end."""

import sys
import threading

import pytest

from lintutor import _lock
from lintutor._lock import holding


def nobody():
    raise AssertionError("nobody else is here")


def test_the_lock_is_there_while_it_is_held_and_gone_afterwards(tmp_path):
    lock = tmp_path / "a" / "lock"
    with holding(lock, nobody):
        assert lock.exists()
    assert not lock.exists()


def test_who_waits_is_told_so_and_holds_a_lock_that_others_see(tmp_path):
    lock, waiting, entered, leave = tmp_path / "lock", *(threading.Event() for _ in range(3))

    def second():
        with holding(lock, waiting.set):
            entered.set()
            leave.wait(20)

    with holding(lock, nobody):
        thread = threading.Thread(target=second)
        thread.start()
        assert waiting.wait(20) and not entered.wait(0.2)
    assert entered.wait(20)
    assert lock.exists()  # not the file that the first one took away
    with holding(lock, leave.set):  # the third has to wait for the second
        assert leave.is_set()
    thread.join(20)
    assert not lock.exists()


def test_who_does_not_want_to_wait_leaves_the_lock_to_its_holder(tmp_path):
    with holding(tmp_path / "lock", nobody):
        with pytest.raises(AssertionError, match="nobody else"), holding(tmp_path / "lock", nobody):
            pass
        assert (tmp_path / "lock").exists()


def test_an_error_gives_the_lock_free(tmp_path):
    with pytest.raises(KeyError), holding(tmp_path / "lock", nobody):
        raise KeyError
    with holding(tmp_path / "lock", nobody):
        pass


@pytest.mark.skipif(sys.platform == "win32", reason="an open file stays there")
@pytest.mark.parametrize("another", [True, False])
def test_a_lock_on_a_file_that_its_last_holder_takes_away_is_none(tmp_path, monkeypatch, another):
    lock, locked, calls = tmp_path / "lock", _lock._locked, []

    def taken_away_at_first(handle):
        calls.append(handle)
        if len(calls) == 1:
            lock.unlink()
            if another:
                lock.write_bytes(b"")
        return locked(handle)

    monkeypatch.setattr(_lock, "_locked", taken_away_at_first)
    with holding(lock, nobody):
        assert len(calls) == 2 and lock.exists()
