"""Reports and comparisons as JSON documents, each with its format's number. A plan file is its own document.

docs/report.schema.json says what a report is, docs/reports.md what it means. ``check`` prints one, and so does
``--report json=PATH``; ``diff`` prints one database of it, where ``database`` is FROM.
``history`` prints ``{"format": 1, "database", "records": [{"id", "applied_at", "finished_at", "direction",
"origin", "target", "role", "tool", "steps", "steps_done", "reverted_by"}]}``.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict
from typing import Any

from .._drift import Waived
from .._waivers import Waiver
from . import words
from ._report import CHECK, WORDS, Migration, Object, Report, Step

FORMAT = 1


def reports(found: Sequence[Report], idle: Sequence[Waiver] = ()) -> str:
    """What one run found, of one database or several, and the waivers that are about nothing of it."""
    return document(
        {
            "format": FORMAT,
            "run": found[0].run,
            "in_sync": all(r.in_sync for r in found),
            "databases": [_report(r) for r in found],
            **({"idle_waivers": [_waiver(w) for w in idle]} if idle else {}),
        }
    )


def compared(found: Report) -> str:
    """What ``diff`` found."""
    return document({"format": FORMAT, **_report(found)})


def document(body: dict[str, Any]) -> str:
    """A value as the text of a JSON document."""
    return json.dumps(body, ensure_ascii=False, indent=2) + "\n"


def _report(found: Report) -> dict[str, Any]:
    body = {
        "database": found.origin,
        "target": found.target,
        "in_sync": found.in_sync,
        "kinds": [{"kind": t.kind, "title": t.title, **dict(t.numbers)} for t in found.tallies],
        "differences": [_object(o) for o in found.objects],
        "unmodelled": {what: list(names) for what, names in found.unmodelled},
        "left_out": dict(found.left_out),
        "notes": list(found.notes),
        **({"waived": [_waived(w) for w in found.waived]} if found.waived else {}),
        **({"expired": [_waived(w) for w in found.expired]} if found.expired else {}),
    }
    return body if found.migration is None else {**body, "plan": _migration(found.migration)}


def _waived(found: Waived) -> dict[str, Any]:
    i = found.difference.id
    what = WORDS[CHECK][type(found.difference)]
    return {
        "kind": i.kind,
        "path": list(i.path),
        "name": words.name(i),
        "what": what,
        **_waiver(found.waiver),
    }


def _waiver(w: Waiver) -> dict[str, str]:
    return {"object": w.object, "reason": w.reason, "owner": w.owner, "until": w.until.isoformat()}


def _object(found: Object) -> dict[str, Any]:
    database = {a.name: a.before for a in found.attributes}
    target = {a.name: a.after for a in found.attributes}
    body = {
        "kind": found.id.kind,
        "path": list(found.id.path),
        "name": found.name,
        "what": found.what,
        "database": None if found.what in ("missing", "created") else database,
        "target": None if found.what in ("unexpected", "dropped") else target,
        "location": found.location and found.location._asdict(),
    }
    return {**body, "said": found.said} if found.said else body


def _migration(found: Migration) -> dict[str, Any]:
    return {
        "server_version": found.version,
        "strategy": found.strategy,
        "hazards": list(found.hazards),
        "deletes": found.deletes,
        "restores": found.restores,
        "proof": found.proof and asdict(found.proof),
        "preflight": [{"step": n, "said": said, "look": look} for n, said, look in found.findings],
        "forward": [_step(s) for s in found.forward],
        "reverse": [_step(s) for s in found.reverse],
    }


def _step(found: Step) -> dict[str, Any]:
    return {
        "sql": found.sql,
        "verb": found.verb,
        "objects": [words.name(i) for i in found.ids],
        "transaction": found.transaction,
        "locks": [{"mode": mode, "relation": relation} for mode, relation in found.locks],
        "effects": [text for text, _ in found.effects],
        "hazards": list(found.hazards),
        "restores": found.restores,
        "location": found.location and found.location._asdict(),
    }


def history(database: str, records: Sequence[dict[str, Any]]) -> str:
    """What was applied to a database, newest first."""
    return document({"format": FORMAT, "database": database, "records": list(records)})
