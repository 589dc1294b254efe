"""The files of ``--report FORMAT=PATH``: what was found, once more for whoever reads that format."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, NamedTuple

from ..errors import UsageError

if TYPE_CHECKING:
    from .._drift import Drift
    from .._pair import Pair
    from ..model import Id
    from ..report._report import Report
    from ..report._review import Review
    from ..script import Location
    from ..sources import Reader
    from ._planning import Planned

FORMATS = ("json", "markdown", "junit", "sarif", "github", "html")


@dataclass(frozen=True, slots=True)
class Wanted:
    """A file that shall be written, and in which format."""

    format: str
    path: Path


def wanted_reports(given: Iterable[str]) -> tuple[Wanted, ...]:
    """What the options ask for. Raises UsageError for what is no format and path."""
    found: dict[Path, Wanted] = {}
    for text in given:
        format, _, path = text.partition("=")
        if format not in FORMATS or not path:
            raise UsageError(
                f"--report {text}: give FORMAT=PATH, where the format is one of {', '.join(FORMATS)}"
            )
        if Path(path) in found:
            raise UsageError(f"--report {text}: {path} is the file of another report; give each its own")
        found[Path(path)] = Wanted(format, Path(path))
    return tuple(found.values())


def write_reports(wanted: Iterable[Wanted], found: Sequence[Report], pairs: Sequence[Pair | None]) -> None:
    """Writes the files, with the folders that they lie in; ``pairs`` is what was compared."""
    for one in wanted:
        _write(one, _rendered(one.format, found, pairs))


def write_review(wanted: Iterable[Wanted], found: Review) -> None:
    """Writes the files of what ``lint`` found."""
    for one in wanted:
        _write(one, _reviewed(one.format, found))


def _write(wanted: Wanted, text: str) -> None:
    wanted.path.parent.mkdir(parents=True, exist_ok=True)
    # A name of a file may hold bytes that are no text: they stand as escapes.
    wanted.path.write_bytes(text.encode(errors="backslashreplace"))


class Standing(NamedTuple):
    """Where the target's objects stand in its files, and the first of these."""

    at: Mapping[Id, Location] = MappingProxyType({})
    file: str = ""


def standing(target: str, pair: Pair | None, reader: Reader, *, kept: bool = False) -> Standing:
    """Where the objects of a target stand; with ``kept`` only if that was found out before, which starts no server."""
    from ..sources import source

    found, major = source(target), pair.live.server.major if pair else None
    at = reader.kept_locations(found, major) if kept else reader.locations(found, major)
    return Standing(at or {}, reader.first_file(found))


def of_check(drift: Drift, pair: Pair, where: Standing) -> Report:
    """The report of a check."""
    from .._check import matching
    from ..report._report import of_drift

    return of_drift(drift, where.at, file=where.file, matching=matching(pair, drift))


def of_plan(made: Planned, where: Standing) -> Report:
    """The report of a plan that was made here."""
    from .._check import drift, matching
    from ..report._report import of_plan

    pair = made.compared
    assert pair is not None, "a plan of a file has no catalogs"
    ends = drift(pair, (made.plan.origin, made.plan.target))
    return of_plan(made.plan, ends, where.at, file=where.file, matching=matching(pair, ends))


def _picture(found: Sequence[Report], pairs: Sequence[Pair | None]) -> str:
    """The tables that were compared, as SVG, where that is one schema and what draws it is installed."""
    from ..report.diagram import compare, layout, select, svg
    from ..report.diagram.columns import Columns

    if len(pairs) != 1 or pairs[0] is None or not layout.is_installed():
        return ""
    diagram = compare.compared(*pairs[0].compared, f"{found[0].origin} → {found[0].target}")
    return svg.svg(select.with_columns(diagram, Columns.some)) if diagram.boxes else ""


def _rendered(format: str, found: Sequence[Report], pairs: Sequence[Pair | None]) -> str:
    from ..report import github, json, junit, markdown, sarif

    match format:
        case "json":
            return json.reports(found)
        case "markdown":
            return markdown.reports(found)
        case "junit":
            return junit.reports(found)
        case "sarif":
            return sarif.reports(found, _version())
        case "github":
            return github.reports(found)
        case _:
            from ..report import html

            return html.reports(found, _picture(found, pairs))


def _reviewed(format: str, found: Review) -> str:
    from ..report import documents, github, junit, markdown, sarif

    match format:
        case "json":
            return documents.linted(found)
        case "markdown":
            return markdown.linted(found)
        case "junit":
            return junit.linted(found)
        case "sarif":
            return sarif.linted(found, _version())
        case "github":
            return github.linted(found)
        case _:
            from ..report import html

            return html.linted(found)


def _version() -> str:
    from importlib.metadata import PackageNotFoundError, version

    try:
        return version("schemadiff")
    except PackageNotFoundError:
        return ""
