"""pg_dump's text as a value that compares, also where tables inherit.

A column that was a table's own before the table came to inherit it stays its own (pg_attribute.attislocal); no
ALTER says otherwise. So a column that a parent has too is left out of its heir, and so is a check. The parents of a
table stand in the order in which it came to inherit from them, and extended statistics list their columns in the
order of the table, which no ALTER changes. Where views are in a ring, pg_dump writes one of them twice, at first
without what it needs; which one is for the numbers of the objects to say.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from support.dumps import entries

NAME = r'(?:"(?:[^"]|"")*"|[^\s",.(]+)'
CREATE = re.compile(rf"^CREATE (?:UNLOGGED |FOREIGN )*TABLE ({NAME}\.{NAME}) \($")
INHERITS = re.compile(r"^INHERITS \((.*)\)")
PARENT = re.compile(rf"{NAME}\.{NAME}")
COLUMN = re.compile(rf"^    ({NAME}) (.*)$")
STATISTICS = re.compile(r"^(CREATE STATISTICS .* ON )(.*)( FROM .*;)$", re.M)
VIEW = re.compile(rf"^CREATE VIEW ({NAME}\.{NAME}) AS\n", re.M)
LATE_VIEW = re.compile(rf"^CREATE OR REPLACE VIEW ({NAME}\.{NAME}) AS\n", re.M)
DEFAULT = re.compile(r" DEFAULT (.*?)( NOT NULL)?$")


@dataclass(frozen=True, slots=True)
class Table:
    lines: tuple[str, ...]
    parents: tuple[str, ...]


def comparable(dump: str) -> Counter[str]:
    """What of a dump must be the same in two databases that are."""
    found = _whole_views(entries(dump))
    tables = dict(_tables(found))
    return Counter(part for entry in found for part in _parts(entry, tables))


def _whole_views(found: Iterable[str]) -> list[str]:
    """The entries with each view in one piece, and what is said of views on its own."""
    found = list(found)
    late = {m[1] for entry in found if entry.startswith("RULE ") for m in LATE_VIEW.finditer(entry)}
    return [part for entry in found for part in _view_parts(entry, late)]


def _view_parts(entry: str, late: set[str]) -> Iterator[str]:
    view, rest = VIEW.search(entry), LATE_VIEW.search(entry)
    if view is None and (rest is None or not entry.startswith("RULE ")):
        yield entry
        return
    said, *others = entry.split(";\n")
    if rest is not None or (view is not None and view[1] not in late):
        yield said.split("\n", 1)[1].replace("CREATE OR REPLACE VIEW", "CREATE VIEW").rstrip(";\n")
    yield from (other.strip("\n") for other in others)


def _tables(found: Iterable[str]) -> Iterator[tuple[str, Table]]:
    for entry in found:
        lines = entry.split("\n")
        name = next((m[1] for line in lines if (m := CREATE.match(line))), None)
        if name is not None and entry.startswith(("TABLE ", "FOREIGN TABLE ")):
            inherits = next((m[1] for line in lines if (m := INHERITS.match(line))), "")
            yield name, Table(tuple(lines), tuple(PARENT.findall(inherits)))


def _parts(entry: str, tables: dict[str, Table]) -> Iterator[str]:
    if entry.startswith("DEFAULT "):
        yield entry.split("\n", 1)[1]
        return
    if entry.startswith("STATISTICS "):
        yield STATISTICS.sub(lambda m: f"{m[1]}{sorted(m[2].split(', '))}{m[3]}", entry)
        return
    lines = entry.split("\n")
    name = next((m[1] for line in lines if (m := CREATE.match(line))), None)
    if name is None or name not in tables or not tables[name].parents:
        yield entry
        return
    above = set(_above(name, tables))
    never_null = {m[1] for line in above if " NOT NULL" in line and (m := COLUMN.match(line))}
    columns = {m[1] for line in above if (m := COLUMN.match(line))}
    kept = set()
    for line in lines:
        column = COLUMN.match(line)
        if inherits := INHERITS.match(line):
            kept.add(f"INHERITS {sorted(PARENT.findall(inherits[1]))}")
        elif column is None:
            kept.add(line)
        elif column[1] in ("CONSTRAINT", "NOT"):
            gone = line in above or line.removeprefix("    NOT NULL ") in never_null
            kept |= set() if gone else {line}
        elif column[1] not in columns:
            kept.add(line)
        else:
            if " NOT NULL" in column[2] and column[1] not in never_null:
                kept.add(f"    NOT NULL {column[1]}")
            if default := DEFAULT.search(column[2]):
                yield f"ALTER TABLE ONLY {name} ALTER COLUMN {column[1]} SET DEFAULT {default[1]};"
    yield "\n".join(sorted(kept))


def _above(name: str, tables: dict[str, Table]) -> Iterator[str]:
    for parent in tables[name].parents:
        if parent in tables:
            yield from tables[parent].lines
            yield from _above(parent, tables)
