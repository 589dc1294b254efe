"""A view over a table with row security reads it with the rights of the view's owner, whose policies count and not
those of whoever asks; mostly these are none. A materialized view holds the rows that its owner saw, for everybody.

**What to do.** `create view … with (security_invoker = true)`, from PostgreSQL 15 on. Grant a materialized view to none
who may not see all of it, and ignore it with that reason.
"""

from collections.abc import Iterator

from ..graph import reached
from ..kinds.materialized_view import MaterializedView
from ..kinds.view import View
from ..model import Catalog, Id
from ._facts import called, every, secured
from ._rule import WARNING, Found, Rule, Schema

INVOKES = frozenset(
    {"security_invoker=true", "security_invoker=on", "security_invoker=1", "security_invoker=yes"}
)

READ = ("table", "column", "view", "view_column")


def find(schema: Schema) -> Iterator[Found]:
    catalog, behind = schema.catalog, secured(schema.catalog)
    if not behind:
        return
    for view in every(catalog, View):
        table = _first(view.id, behind, catalog)
        if table and not INVOKES.intersection(map(str.lower, view.options)):
            yield Found(
                view.id,
                f"shows {called(table)} by the policies of the view's owner, not of whoever asks",
                f"alter view {called(view.id)} set (security_invoker = true)",
            )
    for made in every(catalog, MaterializedView):
        if table := _first(made.id, behind, catalog):
            yield Found(
                made.id,
                f"holds rows of {called(table)} that its owner saw, for everybody who may read it",
                "grant it to none who may not see all rows",
            )


def _first(view: Id, tables: frozenset[Id], catalog: Catalog) -> Id | None:
    """The first of some tables that a view reads, itself or through other views."""

    def read(one: Id) -> Iterator[Id]:
        paths = {i.path[:2] for i in catalog.references.get(one, ()) if i.kind in READ}
        used = (Id(kind, path) for kind in ("table", "view") for path in paths)
        return (i for i in used if i in catalog.facts)

    return min(tables & reached([view], read).keys(), default=None)


RULE = Rule("view-bypasses-row-security", WARNING, schema=find)
