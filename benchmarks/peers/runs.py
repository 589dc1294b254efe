"""Runs a line as a user would, and says how long it took and how much memory its processes had.

Memory is the largest sum of resident sets of the line's processes, looked at every few milliseconds; a
server that the line asks is not in it.
"""

from __future__ import annotations

import os
import resource
import signal
import subprocess
import threading
from collections import defaultdict
from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from math import ceil
from pathlib import Path
from time import perf_counter

PAUSE = 0.02
CLOCK = 10
OUT_OF_TIME = (-signal.SIGXCPU, 128 + signal.SIGXCPU, -signal.SIGKILL, 128 + signal.SIGKILL)
"""Exit codes of a process, and of a shell whose process, took more than the processor time that it may."""
PAGE_KIB = os.sysconf("SC_PAGE_SIZE") // 1024


@dataclass(frozen=True)
class Run:
    """What one run came to: its exit code is None where it was ended for taking too long."""

    code: int | None
    seconds: float
    processor: float
    """Seconds of processor time of all its processes."""
    memory: int
    """In KiB."""
    output: str
    errors: str


def run(line: str, folder: Path, variables: Mapping[str, str], limit: float) -> Run:
    """Run a line of `sh` in a folder, with these variables and little else in its environment.

    ``limit`` is the processor time that each of its processes may take, in seconds; a busy machine ends nobody
    early, and ten times as long on the clock ends who waits.
    """
    environment = {"PATH": os.environ["PATH"], "HOME": str(folder), "LC_ALL": "C.UTF-8", **variables}
    out, err = folder / "stdout", folder / "stderr"
    with out.open("wb") as output, err.open("wb") as errors:
        start, used = perf_counter(), _processor()
        child = subprocess.Popen(
            ["sh", "-euc", f"ulimit -t {ceil(limit)}; {line}"],
            cwd=folder,
            env=environment,
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=errors,
            start_new_session=True,
        )
        watch = Watch(child.pid)
        watch.start()
        code = _ended(child, limit * CLOCK)
        seconds, processor = perf_counter() - start, _processor() - used
        watch.done.set()
        watch.join()
    texts = [path.read_text(errors="replace") for path in (out, err)]
    return Run(code, seconds, processor, watch.peak, *texts)


def _processor() -> float:
    """Seconds of the children that have ended."""
    usage = resource.getrusage(resource.RUSAGE_CHILDREN)
    return usage.ru_utime + usage.ru_stime


def _ended(child: subprocess.Popen[bytes], limit: float) -> int | None:
    try:
        code = child.wait(limit)
        return None if code in OUT_OF_TIME else code
    except subprocess.TimeoutExpired:
        with suppress(ProcessLookupError):
            os.killpg(child.pid, signal.SIGKILL)
        child.wait()
        return None


class Watch(threading.Thread):
    """Looks at a process and its descendants until told to stop."""

    def __init__(self, pid: int) -> None:
        super().__init__(daemon=True)
        self.pid = pid
        self.peak = 0
        self.done = threading.Event()

    def run(self) -> None:
        while not self.done.wait(PAUSE):
            self.peak = max(self.peak, resident(self.pid))


def resident(root: int) -> int:
    """KiB of the resident sets of a process and its descendants."""
    children = defaultdict(list)
    for pid, parent in _processes():
        children[parent].append(pid)
    found = [root]
    for pid in found:
        found += children[pid]
    return sum(_resident(pid) for pid in found)


def _processes() -> Iterator[tuple[int, int]]:
    for path in Path("/proc").iterdir():
        if path.name.isdigit():
            # Behind the name, which may hold anything and stands in parentheses: the state and the parent.
            with suppress(OSError):
                yield int(path.name), int((path / "stat").read_text().rpartition(")")[2].split()[1])


def _resident(pid: int) -> int:
    with suppress(OSError):
        return int(Path(f"/proc/{pid}/statm").read_text().split()[1]) * PAGE_KIB
    return 0
