"""Two catalogs → a plan, by way of its draft. That has the way there; the rest can be written while that is proven."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from ._diff import diff_facts
from ._inside import inside, left_out
from ._named import Roles, creations
from ._plan import LOSSLESS, ONLINE, Count, Plan, Script, chosen_strategy, grades_of, script_of
from ._renaming import Renamed, Renaming
from ._scope import EVERYTHING, Scope
from .catalog import fingerprints
from .engine import Step, steps
from .kinds import kinds
from .model import Added, Catalog, Changed, Id, Removed


@dataclass(frozen=True, slots=True)
class Draft:
    """A plan of which only the way there is written: what a proof of that needs. ``back`` writes the way back."""

    forward: Script
    role: str
    version: int
    scope: Scope
    renamed: tuple[Renaming, ...]
    back: Callable[[], tuple[Step, ...]]
    plan: Callable[[tuple[Step, ...]], Plan]
    """The whole plan, unproven, with a way back."""

    def finished(self) -> Plan:
        """The whole plan, unproven."""
        return self.plan(self.back())


def draft(
    origin: Catalog,
    target: Catalog,
    names: tuple[str, str],
    *,
    live: Catalog | None = None,
    notes: tuple[str, ...] = (),
    strategy: str | None = None,
    scope: Scope = EVERYTHING,
    renamed: Renamed | None = None,
) -> Draft:
    """The draft of a plan between two catalogs read on one server version.

    ``names`` say where they came from; ``live`` is the origin as the database itself has it, where that is of another
    version or has more than the scope looks at. ``renamed`` is what is renamed first, and back last."""
    live = live or origin
    seen = renamed or Renamed(origin, (), (), ())
    named = Roles.of(seen.origin, target, live.server.roles, create=scope.manage_roles)
    ends = _Ends(origin, target, live, seen, named, names, notes, chosen_strategy(strategy), scope)
    forward = ends.there()
    return Draft(
        forward=forward,
        role=live.server.role,
        version=live.server.version,
        scope=scope,
        renamed=ends.renamed,
        back=ends.back,
        plan=lambda reverse: ends.plan(forward, reverse),
    )


@dataclass(frozen=True, slots=True)
class _Ends:
    """What a plan is made of."""

    origin: Catalog
    target: Catalog
    live: Catalog
    seen: Renamed
    named: Roles
    names: tuple[str, str]
    notes: tuple[str, ...]
    strategy: str
    scope: Scope

    @property
    def renamed(self) -> tuple[Renaming, ...]:
        return tuple(there for there, _ in self.seen.done)

    def there(self) -> Script:
        seen = self.seen
        made = creations(self.named.created, self.target)
        found = (*made, *seen.forward, *self._led(seen.origin, self.target, seen.former()))
        return Script(found, (LOSSLESS,) * len(found))

    def back(self) -> tuple[Step, ...]:
        """What is renamed back comes last there."""
        return (*self._led(self.target, self.seen.origin, lambda target: target), *self.seen.reverse)

    def _led(self, a: Catalog, b: Catalog, was: Callable[[Id], Id]) -> tuple[Step, ...]:
        server = self.live.server
        return steps(
            a,
            b,
            version=server.version,
            role=server.role,
            default_tablespace=server.default_tablespace,
            online=self.strategy == ONLINE,
            was=was,
        )

    def plan(self, forward: Script, reverse: tuple[Step, ...]) -> Plan:
        version, names = self.live.server.version, self.names
        before, after = fingerprints(inside(self.live, self.scope), inside(self.target, self.scope))
        kept, grades = forward.restores, grades_of(reverse, forward.steps)
        return Plan(
            origin=names[0],
            target=names[1],
            before=before,
            after=after,
            version=version,
            compiled=self.origin.server.version,
            role=self.live.server.role,
            forward=script_of("forward", names, (before, after), forward.steps, kept, version),
            reverse=script_of("reverse", names[::-1], (after, before), reverse, grades, version),
            counts=tuple(_counts(self.seen, self.target)),
            unmodelled=tuple((what, len(found)) for what, found in self.origin.unmodelled),
            notes=(*self.notes, *self.named.notes()),
            strategy=self.strategy,
            scope=self.scope,
            left_out=left_out(self.live, self.scope),
            renamed=self.renamed,
            renamed_back=tuple(back for _, back in self.seen.done),
            roles=self.named.needed,
        )


def _counts(seen: Renamed, target: Catalog) -> Iterator[Count]:
    found: dict[str, Counter[str]] = defaultdict(Counter)
    for there, _ in seen.done:
        found[there.id.kind]["moved" if there.moves else "renamed"] += 1
    for delta in diff_facts(seen.origin, target):
        match delta:
            case Added(fact):
                found[fact.id.kind]["created"] += 1
            case Removed(fact):
                found[fact.id.kind]["dropped"] += 1
            case Changed(_, after):
                found[after.id.kind]["altered"] += 1
    for name, kind in kinds().items():
        if name in found and kind.create is not None:
            n = found[name]
            yield Count(name, kind.title, n["created"], n["dropped"], n["altered"], n["renamed"], n["moved"])
