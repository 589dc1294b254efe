"""Scope: which objects a comparison looks at. A value; what it leaves out of a catalog is ``_inside``'s."""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass

from ._presets import PRESETS

SWITCHES = {
    "owners": ("owner",),
    "privileges": ("privilege", "default_privilege", "member_privilege", "system_privilege"),
    "comments": ("comment",),
    "tablespaces": ("tablespace",),
}
"""The kinds that each switch turns off."""


@dataclass(frozen=True)
class Scope:
    """What is looked at: by default everything but the trash. All patterns are globs, and ``*`` matches dots too.

    ``schemas`` are the schemas looked at, none for all; ``exclude`` schemas left out; ``ignore`` objects left
    out, as ``kind:schema.name``. What stands on an object that is left out is left out with it. ``presets``
    name what hosted offerings put into a database."""

    schemas: tuple[str, ...] = ()
    exclude: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    presets: tuple[str, ...] = ()
    owners: bool = True
    privileges: bool = True
    comments: bool = True
    tablespaces: bool = True
    column_order: bool = False
    """Whether notes say where columns stand in another order; no plan moves one."""
    manage_roles: bool = False
    """Whether plans create the roles that the target's objects name and the server lacks."""
    soft_drop: bool = False
    """Whether plans put tables, columns and sequences into the trash that they would drop."""

    @property
    def everything(self) -> bool:
        """Whether nothing is left out but the trash."""
        return dataclasses.replace(self, column_order=False, manage_roles=False, soft_drop=False) == Scope()

    def including(self, preset: str) -> Scope:
        """The same with a preset."""
        return self if preset in self.presets else dataclasses.replace(self, presets=(*self.presets, preset))

    @property
    def excluded(self) -> tuple[str, ...]:
        """The patterns of schemas left out, those of presets too."""
        return (*self.exclude, *(p for name in self.presets for p in PRESETS[name].exclude))

    @property
    def ignored(self) -> tuple[str, ...]:
        """The patterns of objects left out, those of presets too."""
        return (*self.ignore, *(p for name in self.presets for p in PRESETS[name].ignore))

    @property
    def off(self) -> frozenset[str]:
        """The kinds that switches turn off."""
        return frozenset(k for switch, off in SWITCHES.items() if not getattr(self, switch) for k in off)


EVERYTHING = Scope()
