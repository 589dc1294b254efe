"""Two catalogs → steps: the public function of the engine."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import groupby

from ..errors import DependencyCycle
from ..graph import reached
from ..kinds import Question, Statement, kinds
from ..model import Catalog, Fact, Id
from . import rules
from ._actions import Action
from ._apart import losing_names
from ._changes import needs, opaque
from ._claims import Claimed, claimed
from ._context import Writing
from ._folding import Found, folded, looked_at_last
from ._order import Stuck, ordered
from ._step import Step

SATELLITES = 290
"""The rank from which on comments, owners and privileges stand."""
VERBS = {
    "set aside": "alter",
    "retype": "alter",
    "stand in": "create",
    "let go": "alter",
    "exchange": "alter",
    "ahead": "create",
}


def steps(
    origin: Catalog,
    target: Catalog,
    *,
    version: int | None = None,
    role: str | None = None,
    default_tablespace: str | None = None,
    online: bool = False,
    was: Callable[[Id], Id] = lambda target: target,
    by_migra: bool = True,
) -> tuple[Step, ...]:
    """The ordered steps from one catalog to the other; ``online`` ones let those who use its tables work on.

    ``version`` (server_version_num), ``role`` and ``default_tablespace`` are those of the database that will run them,
    by default the origin's; ``was`` says what it calls an object of the origin before the plan. Without
    ``by_migra`` rules write all, which spares loading migra where nobody reads the statements. Raises UnplannedChange for
    a difference that nobody can write and DependencyCycle for an order that does not exist."""
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
    written = _by_migra(claimed(actions, context)) if by_migra else {}
    awaited = _awaited(context) if online else frozenset()
    found = [(step, action) for action in actions for step in _steps(action, written, awaited, context)]
    return folded(_in_transactions(looked_at_last(_rows_late(found, target)), target))


def _by_migra(found: Claimed) -> Mapping[Action, str]:
    """The statements of what migra writes; it is loaded only for these."""
    if not found:
        return {}
    from . import migra

    return migra.write(found)


def _ordered(context: Writing) -> tuple[Writing, list[Action]]:
    """The actions in order. What changes in place can stand in its own way: it then needs what comes late, and
    what must go early needs it. It is replaced where that loses nothing; and a type whose name is wanted before it can
    go leaves that."""
    anew: list[Id] = []
    aside: set[Id] = set()
    while True:
        wanted = needs(context, anew, aside)
        writing = dataclasses.replace(context, creations=frozenset(wanted.created), swapped=wanted.swapped)
        try:
            return writing, ordered(writing, wanted)
        except Stuck as stuck:
            altered = {a.id for a in stuck.path if a.verb == "alter" and _is_replaceable(a.id)}
            types = (a.id for a in stuck.met if a.verb == "drop" and kinds()[a.id.kind].swaps)
            named = losing_names(types, stuck.met, context) - wanted.swapped
            if named:
                aside |= named
                continue
            if altered <= set(anew):
                path = "\n  ".join(map(str, stuck.path))
                raise DependencyCycle(f"these steps wait for one another:\n  {path}") from None
            anew.append(max(altered - set(anew), key=lambda i: (kinds()[i.kind].rank, i)))


def _is_replaceable(i: Id) -> bool:
    kind = kinds()[i.kind]
    return kind.create is not None and kind.drop is not None and not kind.loses


def _rows_late(found: Iterable[Found], target: Catalog) -> list[Found]:
    """What moves rows may call any function that the plan creates, so it comes after all that is made: in its own
    transaction, in which what it takes the place of may go, or last where it stands alone."""
    waiting, last = _parted(found, lambda pair: _moves_rows(*pair) and pair[0].stands_alone)
    done: list[Found] = []
    for _, run in groupby(waiting, lambda pair: pair[0].stands_alone):
        done += _after_made(*_parted(run, lambda pair: _moves_rows(*pair)), target)
    return _after_made(done, last, target)


def _parted(found: Iterable[Found], is_second: Callable[[Found], bool]) -> tuple[list[Found], list[Found]]:
    parts: tuple[list[Found], list[Found]] = ([], [])
    for pair in found:
        parts[is_second(pair)].append(pair)
    return parts


def _moves_rows(step: Step, action: Action) -> bool:
    """Whether it moves rows, and need not do so before something else is made."""
    return (step.rows_only or bool(step.rebuilds)) and action.verb != "ahead"


def _after_made(still: list[Found], moving: list[Found], target: Catalog) -> list[Found]:
    """Last of all what calls functions whose needs nobody knows; before owners and privileges, which may forbid it."""
    made = [n for n, (s, _) in enumerate(still, 1) if s.verb != "drop" and not _is_satellite(s)]
    place = max(made, default=0)
    filled = {step.id for step, _ in moving}
    last = opaque(filled, target)
    late = sorted(moving, key=lambda pair: pair[0].id in last)
    first, then = _parted(
        still[:place], lambda pair: _is_satellite(pair[0]) and _stands_on(pair[1]) in filled
    )
    return [*first, *late, *then, *still[place:]]


def _is_satellite(step: Step) -> bool:
    return kinds()[step.id.kind].rank >= SATELLITES


def _stands_on(action: Action) -> Id | None:
    fact = action.after or action.before
    return fact.parent if fact else None


def _in_transactions(found: Sequence[tuple[Step, Action]], target: Catalog) -> tuple[Step, ...]:
    """What can be used only after a commit comes first, which nothing keeps it from: it changes what is there. A
    transaction begins after it where a step needs it, so that what is dropped and made anew is gone for nobody."""
    first = [step for step, _ in found if step.commits]
    rest = [(step, action) for step, action in found if not step.commits]
    made = {step.id for step in first}
    needed = (r for _, action in rest for i in action.everything() for r in target.references.get(i, ()))
    then = [step for step, _ in rest]
    if not made.isdisjoint(needed):
        then[0] = dataclasses.replace(then[0], begins=True)
    return (*first, *then)


def _steps(
    action: Action, by_migra: Mapping[Action, str], awaited: frozenset[Id], context: Writing
) -> Iterable[Step]:
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
            apart=s.apart or (context.online and s.rows_only and _is_free(action.id, awaited, context)),
            builds=s.builds,
            drops=s.drops,
            rebuilds=s.rebuilds,
            resumes=s.resumes,
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
    if action.takeover is not None:
        return  # asked when it was made ahead
    if action.verb not in ("set aside", "let go"):
        yield from kinds()[action.id.kind].asks(action.before, action.after, context)
    for part in action.parts:
        yield from _questions(part, context)


def _is_free(filled: Id, awaited: frozenset[Id], context: Writing) -> bool:
    """Whether what is filled is new: nobody needs it at once, nor the locks of other steps meanwhile, unless something
    that is made anew is filled from it."""
    return filled not in context.before.facts and filled not in awaited


def _awaited(context: Writing) -> frozenset[Id]:
    """All that is needed to fill what is made anew."""
    anew = (i for i in context.creations if kinds()[i.kind].ahead is not None and i in context.before.facts)
    return frozenset(reached(anew, lambda i: context.after.references.get(i, ())))


def _stands(fact: Fact | None, context: Writing) -> bool:
    """Whether what a fact belongs to is there before the plan and stays: statements on a table that the plan
    makes cost nothing, and read better one by one."""
    parent = fact.parent if fact else None
    return parent in context.before.facts and parent not in context.creations


def _hazards(s: Statement, action: Action, context: Writing) -> tuple[str, ...]:
    """What is made on something that the plan makes too endangers nobody, nor does the drop of what has a successor."""
    if action.succeeded:
        return ()
    fact = action.after
    is_new = fact is not None and fact.parent is not None and context.created(fact.parent)
    return () if is_new and fact is not None and fact.parent not in context.before.facts else s.hazards


def initial(kind: str, created: Iterable[Fact], origin: Catalog, target: Catalog) -> Iterator[Fact]:
    """The facts of a kind that exist from the start once others are created in the origin: their owners, or what
    default privileges grant."""
    context = Writing(origin, target, origin.server.version, origin.server.role)
    implied = kinds()[kind].implied
    return (f for fact in created for f in implied(fact, context)) if implied else iter(())
