"""The plan: a value with both scripts, both fingerprints and the proof. Makes nothing happen: ``make`` is the one way
from two catalogs to a plan, proving it is ``prove``'s, running it ``_apply``'s.
"""

from __future__ import annotations

import hashlib
import json
import os
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass, field, replace
from typing import Any

from ._diff import diff_facts
from ._findings import OUTCOMES, Preflight
from ._inside import inside, left_out
from ._named import Roles, creations
from ._planfile import Misshapen, made
from ._renaming import Renamed, Renaming
from ._scope import EVERYTHING, Scope
from ._trash import is_in_trash
from .catalog import Usage, fingerprints
from .engine import Relation, Step, steps
from .errors import PlanFileError, UsageError
from .kinds import Question, kinds
from .model import Added, Catalog, Changed, Id, Removed
from .sqltext import comment

FORMAT = 5
LOSSLESS, STRUCTURE_ONLY, IRREVERSIBLE = "lossless", "structure only", "irreversible"
ONLINE, SIMPLE = "online", "simple"
SETTINGS = ("set local search_path = ''", "set local check_function_bodies = off")


@dataclass(frozen=True, slots=True)
class Count:
    """How many objects of a kind are created, dropped and altered, renamed, and put into the trash or brought back."""

    kind: str
    title: str
    created: int
    dropped: int
    altered: int
    renamed: int = 0
    moved: int = 0


@dataclass(frozen=True, slots=True)
class Script:
    """Steps in order. ``restores`` grades each: what is left of rows and values once it has run."""

    steps: tuple[Step, ...]
    restores: tuple[str, ...]
    head: tuple[str, ...] = ()
    """Lines that say what the script is."""

    @property
    def transactions(self) -> tuple[tuple[Step, ...], ...]:
        """The steps by transaction; one that may run in none stands alone, and so does one that takes long."""
        groups: list[list[Step]] = []
        for step in self.steps:
            if step.begins or not groups or step.stands_alone or groups[-1][-1].stands_alone:
                groups.append([])
            groups[-1].append(step)
        return tuple(map(tuple, groups))

    def questions(self, first: int = 0, last: int | None = None) -> dict[Question, int]:
        """What to ask the rows before the steps of a slice, each with the number of its first step, from 1."""
        found: dict[Question, int] = {}
        for number, step in enumerate(self.steps[first:last], first + 1):
            for question in step.asks:
                found.setdefault(question, number)
        return found

    @property
    def sql(self) -> str:
        """The whole script, with its own transactions; only comments where there is nothing to do.

        It runs as it is, and holds the secrets that its steps set."""
        return self.text(lambda step: step.sql)

    @property
    def shown(self) -> str:
        """The same with a mask for each secret: to be read, not run, where there is one."""
        return self.text(lambda step: step.display)

    @property
    def secret(self) -> tuple[Step, ...]:
        """The steps that set a secret."""
        return tuple(step for step in self.steps if step.shown)

    def text(self, statement: Callable[[Step], str]) -> str:
        """The whole script, with what is written for each step."""
        lines = [comment(line) for line in self.head]
        for group in self.transactions:
            body = [f"{statement(step)};" for step in group]
            lines += ["", *(_transaction(body) if group[0].transactional else body)]
        return "\n".join(lines) + "\n"


def _transaction(body: Sequence[str]) -> list[str]:
    return ["begin;", *(f"{s};" for s in SETTINGS), *body, "commit;"]


@dataclass(frozen=True, slots=True)
class Proof:
    """What running the plan on scratch databases showed: on which server, and in how many seconds."""

    version: int
    seconds: float


