"""The filter of system calls, run by a small interpreter: what passes, what is refused, what is killed."""

import errno
import os
import re
from pathlib import Path

import pytest

from lintutor.autograder.inside import seccomp

MACHINES = list(seccomp.MACHINES)
ALLOWED, KILLED = "allowed", "killed"
MOST = 1024  # no machine has so many calls
HEADERS = {
    "x86_64": [
        Path("/usr/include/x86_64-linux-gnu/asm/unistd_64.h"),
        Path("/usr/include/asm/unistd_64.h"),
    ],
    "aarch64": [
        Path("/usr/include/asm-generic/unistd.h"),
        Path("/usr/include/aarch64-linux-gnu/asm/unistd_64.h"),
    ],
}


def run(machine, number, *arguments, architecture=None):
    """Return what the filter says of one system call."""
    shown = {0: number, 4: seccomp.MACHINES[machine][1] if architecture is None else architecture}
    for place in range(6):
        argument = arguments[place] if place < len(arguments) else 0
        shown[16 + 8 * place], shown[20 + 8 * place] = argument & 0xFFFFFFFF, argument >> 32 & 0xFFFFFFFF
    steps, at, register = seccomp.program(machine), 0, 0
    while True:
        code, yes, no, value = steps[at]
        at += 1
        if code == 0x20:  # BPF_LD | BPF_W | BPF_ABS
            register = shown[value]
        elif code == 0x06:  # BPF_RET | BPF_K
            return said(value)
        else:
            holds = {0x15: register == value, 0x35: register >= value, 0x45: register & value != 0}[code]
            at += yes if holds else no


def said(value):
    """Return what a filter's answer means to the kernel."""
    action, data = value & 0xFFFF0000, value & 0xFFFF
    meaning = {0x7FFF0000: ALLOWED, 0x80000000: KILLED, 0x00050000: errno.errorcode.get(data)}
    return meaning[action]


def numbers(machine):
    """Return the calls that the filter knows on a machine, by name."""
    column = seccomp.MACHINES[machine][0]
    return {name: both[column] for name, both in seccomp.ALLOWED.items() if both[column] is not None}


@pytest.mark.parametrize("machine", MACHINES)
def test_every_listed_call_passes_and_every_other_is_refused(machine):
    column = seccomp.MACHINES[machine][0]
    listed = set(numbers(machine).values())
    special = {seccomp.IOCTL[column], seccomp.FCNTL[column]}
    special |= {both[column] for both, _ in seccomp.OPEN.values() if both[column] is not None}
    assert not listed & special
    for number in range(MOST):
        if number not in special:
            assert run(machine, number) == (ALLOWED if number in listed else "EPERM"), number
    assert run(machine, seccomp.IOCTL[column], 1, 0x5412) == "ENOTTY"  # TIOCSTI types into a terminal


@pytest.mark.parametrize("machine", MACHINES)
def test_nothing_listed_starts_signals_connects_or_changes_anything(machine):
    """By name, whatever the numbers: what would undo the sandbox is not in the table."""
    harmful = re.compile(
        r"clone|fork|exec|kill|queueinfo|ptrace|process_vm|socket|connect|bind|accept|send|recv|prctl|prlimit"
        r"|setrlimit|set.*id$|setgroups|unlink|rename|mkdir|rmdir|link(?!at$)|symlink|mknod|chmod|chown|trunc"
        r"|fallocate|memfd|mount|chroot|pivot|unshare|setns|bpf|perf|keyctl|io_uring|userfaultfd|openat2"
        r"|open_by_handle|pidfd|creat$|inotify|fanotify|shm|msg|sem|mq_|splice|tee|sendfile|copy_file|seccomp"
    )
    harmless = {"set_tid_address", "readlink", "readlinkat", "rt_sigaction", "setitimer"}
    assert [name for name in numbers(machine) if harmful.search(name) and name not in harmless] == []


@pytest.mark.parametrize("machine", MACHINES)
def test_calls_of_another_machine_and_of_the_x32_kind_are_killed(machine):
    read = numbers(machine)["read"]
    others = {0x40000003, 0x40000028, 0, 0xFFFFFFFF} | {name for _, name in seccomp.MACHINES.values()}
    for other in others - {seccomp.MACHINES[machine][1]}:
        assert run(machine, read, architecture=other) == KILLED
    for number in (read | 0x40000000, 0x40000000, 0x7FFFFFFF, 0xFFFFFFFF):
        assert run(machine, number) == KILLED


@pytest.mark.parametrize("machine", MACHINES)
@pytest.mark.parametrize("name", seccomp.OPEN)
def test_files_open_for_reading_only(machine, name):
    both, place = seccomp.OPEN[name]
    number = both[seccomp.MACHINES[machine][0]]
    if number is None:
        assert machine == "aarch64"
        assert name == "open"
        return

    def opens(flags):
        return run(machine, number, *[0] * place, flags)

    assert opens(os.O_RDONLY) == opens(os.O_RDONLY | os.O_CLOEXEC | os.O_DIRECTORY) == ALLOWED
    writing = (
        os.O_WRONLY,
        os.O_RDWR,
        os.O_RDONLY | os.O_CREAT,
        os.O_RDONLY | os.O_TRUNC,
        os.O_WRONLY | os.O_RDWR,
    )
    for flags in (*writing, os.O_RDWR | os.O_TMPFILE, os.O_WRONLY | os.O_APPEND | os.O_CLOEXEC):
        assert opens(flags) == "EACCES", oct(flags)
        assert opens(flags | 1 << 40) == "EACCES", "the upper half does not hide the lower one"


@pytest.mark.parametrize("machine", MACHINES)
def test_fcntl_duplicates_and_asks_and_does_nothing_else(machine):
    number = seccomp.FCNTL[seccomp.MACHINES[machine][0]]
    passing = [command for command in range(2000) if run(machine, number, 3, command) == ALLOWED]
    assert passing == [0, 1, 2, 3, 1030]  # F_DUPFD, F_GETFD, F_SETFD, F_GETFL, F_DUPFD_CLOEXEC


@pytest.mark.parametrize("machine", MACHINES)
def test_the_numbers_are_those_of_the_kernel_s_headers(machine):
    header = next((path for path in HEADERS[machine] if path.is_file()), None)
    if header is None:
        pytest.skip("the kernel's headers are not installed (linux-libc-dev)")
    text = header.read_text()
    known = {name: int(number) for name, number in re.findall(r"#define __NR(?:3264)?_(\w+)\s+(\d+)", text)}
    known.setdefault("newfstatat", known.get("fstatat", -1))
    column = seccomp.MACHINES[machine][0]
    table = numbers(machine) | {"ioctl": seccomp.IOCTL[column], "fcntl": seccomp.FCNTL[column]}
    table |= {name: both[column] for name, (both, _) in seccomp.OPEN.items() if both[column] is not None}
    assert {name: number for name, number in table.items() if known.get(name) != number} == {}


def test_a_jump_never_leads_out_of_the_program():
    for machine in MACHINES:
        steps = seccomp.program(machine)
        assert len(steps) <= 4096, "the kernel takes no more"
        for at, (_, yes, no, _) in enumerate(steps):
            assert at + 1 + max(yes, no) < len(steps) or (yes, no) == (0, 0)
        assert steps[-1][0] == seccomp.RETURN
