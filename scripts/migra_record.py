"""Runs migra alone over the conformance cases and records what it claims, leaves and gets wrong: docs/migra.md.

python scripts/migra_record.py                 prints the page
python scripts/migra_record.py --write         writes it
python scripts/migra_record.py --sample 50     judges that many cases, always the same ones

The cases stay where they are: the page holds counts alone. Run it again when a kind goes to or from migra.
"""

from __future__ import annotations

import argparse
import hashlib
import sys
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import Any

import psycopg
import sqlalchemy

import schemadiff
from schemadiff._draft import draft
from schemadiff.engine.migra import PREAMBLE, Migration  # type: ignore[attr-defined]
from schemadiff.errors import LoadError, SchemadiffError
from schemadiff.kinds import kinds
from schemadiff.model import Added, Catalog, Changed, Delta, Id, Removed
from schemadiff.prove import prove
from schemadiff.scratch import ScratchServer, scratch_server
from schemadiff.script import read_script, run_script

ROOT = Path(__file__).resolve().parent.parent
CASES = ROOT.parent / "shared" / "conformance" / "cases"
PAGE = ROOT / "docs" / "migra.md"
NOTE = "<!-- Made by scripts/migra_record.py --write from a run over the conformance cases. -->"
RIGHT, LEFT, WRONG, BROKEN = "right", "left", "wrong", "broken"
FATES = (RIGHT, LEFT, WRONG)
PROVEN, NOTHING = "proven", "nothing to do"
VERBS = ("create", "drop", "alter")
PARTS = {
    "schemas": "schemas",
    "extensions": "extensions",
    "collations": "collations",
    "enums": "enums that come or go",
    "sequences": "sequences that come or go",
    "triggers": "triggers",
    "rlspolicies": "policies",
    "privileges": "privileges",
    "non_pk_constraints": "constraints other than primary keys",
    "pk_constraints": "primary keys",
    "mv_indexes": "indexes of materialized views",
    "non_mv_indexes": "other indexes",
    "non_table_selectable_drops": "views, functions and composite types that go",
    "non_table_selectable_creations": "views, functions and composite types that come or change",
    "tables_only_selectables": "tables, columns, labels of enums, ownerships of sequences",
}
"""The collections of migra, in words."""

type Deltas = dict[Id, Delta]


@dataclass(frozen=True, slots=True)
class Outcome:
    """What one case showed. ``skipped`` and ``stopped`` say why it was not judged, and why migra wrote nothing."""

    skipped: str = ""
    stopped: str = ""
    reached: bool = False
    """Whether migra alone led to the target."""
    plan: str = ""
    differing: int = 0
    """How many objects differ."""
    deltas: Counter[tuple[str, str]] = field(default_factory=Counter)
    """By kind and fate."""
    statements: Counter[tuple[str, bool]] = field(default_factory=Counter)
    """By collection, and whether PostgreSQL took it."""
    steps: Counter[tuple[str, str, str]] = field(default_factory=Counter)
    """Of a proven plan of ours, both ways: by kind, verb and engine."""


class Said(str):
    """A statement of migra with the collection that it was written for."""

    part: str


class Telling:
    """migra's changes, whose statements say where they come from."""

    def __init__(self, changes: Any) -> None:
        self._changes = changes

    def __getattr__(self, part: str) -> Callable[..., list[Said]]:
        return partial(_told, getattr(self._changes, part), part)


def _told(write: Callable[..., Iterable[str]], part: str, **how: Any) -> list[Said]:
    found = []
    for statement in write(**how):
        said = Said(statement)
        said.part = part
        found.append(said)
    return found


def cases(folder: Path, sample: int | None = None) -> list[Path]:
    """The folders that hold an ``old.sql`` and a ``new.sql``, sorted; of a sample always the same ones."""
    found = sorted(path.parent for path in folder.glob("*/*/new.sql") if (path.parent / "old.sql").exists())
    if sample is None:
        return found
    return sorted(found, key=lambda c: hashlib.sha256(f"{c.parent.name}/{c.name}".encode()).digest())[:sample]


def make_roles(found: Iterable[Path], server: ScratchServer) -> None:
    """The roles of all cases, before the first: two that create the same one at once would fail."""
    with server.database() as url:
        for script in [case / "roles.sql" for case in found if (case / "roles.sql").exists()]:
            load(script, url, server)


def load(script: Path, url: str, server: ScratchServer) -> None:
    with psycopg.connect(url, options="-c client_min_messages=error") as connection:
        run_script(read_script(script), connection, on_missing_role=lambda name: server.ensure_roles([name]))


