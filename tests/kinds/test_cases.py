"""Walks the cases: plan, run the forward script with psql, compare, run the reverse script, compare.

The catalog is the first witness, pg_dump the second; a case asserts states, never the text of a plan.
"""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from support.dumps import entries
from support.label_provider import label_provider
from support.programs import Programs

import schemadiff
from schemadiff import Plan
from schemadiff.catalog import connect, contents, fingerprint
from schemadiff.kinds import kinds
from schemadiff.model import Catalog, Delta, Linked, Unlinked
from schemadiff.scratch import ScratchServer

from .case import FOLDER, Case, cases, folders
from .rows import Rows, common, rows


@pytest.fixture(scope="session")
def labels(server: ScratchServer, programs: Programs) -> Iterator[str]:
    """What loads a provider of security labels."""
    with tempfile.TemporaryDirectory() as made:
        folder = Path(made)
        folder.chmod(0o755)
        yield f"load '{label_provider(programs.bin, folder)}';\n"


@pytest.mark.parametrize("case", cases(), ids=str)
def test_case(
    case: Case,
    server: ScratchServer,
    binaries: str | None,
    programs: Programs,
    request: pytest.FixtureRequest,
) -> None:
    if server.major < case.expect.get("min_version", 0):
        pytest.skip(f"needs PostgreSQL {case.expect['min_version']}, the server is {server.major}")
    gap = case.known_gap(server.major)
    if gap:
        request.node.add_marker(pytest.mark.xfail(strict=True, reason=gap))
    server.ensure_roles(case.roles)
    server.ensure_tablespaces(case.tablespaces)
    head = request.getfixturevalue("labels") if case.expect.get("labels") else ""
    with server.database() as ours, server.database() as wanted:
        programs.psql(ours, head + case.origin + "\n" + case.rows)
        programs.psql(wanted, head + case.target)
        before, after = witness(case, programs, ours), witness(case, programs, wanted)
        held, contained = rows(ours), digest(ours)
        plan = schemadiff.plan(ours, wanted, scratch=binaries)
        check_steps(case, plan)

        programs.psql(ours, head + plan.forward.sql)
        reached = schemadiff.read(ours)
        assert fingerprint(reached) == plan.after, schemadiff.diff(ours, wanted)
        assert differences(reached, schemadiff.read(wanted)) == [], "also what fingerprints leave out"
        assert witness(case, programs, ours) == after, "pg_dump after forward"
        kept = common(held, rows(ours), case.expect.get("differ", ()))
        check_rows(held, rows(ours), kept)
        changed = digest(ours)
        assert plan.empty or changed != contained, "the digest of the system catalogs after forward"
        assert inherited_from_nobody(ours) == []

        programs.psql(ours, head + plan.reverse.sql)
        assert fingerprint(schemadiff.read(ours)) == plan.before, "the catalog after reverse"
        assert witness(case, programs, ours) == before, "pg_dump after reverse"
        assert plan.empty or digest(ours) != changed, "the digest of the system catalogs after reverse"
        assert inherited_from_nobody(ours) == []
        check_rows(held, rows(ours), kept)


def differences(ours: Catalog, wanted: Catalog) -> list[Delta]:
    """Which objects differ; of indexes that are alike PostgreSQL chooses which it attaches."""
    return [d for d in schemadiff.diff(ours, wanted) if not isinstance(d, Linked | Unlinked)]


def digest(url: str) -> str:
    """Stands for what the system catalogs hold."""
    with connect(url) as connection:
        found = contents(connection.pgconn, seed=1)
    assert found is not None
    return found.digest


COUNTED = """
    select k.conrelid::regclass::text, k.conname::text, k.coninhcount
    from pg_constraint k left join pg_attribute a on a.attrelid = k.conrelid and a.attnum = k.conkey[1]
    where k.contype in ('c', 'n') and k.coninhcount <> (
        select count(*) from pg_inherits i join pg_constraint p on p.conrelid = i.inhparent and p.contype = k.contype
        left join pg_attribute pa on pa.attrelid = p.conrelid and pa.attnum = p.conkey[1]
        where i.inhrelid = k.conrelid and not p.connoinherit
          and case k.contype when 'c' then p.conname = k.conname else pa.attname = a.attname end)
    union all
    select a.attrelid::regclass::text, a.attname::text, a.attinhcount
    from pg_attribute a where a.attnum > 0 and not a.attisdropped and a.attinhcount <> (
        select count(*) from pg_inherits i join pg_attribute p on p.attrelid = i.inhparent
        join pg_class c on c.oid = i.inhrelid
        where i.inhrelid = a.attrelid and p.attname = a.attname and not p.attisdropped and c.relkind in ('r', 'p', 'f'))
      and a.attrelid in (select inhrelid from pg_inherits join pg_class c on c.oid = inhrelid where c.relkind in ('r', 'p', 'f'))
"""


def inherited_from_nobody(url: str) -> list[tuple[object, ...]]:
    """Columns, checks and NOT NULL that count another number of parents than have them: PostgreSQL would refuse to drop
    them, which a copy of the schema does not show."""
    with connect(url) as connection:
        return connection.execute(COUNTED.encode()).fetchall()


def witness(case: Case, programs: Programs, url: str) -> list[str]:
    return [] if "unlike_dump" in case.expect else entries(programs.dump(url))


def check_steps(case: Case, plan: Plan) -> None:
    """What expect.toml says of the way from old to new."""
    if not case.there:
        return
    done = {f"{s.verb}:{s.id.kind}" for s in plan.forward.steps}
    done |= {f"{s.verb}:{s.id.kind}:{'.'.join(s.id.path)}" for s in plan.forward.steps}
    assert set(case.expect.get("require", ())) <= done
    assert done.isdisjoint(case.expect.get("forbid", ()))
    if "hazards" in case.expect and plan.strategy == "online":
        assert plan.hazards == tuple(sorted(case.expect["hazards"]))


def check_rows(before: Rows, after: Rows, kept: dict[str, list[str]]) -> None:
    for table, columns in kept.items():
        assert before[table].values(columns) == after[table].values(columns), f"rows of {table}"


def test_every_folder_is_of_a_kind() -> None:
    found = {path.name for path in FOLDER.iterdir() if path.is_dir() and not path.name.startswith("_")}
    assert found <= kinds().keys()


def test_every_kind_has_a_case() -> None:
    assert kinds().keys() <= {folder.parent.name for folder in folders()}
