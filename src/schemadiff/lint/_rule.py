"""What a rule is, what it looks at, and what it finds. Every module beside this one without an underscore exports one
``RULE``."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Final

from .._plan import Plan
from ..model import Catalog, Id
from ..script import Statement

OFF, NOTE, WARNING, ERROR = "off", "note", "warning", "error"
LEVELS: Final = (OFF, NOTE, WARNING, ERROR)
"""How much a finding weighs, from not at all to what ends with exit code 2."""


@dataclass(frozen=True, slots=True)
class Schema:
    """A catalog, and the statements that it was compiled from, none where it was not."""

    catalog: Catalog
    statements: tuple[Statement, ...] = ()


@dataclass(frozen=True, slots=True)
class Migration:
    """A plan, and the catalogs that it leads from and to, None for one that comes from a file."""

    plan: Plan
    ends: tuple[Catalog, Catalog] | None = None


@dataclass(frozen=True, slots=True)
class Found:
    """One thing that a rule finds: the object, what harm there is, the cure. ``about`` are further objects under
    which a reader may look for it."""

    id: Id
    message: str
    fix: str
    about: tuple[Id, ...] = ()


@dataclass(frozen=True, slots=True)
class Rule:
    """``level`` is that of its findings unless the configuration says otherwise. It looks at a schema, or at a plan;
    ``needs_ends`` says that it looks at what the plan leads from and to."""

    name: str
    level: str
    schema: Callable[[Schema], Iterable[Found]] | None = None
    plan: Callable[[Migration], Iterable[Found]] | None = None
    needs_ends: bool = False


@dataclass(frozen=True, slots=True)
class Finding:
    """What a rule found, and how much it weighs: note, warning or error."""

    rule: str
    level: str
    id: Id
    message: str
    fix: str
    about: tuple[Id, ...] = ()