def judge(case: Path, server: ScratchServer) -> Outcome:
    """Loads a case, makes our plan of it, then lets migra alone change the old side."""
    with server.database() as old, server.database() as new:
        try:
            load(case / "old.sql", old, server)
            load(case / "new.sql", new, server)
        except LoadError as error:
            lacks = "does not have extension" in str(error)
            return Outcome(
                skipped="needs an extension that the server lacks" if lacks else "a side does not load"
            )
        origin, target = schemadiff.read(old), schemadiff.read(new)
        before = differences(schemadiff.diff(origin, target))
        plan, steps = planned(origin, target, server)
        try:
            written = by_migra(old, new)
        except Exception as error:  # migra's trouble is what is measured here
            left = Counter((i.kind, LEFT) for i in before)
            return Outcome(
                stopped=type(error).__name__, plan=plan, differing=len(before), deltas=left, steps=steps
            )
        statements = run(written, old)
        after = differences(schemadiff.diff(schemadiff.read(old), target))
    return Outcome(
        reached=not after,
        plan=plan,
        differing=len(before),
        deltas=Counter(fates(before, after)),
        statements=statements,
        steps=steps,
    )


def differences(deltas: Iterable[Delta]) -> Deltas:
    """Deltas of facts by identity. Edges follow from definitions and are no deltas of their own here."""
    found: Deltas = {}
    for delta in deltas:
        if isinstance(delta, Added | Removed):
            found[delta.fact.id] = delta
        elif isinstance(delta, Changed):
            found[delta.after.id] = delta
    return found


def fates(before: Deltas, after: Deltas) -> Iterator[tuple[str, str]]:
    """The fate of each delta, and what is broken that was none."""
    for i, delta in before.items():
        yield i.kind, (RIGHT if i not in after else LEFT if is_left(delta, after[i]) else WRONG)
    for i in after.keys() - before.keys():
        yield i.kind, BROKEN


def is_left(before: Delta, after: Delta) -> bool:
    """Whether what still differs is as it was."""
    if isinstance(before, Changed) and isinstance(after, Changed):
        return set(after.values()) <= set(before.values())
    return before == after


def planned(
    origin: Catalog, target: Catalog, server: ScratchServer
) -> tuple[str, Counter[tuple[str, str, str]]]:
    """What becomes of our plan, and its steps by kind, verb and engine where it is proven."""
    try:
        made = draft(origin, target, ("old.sql", "new.sql"))
        if not made.forward.steps:
            return NOTHING, Counter()
        plan = prove(made, origin, target, server)
    except SchemadiffError as error:
        return f"stops with {type(error).__name__}", Counter()
    both = (*plan.forward.steps, *plan.reverse.steps)
    return PROVEN, Counter((s.id.kind, s.verb, s.engine) for s in both if plan.proof)


def by_migra(old: str, new: str) -> list[Said]:
    """What migra writes on its own, everything that it can and drops too."""
    with inspected(old) as mine, inspected(new) as wanted:
        migration = Migration(mine, wanted)
        migration.set_safety(False)
        migration.changes = Telling(migration.changes)
        migration.add_all_changes(privileges=True)
        return [s for s in migration.statements if s != PREAMBLE]


def inspected(url: str) -> sqlalchemy.Connection:
    """A connection as migra wants one; with an empty search_path, so that its definitions are qualified."""
    engine = sqlalchemy.create_engine(
        "postgresql+psycopg://",
        creator=lambda: psycopg.connect(url, options="-c search_path="),
        poolclass=sqlalchemy.NullPool,
    )
    return engine.connect()


def run(statements: Iterable[Said], url: str) -> Counter[tuple[str, bool]]:
    """Runs them one by one; one that PostgreSQL refuses is counted and passed over."""
    found: Counter[tuple[str, bool]] = Counter()
    options = "-c client_min_messages=error -c statement_timeout=30s -c check_function_bodies=off"
    with psycopg.connect(url, autocommit=True, prepare_threshold=None, options=options) as connection:
        for statement in statements:
            try:
                connection.execute(statement.encode())
                found[statement.part, True] += 1
            except psycopg.Error:
                found[statement.part, False] += 1
    return found


# The page


def page(outcomes: Sequence[Outcome], major: int) -> str:
    judged = [o for o in outcomes if not o.skipped]
    parts = [
        "# What migra writes right, leaves and gets wrong",
        NOTE,
        introduction(outcomes, major),
        table(["cases", "number"], summary(judged)),
        "## By kind",
        "*Right*: the difference is gone. *Left*: it is as it was. *Wrong*: there is still one, and another. The "
        "three add up to the deltas. *Broken*: a difference that was none before. The last two columns are the steps "
        "of our own proven plans of the same cases, forward and reverse, by the engine that wrote them.",
        table(
            ["kind", "deltas", *FATES, BROKEN, "steps by migra", "steps by rules"], kind_rows(judged), right=1
        ),
        "## Statements that PostgreSQL refused",
        table(["written for", "statements", "refused"], statement_rows(judged), right=1),
        "## Steps of our plans that migra writes",
        "The kinds of which migra writes a verb; [who writes which statement](engine.md) has the reasons.",
        table(["kind", "verb", "by migra", "by rules"], step_rows(judged), right=2),
    ]
    return "\n\n".join(parts) + "\n"


