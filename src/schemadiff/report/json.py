"""Drift and comparisons as JSON documents, each with its format's number. A plan is its own document.

    {"format": 1, "database", "target", "in_sync",
     "kinds": [{"kind", "title", "matching", "differing", "missing", "unexpected"}],
     "differences": [{"kind", "path", "name", "what": "missing" | "unexpected" | "differing",
                      "database": {attribute: value} | null, "target": {attribute: value} | null}],
     "unmodelled": {what: [names]}, "left_out": {kinds: number}, "notes": [text],
     "waived": [waived], "expired": [waived]}

``waived`` and ``expired`` are there where a waiver is about a difference, each ``{"kind", "path", "name", "what",
"object", "reason", "owner", "until"}``; what is waived is not among the differences, what is expired is. Waivers that
are about nothing are in ``idle_waivers`` beside ``databases``.

For what differs, ``database`` and ``target`` hold the attributes that differ. ``check`` prints
``{"format": 1, "in_sync", "databases": [that, …]}``; ``diff`` prints one, where ``database`` is FROM.
``history`` prints ``{"format": 1, "database", "records": [{"id", "applied_at", "finished_at", "direction",
"origin", "target", "role", "tool", "steps", "steps_done", "reverted_by"}]}``.
``lint`` prints ``{"format": 1, "source", "failed", "findings": [finding], "ignored": [finding with "reason",
"file", "line"], "idle": [{"rule", "kind", "path", "name", "reason", "file", "line"}], "not_asked": [rule],
"known": number}``, where a finding is ``{"rule", "level", "kind", "path", "name", "message", "fix"}``.
``explain`` prints ``{"format": 1, "kind", "path", "name", "attributes", "parts": [object with "attributes"],
"needs": [object with "distance"], "needed_by": [the same], "only_in_database", "plan": null | {"database", "steps",
"touches": [{"step", "sql", "kind", "path", "name", "verb", "lock", "because": null | {object, "what", "attributes"}}]}}``.
``queries`` prints ``{"format": 1, "origin": null | text, "target", "breaks", "files", "left_out", "queries": [{"file",
"line", "verdict", "refusals": {"before" | "after" | "reversed": message}}]}``.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict
from typing import Any

from .._check import Difference, Drift, Waived
from .._explain import Explanation, Touch
from .._queries import Judgement
from .._waivers import Waiver
from ..lint import Finding, Linted
from ..model import Added, Changed, Fact, Id
from ..prove import attributes
from . import words
from .describe import identity

FORMAT = 1


def checked(found: Sequence[Drift], idle: Sequence[Waiver] = ()) -> str:
    """What ``check`` found, for one database or several, and the waivers that are about nothing of it."""
    body = {
        "format": FORMAT,
        "in_sync": all(d.in_sync for d in found),
        "databases": [_drift(d) for d in found],
    }
    return _text(body | ({"idle_waivers": [_waiver(w) for w in idle]} if idle else {}))


def compared(found: Drift) -> str:
    """What ``diff`` found."""
    return _text({"format": FORMAT, **_drift(found)})


def _text(body: dict[str, Any]) -> str:
    return json.dumps(body, ensure_ascii=False, indent=2) + "\n"


def _drift(found: Drift) -> dict[str, Any]:
    return {
        "database": found.database,
        "target": found.target,
        "in_sync": found.in_sync,
        "kinds": [asdict(t) for t in found.tallies],
        "differences": [_difference(d) for d in found.differences],
        "unmodelled": {what: list(names) for what, names in found.unmodelled},
        "left_out": dict(found.left_out),
        "notes": list(found.notes),
        **{n: [_waived(w) for w in pairs] for n, pairs in _waivers(found) if pairs},
    }


def _waivers(found: Drift) -> tuple[tuple[str, Sequence[Waived]], ...]:
    return ("waived", found.waived), ("expired", found.expired)


def _waived(found: Waived) -> dict[str, Any]:
    d = found.difference
    return {**_object(identity(d)), "what": _what(d), **_waiver(found.waiver)}


def _waiver(w: Waiver) -> dict[str, str]:
    return {"object": w.object, "reason": w.reason, "owner": w.owner, "until": w.until.isoformat()}


def _what(d: Difference) -> str:
    return "differing" if isinstance(d, Changed) else "missing" if isinstance(d, Added) else "unexpected"


def _difference(d: Difference) -> dict[str, Any]:
    head = _object(identity(d))
    if isinstance(d, Changed):
        pairs = list(d.values())
        database, target = {n: a for n, a, _ in pairs}, {n: b for n, _, b in pairs}
        return {**head, "what": _what(d), "database": database, "target": target}
    found = attributes(d.fact)
    missing = isinstance(d, Added)
    return {
        **head,
        "what": _what(d),
        "database": None if missing else found,
        "target": found if missing else None,
    }


def linted(source: str, found: Linted) -> str:
    """What ``lint`` found."""
    ignored = [{**_finding(f), "reason": i.reason, "file": i.file, "line": i.line} for f, i in found.ignored]
    idle = [
        {"rule": i.rule, **_object(i.id), "reason": i.reason, "file": i.file, "line": i.line}
        for i in found.idle
    ]
    body = {
        "format": FORMAT,
        "source": source,
        "failed": found.failed,
        "findings": [_finding(f) for f in found.findings],
        "ignored": ignored,
        "idle": idle,
        "not_asked": list(found.not_asked),
        "known": found.known,
    }
    return _text(body)


def explained(found: Explanation) -> str:
    """What ``explain`` says of an object."""
    body = {
        "format": FORMAT,
        **_described(found.fact),
        "parts": [_described(p) for p in found.parts],
        "needs": [{**_object(i), "distance": n} for i, n in found.needs],
        "needed_by": [{**_object(i), "distance": n} for i, n in found.needed_by],
        "only_in_database": found.only_there,
        "plan": None,
    }
    if found.plan is not None:
        touches = [_touch(t) for t in found.plan.touches]
        body["plan"] = {"database": found.plan.database, "steps": found.plan.steps, "touches": touches}
    return _text(body)


def judged(found: Judgement) -> str:
    """What becomes of queries."""
    body = {
        "format": FORMAT,
        "origin": found.origin or None,
        "target": found.target,
        "breaks": found.breaks,
        "files": found.files,
        "left_out": found.left_out,
        "queries": [
            {"file": q.query.file, "line": q.query.line, "verdict": q.verdict, "refusals": dict(q.refusals)}
            for q in found.queries
        ],
    }
    return _text(body)


def _described(fact: Fact) -> dict[str, Any]:
    return {**_object(fact.id), "attributes": attributes(fact)}


def _touch(t: Touch) -> dict[str, Any]:
    d = t.cause
    names = list(d.attributes) if isinstance(d, Changed) else []
    because = {**_object(identity(d)), "what": _what(d), "attributes": names} if d is not None else None
    step = {"step": t.number, "sql": t.step.display, **_object(t.step.id), "verb": t.step.verb}
    return {**step, "lock": t.lock or None, "because": because}


def _finding(f: Finding) -> dict[str, Any]:
    return {"rule": f.rule, "level": f.level, **_object(f.id), "message": f.message, "fix": f.fix}


def _object(i: Id) -> dict[str, Any]:
    return {"kind": i.kind, "path": list(i.path), "name": words.name(i)}


def history(database: str, records: Sequence[dict[str, Any]]) -> str:
    """What was applied to a database, newest first."""
    return _text({"format": FORMAT, "database": database, "records": list(records)})