@dataclass(frozen=True, slots=True)
class Plan:
    """From one catalog to another and back.

    ``origin`` and ``target`` say in words where they came from, ``before`` and ``after`` are their
    fingerprints: ``before`` as the origin was read (``version``), ``after`` as both ends were compiled
    (``compiled``), both server_version_num. ``strategy`` is ``online`` or ``simple``: whether the steps let those who
    use the tables work on, or run in as few transactions as PostgreSQL allows. ``proof`` is None where the plan was not proven."""

    origin: str
    target: str
    before: str
    after: str
    version: int
    compiled: int
    role: str
    forward: Script
    reverse: Script
    counts: tuple[Count, ...]
    unmodelled: tuple[tuple[str, int], ...] = ()
    notes: tuple[str, ...] = ()
    strategy: str = ONLINE
    proof: Proof | None = None
    scope: Scope = EVERYTHING
    left_out: tuple[tuple[str, int], ...] = ()
    """What the scope leaves out of the origin, counted by kind; both fingerprints are taken without it."""
    renamed: tuple[Renaming, ...] = ()
    renamed_back: tuple[Renaming, ...] = ()
    roles: tuple[str, ...] = ()
    """What the forward steps name and the origin does not, and they do not create."""
    usage: tuple[Usage, ...] = ()
    """Of the relations that steps lock, rewrite or scan, where the origin is a database; as it was when planned."""
    preflight: Preflight | None = field(default=None, compare=False)
    """What the rows of the origin said when planned, where it is a database; values of rows may be in it."""

    @property
    def empty(self) -> bool:
        """Whether there is nothing to do."""
        return not self.forward.steps

    @property
    def hazards(self) -> tuple[str, ...]:
        """The names of all hazards of the forward steps, sorted."""
        return tuple(sorted({h for s in self.forward.steps for h in s.hazards}))

    @property
    def touched(self) -> frozenset[Relation]:
        """The relations that steps of either direction were seen to lock, rewrite or scan."""
        seen = (s.observed for s in (*self.forward.steps, *self.reverse.steps) if s.observed)
        return frozenset(relation for o in seen for relation in o.relations)

    @property
    def restores(self) -> str:
        """The worst grade of the reverse."""
        return IRREVERSIBLE if self.purges else worst(self.reverse.restores)

    @property
    def purges(self) -> bool:
        """Whether it deletes for good what lies in the trash: it leads from a state to the same, and not back."""
        stays = not self.reverse.steps and self.before == self.after
        return stays and any(s.verb == "drop" and is_in_trash(s.id) for s in self.forward.steps)

    def reversed(self) -> Plan:
        """The plan from the target back to the origin, with the same proof: it ran both ways.

        Each fingerprint keeps its server version, so ``version`` is then the one that both ends were
        compiled on, and ``compiled`` the origin's own."""
        counts = tuple(replace(c, created=c.dropped, dropped=c.created) for c in self.counts)
        back = _grades(self.forward.steps, self.reverse.steps)
        return replace(
            self,
            origin=self.target,
            target=self.origin,
            before=self.after,
            after=self.before,
            version=self.compiled,
            compiled=self.version,
            forward=self.reverse,
            reverse=replace(self.forward, restores=back),
            counts=counts,
            renamed=self.renamed_back,
            renamed_back=self.renamed,
            roles=(),
            preflight=None,
        )

    def to_json(self) -> str:
        """The plan as one JSON document, signed with a hash over its content. It holds no secret: a step that
        sets one is in it as it is shown, and cannot run from there."""
        body = {"format": FORMAT, **asdict(self)}
        for side in ("forward", "reverse"):
            for step in body[side]["steps"]:
                step["sql"] = step["shown"] or step["sql"]
                del step["secrets"]
        return json.dumps({**body, "seal": _seal(body)}, ensure_ascii=False, indent=1) + "\n"

    @classmethod
    def from_json(cls, text: str, name: str = "plan file") -> Plan:
        """Reads ``to_json`` back. Raises PlanFileError for another format, damage or an edit by hand."""
        try:
            found = json.loads(text)
            seal, number = found.pop("seal"), found.pop("format")
        except (ValueError, KeyError, AttributeError, TypeError, RecursionError):
            raise PlanFileError(
                f"{name}: not a plan of schemadiff, or cut short; make the plan again"
            ) from None
        if number != FORMAT:
            raise PlanFileError(
                f"{name}: plan format {number}, this tool reads {FORMAT}; make the plan again"
            )
        if seal != _seal({"format": number, **found}):
            raise PlanFileError(
                f"{name}: edited since it was made; make the plan again, or run the .sql file with psql"
            )
        try:
            return _sound(made(cls, found))
        except Misshapen as error:
            raise PlanFileError(
                f"{name}: not the shape of a plan ({error}); nothing was run; make the plan again"
            ) from None


def _seal(body: dict[str, Any]) -> str:
    return hashlib.sha256(json.dumps(body, sort_keys=True).encode()).hexdigest()


def _sound(plan: Plan) -> Plan:
    """The plan, if its parts fit together. Raises Misshapen."""
    for which, script in (("forward", plan.forward), ("reverse", plan.reverse)):
        if len(script.steps) != len(script.restores):
            raise Misshapen(f"{which}: {len(script.steps)} steps, {len(script.restores)} grades")
        if not set(script.restores) <= {LOSSLESS, STRUCTURE_ONLY, IRREVERSIBLE}:
            raise Misshapen(f"{which}.restores: an unknown grade")
        for number, step in enumerate(script.steps):
            if not step.sql or not all(i.kind in kinds() and i.path for i in (step.id, *step.also)):
                raise Misshapen(f"{which}.steps[{number}]: no step of an object")
            if step.shown not in ("", step.sql):
                raise Misshapen(f"{which}.steps[{number}]: shows another statement than it runs")
    told = plan.preflight.findings if plan.preflight else ()
    if any(f.outcome not in OUTCOMES or not 1 <= f.step <= len(plan.forward.steps) for f in told):
        raise Misshapen("preflight: a finding of no step, or without an outcome")
    if plan.strategy not in (ONLINE, SIMPLE):
        raise Misshapen("strategy: an unknown one")
    return plan


def worst(grades: Iterable[str]) -> str:
    """The worst of some grades; lossless where there is none."""
    order = (LOSSLESS, STRUCTURE_ONLY, IRREVERSIBLE)
    return max(grades, key=order.index, default=LOSSLESS)


