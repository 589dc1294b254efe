"""Seeing what each step of a script does to the tables that are there: queries to send between the steps, and
what their answers say. Sends nothing itself; ``prove`` does.

A lock is held to the end of its transaction, a rewritten relation has another file, and a scan counts itself,
also on a table without rows: three queries of what PostgreSQL knows, none of what a statement looks like.
https://www.postgresql.org/docs/current/view-pg-locks.html
https://www.postgresql.org/docs/current/monitoring-stats.html#MONITORING-STATS-FUNCTIONS-TABLE
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence, Set
from dataclasses import dataclass, field
from functools import cache
from typing import Any, NamedTuple

from .engine import LOCKS, Observed, Relation, Step
from .graph import reached
from .kinds import heirs, kinds
from .model import Catalog, Id

OUTSIDE = "SHARE UPDATE EXCLUSIVE"
BEFORE = -1
"""In place of a step's number: the answer to what is asked at the beginning of a transaction."""
WATCHED = LOCKS[LOCKS.index(OUTSIDE) :]
"""The locks that keep out more than a statement that changes the schema too."""
MARK = "schemadiff_step"
"""The first column of every answer, and of no answer of a step."""

KNOWN = """
    select c.oid::int8, n.nspname::text, c.relname::text, c.relkind::text, c.relfilenode::int8
    from pg_class c join pg_namespace n on n.oid = c.relnamespace
    where c.oid >= 16384 and n.nspname !~ '^pg_' and c.relkind in ('r', 'p', 'm', 'v', 'f', 'S', 'i')
"""
SCANS = """
    prepare schemadiff_before as
    select -1 as schemadiff_step, oid::int8, null::text as mode, null::int8 as file,
           pg_stat_get_xact_numscans(oid) as scans, null::text as name, null::int8 as of
    from unnest('{tables}'::oid[]) oid where pg_stat_get_xact_numscans(oid) <> 0
"""
TOLD = "schemadiff.told"
"""The setting that has, within a transaction, what answers have said of relations: what is as it was is not said
again, since a transaction holds its locks to the end."""
TOUCHED = f"""
    prepare schemadiff_after (int) as
    with held as materialized (
        select relation as oid, mode, pg_stat_get_xact_numscans(relation) as scans,
               concat(relation, mode, ' ', pg_relation_filenode(relation), ' ',
                      pg_stat_get_xact_numscans(relation)) as key
        from pg_locks
        where pid = pg_backend_pid() and locktype = 'relation' and relation >= 16384
          and mode = any ('{{modes}}'::text[])),
    new as materialized (
        select * from held where key not in (
            select unnest(string_to_array(current_setting('{TOLD}', true), ',')))),
    told as materialized (
        select set_config('{TOLD}', (select string_agg(key, ',') from held), true)
        from (select count(*) from new) first)
    select $1 as schemadiff_step, new.oid::int8, mode, c.relfilenode::int8 as file, scans, c.relname::text as name,
           (select indrelid from pg_index where c.relkind = 'i' and indexrelid = c.oid)::int8 as of
    from new cross join told left join pg_class c on c.oid = new.oid
"""
"""What a transaction came to hold, of all that is not PostgreSQL's own: a list of what was there before would make each
of these questions as long as the schema is."""
INDEXES = """
    prepare schemadiff_alone (int, oid[]) as
    select $1 as schemadiff_step, x.oid::int8, null::text as mode, x.relfilenode::int8 as file,
           null::int8 as scans, x.relname::text as name, i.indrelid::int8 as of
    from pg_index i join pg_class x on x.oid = i.indexrelid
    where i.indrelid = any ($2) and x.relkind = 'i'
"""
ONCE = "set plan_cache_mode = force_generic_plan"
"""Else the first five times of each query are planned anew, which takes longer than they do."""
FORGET = "deallocate schemadiff_before; deallocate schemadiff_after; deallocate schemadiff_alone"


class Row(NamedTuple):
    """A line of an answer: of a relation, or of the index ``name`` of the relation ``of``."""

    step: int
    oid: int
    mode: str | None
    file: int | None
    scans: int | None
    name: str | None
    of: int | None


