"""Every folder beside this file is a case: old.sql and new.sql, and what plan, diff and check print of them."""

from __future__ import annotations

import io
import json
import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path

import pytest
from rich.console import Console
from support.rendered import rendered

from schemadiff._check import drift, matching
from schemadiff._draft import draft
from schemadiff._drift import Drift
from schemadiff._pair import Pair, pair, seen_from
from schemadiff._plan import ONLINE, Plan, Proof
from schemadiff._renames import is_needed, rename
from schemadiff._renaming import Renamed
from schemadiff.catalog import Usage
from schemadiff.model import Catalog
from schemadiff.prove import prove
from schemadiff.report import sql, text
from schemadiff.report._report import Report, of_drift, of_plan
from schemadiff.scratch import scratch_server
from schemadiff.script import Location
from schemadiff.sources import Reader, source

HERE = Path(__file__).parent
CASES = sorted(folder.name for folder in HERE.iterdir() if (folder / "old.sql").exists())
VERSION = 180000
UNPROVEN = "unproven"
type Golden = Callable[[Path, str], None]


@dataclass(frozen=True, slots=True)
class Rendered:
    plan: Plan
    drift: Drift
    check_report: Report
    plan_report: Report


@pytest.fixture(scope="module", params=CASES)
def case(request: pytest.FixtureRequest) -> tuple[Path, Rendered]:
    folder = HERE / request.param
    reader = Reader("embedded", cached=False)
    target_source = source(str(folder / "new.sql"))
    found = pair(source(str(folder / "old.sql")), target_source, reader)
    names = ("shop", "schema.sql")
    checked = replace(found, origin=fixed(found.origin), target=fixed(found.target))
    drifted = drift(checked, names)
    at = {i: Location("schema.sql", line) for i, (_, line) in reader.locations(target_source).items()}
    check = of_drift(drifted, at, file="schema.sql", matching=matching(checked, drifted))
    found, renamed = seen(found)
    origin, target = fixed(found.origin), fixed(found.target)
    begun = draft(origin, target, names, notes=found.notes, renamed=renamed, strategy=ONLINE)
    made = begun.finished()
    if folder.name != UNPROVEN:
        with scratch_server("embedded") as server:
            made = prove(begun, found.origin, found.target, server)
        usage = tuple(Usage(r, rows=3_140_000, size=12 * 2**30, writes=40.2) for r in sorted(made.touched))
        made = replace(made, proof=Proof(VERSION, 0.25), usage=usage)
    compared = replace(found, origin=renamed.origin if renamed else origin, target=target)
    ends = drift(compared, names)
    planned = of_plan(made, ends, at, file="schema.sql", matching=matching(compared, ends))
    return folder, Rendered(made, drifted, check, planned)


def seen(found: Pair) -> tuple[Pair, Renamed | None]:
    """The pair once what the directives name is renamed."""
    if not is_needed(found.origin, found.wanted):
        return found, None
    with scratch_server("embedded") as server:
        renamed = rename(found.origin, found.wanted, server, found.live.server.version)
    found, origin = seen_from(found, renamed.origin)
    return found, replace(renamed, origin=fixed(origin))


def fixed(catalog: Catalog) -> Catalog:
    """The same whatever the minor version of the embedded server is, with something that no kind models."""
    left_out = (("event triggers", ("audit", "guard")), ("base types", ("public.money2",)))
    return replace(catalog, server=replace(catalog.server, version=VERSION), unmodelled=left_out)


def settled(text: str, plan: Plan) -> str:
    """Without the fingerprints, which change with what the catalog holds."""
    return text.replace(plan.before, "BEFORE").replace(plan.after, "AFTER")


def ansi(found: text.Text) -> str:
    """As a terminal of sixteen colours shows it."""
    out = io.StringIO()
    console = Console(file=out, force_terminal=True, color_system="standard", soft_wrap=True, no_color=False)
    console.print(found)
    return out.getvalue().replace("\x1b", "␛")


def test_plan_as_text(case: tuple[Path, Rendered], golden: Golden) -> None:
    folder, made = case
    golden(folder / "plan.txt", text.plan(made.plan).plain + "\n")


def test_colours_change_no_letter_of_a_plan(case: tuple[Path, Rendered]) -> None:
    _, made = case
    coloured = text.plan(made.plan, text.coloured)
    assert coloured.plain == text.plan(made.plan).plain
    assert made.plan.empty or len(ansi(coloured)) > len(ansi(text.plan(made.plan)))


FILES = {
    "json": "report.json",
    "markdown": "md",
    "junit": "junit.xml",
    "sarif": "sarif",
    "github": "github",
    "html": "html",
}
"""How the golden file of each format ends."""


@pytest.mark.parametrize("format", FILES)
def test_reports(case: tuple[Path, Rendered], golden: Golden, format: str) -> None:
    folder, made = case
    for name, report in (("check", made.check_report), ("plan", made.plan_report)):
        text = rendered([report])[format]
        if format == "html":  # without what is the same on every page
            text = re.sub("<style>.*?</style>|<script>.*?</script>|<meta .*?>", "", text, flags=re.DOTALL)
        golden(folder / f"{name}.{FILES[format]}", text)


def test_several_databases_in_one_report(case: tuple[Path, Rendered]) -> None:
    _, made = case
    twice = rendered([made.check_report, replace(made.check_report, origin="other")])
    assert len(json.loads(twice["json"])["databases"]) == 2
    assert twice["html"].count("<article>") == 2
    assert twice["markdown"].count("### schemadiff check") == 2


def test_plan_as_sql(case: tuple[Path, Rendered], golden: Golden) -> None:
    folder, made = case
    golden(folder / "forward.sql", settled(sql.migration(made.plan.forward), made.plan))
    golden(folder / "reverse.sql", settled(sql.migration(made.plan.reverse), made.plan))


def test_drift_as_text(case: tuple[Path, Rendered], golden: Golden) -> None:
    folder, made = case
    golden(folder / "check.txt", text.drift(made.drift).plain + "\n")


def test_drift_in_colour(case: tuple[Path, Rendered], golden: Golden) -> None:
    folder, made = case
    golden(folder / "check.ansi", ansi(text.drift(made.drift)))


def test_difference_as_text(case: tuple[Path, Rendered], golden: Golden) -> None:
    folder, made = case
    golden(folder / "diff.txt", text.compared(made.drift).plain + "\n")
