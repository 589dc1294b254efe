"""What Tab offers: names of the configuration, sources, hazards and reports. Reads no database and says nothing.

Shells take an answer for code: bash expands it, and zsh evaluates it. A configuration may be a stranger's, so what is
not a plain word is not offered.
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

from ..errors import SchemadiffError
from ._targets import configuration

if TYPE_CHECKING:
    from ..config import Config

PLAIN = frozenset("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_-./:=@%+,")
"""What every shell takes for itself, quoted or not."""


def targets(incomplete: str) -> list[str]:
    """The databases that the configuration names."""
    config = _configuration()
    return _offered((t.name for t in config.targets) if config else (), incomplete)


def sources(incomplete: str) -> list[str]:
    """The sources that this folder has: the schema, as it is and as it was committed, its snapshots, the history of
    Alembic, and ``empty``. What else there is are files, which the shell offers itself where there is no answer."""
    config = _configuration()
    if config is None:
        return _offered(["empty"], incomplete)
    found = [config.schema] if Path(config.schema).exists() else []
    # A path that starts with a dot is relative to this folder, others to the top of the repository.
    found += [f"git:HEAD:./{s}" for s in found if not Path(s).is_absolute()]
    found += sorted(map(str, Path(config.snapshots).glob("*.json")))
    found += ["alembic:alembic.ini"] if Path("alembic.ini").exists() else []
    return _offered([*found, "empty"], incomplete)


def hazards(incomplete: str) -> list[str]:
    """The names that ``--allow`` takes; with commas between, the next one."""
    from ..hazards import hazards

    before, comma, last = incomplete.rpartition(",")
    return [f"{before}{comma}{name}" for name in _offered(hazards(), last)]


def reports(incomplete: str) -> list[str]:
    """The formats that ``--report`` takes; behind one comes a path."""
    from ._reports import FORMATS

    return _offered((f"{name}=" for name in FORMATS), incomplete)


def _configuration() -> Config | None:
    """None where it cannot be read: whoever presses Tab is told by the command itself."""
    try:
        return configuration()
    except SchemadiffError:
        return None


def _offered(found: Iterable[str], incomplete: str) -> list[str]:
    return [name for name in found if name.startswith(incomplete) and PLAIN.issuperset(name)]