@dataclass(slots=True)
class Observer:
    """What is known of the relations that were there when a script began, and what its steps did to them.

    ``worth`` are the numbers of the steps to look after; one that is made of nothing looks after none."""

    worth: frozenset[int] = frozenset()
    relations: dict[int, tuple[Relation, str]] = field(default_factory=dict)
    files: dict[int, int] = field(default_factory=dict)
    """Of each relation its file."""
    seen: dict[int, Observed] = field(default_factory=dict)
    _on: dict[int, tuple[int, ...]] = field(default_factory=dict)
    """The tables whose indexes a step can touch that runs in no transaction, where that is known."""
    _tables_called: dict[Relation, int] = field(default_factory=dict)
    _held: dict[int, str] = field(default_factory=dict)
    _scans: dict[int, int] = field(default_factory=dict)
    _indexes: set[int] = field(default_factory=set)
    """The files of all indexes that there ever were."""

    @classmethod
    def of(cls, worth: Iterable[int], known: Iterable[Sequence[Any]]) -> Observer:
        """Begins with the answer to KNOWN."""
        found = cls()
        for oid, schema, name, kind, file in known:
            if kind == "i":
                found._indexes.add(file)
            else:
                found.relations[oid], found.files[oid] = ((schema, name), kind), file
                if kind in "rm":
                    found._tables_called[(schema, name)] = oid
        found.worth = frozenset(worth if found.relations else ())
        return found

    @property
    def prepared(self) -> Iterator[str]:
        """What to send before the script."""
        tables = ",".join(map(str, self._tables_called.values()))
        yield ONCE
        yield SCANS.format(tables=f"{{{tables}}}")
        modes = ",".join(mode.title().replace(" ", "") + "Lock" for mode in WATCHED)
        yield TOUCHED.format(modes=f"{{{modes}}}")
        yield INDEXES

    def around(self, steps: Sequence[tuple[int, Step]]) -> Iterator[str]:
        """What to send for the steps of a transaction, each with its number."""
        if not self.worth.isdisjoint(n for n, _ in steps):
            yield "execute schemadiff_before"
        for number, step in steps:
            yield step.sql
            if number in self.worth:
                yield self.after(number)

    def after(self, step: int) -> str:
        """What to send after a step, in its transaction."""
        return f"execute schemadiff_after ({step})"

    def alone(self, step: int) -> str:
        """What to send before and after a step that runs in no transaction."""
        tables = self._on.get(step) or self._tables_called.values()
        return f"execute schemadiff_alone ({step}, '{{{','.join(map(str, tables))}}}')"

    def spare(self, numbers: Iterable[int]) -> None:
        """Takes steps that touch nothing that was there: they are not asked about."""
        found = self.worth.intersection(numbers if self.worth else ())
        self.seen.update((number, Observed()) for number in found)
        self.worth -= found

    def narrow(self, number: int, step: Step, *ends: Catalog) -> None:
        """Takes a step that runs in no transaction: it touches the indexes of the tables that its objects stand on,
        with their partitions and heirs. To ask for all indexes before and after each would take the square of them."""
        roots = [(end.root(i), end) for end in ends for i in step.ids if i in end.facts]
        named = {(i.path[0], i.path[-1]) for root, end in roots for i in (root, *heirs(root, end))}
        self._on[number] = tuple(sorted(self._tables_called[n] for n in named if n in self._tables_called))

    def begin(self) -> None:
        """A transaction of the script begins, with no lock."""
        self._held.clear()

    def count(self, answer: Iterable[Row]) -> None:
        """Takes the answer to what is sent first: counts of scans outlive a transaction for a while."""
        self._scans = {row.oid: row.scans or 0 for row in answer}

    def take(self, step: int, answer: Sequence[Row]) -> None:
        """Takes the answer to ``after``."""
        locks = [row for row in answer if row.oid in self.relations]
        last = {row.oid: row for row in locks}
        rewritten = {o for o, row in last.items() if self._is_rewritten(row)}
        scanned = {
            o for o, row in last.items() if self._has_rows(o) and (row.scans or 0) > self._scans.get(o, 0)
        }
        self._scans.update({o: row.scans or 0 for o, row in last.items()})
        self.files.update({o: row.file for o, row in last.items() if row.file is not None})
        self.seen[step] = Observed(
            locks=self._newly(locks),
            rewrites=self._named(rewritten),
            scans=self._named(scanned - rewritten),
            builds=self._built(answer),
        )

    def take_alone(self, step: int, before: Sequence[Row], after: Sequence[Row]) -> None:
        """Takes both answers to ``alone``. What PostgreSQL does to the indexes of a table outside of a transaction
        it does under SHARE UPDATE EXCLUSIVE, and it reads the table for each that it builds.

        https://www.postgresql.org/docs/current/sql-createindex.html#SQL-CREATEINDEX-CONCURRENTLY
        """
        changed = {(row.oid, row.file, row.of) for row in before} ^ {(r.oid, r.file, r.of) for r in after}
        builds = self._built(after)
        built = {table for _, table in builds}
        touched = {*self._named(of for _, _, of in changed if of), *built}
        self.seen[step] = Observed(
            locks=tuple((OUTSIDE, r) for r in sorted(touched)),
            scans=tuple(sorted(built)),
            builds=builds,
        )

    def leave_out(self, number: int, step: Step, before: Catalog, after: Catalog) -> None:
        """Takes a step that moves rows and is not run: it reads all that its object depends on, and locks nothing that
        was there against others. Both ends are whole, for it may read what a plan does not touch."""
        found = ((i.path[0], i.path[-1]) for i in reads(step.id, after) if i in before.facts)
        empty = {relation for relation, kind in self.relations.values() if kind not in "rm"}
        self.seen[number] = Observed(scans=tuple(sorted(set(found) - empty)))

    def _newly(self, rows: Iterable[Row]) -> tuple[tuple[str, Relation], ...]:
        """The locks that are stronger than what the transaction held on a relation."""
        strongest: dict[int, str] = {}
        for row in rows:
            mode = words(row.mode or "")
            held = strongest.get(row.oid) or self._held.get(row.oid, mode)
            strongest[row.oid] = max(held, mode, key=LOCKS.index)
        new = {o: mode for o, mode in strongest.items() if mode != self._held.get(o)}
        self._held.update(new)
        return tuple(sorted((mode, self.relations[o][0]) for o, mode in new.items()))

    def _is_rewritten(self, row: Row) -> bool:
        return self._has_rows(row.oid) and row.file is not None and row.file != self.files[row.oid]

    def _has_rows(self, oid: int) -> bool:
        """Whether it is read from end to end and written anew; a sequence is, but has one row."""
        return self.relations[oid][1] in "rm"

    def _named(self, found: Iterable[int]) -> tuple[Relation, ...]:
        return tuple(sorted({self.relations[o][0] for o in found}))

    def _built(self, answer: Iterable[Row]) -> tuple[tuple[str, Relation], ...]:
        """The indexes whose file no index had before: one that is made anew may take the file of the old one."""
        new = [row for row in answer if row.of in self.relations and row.file not in self._indexes]
        self._indexes.update(row.file for row in new if row.file is not None)
        found = {(row.name or "", self.relations[row.of][0]) for row in new if row.of is not None}
        return tuple(sorted(found, key=lambda pair: (pair[1], pair[0])))


