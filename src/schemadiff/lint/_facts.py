"""What several rules look for in a catalog."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import cast

from ..hazards import called as called_relation
from ..kinds import kinds
from ..kinds.column import Column
from ..kinds.constraint import Constraint
from ..kinds.default import Default
from ..kinds.index import Index
from ..kinds.owned_by import OwnedBy
from ..kinds.table import Table
from ..model import Catalog, Fact, Id
from ..sqltext import comma, ident
from ._rule import Found, Schema


def every[F: Fact](catalog: Catalog, kind: type[F]) -> Iterator[F]:
    """The facts of one class, in order of identity."""
    return (cast(F, fact) for fact in catalog.of_kind(_name_of(kind)))


def _name_of(fact: type[Fact]) -> str:
    return next(kind.name for kind in kinds().values() if kind.fact is fact)


def own[F: Fact](catalog: Catalog, kind: type[F]) -> Iterator[F]:
    """The same without what partitions and heirs have from their parent: that is said of the parent."""
    return (fact for fact in every(catalog, kind) if not fact.inherited)


def below[F: Fact](catalog: Catalog, parent: Id | None, kind: type[F]) -> Iterator[F]:
    """The facts of one class right below another one."""
    wanted = _name_of(kind)
    found = catalog.children.get(parent, ()) if parent else ()
    return (cast(F, catalog.facts[i]) for i in found if i.kind == wanted)


def called(i: Id) -> str:
    """An object as a sentence calls it, the schema public left out."""
    return (
        called_relation(i.path) if len(i.path) == 2 else ".".join(map(ident, i.path[i.path[0] == "public" :]))
    )


def plain_type(column: Column) -> str:
    """Its type without length, and that of the elements of an array."""
    return column.plain_type.removesuffix("[]")


def columns_of_type(
    names: Iterable[str], message: Callable[[Column], str], fix: Callable[[Column], str]
) -> Callable[[Schema], Iterator[Found]]:
    """Looks for columns of some of PostgreSQL's types."""
    wanted = frozenset(names)

    def find(schema: Schema) -> Iterator[Found]:
        for column in own(schema.catalog, Column):
            if plain_type(column) in wanted:
                yield Found(column.id, message(column), fix(column))

    return find


def columns_at(catalog: Catalog, table: Id | None, positions: Sequence[int]) -> tuple[Column, ...]:
    """The columns of a table at positions of pg_attribute, in their order."""
    known = {column.position: column for column in below(catalog, table, Column)}
    return tuple(known[n] for n in positions if n in known)


def listed(columns: Iterable[Column]) -> str:
    """Names of columns as SQL lists them."""
    return comma(ident(column.id.path[-1]) for column in columns)


def secured(catalog: Catalog) -> frozenset[Id]:
    """The tables with row security."""
    return frozenset(table.id for table in every(catalog, Table) if table.row_security)


def sequence_of(column: Column, catalog: Catalog) -> Id | None:
    """The sequence of a serial column: it belongs to the column, which takes its default from it."""
    default = catalog.facts.get(Id("default", column.id.path))
    if not isinstance(default, Default):
        return None
    for i in catalog.references.get(default.id, ()):
        owned = catalog.facts.get(Id("owned_by", i.path)) if i.kind == "sequence" else None
        if isinstance(owned, OwnedBy) and owned.column == column.id.path:
            return i
    return None


@dataclass(frozen=True, slots=True)
class Key:
    """An index, or a primary or unique key with its own: the columns that it is sorted by, as ``Index.positions``.
    ``rest`` is its definition from its table on. ``whole`` says that it has all rows."""

    id: Id
    table: Id
    keys: tuple[int, ...]
    unique: bool
    valid: bool
    whole: bool
    method: str
    rest: str
    predicate: str | None = None
    inherited: bool = False

    @property
    def is_constraint(self) -> bool:
        return self.id.kind == "constraint"


def keys(catalog: Catalog) -> Iterator[Key]:
    """All indexes, those of primary and unique keys among them."""
    for i in every(catalog, Index):
        if i.parent is not None:
            rest = _behind_name(i.definition, i.id.path[-1])
            yield Key(
                i.id, i.parent, i.positions, i.unique, i.valid, i.predicate is None, i.method, rest, i.predicate,
                bool(i.inherited),
            )  # fmt: skip
    for c in every(catalog, Constraint):
        if c.type in "pu" and c.parent is not None:
            rest = _behind_name(c.index or "", c.id.path[-1])
            yield Key(c.id, c.parent, c.positions, True, True, True, "btree", rest, None, bool(c.inherited))


def by_table(catalog: Catalog) -> dict[Id, list[Key]]:
    """All indexes of each table."""
    found: dict[Id, list[Key]] = {}
    for key in keys(catalog):
        found.setdefault(key.table, []).append(key)
    return found


def _behind_name(definition: str, name: str) -> str:
    """What pg_get_indexdef says behind the name."""
    return definition.removeprefix("CREATE ").removeprefix("UNIQUE ").removeprefix(f"INDEX {ident(name)} ON ")
