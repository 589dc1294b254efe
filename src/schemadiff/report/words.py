"""The sentences that every rendering shares. Pure; knows no format."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import groupby

from .._drift import Waived
from .._findings import FAILS, LOSES, UNKNOWN, Finding, Preflight
from .._plan import IRREVERSIBLE, LOSSLESS, Count, Plan, Script
from .._renaming import Renaming
from .._trash import is_in_trash
from .._waivers import Waiver
from ..engine import LOCKS, Relation
from ..hazards import called as called_relation
from ..model import Id
from ..sqltext import literal, one_line, qualified
from .numbers import counted as counted
from .numbers import listed as listed
from .numbers import numbers as numbers

SATELLITES = ("comment", "owner", "tablespace")
SHOWN = 10
ROUTINES = ("function", "aggregate")


def server(version: int) -> str:
    """``server_version_num`` as people write it: 180006 is PostgreSQL 18.6."""
    return f"PostgreSQL {version // 10000}.{version % 10000}"


def name(i: Id) -> str:
    """An object as a reader calls it: ``table course_videos``, ``comment of table course_videos``; the
    schema public goes without saying."""
    return one_line(_name(i))


def _name(i: Id) -> str:
    if i.kind == "privilege" and len(i.path) > 2:
        return f"privilege of {i.path[-1] or 'the owner'} on {name(Id(i.path[0], i.path[1:-1]))}"
    if i.kind in ("member_privilege", "system_privilege"):
        *extension, word, member, column, grantee = i.path
        on = f"{word} {member}{f' ({column})' if column else ''}"
        of = f" of extension {qualified(*extension)}" if extension else ""
        return f"privilege of {grantee or 'the owner'} on {on}{of}"
    if i.kind in SATELLITES and len(i.path) > 1:
        return f"{i.kind} of {name(Id(i.path[0], i.path[1:]))}"
    return f"{i.kind.replace('_', ' ')} {called(i)}"


def called(i: Id) -> str:
    """The names of an object, quoted where SQL needs it."""
    names = i.path[1:] if len(i.path) > 1 and i.path[0] == "public" else i.path
    if i.kind in ROUTINES:
        return one_line(f"{qualified(*names[:-1])}({names[-1]})")
    return one_line(qualified(*names))


def quoted(i: Id) -> str:
    """The last name of an object as SQL writes it."""
    return one_line(qualified(i.path[-1]))


def lost(script: Script) -> list[Id]:
    """The objects whose rows or values a reverse script cannot bring back, each once."""
    return list(
        dict.fromkeys(
            i for s, g in zip(script.steps, script.restores, strict=True) if g != LOSSLESS for i in s.ids
        )
    )


def grade(plan: Plan) -> str:
    """What the reverse restores, as a sentence."""
    if plan.purges:
        return "is none: nothing brings back what is purged"
    gone = contents(lost(plan.reverse))
    if plan.restores == LOSSLESS:
        return "restores everything"
    if plan.restores == IRREVERSIBLE:
        return f"cannot restore everything: {gone}"
    return f"restores the structure only: {gone} are gone"


def contents(ids: Iterable[Id]) -> str:
    """What of the objects goes with them: the rows of tables, the values of columns and sequences."""
    found = list(ids)
    rows = [called(i) for i in found if i.kind == "table"]
    parts = (("rows", rows), ("values", _by_parent(i for i in found if i.kind != "table")))
    return "; ".join(f"{what} of {listed(names)}" for what, names in parts if names)


def _by_parent(ids: Iterable[Id]) -> list[str]:
    """The columns of one table together: ``courses (title, notes)``; a sequence by its name."""
    groups: dict[Id, list[str]] = {}
    for i in ids:
        whole = len(i.path) < 3
        of = groups.setdefault(Id(i.kind, i.path if whole else i.path[:-1]), [])
        of += [] if whole else [quoted(i)]
    return [_together(called(i), names) for i, names in groups.items()]


def _together(parent: str, names: list[str]) -> str:
    if len(names) < 2:
        return ".".join([parent, *names])
    return f"{parent} ({listed(names)})"


def locks(held: Mapping[Relation, str]) -> str:
    """Locks in few words, the strongest first: ``course, video (ACCESS EXCLUSIVE)``."""
    modes = sorted(set(held.values()), key=LOCKS.index, reverse=True)
    of_mode = ((mode, [called_relation(r) for r in sorted(held) if held[r] == mode]) for mode in modes)
    return ", ".join(f"{listed(found)} ({mode})" for mode, found in of_mode)


def deletes(script: Script) -> list[Id]:
    """The objects whose rows or values a script deletes, each once."""
    return list(dict.fromkeys(i for s in script.steps if "DELETES_DATA" in s.hazards for i in s.ids))


def renamed(found: Renaming) -> str:
    """A rename as a sentence: ``rename column people.email to mail``."""
    if found.label is not None:
        old, new = (literal(label).strip() for label in (found.label, found.new))
        return one_line(f"rename label {old} of {name(found.id)} to {new}")
    if found.moves and is_in_trash(found.there):
        return f"put {name(found.id)} into the trash, as {called(found.there)}"
    if found.moves:
        return f"bring {name(found.there)} back from the trash"
    return one_line(f"rename {name(found.id)} to {qualified(found.new)}")


def moving(plan: Plan) -> list[str]:
    """The words for renames and moves that a table of counts needs."""
    kinds = [("renamed", not r.moves) for r in plan.renamed] + [("moved", r.moves) for r in plan.renamed]
    return list(dict.fromkeys(word for word, holds in kinds if holds))


def finding(found: Finding) -> str:
    """What rows answered, as a sentence: ``fails: 3 rows of users: email is NULL, such as …``."""
    shown = ", ".join(found.examples)
    said = f"{found.text}, such as {shown}" if len(found.examples) > 1 else f"{found.text}: {shown}"
    said = said if found.examples else found.text
    return one_line(f"fails: {said}" if found.outcome == FAILS else said)


def look(found: Finding) -> str:
    """The query that shows the rows."""
    return one_line(f"{found.look};")


def asked(found: Preflight) -> str:
    """How the questions to the rows came out, in a line."""
    numbers = Counter(f.outcome for f in found.findings)
    parts = (
        (FAILS, "would stop a step"),
        (LOSES, "tells of rows or values that go"),
        (UNKNOWN, "has no answer"),
    )
    told = [f"{numbers[outcome]} {what}" for outcome, what in parts if numbers[outcome]]
    return f"{counted(found.asked, 'question')} to the rows: {', '.join(told) or 'nothing is in the way'}"


def in_the_way(name: str, plan: Plan, failing: Sequence[Finding], done: int = 0) -> str:
    """What is said where rows would stop a plan of which some steps have run."""
    total = len(plan.forward.steps)
    lines = [f"{name}: rows are in the way of the plan"]
    for f in failing[:SHOWN]:
        step = plan.forward.steps[f.step - 1]
        lines += [f"  step {f.step} of {total} ({step.id}) {finding(f)}", f"    look: {look(f)}"]
    if len(failing) > SHOWN:
        lines.append(f"  … and {len(failing) - SHOWN} more")
    left = f"steps 1 to {done} are committed, no other was run" if done else "nothing was run"
    return "\n".join([*lines, f"{left}; correct the rows, then apply again"])


def verdict(plan: Plan) -> str:
    """The proof as a sentence."""
    if plan.empty:
        return "nothing to prove"
    if plan.proof is None:
        return "not proven"
    where = f"on {server(plan.proof.version)} in {plan.proof.seconds:.2f} s"
    return f"proven {where}: forward reaches the target, reverse leads back"


def tally(count: Count) -> str:
    """One kind's counts, only those that are not zero."""
    parts = (
        ("created", count.created),
        ("altered", count.altered),
        ("renamed", count.renamed),
        ("moved", count.moved),
        ("dropped", count.dropped),
    )
    return ", ".join(f"{number} {what}" for what, number in parts if number)


def census(plan: Plan) -> str:
    """What no kind models, counted and named."""
    return numbers(plan.unmodelled)


def another_name(wanted: Id, there: Id) -> str:
    """That an object seems to be one that is missing, renamed by hand."""
    return f"{name(there)} is {quoted(wanted)} under another name"


def waived(found: Iterable[Waived], until: str) -> Iterator[str]:
    """What waivers are about, each waiver once: ``index slow: built by hand (data team, until 2026-12-31)``."""
    for waiver, pairs in groupby(sorted(found, key=lambda w: repr(w.waiver)), key=lambda w: w.waiver):
        names = (name(p.difference.id) for p in pairs)
        yield f"{listed(names)}: {one_line(said_of(waiver, until))}"


def said_of(waiver: Waiver, until: str = "until") -> str:
    """Why there is a waiver, whose it is, and its last day."""
    return f"{waiver.reason} ({waiver.owner}, {until} {waiver.until})"
