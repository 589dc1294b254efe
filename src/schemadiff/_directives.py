"""The directives of a script → what they say of objects, by identity.

Which object a directive stands above, PostgreSQL said while the script ran (``Made``); a part of it is
found by the name that stands there. Does not own what a rename does to a plan (``_renames``).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from .catalog import Addresses
from .kinds import Kind, kinds
from .model import Catalog, Id, LabelMap, LintIgnore, Rename
from .script import Directive, Made, Mapped, Place, Renamed, Script, Statement, Unmeant, failed, place, said
from .script.lexer import tokens

CATALOGS = frozenset(k.catalog for k in kinds().values() if k.catalog and not k.keeps_name)
"""Where what can be renamed has its address."""

type Part = tuple[Id, str | None]
"""An object, or a label of an enum."""


def directives(
    script: Script, made: Mapping[int, Iterable[Made]], ids: Addresses, catalog: Catalog
) -> tuple[tuple[Rename, ...], tuple[LabelMap, ...], tuple[LintIgnore, ...]]:
    """What the directives of a script say of the catalog that it was compiled to.

    Raises LoadError for one that says nothing, or stands above nothing that it could be about."""
    renames: list[Rename] = []
    maps: list[LabelMap] = []
    ignores: list[LintIgnore] = []
    for directive in script.directives:
        meaning = said(directive)
        if directive.statement is None:
            raise failed(directive, "this directive stands above nothing")
        statement = script.statements[directive.statement]
        there = _Made(directive, statement, tuple(_parts(made.get(directive.statement, ()), ids, catalog)))
        match meaning:
            case Mapped():
                maps.append(there.map(meaning, catalog))
            case Unmeant():
                ignores.append(there.ignore(meaning))
            case _:
                renames.append(there.rename(meaning))
    return tuple(renames), tuple(maps), tuple(ignores)


def name_of(i: Id) -> str:
    """An object's own name, without what it stands in."""
    return i.path[kind_of(i).name_at]


def renamed(i: Id, name: str) -> Id:
    """The same with another name."""
    at = kind_of(i).name_at % len(i.path)
    return Id(i.kind, (*i.path[:at], name, *i.path[at + 1 :]))


def kind_of(i: Id) -> Kind[Any]:
    return kinds()[i.kind]


def _parts(made: Iterable[Made], ids: Addresses, catalog: Catalog) -> Iterator[Part]:
    for address in made:
        i = ids.get(address[:3])
        if i is not None and i in catalog.facts and (address.label is None or kind_of(i).rename_label):
            yield i, address.label


@dataclass(frozen=True, slots=True)
class _Made:
    """What the statement of a directive made."""

    directive: Directive
    statement: Statement
    parts: tuple[Part, ...]

    def rename(self, meaning: Renamed) -> Rename:
        i, label = self._one(place(self.directive, self.statement))
        kind = kind_of(i)
        if label is None and kind.keeps_name:
            raise failed(self.directive, f"{i} cannot be renamed by a directive: it {kind.keeps_name}")
        old = meaning.old[-1] if label is None else meaning.label
        if old == (name_of(i) if label is None else label):
            raise failed(self.directive, f"{i} is called {old} now; name what it was called before")
        return Rename(i, old, self.directive.file, self.directive.line, label)

    def ignore(self, meaning: Unmeant) -> LintIgnore:
        i, _ = self._one(place(self.directive, self.statement))
        return LintIgnore(i, meaning.rule, meaning.reason, self.directive.file, self.directive.line)

    def map(self, meaning: Mapped, catalog: Catalog) -> LabelMap:
        found = {i for i, label in self.parts if label is not None}
        if len(found) != 1:
            raise failed(self.directive, "this directive stands neither above nor in one enum")
        (i,) = found
        labels = getattr(catalog.facts[i], "labels", ())
        if meaning.old in labels:
            raise failed(self.directive, f"{i} still has the label '{meaning.old}'; its rows keep it")
        if meaning.new not in labels:
            raise failed(self.directive, f"{i} has no label '{meaning.new}' that rows could get")
        return LabelMap(i, meaning.old, meaning.new, self.directive.file, self.directive.line)

    def _one(self, wanted: Place) -> Part:
        found = sorted(set(self._candidates(wanted)), key=str)
        if len(found) > 1 and wanted.what == "statement":
            found = self._called(found)
        if not found:
            what = f" called {wanted.name}" if wanted.name else ""
            raise failed(
                self.directive, f"this directive stands above nothing{what} that its statement makes"
            )
        if len(found) > 1:
            listed = ", ".join(str(i) for i, _ in found)
            raise failed(self.directive, f"this directive could be about any of {listed}; give each its own")
        return found[0]

    def _candidates(self, wanted: Place) -> list[Part]:
        objects = [p for p in self.parts if p[1] is None]
        match wanted.what:
            case "label":
                return [p for p in self.parts if p[1] == wanted.name]
            case "constraint":
                return [p for p in objects if _is_constraint(p[0]) and name_of(p[0]) == wanted.name]
            case "element":
                found = [p for p in objects if _is_part(p[0]) and name_of(p[0]) == wanted.name]
                return [p for p in found if not kind_of(p[0]).keeps_name] or found
        able = {i for i, _ in objects if not kind_of(i).keeps_name}
        tops = [(i, None) for i in able if not any(_below(i, other) for other in able)]
        return list(tops) or list(objects) or list(self.parts)

    def _called(self, found: list[Part]) -> list[Part]:
        """Of several things that a statement makes, the one whose name it says first; of one name, the one
        that the statement calls what its kind is called."""
        words = [t.name for t in tokens(self.statement.text)]
        places = {p: words.index(name_of(p[0])) for p in found if name_of(p[0]) in words}
        first = [p for p, n in places.items() if n == min(places.values())]
        return first if len(first) == 1 else [p for p in first if p[0].kind.split("_")[-1] in words] or first


def _is_constraint(i: Id) -> bool:
    return kind_of(i).catalog == "pg_constraint" and not kind_of(i).keeps_name


def _is_part(i: Id) -> bool:
    """Whether it is a column or an attribute: what pg_attribute holds."""
    return len(i.path) > 2 and kind_of(i).catalog == "pg_class"


def _below(i: Id, other: Id) -> bool:
    """Whether the path of one leads through the other, or its table is the other."""
    return i != other and len(i.path) > len(other.path) and i.path[: len(other.path)] == other.path
