"""The columns of a kind's answer: where they stand, and how a row of it becomes the row of a fact.

What the columns are called is written in ``kinds._kind``.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import MISSING, dataclass
from operator import itemgetter
from typing import Any

from ..kinds import Kind
from ..model import Id, Row, attribute_names
from ._spelling import lasting


@dataclass(frozen=True, slots=True)
class Links:
    """Positions of the columns that link, each with the class number that its name gives."""

    aliases: tuple[tuple[int, int], ...]
    needs: tuple[tuple[int, int, int], ...]
    after: tuple[tuple[int, int], ...]
    columns: tuple[tuple[int, int], ...]

    def __bool__(self) -> bool:
        return bool(self.aliases or self.needs or self.after or self.columns)


def links_of(classes: Mapping[str, int], columns: Mapping[str, int]) -> Links:
    def named(prefix: str) -> tuple[tuple[int, int], ...]:
        return tuple((i, classes[n.removeprefix(prefix)]) for n, i in columns.items() if n.startswith(prefix))

    uses = ((columns["colref_oid"], classes["pg_class"]),) if "colref_oid" in columns else ()
    subs = {number: position for position, number in named("refsub_")}
    needs = tuple((position, number, subs.get(number, -1)) for position, number in named("ref_"))
    return Links(named("alias_"), needs, named("after_"), uses)


def oids(value: Any) -> Iterable[int]:
    if value is None:
        return ()
    return (oid for oid in value if oid) if isinstance(value, list) else (value,) if value else ()


@dataclass(frozen=True, slots=True)
class Shape:
    """Where the columns of an answer stand, -1 for one that it lacks; ``own`` and ``parent`` are class numbers,
    0 for none."""

    row: Callable[[Id | None, tuple[Any, ...]], Row]
    links: Links
    own: int
    parent: int
    oid: int
    sub: int
    path: int
    target: int
    parent_oid: int
    parent_sub: int
    inherited_oid: int
    inherited_sub: int


def shape_of(kind: Kind[Any], names: Sequence[str], classes: Mapping[str, int]) -> Shape:
    columns = {name: position for position, name in enumerate(names)}
    place = (
        "oid",
        "sub",
        "path",
        "target_class",
        "parent_oid",
        "parent_sub",
        "inherited_oid",
        "inherited_sub",
    )
    return Shape(
        _row_maker(kind, columns),
        links_of(classes, columns),
        classes[kind.catalog] if kind.catalog else 0,
        classes[kind.parent] if kind.parent else 0,
        *(columns.get(name, -1) for name in place),
    )


def _row_maker(kind: Kind[Any], columns: Mapping[str, int]) -> Callable[[Id | None, tuple[Any, ...]], Row]:
    """Makes the row of a fact of a row of the answer, each value immutable, each expression in a spelling that lasts.
    The same text is in memory once, and so is all that is not compared, which differs little from row to row."""
    fields = kind.fact.__dataclass_fields__
    names = attribute_names(kind.fact)
    compared, others = (_picker(part, fields, columns) for part in names)
    local = columns.get("local", -1)
    texts: dict[str, str] = {}
    parts: dict[tuple[Any, ...], tuple[Any, ...]] = {}
    text, part = texts.setdefault, parts.setdefault

    def row(parent: Id | None, values: tuple[Any, ...]) -> Row:
        mine = [text(v, v) if type(v) is str else v for v in compared(values)]
        left = others(values)
        return (parent, *mine), (), values[local] if local >= 0 else True, part(left, left)

    return row


def _picker(
    names: Sequence[str], fields: Mapping[str, Any], columns: Mapping[str, int]
) -> Callable[[tuple[Any, ...]], tuple[Any, ...]]:
    """Picks the values of some attributes; one that has no column has its default."""
    if not names:
        return lambda values: ()
    found = [(_place(columns, fields[n]), _conversion(fields[n]), fields[n].default) for n in names]
    if all(position >= 0 and convert is None for position, convert, _ in found):
        (first, _, _), *more = found
        return itemgetter(first, *(i for i, _, _ in more)) if more else lambda values: (values[first],)
    return lambda values: tuple(
        default if i < 0 else values[i] if convert is None else convert(values[i])
        for i, convert, default in found
    )


def _place(columns: Mapping[str, int], attribute: Any) -> int:
    name = attribute.name
    return columns[name] if name in columns or attribute.default is MISSING else -1


def _conversion(attribute: Any) -> Callable[[Any], Any] | None:
    return _CONVERSIONS.get(str(attribute.type).removesuffix(" | None"), _frozen)


def _lasting(value: str | None) -> str | None:
    return lasting(value) if value else value


def _frozen(value: Any) -> Any:
    return tuple(map(_frozen, value)) if isinstance(value, list) else value


_CONVERSIONS: Mapping[str, Callable[[Any], Any] | None] = {
    "str": None, "int": None, "bool": None, "Expression": _lasting,
}  # fmt: skip
"""By annotation; of any other, and of an alias, the value may be an array."""
