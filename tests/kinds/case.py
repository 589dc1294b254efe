"""A case: a folder with ``old.sql``, ``new.sql``, and what is expected on the way from one to the other.

    rows.sql      rows for old.sql, which the plan and its reverse must keep
    expect.toml   require, forbid   what must and must not be among the forward steps of old → new, as
                                    "verb:kind" or "verb:kind:path"
                  hazards           all hazard names of these steps, with the online strategy
                  differ            tables and columns whose rows or values go or read differently afterwards,
                                    as "schema.table" or "schema.table.column"
                  min_version       the first major that knows what the case is about
                  unlike_dump       why no ALTER can lead to the same text of pg_dump, which is then not asked
                  ordered           why the order of the statements says something, which is then not changed
                  labels            whether the scripts need the security label provider "any label"
                  known_gap         why the case fails today; of one direction: [known_gap] there or back
                  gap_since         the first major on which it fails

A first line ``-- roles: a, b`` in a .sql file names the roles that it needs, ``-- tablespaces: a, b`` the
tablespaces.
"""

from __future__ import annotations

import tomllib
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any

from support.every import is_asked

FOLDER = Path(__file__).parent
KEYS = frozenset(
    {
        "require",
        "forbid",
        "hazards",
        "min_version",
        "known_gap",
        "gap_since",
        "differ",
        "unlike_dump",
        "ordered",
        "labels",
    }
)
ALWAYS = {"there": 2, "back": 24}
"""One of so many cases is always planned from either end."""


@dataclass(frozen=True)
class Case:
    folder: Path
    direction: str
    expect: dict[str, Any] = field(repr=False)

    def __str__(self) -> str:
        return f"{self.folder.parent.name}/{self.folder.name}-{self.direction}"

    @property
    def there(self) -> bool:
        return self.direction == "there"

    def known_gap(self, major: int) -> str | None:
        """Why it fails today on a major of PostgreSQL, or None."""
        gap = self.expect.get("known_gap")
        if major < self.expect.get("gap_since", 0):
            return None
        return gap.get(self.direction) if isinstance(gap, dict) else gap

    @property
    def origin(self) -> str:
        return self._text("old.sql" if self.there else "new.sql")

    @property
    def target(self) -> str:
        return self._text("new.sql" if self.there else "old.sql")

    @cached_property
    def rows(self) -> str:
        return self._text("rows.sql") if self.there and (self.folder / "rows.sql").exists() else ""

    @property
    def roles(self) -> list[str]:
        return self._named("-- roles:")

    @property
    def tablespaces(self) -> list[str]:
        return self._named("-- tablespaces:")

    def _named(self, start: str) -> list[str]:
        heads = (text.partition("\n")[0] for text in (self.origin, self.target))
        named = (head.removeprefix(start) for head in heads if head.startswith(start))
        return sorted({plain(name.strip()) for names in named for name in names.split(",")})

    def _text(self, name: str) -> str:
        return (self.folder / name).read_text(encoding="utf-8")


def plain(name: str) -> str:
    """A name, quoted or not."""
    return name[1:-1].replace('""', '"') if name.startswith('"') else name


def cases() -> list[Case]:
    """The cases to ask, sorted by name. Fewer from their other end: the reverse of a plan has led there already."""
    found = (Case(folder, direction, _expected(folder)) for folder in folders() for direction in ALWAYS)
    return [case for case in found if is_asked(str(case), ALWAYS[case.direction])]


def folders() -> list[Path]:
    """Those of every case."""
    return sorted(path.parent for path in FOLDER.glob("*/*/old.sql"))


def _expected(folder: Path) -> dict[str, Any]:
    file = folder / "expect.toml"
    found = tomllib.loads(file.read_text(encoding="utf-8")) if file.exists() else {}
    unknown = found.keys() - KEYS
    assert not unknown, f"{file}: unknown keys {', '.join(sorted(unknown))}"
    return found
