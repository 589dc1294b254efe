"""Actions → their order: what must come first does, and among what is free to stand anywhere, what loses nothing."""

from __future__ import annotations

from collections.abc import Sequence

from ..graph import Cycle
from ..model import Id
from ._action_edges import between
from ._actions import Action, Apart, actions
from ._apart import take_apart
from ._changes import Needs, kind_of
from ._context import Writing


class Stuck(Exception):
    """Actions that wait for one another, in a ring, and all those of the rings that were broken before."""

    def __init__(self, path: Sequence[Action], met: Sequence[Action]) -> None:
        super().__init__(" → ".join(map(str, path)))
        self.path, self.met = path, met


def ordered(context: Writing, needs: Needs) -> list[Action]:
    """The actions in an order that PostgreSQL accepts. Raises Stuck where nothing can be taken apart."""
    apart = Apart()
    met: list[Action] = []
    while True:
        nodes = actions(context, needs, apart)
        try:
            return between(context, nodes, apart).order(_key)
        except Cycle as cycle:
            met += cycle.path
            wider = take_apart(cycle.path, apart, context)
            if wider == apart:
                raise Stuck(cycle.path, met) from None
            apart = wider


LAST = 1000
"""More than any rank."""


def _key(action: Action) -> tuple[int, int, tuple[str, ...], int, Id]:
    """Drops that lose nothing come first, then what is made, in pg_dump's order, then what takes long on
    tables in use, then what may go once all that is there, then what loses rows or types."""
    kind, above = kind_of(action.id), action.id.path[:-1]
    if action.online and not _is_mark(action):
        return (2, (action.verb == "drop") * LAST + kind.rank, above, 0, action.id)
    if action.verb == "let go":
        # Nobody must find it empty for longer than it takes to drop it.
        return (3, -kind.rank, above, 0, action.id)
    if action.verb in ("drop", "set aside"):
        late = kind.rank < 79 or kind.loses
        return (3 if late and action.verb == "drop" else 0, -kind.rank, above, 0, action.id)
    if action.after is None:
        return (1, kind.rank, above, 0, action.id)
    parent = action.after.parent
    return (1, kind.rank, parent.path if parent else above, kind.order(action.after), action.id)


def _is_mark(action: Action) -> bool:
    """Whether what is made ahead takes no time: it stands where others wait for it."""
    return action.verb == "ahead" and all(s.transactional and not s.apart for s in action.online)
