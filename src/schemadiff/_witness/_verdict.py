"""Whether two looks agree: what the catalogs say, and what pg_dump does. Pure.

A difference that only pg_dump sees is one unless an object that the catalogs tell apart stands in it by its name;
that the catalogs differ and pg_dump sees nothing at all is one too.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from .._drift import Drift
from ..errors import Disagreement
from ..kinds import kinds
from ..model import Difference, Id
from ..script.lexer import tokens
from ..sqltext import one_line
from ._compare import Compared, Differing
from ._entries import Entry

PUBLIC = Id("schema", ("public",))
UNWRITTEN = frozenset({"database_setting"})
"""Kinds of which pg_dump writes nothing without ``--create``."""
SECRETIVE = frozenset({"USER MAPPING", "SUBSCRIPTION", "SERVER", "FOREIGN DATA WRAPPER", "FOREIGN TABLE"})
"""Of these only the name is shown: their options may be secrets."""
ORDER = ": its columns stand as "
SHOWN, LINES = 10, 4


@dataclass(frozen=True, slots=True)
class Testimony:
    """What pg_dump says to a check: ``unseen`` is what it sees alone, ``alone`` what the catalogs do while it sees
    nothing, ``incomparable`` what it cannot say anything about."""

    database: str
    unseen: tuple[str, ...] = ()
    alone: tuple[str, ...] = ()
    incomparable: tuple[str, ...] = ()

    @property
    def agrees(self) -> bool:
        return not (self.unseen or self.alone)

    @property
    def notes(self) -> tuple[str, ...]:
        """What a check says of it beside the differences."""
        verdict = "says the same" if self.agrees else "disagrees: one of the two is wrong"
        aside = [f"pg_dump: not compared: {name}" for name in self.incomparable]
        found = [f"pg_dump alone sees: {text}" for text in self.unseen[:SHOWN]]
        found += [f"pg_dump does not see: {text}" for text in self.alone[:SHOWN]]
        return (f"pg_dump {verdict}", *found, *aside)


def said(drift: Drift, found: Compared) -> Testimony:
    """What pg_dump says to what the catalogs have said."""
    differences = (*drift.differences, *(w.difference for w in drift.waived))
    seen = [d for d in differences if d.id.kind not in UNWRITTEN and not _is_public(d.id)]
    unseen = [_line(d) for d in found.differing if not _is_explained(d.entry, differences)]
    told = any(ORDER in note for note in drift.notes)
    if found.reordered and not told:
        unseen += [f"{entry.called}: its columns stand in another order" for entry in found.reordered]
    blind = seen and not found.differing and not found.incomparable
    alone = tuple(dict.fromkeys(str(d.id) for d in seen)) if blind else ()
    return Testimony(drift.database, tuple(unseen), alone, found.incomparable)


def ensure_agreed(found: Sequence[Testimony]) -> None:
    """Raises Disagreement where the looks at a database do not agree, with what only one of them sees."""
    lines = [line for each in found if not each.agrees for line in _lines(each)]
    if lines:
        raise Disagreement(
            "\n".join(lines)
            + "\none of the two is wrong, unless somebody changed the database meanwhile: run the check "
            "again, then look with 'pg_dump --schema-only' and report it"
        )


def _lines(found: Testimony) -> list[str]:
    lines = [f"{found.database}: pg_dump and the catalogs disagree"]
    for title, texts in (
        ("only pg_dump sees that this differs", found.unseen),
        ("the catalogs differ here, and pg_dump writes the same of both ends", found.alone),
    ):
        if texts:
            more = [f"    … and {len(texts) - SHOWN} more"] if len(texts) > SHOWN else []
            lines += [f"  {title}:", *(f"    {text}" for text in texts[:SHOWN]), *more]
    return lines


def _is_public(i: Id) -> bool:
    """Whether it is the schema public or stands on it: of a database without it, pg_dump writes the same."""
    return i == PUBLIC or (kinds()[i.kind].satellite and i.path[:2] == (PUBLIC.kind, *PUBLIC.path))


def _is_explained(entry: Entry, differences: Sequence[Difference]) -> bool:
    """Whether a difference of the catalogs is about something that the entry names."""
    if not differences:
        return False
    names = {t.name for text in entry.statements for t in tokens(text) if t.name} | {entry.tag}
    for d in differences:
        path = d.id.path[1:] if kinds()[d.id.kind].satellite else d.id.path
        own = path[1:] if len(path) > 1 else path
        if entry.type == "DEFAULT ACL" and d.id.kind == "default_privilege":
            return True
        if any(part in names for part in own if part):
            return True
    return False


def _line(found: Differing) -> str:
    """An entry with the first lines in which it differs."""
    called = one_line(found.entry.called)
    if found.target is None:
        return f"{called}: only in the database"
    if found.live is None:
        return f"{called}: missing from the database"
    if found.entry.type in SECRETIVE:
        return f"{called}: differs"
    sides = [
        [line.strip().rstrip(",") for s in e.statements for line in s.split("\n")]
        for e in (found.live, found.target)
    ]
    only = [list((Counter(a) - Counter(b)).elements()) for a, b in (sides, sides[::-1])]
    parts = [
        *(f"has {one_line(line)}" for line in only[0][:LINES]),
        *(f"should have {one_line(line)}" for line in only[1][:LINES]),
    ]
    return f"{called}: {'; '.join(parts)}"
