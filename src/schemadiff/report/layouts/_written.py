"""What the layouts share: files, their versions, and statements as a tool runs them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import zip_longest

from ..._plan import SETTINGS, Plan, Script
from ...engine import Step
from ...sqltext import comment

type There = Mapping[str, str]
"""What is in the folder that files are written to: their names and, where a layout reads them, their texts."""
type Group = tuple[Step, ...]
"""Steps of one transaction, or one that runs in none."""
STAMP, WIDTH = "%Y%m%d%H%M%S", 14
KEPT = "schemadiff.search_path"
BEFORE = (
    f"select pg_catalog.set_config('{KEPT}', pg_catalog.current_setting('search_path'), true)",
    *SETTINGS,
)
AFTER = (
    f"select pg_catalog.set_config('search_path', pg_catalog.current_setting('{KEPT}'), true)",
    "set local check_function_bodies to default",
)
"""A tool may go on in the same transaction, and finds its own table by the ``search_path`` that it has set."""
NOTHING = "nothing to do"


@dataclass(frozen=True, slots=True)
class Written:
    """A file that is to be written. ``private`` says that a secret is in it."""

    name: str
    text: str
    private: bool = False


@dataclass(frozen=True, slots=True)
class Side:
    """What one file does one way: nothing where only the other way needs it. ``head`` says what the script is, in the
    file that its first transaction is in."""

    group: Group
    head: tuple[str, ...] = ()

    @property
    def private(self) -> bool:
        return any(step.shown for step in self.group)

    def lines(self, written: Callable[[str, Group], str] = lambda sql, group: sql) -> tuple[str, ...]:
        """Its lines, each statement as it is ``written`` for a tool."""
        found = tuple(f"{written(sql, self.group)};" for sql in statements(self.group))
        return (*self.head, *(found if self.group else (f"-- {NOTHING}",)))


@dataclass(frozen=True, slots=True)
class Part:
    """What one file does, up and down; ``called`` is its name behind its version."""

    version: str
    called: str
    up: Side
    down: Side


def parts(plan: Plan, name: str, taken: Iterable[str], now: datetime) -> tuple[Part, ...]:
    """What each file does, in the order of their versions, which come after those that are ``taken``."""
    up, down = plan.forward.transactions, plan.reverse.transactions
    count = max(len(up), len(down))
    padded = [*(() for _ in range(count - len(down))), *reversed(down)]
    found = []
    pairs = zip_longest(up, padded, fillvalue=())
    for n, (version, (forward, reverse)) in enumerate(
        zip(versions(taken, count, now), pairs, strict=True), 1
    ):
        there = Side(forward, head(plan.forward) if n == 1 else ())
        back = Side(reverse, head(plan.reverse) if n == count else ())
        found.append(Part(version, slug(name) if count == 1 else f"{slug(name)}_{n}", there, back))
    return tuple(found)


def statements(group: Group) -> tuple[str, ...]:
    """The statements of a group, in a transaction with the settings that plans are proven with."""
    own = tuple(step.sql for step in group)
    return (*BEFORE, *own, *AFTER) if in_transaction(group) and own else own


def in_transaction(group: Group) -> bool:
    return not group or group[0].transactional


def head(script: Script) -> tuple[str, ...]:
    """What the script is, as comments."""
    return tuple(comment(line) for line in script.head)


def slug(name: str) -> str:
    """A name of letters, digits and ``_`` alone."""
    return "".join(c if c.isascii() and c.isalnum() else "_" for c in name).strip("_") or "migration"


def versions(found: Iterable[str], count: int, now: datetime) -> list[str]:
    """The next versions after those that are there: numbers where those are, else the time of day, later than all."""
    known = [text for text in found if text.isascii() and text.isdigit()]
    highest = max(map(int, known), default=0)
    if known and max(map(len, known)) < WIDTH:
        width = max(map(len, known)) if any(text.startswith("0") for text in known) else 1
        return [str(highest + n).zfill(width) for n in range(1, count + 1)]
    stamps = [int((now + timedelta(seconds=n)).strftime(STAMP)) for n in range(count)]
    later = max(0, highest + 1 - stamps[0]) if stamps else 0
    return [str(stamp + later) for stamp in stamps]


def as_one_string(sql: str) -> str:
    """The same statement for a tool that would read something else into its text: as a string without line breaks,
    dollar signs, braces and semicolons, which a block runs. Only for one that may run in a transaction."""
    marks = {
        "\\": "\\\\",
        "'": "''",
        "\n": "\\n",
        "\r": "\\r",
        "\t": "\\t",
        "$": "\\x24",
        "{": "\\x7b",
        ";": "\\x3b",
    }
    return f"do $do$ begin execute E'{''.join(marks.get(c, c) for c in sql)}'; end $do$"


def block(lines: Sequence[str]) -> str:
    return "".join(f"{line}\n" for line in lines)
