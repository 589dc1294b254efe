"""Two catalogs → steps: the public function of the engine."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

from ..errors import DependencyCycle
from ..graph import Cycle
from ..kinds import Question, Statement, kinds
from ..model import Catalog, Fact, Id
from . import rules
from ._actions import Action
from ._changes import needs
from ._context import Writing
from ._folding import folded, looked_at_last
from ._order import ordered
from ._step import Step

SATELLITES = 290
"""The rank from which on comments, owners and privileges stand."""
VERBS = {"set aside": "alter", "retype": "alter", "stand in": "create", "exchange": "alter"}


def steps(
    origin: Catalog,
    target: Catalog,
    *,
    version: int | None = None,
    role: str | None = None,
    default_tablespace: str | None = None,
    online: bool = False,
    was: Callable[[Id], Id] = lambda target: target,
) -> tuple[Step, ...]:
    """The ordered steps from one catalog to the other; ``online`` ones let those who use its tables work on.

    ``version`` (server_version_num), ``role`` and ``default_tablespace`` are those of the database that will run them,
    by default the origin's; ``was`` says what it calls an object of the origin before the plan. Raises UnplannedChange for a difference that nobody can write and
    DependencyCycle for an order that does not exist."""
    context, actions = _ordered(
        Writing(
            origin,
            target,
            version or origin.server.version,
            role or origin.server.role,
            online=online,
            default_tablespace=default_tablespace or origin.server.default_tablespace,
            was=was,
        )
    )
    from . import migra  # comparing needs no engine, and this import takes longer than a comparison

    by_migra = migra.write(actions, context)
    found = [(step, action) for action in actions for step in _steps(action, by_migra, context)]
    return folded(_in_transactions(looked_at_last(_rows_late(found, target)), target))


def _ordered(context: Writing) -> tuple[Writing, list[Action]]:
    """The actions in order. What changes in place can stand in its own way: it then needs what comes late, and
    what must go early needs it. It is replaced where that loses nothing."""
    anew: list[Id] = []
    while True:
        wanted = needs(context, anew)
        writing = dataclasses.replace(context, creations=wanted.created, swapped=wanted.swapped)
        try:
            return writing, ordered(writing, wanted)
        except Cycle as cycle:
            altered = {a.id for a in cycle.path if a.verb == "alter" and _is_replaceable(a.id)}
            if altered <= set(anew):
                path = "\n  ".join(map(str, cycle.path))
                raise DependencyCycle(f"these steps wait for one another:\n  {path}") from None
            anew.append(max(altered - set(anew), key=lambda i: (kinds()[i.kind].rank, i)))


def _is_replaceable(i: Id) -> bool:
    kind = kinds()[i.kind]
    return kind.create is not None and kind.drop is not None and not kind.loses


def _rows_late(found: list[tuple[Step, Action]], target: Catalog) -> list[tuple[Step, Action]]:
    """What moves rows may call any function that the plan creates, so it comes after all that is made, last of
    all what calls functions whose needs nobody knows; and before owners and privileges, which may forbid it."""
    moving = sorted((s for s in found if s[0].rows_only), key=lambda s: _is_opaque(s[0].id, target))
    still = [s for s in found if not s[0].rows_only]
    made = [
        n for n, (s, _) in enumerate(still, 1) if s.verb != "drop" and kinds()[s.id.kind].rank < SATELLITES
    ]
    place = max(made, default=0)
    return [*still[:place], *moving, *still[place:]]


def _in_transactions(found: Iterable[tuple[Step, Action]], target: Catalog) -> tuple[Step, ...]:
    """Marks where a transaction must begin because the one before made what can be used only after it."""
    pending: set[Id] = set()
    marked = []
    for step, action in found:
        needed = {r for i in action.everything() for r in target.references.get(i, ())}
        if not step.commits and not pending.isdisjoint(needed):
            step = dataclasses.replace(step, begins=True)
            pending.clear()
        if step.commits:
            pending.add(step.id)
        marked.append(step)
    return tuple(marked)


def _is_opaque(fact: Id, target: Catalog) -> bool:
    """Whether something that it depends on hides what it needs itself."""
    seen, queue = {fact}, [fact]
    while queue:
        for other in target.references.get(queue.pop(), ()):
            if kinds()[other.kind].opaque:
                return True
            if other not in seen:
                seen.add(other)
                queue.append(other)
    return False


def _steps(action: Action, by_migra: Mapping[Action, str], context: Writing) -> Iterable[Step]:
    verb = VERBS.get(action.verb, action.verb)
    written = rules.write(action, context)
    theirs = by_migra.get(action) if len(written) == 1 else None
    stands = _stands(action.after or action.before, context)
    asking = _looking(written)
    for s in written:
        yield Step(
            sql=theirs or s.sql,
            id=action.id,
            verb=verb,
            engine="migra" if theirs else "rules",
            transactional=s.transactional,
            commits=s.commits,
            rows_only=s.rows_only,
            hazards=_hazards(s, action, context),
            apart=s.apart,
            builds=s.builds,
            drops=s.drops,
            rebuilds=s.rebuilds,
            shown="" if theirs else s.shown,
            secrets=() if theirs else s.secrets,
            asks=tuple(_questions(action, context)) if s is asking else (),
            action="" if theirs or not stands else s.action,
        )


def _looking(written: Sequence[Statement]) -> Statement | None:
    """Which statement of an action looks at rows: the one that takes long, else the first."""
    return next((s for s in written if s.apart or s.hazards), next(iter(written), None))


def _questions(action: Action, context: Writing) -> Iterator[Question]:
    """What to ask before an action, and for what is created with it."""
    if action.verb != "set aside":
        yield from kinds()[action.id.kind].asks(action.before, action.after, context)
    for part in action.parts:
        yield from _questions(part, context)


def _stands(fact: Fact | None, context: Writing) -> bool:
    """Whether what a fact belongs to is there before the plan and stays: statements on a table that the plan
    makes cost nothing, and read better one by one."""
    parent = fact.parent if fact else None
    return parent in context.before.facts and parent not in context.creations


def _hazards(s: Statement, action: Action, context: Writing) -> tuple[str, ...]:
    """What is made on something that the plan makes too endangers nobody."""
    fact = action.after
    is_new = fact is not None and fact.parent is not None and context.created(fact.parent)
    return () if is_new and fact is not None and fact.parent not in context.before.facts else s.hazards


def initial(created: Iterable[Fact], origin: Catalog, target: Catalog) -> Iterator[Fact]:
    """The facts that exist from the start once others are created in the origin: their owners, and what
    default privileges grant."""
    context = Writing(origin, target, origin.server.version, origin.server.role)
    satellites = [kind for kind in kinds().values() if kind.satellite]
    return (f for fact in created for kind in satellites for f in kind.implied(fact, context))
