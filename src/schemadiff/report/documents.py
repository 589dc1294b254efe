"""What ``lint``, ``explain`` and ``queries`` say, as JSON documents.

``lint`` prints ``{"format": 1, "source", "failed", "findings": [finding], "ignored": [finding with "reason",
"file", "line"], "idle": [{"rule", "kind", "path", "name", "reason", "file", "line"}], "not_asked": [rule],
"known": number}``, where a finding is ``{"rule", "level", "kind", "path", "name", "message", "fix"}``, and one of "findings" has its
"location", ``{"file", "line"}`` or null.
``explain`` prints ``{"format": 1, "kind", "path", "name", "attributes", "location", "parts": [object with "attributes"],
"needs": [object with "distance"], "needed_by": [the same], "only_in_database", "plan": null | {"database", "steps",
"touches": [{"step", "sql", "kind", "path", "name", "verb", "lock", "because": null | {object, "what", "attributes"}}]}}``.
``queries`` prints ``{"format": 1, "origin": null | text, "target", "breaks", "files", "left_out", "queries": [{"file",
"line", "verdict", "refusals": {"before" | "after" | "reversed": message}}]}``.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from .._explain import Explanation, Touch
from .._queries import Judgement
from ..lint import Finding
from ..model import Changed, Fact, Id
from ..prove import attributes
from ..script import Location
from . import words
from ._report import CHECK, WORDS
from ._review import Review
from .json import FORMAT, document


def linted(review: Review) -> str:
    """What ``lint`` found."""
    found, at = review.linted, review.at
    ignored = [{**_finding(f), "reason": i.reason, "file": i.file, "line": i.line} for f, i in found.ignored]
    idle = [
        {"rule": i.rule, **_object(i.id), "reason": i.reason, "file": i.file, "line": i.line}
        for i in found.idle
    ]
    body = {
        "format": FORMAT,
        "source": review.origin,
        "failed": found.failed,
        "findings": [{**_finding(f), "location": _location(f.id, at)} for f in found.findings],
        "ignored": ignored,
        "idle": idle,
        "not_asked": list(found.not_asked),
        "known": found.known,
    }
    return document(body)


def explained(found: Explanation) -> str:
    """What ``explain`` says of an object."""
    body = {
        "format": FORMAT,
        **_described(found.fact),
        "location": found.location and found.location._asdict(),
        "parts": [_described(p) for p in found.parts],
        "needs": [{**_object(i), "distance": n} for i, n in found.needs],
        "needed_by": [{**_object(i), "distance": n} for i, n in found.needed_by],
        "only_in_database": found.only_there,
        "plan": None,
    }
    if found.plan is not None:
        touches = [_touch(t) for t in found.plan.touches]
        body["plan"] = {"database": found.plan.database, "steps": found.plan.steps, "touches": touches}
    return document(body)


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
    return document(body)


def _described(fact: Fact) -> dict[str, Any]:
    return {**_object(fact.id), "attributes": attributes(fact)}


def _touch(t: Touch) -> dict[str, Any]:
    d = t.cause
    names = list(d.attributes) if isinstance(d, Changed) else []
    because = {**_object(d.id), "what": WORDS[CHECK][type(d)], "attributes": names} if d is not None else None
    step = {"step": t.number, "sql": t.step.display, **_object(t.step.id), "verb": t.step.verb}
    return {**step, "lock": t.lock or None, "because": because}


def _location(i: Id, at: Mapping[Id, Location]) -> dict[str, Any] | None:
    return at[i]._asdict() if i in at else None


def _finding(f: Finding) -> dict[str, Any]:
    return {"rule": f.rule, "level": f.level, **_object(f.id), "message": f.message, "fix": f.fix}


def _object(i: Id) -> dict[str, Any]:
    return {"kind": i.kind, "path": list(i.path), "name": words.name(i)}
