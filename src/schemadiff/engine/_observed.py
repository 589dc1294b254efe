"""What a step was seen to do while the proof ran it. Looking is ``_observe``'s, what it means ``hazards``'."""

from __future__ import annotations

from dataclasses import dataclass

type Relation = tuple[str, str]
"""The schema and name of a table, view or other relation."""

LOCKS = (
    "ACCESS SHARE",
    "ROW SHARE",
    "ROW EXCLUSIVE",
    "SHARE UPDATE EXCLUSIVE",
    "SHARE",
    "SHARE ROW EXCLUSIVE",
    "EXCLUSIVE",
    "ACCESS EXCLUSIVE",
)
"""The modes of table locks, from weak to strong.

https://www.postgresql.org/docs/current/explicit-locking.html#LOCKING-TABLES"""


@dataclass(frozen=True, slots=True)
class Observed:
    """What one step did to relations that were there before its script, as they were called then.

    ``locks`` are the locks that it took and no step before it in its transaction: of each relation the strongest.
    ``rewrites`` are tables that got a new file, ``scans`` those that were read from end to end, ``builds`` the
    indexes that were built, each with its table. On rows, all three take time that grows with them."""

    locks: tuple[tuple[str, Relation], ...] = ()
    rewrites: tuple[Relation, ...] = ()
    scans: tuple[Relation, ...] = ()
    builds: tuple[tuple[str, Relation], ...] = ()

    @property
    def relations(self) -> frozenset[Relation]:
        """Every relation that it names."""
        named = (r for pairs in (self.locks, self.builds) for _, r in pairs)
        return frozenset((*named, *self.rewrites, *self.scans))