def chosen_strategy(asked: str | None) -> str:
    """The strategy that was asked for, or that of the environment, or online. Raises UsageError for another."""
    found = asked or os.environ.get("SCHEMADIFF_STRATEGY") or ONLINE
    if found not in (ONLINE, SIMPLE):
        raise UsageError(f"strategy {found!r}: there are {ONLINE} and {SIMPLE}")
    return found


def make(
    origin: Catalog,
    target: Catalog,
    names: tuple[str, str],
    *,
    live: Catalog | None = None,
    notes: tuple[str, ...] = (),
    strategy: str | None = None,
    scope: Scope = EVERYTHING,
    renamed: Renamed | None = None,
) -> Plan:
    """The plan between two catalogs read on one server version, unproven.

    ``names`` say where they came from; ``live`` is the origin as the database itself has it, where that is of another
    version or has more than the scope looks at. ``renamed`` is what is renamed first, and back last."""
    live = live or origin
    version, role = live.server.version, live.server.role
    strategy = chosen_strategy(strategy)
    seen = renamed or Renamed(origin, (), (), ())
    named = Roles.of(seen.origin, target, live.server.roles, create=scope.manage_roles)

    def led(a: Catalog, b: Catalog, was: Callable[[Id], Id]) -> tuple[Step, ...]:
        return steps(
            a,
            b,
            version=version,
            role=role,
            default_tablespace=live.server.default_tablespace,
            online=strategy == ONLINE,
            was=was,
        )

    forward = (*creations(named.created, target), *seen.forward, *led(seen.origin, target, seen.former()))
    # What is renamed back comes last there.
    reverse = (*led(target, seen.origin, lambda target: target), *seen.reverse)
    before, after = fingerprints(inside(live, scope), inside(target, scope))
    grades = _grades(reverse, forward)
    return Plan(
        origin=names[0],
        target=names[1],
        before=before,
        after=after,
        version=version,
        compiled=origin.server.version,
        role=role,
        forward=_script("forward", names, (before, after), forward, (LOSSLESS,) * len(forward), version),
        reverse=_script("reverse", names[::-1], (after, before), reverse, grades, version),
        counts=tuple(_counts(seen, target)),
        unmodelled=tuple((what, len(found)) for what, found in origin.unmodelled),
        notes=(*notes, *named.notes()),
        strategy=strategy,
        scope=scope,
        left_out=left_out(live, scope),
        renamed=tuple(there for there, _ in seen.done),
        renamed_back=tuple(back for _, back in seen.done),
        roles=named.needed,
    )


def _script(
    which: str,
    names: tuple[str, str],
    prints: tuple[str, str],
    steps: tuple[Step, ...],
    grades: tuple[str, ...],
    version: int,
) -> Script:
    losses = sorted({s.line for s in steps if "DELETES_DATA" in s.hazards})
    head = [
        f"{which.capitalize()} migration for PostgreSQL {version // 10000}, by schemadiff",
        f"from {names[0]} ({prints[0]})",
        f"to   {names[1]} ({prints[1]})",
        "deletes rows or values: " + ("nothing" if not losses else ""),
        *(f"    {line}" for line in losses),
    ]
    if which == "reverse":
        lost = sorted({str(i) for s, g in zip(steps, grades, strict=True) if g != LOSSLESS for i in s.ids})
        head += [f"restores: {worst(grades)}", *(f"    without rows or values: {i}" for i in lost)]
    return Script(steps, grades, tuple(head) if steps else (*head[:3], "nothing to do"))


def _grades(reverse: Sequence[Step], forward: Sequence[Step]) -> tuple[str, ...]:
    """What each reverse step brings back of what the forward script took away, or the reverse itself drops to make
    it anew."""
    dropped = {i for s in (*forward, *reverse) if s.verb == "drop" and _empties(s) for i in s.ids}
    narrowed = {i for s in forward if "LOSES_PRECISION" in s.hazards for i in s.ids}

    def grade(step: Step) -> str:
        if step.verb == "create":
            lost = not dropped.isdisjoint(step.ids)
        else:
            lost = step.verb == "alter" and not narrowed.isdisjoint(step.ids)
        return STRUCTURE_ONLY if lost else LOSSLESS

    return tuple(map(grade, reverse))


def _empties(step: Step) -> bool:
    """Whether rows or values go with what a step drops."""
    kind = kinds()[step.id.kind]
    return kind.loses and ("DELETES_DATA" in step.hazards or not kind.tells_loss)


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


def proven(plan: Plan, proof: Proof, forward: Script, reverse: Script) -> Plan:
    """The plan with its proof, and its scripts with what that saw: the reverse is graded by it."""
    grades = _grades(reverse.steps, forward.steps)
    names, prints = (plan.target, plan.origin), (plan.after, plan.before)
    graded = _script("reverse", names, prints, reverse.steps, grades, plan.version)
    return replace(plan, proof=proof, forward=forward, reverse=graded)