def introduction(outcomes: Sequence[Outcome], major: int) -> str:
    skipped = Counter(o.skipped for o in outcomes if o.skipped)
    said = "; ".join(f"{why}: {n}" for why, n in sorted(skipped.items()))
    return (
        f"Measured on PostgreSQL {major} over {len(outcomes)} conformance cases, each a pair of schemas; "
        f"{len(outcomes) - skipped.total()} were judged"
        + (f", {skipped.total()} skipped ({said}). " if said else ". ")
        + "migra, the library, inspects both sides with an empty `search_path` and writes all its changes, drops and "
        "privileges too. Its statements run on the old side one by one, and one that PostgreSQL refuses is passed "
        "over. Then schemadiff's own catalogs tell what is left: a delta is one object that differs. No case's "
        "content is kept here."
    )


def summary(judged: Sequence[Outcome]) -> list[list[str]]:
    refused = [o for o in judged if any(not taken for _, taken in o.statements)]
    broken = [o for o in judged if any(fate in (WRONG, BROKEN) for _, fate in o.deltas)]
    rows = [
        ("judged", len(judged)),
        ("that migra alone brings to the target", sum(o.reached for o in judged)),
        ("where it makes something wrong or breaks it", len(broken)),
        ("where PostgreSQL refuses a statement of it", len(refused)),
    ]
    rows += [
        (f"where it stops with {e}", n) for e, n in sorted(Counter(o.stopped for o in judged).items()) if e
    ]
    rows += [(f"our plan: {p}", n) for p, n in sorted(Counter(o.plan for o in judged).items())]
    return [[what, str(n)] for what, n in rows]


def kind_rows(judged: Sequence[Outcome]) -> list[list[str]]:
    deltas = sum((o.deltas for o in judged), Counter[tuple[str, str]]())
    steps = sum((o.steps for o in judged), Counter[tuple[str, str, str]]())
    rows = []
    for name, kind in kinds().items():
        by = Counter({fate: deltas[name, fate] for fate in (*FATES, BROKEN)})
        by.update({e: sum(steps[name, v, e] for v in VERBS) for e in ("migra", "rules")})
        if by.total():
            all_deltas = sum(by[fate] for fate in FATES)
            cells = (all_deltas, *(by[c] for c in (*FATES, BROKEN, "migra", "rules")))
            rows.append([kind.title, *map(str, cells)])
    return [*rows, ["all", *(str(sum(int(row[n]) for row in rows)) for n in range(1, 8))]]


def statement_rows(judged: Sequence[Outcome]) -> list[list[str]]:
    found = sum((o.statements for o in judged), Counter[tuple[str, bool]]())
    rows = [
        (said, found[part, True] + found[part, False], found[part, False]) for part, said in PARTS.items()
    ]
    rows.append(("all", found.total(), sum(n for (_, taken), n in found.items() if not taken)))
    return [[said, str(n), str(refused)] for said, n, refused in rows]


def step_rows(judged: Sequence[Outcome]) -> list[list[str]]:
    found = sum((o.steps for o in judged), Counter[tuple[str, str, str]]())
    return [
        [kind.title, verb, str(found[name, verb, "migra"]), str(found[name, verb, "rules"])]
        for name, kind in kinds().items()
        for verb in VERBS
        if kind.migra & ({verb} if verb != "alter" else {"replace"})
    ]


def table(heads: list[str], rows: Iterable[list[str]], right: int = 1) -> str:
    rule = ["---"] * right + ["---:"] * (len(heads) - right)
    return "\n".join("| " + " | ".join(line) + " |" for line in (heads, rule, *rows))


def work(case: Path) -> Outcome:
    """One case in a process of its own server lease."""
    with scratch_server() as server:
        return judge(case, server)


def main() -> int:
    parser = argparse.ArgumentParser(description="Record what migra alone makes of the conformance cases.")
    parser.add_argument("--cases", type=Path, default=CASES, help="folder of GROUP/CASE/old.sql and new.sql")
    parser.add_argument("--sample", type=int, help="judge this many cases, always the same ones")
    parser.add_argument("--jobs", type=int, default=2, help="processes")
    parser.add_argument("--write", action="store_true", help="write docs/migra.md instead of printing it")
    args = parser.parse_args()
    found = cases(args.cases, args.sample)
    if not found:
        print(f"{args.cases}: no cases; name their folder with --cases", file=sys.stderr)
        return 1
    with scratch_server() as server:
        make_roles(found, server)
        with ProcessPoolExecutor(args.jobs) as pool:
            text = page(list(pool.map(work, found)), server.major)
    if args.write:
        PAGE.write_text(text, encoding="utf-8")
    else:
        print(text, end="")
    return 0


if __name__ == "__main__":
    sys.exit(main())
