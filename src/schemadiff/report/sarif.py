"""Reports as SARIF 2.1.0, which GitHub and others show beside the lines of the files.

A result for each object, at the line of the target's files where it stands, or at the first line of the first file
where no file has it. Of a plan also one for each hazard of a forward step. Of lint, one for each finding.
https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html
"""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Iterator, Sequence
from typing import Any
from urllib.parse import quote

from ..hazards import hazards
from ..lint import Finding, rules
from ..script import Location
from ..sqltext import one_line, visible
from . import words
from ._report import CHECK, Report, Shown, Step, lines, tree
from ._review import LINT, Review, page

SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
LEVELS = {"error": "error", "warning": "warning", "note": "note"}
RULES = {
    "missing": "The target has an object that the database lacks.",
    "unexpected": "The database has an object that the target lacks.",
    "differing": "An object of the database is not what the target says.",
    "created": "The plan creates an object.",
    "dropped": "The plan drops an object.",
    "altered": "The plan changes an object.",
    "renamed": "The plan gives an object another name.",
    "moved": "The plan puts an object into the trash, or brings it back.",
}


def reports(found: Sequence[Report], version: str) -> str:
    """What one run found, of one database or several; ``version`` is the tool's."""
    results = [result for report in found for result in _results(report)]
    used = {result["ruleId"] for result in results}
    return _document(
        found[0].run, results, [rule for rule in _rules(found[0].run) if rule["id"] in used], version
    )


def linted(found: Review, version: str) -> str:
    """What ``lint`` found; what a comment takes back is suppressed, with its reason."""
    results = [_finding(found, f) for f in found.linted.findings]
    results += [
        {
            **_finding(found, f),
            "suppressions": [{"kind": "inSource", "justification": one_line(ignore.reason)}],
        }
        for f, ignore in found.linted.ignored
    ]
    names = dict.fromkeys(result["ruleId"] for result in results)
    return _document(LINT, results, [_rule(name) for name in names], version)


def _finding(found: Review, f: Finding) -> dict[str, Any]:
    text = f"{words.name(f.id)}: {visible(f.message)}\nfix: {visible(f.fix)}"
    return _result(found, f.rule, f.level, text, f"{f.id}\0{f.message}", found.location(f))


def _rule(name: str) -> dict[str, Any]:
    said = page(name)
    return {
        "id": name,
        "shortDescription": {"text": said.split(". ", 1)[0].replace("\n", " ").rstrip(".") + "."},
        "fullDescription": {"text": said},
        "help": {"text": said, "markdown": said},
        "defaultConfiguration": {"level": LEVELS.get(rules()[name].level, "none")},
    }


def _document(run: str, results: list[dict[str, Any]], rules: list[dict[str, Any]], version: str) -> str:
    numbers = {rule["id"]: n for n, rule in enumerate(rules)}
    body = {
        "tool": {"driver": {"name": "schemadiff", "semanticVersion": version, "rules": rules}},
        "automationDetails": {"id": f"schemadiff/{run}/"},
        "columnKind": "unicodeCodePoints",
        "results": [{**result, "ruleIndex": numbers[result["ruleId"]]} for result in results],
    }
    return (
        json.dumps({"$schema": SCHEMA, "version": "2.1.0", "runs": [body]}, ensure_ascii=False, indent=1)
        + "\n"
    )


def _rules(run: str) -> Iterator[dict[str, Any]]:
    for name, text in RULES.items():
        level = "error" if run == CHECK else "note"
        yield {
            "id": name,
            "shortDescription": {"text": text},
            "defaultConfiguration": {"level": level},
        }
    for name in hazards():
        yield {
            "id": name,
            "shortDescription": {"text": f"A step of the plan has the hazard {name}."},
            "defaultConfiguration": {"level": "warning"},
        }


def _results(report: Report) -> Iterator[dict[str, Any]]:
    level = "error" if report.run == CHECK else "note"
    for entry in tree(report.objects):
        for each in entry.everything:
            text = "\n".join([f"{each.name} is {each.what}", *map(visible, lines(each))])
            yield _result(report, each.what, level, text, str(each.id), each.location)
    for step in report.migration.forward if report.migration else ():
        for name in step.hazards:
            yield _result(report, name, "warning", _hazard(name, step), step.sql, step.location)


def _hazard(name: str, step: Step) -> str:
    said = "; ".join(one_line(text) for text, _ in step.effects) or ", ".join(map(words.name, step.ids))
    return f"{name}: {said}\n{visible(step.sql)}"


def _result(
    report: Shown, rule: str, level: str, text: str, about: str, at: Location | None
) -> dict[str, Any]:
    fingerprint = hashlib.sha256(f"{report.origin}\0{rule}\0{about}".encode(errors="replace")).hexdigest()
    body = {
        "ruleId": rule,
        "level": level,
        "message": {"text": f"{one_line(report.origin)}: {text}"},
        "partialFingerprints": {"object/v1": fingerprint},
    }
    where = report.shown_at(at)
    if where is None:
        return body
    physical = {"artifactLocation": {"uri": uri(where.file)}, "region": {"startLine": where.line}}
    return {**body, "locations": [{"physicalLocation": physical}]}


def uri(path: str) -> str:
    """A path as a URI reference: relative where the path is (RFC 3986, with each byte that is not plain escaped)."""
    escaped = quote(os.fsencode(path))
    return f"file://{escaped}" if path.startswith("/") else escaped
