"""The system calls that a worker's child keeps: it computes, reads files, talks over what is open.

A filter of the kernel (seccomp) refuses everything that is not in the list: new processes and threads,
programs, sockets, signals to others, debugging, opening for writing, removing, mounting. It is set by
ctypes, after the fork, as the child's last step, and holds for root too. x86-64 and 64-bit ARM.
"""

import ctypes
import errno
import os
import platform
import struct

__all__ = ["MACHINES", "available", "install", "program"]

# name: (number on x86-64, number on 64-bit ARM); None where a machine has no such call
ALLOWED: dict[str, tuple[int | None, int | None]] = {
    "read": (0, 63),
    "write": (1, 64),
    "futex": (202, 98),
    "mmap": (9, 222),
    "munmap": (11, 215),
    "mremap": (25, 216),
    "madvise": (28, 233),
    "mprotect": (10, 226),
    "mincore": (27, 232),
    "brk": (12, 214),
    "readv": (19, 65),
    "writev": (20, 66),
    "pread64": (17, 67),
    "preadv": (295, 69),
    "close": (3, 57),
    "close_range": (436, 436),
    "fstat": (5, 80),
    "newfstatat": (262, 79),
    "statx": (332, 291),
    "stat": (4, None),
    "lstat": (6, None),
    "fstatfs": (138, 44),
    "statfs": (137, 43),
    "lseek": (8, 62),
    "access": (21, None),
    "faccessat": (269, 48),
    "faccessat2": (439, 439),
    "readlink": (89, None),
    "readlinkat": (267, 78),
    "getdents64": (217, 61),
    "getcwd": (79, 17),
    "dup": (32, 23),
    "dup2": (33, None),
    "dup3": (292, 24),
    "poll": (7, None),
    "ppoll": (271, 73),
    "select": (23, None),
    "pselect6": (270, 72),
    "rt_sigaction": (13, 134),
    "rt_sigprocmask": (14, 135),
    "rt_sigreturn": (15, 139),
    "rt_sigpending": (127, 136),
    "rt_sigtimedwait": (128, 137),
    "rt_sigsuspend": (130, 133),
    "sigaltstack": (131, 132),
    "restart_syscall": (219, 128),
    "pause": (34, None),
    "alarm": (37, None),
    "setitimer": (38, 103),
    "getitimer": (36, 102),
    "get_robust_list": (274, 100),
    "set_robust_list": (273, 99),
    "rseq": (334, 293),
    "membarrier": (324, 283),
    "set_tid_address": (218, 96),
    "sched_yield": (24, 124),
    "sched_getaffinity": (204, 123),
    "getcpu": (309, 168),
    "clock_gettime": (228, 113),
    "clock_getres": (229, 114),
    "clock_nanosleep": (230, 115),
    "nanosleep": (35, 101),
    "gettimeofday": (96, 169),
    "time": (201, None),
    "times": (100, 153),
    "getrusage": (98, 165),
    "getrlimit": (97, 163),
    "getrandom": (318, 278),
    "getpid": (39, 172),
    "getppid": (110, 173),
    "gettid": (186, 178),
    "getuid": (102, 174),
    "geteuid": (107, 175),
    "getgid": (104, 176),
    "getegid": (108, 177),
    "getgroups": (115, 158),
    "getresuid": (118, 148),
    "getresgid": (120, 150),
    "getpgrp": (111, None),
    "getpgid": (121, 155),
    "getsid": (124, 156),
    "uname": (63, 160),
    "sysinfo": (99, 179),
    "exit": (60, 93),
    "exit_group": (231, 94),
}
# Opening is allowed for reading only; the number says which argument holds the flags.
OPEN: dict[str, tuple[tuple[int | None, int | None], int]] = {
    "openat": ((257, 56), 2),
    "open": ((2, None), 1),
}
# Of fcntl only what duplicates a descriptor and asks about one: a child could have the kernel signal others.
FCNTL = (72, 25)
DUPLICATE_OR_ASK = (0, 1, 2, 3, 1030)  # F_DUPFD, F_GETFD, F_SETFD, F_GETFL, F_DUPFD_CLOEXEC
WRITING = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC
IOCTL = (16, 29)  # what asks whether a file is a terminal gets the answer "no"; nothing else is done

