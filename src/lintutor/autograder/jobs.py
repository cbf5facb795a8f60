"""Several processes that grade, side by side: each is told a path, and answers with a line of JSON.

Run as ``python -m lintutor.autograder.jobs`` it is such a process. It talks over its standard input and
output and knows nothing of the others.
"""

import contextlib
import itertools
import json
import os
import selectors
import signal
import subprocess
import sys
from collections import deque
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from . import catalogue
from .errors import GraderFault
from .results import Result, tests_digest

WARM_UP = 4  # submissions of a job that make up for starting on one core only
TRIES = 2  # processes that may end over one submission before it is the grader's fault


class Job:
    """One grading process and the submission that it has at the moment."""

    def __init__(
        self,
        exercises: Sequence[catalogue.Exercise],
        isolation: str,
        seconds: float,
        memory: int | None = None,
        core: int | None = None,
        brief: bool = False,
    ) -> None:
        self.process = subprocess.Popen(
            [sys.executable, "-P", "-m", "lintutor.autograder.jobs"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
        )
        self.path: Path | None = None
        self.said = b""
        orders = {"root": str(exercises[0].root), "exercises": [entry.id for entry in exercises]}
        how = {"isolation": isolation, "seconds": seconds, "memory": memory, "core": core, "brief": brief}
        self.tell({**orders, **how})

    def tell(self, message: Any) -> None:
        """Send one line; a process that is gone is noticed when it is read."""
        assert self.process.stdin is not None
        with contextlib.suppress(BrokenPipeError):
            self.process.stdin.write(json.dumps(message).encode() + b"\n")
            self.process.stdin.flush()

    def give(self, path: Path) -> None:
        """Have it grade a submission."""
        self.path = path
        self.tell(os.fsdecode(path))

    def hear(self) -> list[Any] | None:
        """Return the messages that came, or None once the process has ended."""
        assert self.process.stdout is not None
        part = os.read(self.process.stdout.fileno(), 2**20)
        if not part:
            return None
        *lines, self.said = (self.said + part).split(b"\n")
        return [json.loads(line) for line in lines]

    def close(self) -> str:
        """End it and return how it had ended; a second time does nothing."""
        assert self.process.stderr is not None
        if self.process.stderr.closed:
            return ""
        for pipe in (self.process.stdin, self.process.stdout):
            if pipe is not None:
                with contextlib.suppress(BrokenPipeError):
                    pipe.close()
        try:
            code = self.process.wait(5)
        except subprocess.TimeoutExpired:
            self.process.kill()
            code = self.process.wait()
        with self.process.stderr as stream:
            words = stream.read()[-500:].decode("utf-8", "replace").strip()
        how = signal.Signals(-code).name if code < 0 else f"exit code {code}"
        return f"{how}. {words}".strip(". ")


def run_jobs(
    exercises: Sequence[catalogue.Exercise],
    paths: Sequence[Path],
    isolation: str,
    seconds: float,
    jobs: int,
    memory: int | None = None,
    brief: bool = False,
) -> Iterator[Result]:
    """Yield the results of `jobs` processes as they come.

    Raises
    ------
    GraderFault
        If the checks themselves could not run.
    """
    root = exercises[0].root
    cores = itertools.cycle(_cores() if len(paths) > WARM_UP * jobs else [None])
    waiting, tries = deque(paths), dict.fromkeys(paths, 0)
    with selectors.DefaultSelector() as selector, contextlib.ExitStack() as stack:

        def employ() -> None:
            job = Job(exercises, isolation, seconds, memory, next(cores), brief)
            stack.callback(job.close)
            assert job.process.stdout is not None
            selector.register(job.process.stdout, selectors.EVENT_READ, job)

        for _ in range(jobs):
            employ()
        while selector.get_map():
            for key, _ in selector.select():
                job: Job = key.data
                for message in (messages := job.hear()) or ():
                    if "trouble" in message:
                        raise GraderFault(message["trouble"])
                    if "result" in message:
                        job.path = None
                        yield Result.from_dict(message["result"], exercises)
                    if waiting:
                        job.give(waiting.popleft())
                    else:
                        job.close()
                        selector.unregister(key.fileobj)
                        break
                if messages is None:
                    selector.unregister(key.fileobj)
                    how, path = job.close(), job.path
                    if path is None:
                        raise GraderFault(f"a grading process ended: {how}")
                    tries[path] += 1
                    if tries[path] < TRIES:
                        waiting.appendleft(path)
                    else:
                        yield _lost(path, root, isolation, f"the grading process ended: {how}")
                    if waiting:
                        employ()


def _cores() -> Sequence[int | None]:
    """Return the processor cores that may be used, where that is known."""
    return sorted(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else [None]


def _lost(path: Path, root: Path, isolation: str, why: str) -> Result:
    """Return the result of a submission that no process came back from."""
    name = path.absolute().stem if path.is_file() else path.absolute().name
    return Result(str(path), name, "", tests_digest(root), isolation, [], grader_fault=why)


def main() -> None:
    """Grade what standard input names, one path a line, until it ends."""
    from .run import grade_each

    answers = os.fdopen(os.dup(1), "w", encoding="utf-8")
    os.dup2(2, 1)  # nothing that a check prints can pose as a result

    def say(message: Any) -> None:
        answers.write(f"{json.dumps(message)}\n")
        answers.flush()

    orders = json.loads(sys.stdin.readline())
    if orders["core"] is not None:  # grader and worker take turns: on one core they need not be woken
        os.sched_setaffinity(0, {orders["core"]})
    chosen = [catalogue.exercise(key, orders["root"]) for key in orders["exercises"]]
    say({"ready": True})
    paths = (Path(json.loads(line)) for line in sys.stdin)
    try:
        grade_each(
            chosen,
            paths,
            lambda result: say({"result": result.as_dict()}),
            orders["isolation"],
            orders["seconds"],
            memory=orders["memory"],
            brief=orders["brief"],
        )
    except GraderFault as fault:
        say({"trouble": str(fault)})


if __name__ == "__main__":
    with contextlib.suppress(KeyboardInterrupt, BrokenPipeError):
        main()
