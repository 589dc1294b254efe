"""A report as large as a schema that many people work on."""

from __future__ import annotations

from schemadiff._drift import Drift
from schemadiff.kinds import kinds
from schemadiff.model import Added, Changed, Fact, Id, Removed
from schemadiff.report._report import Report, of_drift
from schemadiff.script import Location

BODY = "CREATE OR REPLACE FUNCTION public.f{n}() RETURNS integer LANGUAGE plpgsql AS $$\n{lines}\n$$"


def report(objects: int) -> Report:
    """A third of the objects missing tables with a column each, a third differing functions, a third indexes that
    nobody wants."""
    found: list[Added | Changed | Removed] = []
    for n in range(objects // 3):
        table = Id("table", ("public", f"t{n}"))
        found.append(Added(_fact(table, None)))
        found.append(Added(_fact(Id("column", (*table.path, "id")), table, type="integer")))
    for n in range(objects // 3):
        i = Id("function", ("public", f"f{n}", ""))
        found.append(
            Changed(*(_fact(i, None, definition=_body(n, word)) for word in ("a", "b")), ("definition",))
        )
    for n in range(objects // 3):
        i = Id("index", ("public", f"i{n}"))
        definition = f"CREATE INDEX i{n} ON public.t USING btree (a{n})"
        found.append(Removed(_fact(i, Id("table", ("public", "t")), definition=definition)))
    at = {_id(d): Location("schema/schema.sql", n + 1) for n, d in enumerate(found)}
    return of_drift(Drift("main", "schema/schema.sql", (), tuple(found)), at, file="schema/schema.sql")


def _body(n: int, word: str) -> str:
    return BODY.format(n=n, lines="\n".join(f"    perform {word if k == 20 else 'x'}{k};" for k in range(40)))


def _fact(i: Id, parent: Id | None, **values: object) -> Fact:
    """A fact of a kind, with what else its class asks for left empty."""
    kind = kinds()[i.kind].fact
    needed = {name: None for name in kind.__dataclass_fields__ if name not in Fact.__dataclass_fields__}
    return kind(id=i, parent=parent, **{**needed, **values})


def _id(d: Added | Changed | Removed) -> Id:
    return d.after.id if isinstance(d, Changed) else d.fact.id
