"""Reports as JUnit XML, which CI services show as tests: a suite for each database and kind, a test for each object.

In a check an object that is not what it should be has failed. In a plan what changes has passed where it was proven,
and was skipped where it was not. Of lint, a finding has failed where it is an error, as the exit code says, and was
skipped where a comment takes it back. The form is that of Jenkins' junit-10.xsd, the one that has a published schema.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from xml.etree.ElementTree import Element, SubElement, indent, tostring

from ..kinds import kinds
from ..lint import ERROR, Finding
from ..model import Id
from ..sqltext import one_line, visible
from . import words
from ._report import CHECK, Object, Report, lines
from ._review import LINT, Review


def reports(found: Sequence[Report]) -> str:
    """What one run found, of one database or several."""
    suites = [suite for report in found for suite in _suites(report)]
    return _document(found[0].run, suites)


def _document(run: str, suites: Sequence[Element]) -> str:
    root = Element("testsuites", {"name": f"schemadiff {run}", **_counted(suites)})
    root.extend(suites)
    indent(root)
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{tostring(root, encoding="unicode")}\n'


def _suite(name: str, cases: Sequence[Element]) -> Element:
    suite = Element("testsuite", {"name": name})
    suite.extend(cases)
    suite.attrib.update(_counted(cases))
    return suite


def linted(found: Review) -> str:
    """What ``lint`` found: a suite for each rule that found something, a test for each object."""
    cases: dict[str, list[Element]] = {}
    for f in found.linted.findings:
        case = _finding(found, f)
        said = f"{f.level}: {visible(f.message)}"
        if f.level == ERROR:
            SubElement(case, "failure", {"type": f.rule, "message": one_line(f.message)}).text = _told(
                found, f
            )
        else:
            SubElement(case, "system-out").text = f"{said}\n{_told(found, f)}"
        cases.setdefault(f.rule, []).append(case)
    for f, ignore in found.linted.ignored:
        case = _finding(found, f)
        SubElement(case, "skipped", {"message": one_line(f"ignored: {ignore.reason}")})
        cases.setdefault(f.rule, []).append(case)
    suites = [_suite(f"{one_line(found.origin)}: {rule}", cases[rule]) for rule in sorted(cases)]
    return _document(LINT, suites)


def _finding(found: Review, f: Finding) -> Element:
    return Element("testcase", {"name": words.name(f.id), "classname": f"{one_line(found.origin)}.{f.rule}"})


def _told(found: Review, f: Finding) -> str:
    at = found.location(f)
    return "\n".join([*([f"{one_line(at.file)}:{at.line}"] if at else []), f"fix: {visible(f.fix)}"])


def _suites(report: Report) -> Iterator[Element]:
    cases: dict[str, list[Element]] = {}
    for i in report.matching:
        cases.setdefault(i.kind, []).append(_case(report, i))
    for each in report.objects:
        cases.setdefault(each.id.kind, []).append(_judged(report, each))
    for kind in (name for name in kinds() if name in cases):
        yield _suite(f"{one_line(report.origin)}: {kinds()[kind].title}", cases[kind])


def _case(report: Report, i: Id) -> Element:
    return Element("testcase", {"name": words.name(i), "classname": f"{one_line(report.origin)}.{i.kind}"})


def _judged(report: Report, found: Object) -> Element:
    case = _case(report, found.id)
    at = found.location
    said = "\n".join([*([f"{one_line(at.file)}:{at.line}"] if at else []), *map(visible, lines(found))])
    if report.run == CHECK:
        result = SubElement(case, "failure", {"type": found.what, "message": f"{found.name} is {found.what}"})
        result.text = said
        return case
    if report.migration is None or report.migration.proof is None:
        SubElement(case, "skipped", {"message": "the plan is not proven"})
    SubElement(case, "system-out").text = f"{found.what}\n{said}"
    return case


def _counted(found: Sequence[Element]) -> dict[str, str]:
    """How many tests some elements are, and how many of them failed."""
    numbers = {"tests": "testcase", "failures": "failure"}
    return {name: str(sum(_number(e, tag) for e in found)) for name, tag in numbers.items()} | {"errors": "0"}


def _number(found: Element, tag: str) -> int:
    return sum(1 for _ in found.iter(tag))