MACHINES = {"x86_64": (0, 0xC000003E), "aarch64": (1, 0xC00000B7)}  # column of the tables, name in the kernel
X32 = 0x40000000  # calls of the x32 kind carry this bit

LOAD, EQUAL, ABOVE, ANY_BIT, RETURN = 0x20, 0x15, 0x35, 0x45, 0x06  # of the filter's own machine
ALLOW, REFUSE, KILL = 0x7FFF0000, 0x00050000, 0x80000000
NUMBER, MACHINE, ARGUMENTS = 0, 4, 16  # offsets in what the filter is shown

Step = tuple[int, int, int, int]


def program(machine: str) -> list[Step]:
    """Return the filter for a machine, as steps (code, jump if true, jump if false, value)."""
    column, name = MACHINES[machine]
    steps: list[Step] = [(LOAD, 0, 0, MACHINE), (EQUAL, 1, 0, name), (RETURN, 0, 0, KILL)]
    steps += [(LOAD, 0, 0, NUMBER), (ABOVE, 0, 1, X32), (RETURN, 0, 0, KILL)]
    for numbers in ALLOWED.values():
        if (number := numbers[column]) is not None:
            steps += [(EQUAL, 0, 1, number), (RETURN, 0, 0, ALLOW)]
    for numbers, argument in OPEN.values():
        if (number := numbers[column]) is not None:
            steps += [(EQUAL, 0, 4, number), (LOAD, 0, 0, ARGUMENTS + 8 * argument)]
            steps += [(ANY_BIT, 0, 1, WRITING), (RETURN, 0, 0, REFUSE | errno.EACCES), (RETURN, 0, 0, ALLOW)]
    steps += [(EQUAL, 0, 2 * len(DUPLICATE_OR_ASK) + 2, FCNTL[column]), (LOAD, 0, 0, ARGUMENTS + 8)]
    for command in DUPLICATE_OR_ASK:
        steps += [(EQUAL, 0, 1, command), (RETURN, 0, 0, ALLOW)]
    steps.append((RETURN, 0, 0, REFUSE | errno.EPERM))
    steps += [(EQUAL, 0, 1, IOCTL[column]), (RETURN, 0, 0, REFUSE | errno.ENOTTY)]
    steps.append((RETURN, 0, 0, REFUSE | errno.EPERM))
    return steps


def available() -> str:
    """Return why a filter cannot be set here, or nothing if it can (as far as one can know before)."""
    if platform.system() != "Linux":
        return f"seccomp is a part of Linux; this is {platform.system()}"
    if platform.machine() not in MACHINES:
        return f"the filter is written for {' and '.join(MACHINES)}; this is {platform.machine()}"
    return ""


def install() -> None:
    """Set the filter for this process, for ever.

    Raises
    ------
    OSError
        If the kernel does not take it.
    """
    steps = program(platform.machine())
    code = b"".join(struct.pack("=HBBI", *step) for step in steps)
    buffer = ctypes.create_string_buffer(code)
    header = struct.pack("=HxxxxxxQ", len(steps), ctypes.addressof(buffer))  # struct sock_fprog
    libc = ctypes.CDLL(None, use_errno=True)
    prctl = libc.prctl
    prctl.argtypes = [ctypes.c_int, ctypes.c_ulong, ctypes.c_void_p, ctypes.c_ulong, ctypes.c_ulong]
    if prctl(38, 1, None, 0, 0) or prctl(22, 2, header, 0, 0):  # PR_SET_NO_NEW_PRIVS, PR_SET_SECCOMP
        number = ctypes.get_errno()
        raise OSError(number, f"the kernel does not take a seccomp filter: {os.strerror(number)}")