@cache
def words(mode: str) -> str:
    """A mode of pg_locks as the manual and LOCK call it: AccessShareLock is ACCESS SHARE."""
    spaced = "".join(f" {c}" if c.isupper() else c for c in mode.removesuffix("Lock"))
    return spaced.strip().upper()


def worth_a_look(steps: Sequence[Step], before: Catalog, after: Catalog) -> Iterator[int]:
    """The numbers of the steps that may touch what is there before them: of all but those that make something
    which stands on nothing but what the script makes too."""
    for number, step in enumerate(steps):
        new = step.verb == "create" and all(_is_apart(i, before, after) for i in step.ids)
        if not (step.rows_only or new):
            yield number


def made_anew(steps: Sequence[Step], before: Catalog, after: Catalog) -> Iterator[int]:
    """Those of them that touch nothing of it: what they make again stands on nothing but what steps before them
    dropped, and what the script makes."""
    gone: set[Id] = set()
    for number, step in enumerate(steps):
        if step.verb == "drop":
            gone.update(step.ids)
        elif step.verb == "create" and all(_is_apart(i, before, after, gone) for i in step.ids):
            yield number


def reads(one: Id, end: Catalog) -> frozenset[Id]:
    """The tables and materialized views that the query of an object reads: by itself, through views and functions,
    and with their partitions and heirs. What a function in quotes reads is not known."""

    def has_rows(i: Id) -> bool:
        kind = kinds()[i.kind]
        return i != one and kind.catalog == "pg_class" and (kind.loses or kind.ahead is not None)

    def needs(i: Id) -> Iterable[Id]:
        if has_rows(i):
            return heirs(i, end)
        return (end.root(r) for part in (i, *end.descendants(i)) for r in end.references.get(part, ()))

    return frozenset(filter(has_rows, reached([one], needs)))


def _is_apart(made: Id, before: Catalog, after: Catalog, gone: Set[Id] = frozenset()) -> bool:
    def is_there(i: Id) -> bool:
        return i in before.facts and not (gone and any(one in gone for one in before.upwards(i)))

    if made not in after.facts or is_there(made) or is_there(after.root(made)):
        return False
    needs = after.references.get(made, ())
    return not any(kinds()[i.kind].catalog == "pg_class" and is_there(i) for i in needs)
