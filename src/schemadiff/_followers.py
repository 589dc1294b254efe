"""What is called after something renamed, and follows it: ``users_pkey``, ``users_id_seq``. A pure function.

PostgreSQL names what it makes along with a table or a column after both, and renames nothing of it. What
stands in a renamed object or depends on it, and holds its old name between underscores, is renamed along with
it where only the target has the new name. Tables and columns never are: a name that looks like another is no
reason to move rows.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from ._directives import kind_of, name_of, renamed
from .model import Catalog, Id, Rename
from .sqltext import LONGEST_NAME

LABELS = ("seq", "key", "fkey", "check", "excl", "idx")


def followers(now: Catalog, done: Sequence[Rename], target: Catalog) -> list[Rename]:
    """What is to be renamed in a catalog once some renames are done in it, sorted."""
    found: dict[Id, Rename] = {}
    cut = _cut(now, done)
    for i, names in _around(now, done).items():
        if i in target.facts or kind_of(i).keeps_name:
            continue
        called = _called_after(name_of(i), names) | cut.get(name_of(i), set())
        able = {renamed(i, name) for name in called}
        wanted = [w for w in able if w in target.facts and w not in now.facts]
        if len(wanted) == 1:
            found.setdefault(wanted[0], Rename(wanted[0], name_of(i), "", 0))
    return [found[i] for i in sorted(found)]


def _around(now: Catalog, done: Iterable[Rename]) -> Mapping[Id, dict[str, str]]:
    """What stands in or depends on what was renamed, with the old names and the new ones."""
    found: dict[Id, dict[str, str]] = {}
    carried = _carried(now)
    for each in done:
        if each.label is not None or each.id not in now.facts:
            continue
        same = _heirs(each.id, now)
        below = same.union(*(now.descendants(i) for i in same))
        users = {d for i in below for d in now.dependents.get(i, ())}
        users |= {i for user in users for i in now.descendants(user)}
        around = {i for i in below | users if now.facts[i].parent and not kind_of(i).loses}
        around |= {i for other in below for i in carried.get(other, ())}
        for i in around - same:
            found.setdefault(i, {})[each.old] = name_of(each.id)
    return found


def _cut(now: Catalog, done: Sequence[Rename]) -> Mapping[str, set[str]]:
    """Names that PostgreSQL made of a table, one of its columns and a label, before and after: where they are
    too long, both parts are cut (``makeObjectName``), and the old name does not stand in them."""
    old = {r.id: r.old for r in done if r.label is None and r.id in now.facts}
    found: dict[str, set[str]] = {}
    for table in {now.facts[i].parent or i for i in old}:
        first = old.get(table, name_of(table)), name_of(table)
        for part in now.children.get(table, ()):
            second = old.get(part, name_of(part)), name_of(part)
            for label in LABELS:
                before, after = (_made(a, b, label) for a, b in zip(first, second, strict=True))
                found.setdefault(before, set()).add(after)
    return found


def _made(first: str, second: str, label: str) -> str:
    one, two = first.encode(), second.encode()
    while len(one) + len(two) > LONGEST_NAME - len(label) - 2:
        one, two = (one[:-1], two) if len(one) > len(two) else (one, two[:-1])
    return "_".join([one.decode(errors="ignore"), two.decode(errors="ignore"), label])


def _carried(catalog: Catalog) -> Mapping[Id, list[Id]]:
    """What PostgreSQL drops along with each object, as the sequence of a column."""
    found: dict[Id, list[Id]] = {}
    for fact in catalog.facts.values():
        for other in kind_of(fact.id).goes_with(fact, catalog):
            found.setdefault(other, []).append(fact.id)
    return found


def _heirs(i: Id, catalog: Catalog) -> set[Id]:
    """A column or a constraint, and those that inherited it and were renamed along with it."""
    found = {i}
    while more := {f.id for f in catalog.of_kind(i.kind) if not found.isdisjoint(f.inherited)} - found:
        found |= more
    return found


def _called_after(name: str, names: Mapping[str, str]) -> set[str]:
    """What a name becomes when some of the names in it, whole between underscores, are replaced."""
    found = {name}
    for old, new in names.items():
        found |= {_replaced(each, old, new) for each in found}
    return found - {name}


def _replaced(name: str, old: str, new: str) -> str:
    return f"_{name}_".replace(f"_{old}_", f"_{new}_", 1)[1:-1]
