"""A test report as JUnit writes it: a suite for each file, a case for each sum that holds and for each finding."""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING, Final
from xml.etree import ElementTree as ET

from grantcalc.errors import MissingLibraryError
from grantcalc.report.medium import PLAIN
from grantcalc.report.passes import passes
from grantcalc.report.places import located, place_text
from grantcalc.severity import Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from junitparser import JUnitXml, TestCase, TestSuite

    from grantcalc.findings import Finding
    from grantcalc.report.medium import Medium
    from grantcalc.results.checked import CheckedFile, CheckResult
    from grantcalc.results.inputs import Unreadable

_NOT_XML: Final = re.compile("[\ufffe\uffff]")
"""What no XML document may hold, beside what every medium shows as codes."""


def junit(result: CheckResult, medium: Medium = PLAIN) -> str:
    """Errors and warnings as failures, notes as cases that pass and say something, files that were not read as errors.

    What is accepted is a case that is skipped, with the reason.

    Raises:
        MissingLibraryError: the library that writes test reports is missing.
    """
    try:
        from junitparser import JUnitXml
    except ModuleNotFoundError:
        raise MissingLibraryError(library="junitparser", extra="ci", use="writing a test report") from None
    report = JUnitXml("grantcalc")
    for file in result.files:
        report.add_testsuite(_suite(file.source.path, _cases(file)))
    for unread in result.unreadable:
        report.add_testsuite(_suite(unread.path, [_unread(unread)]))
    report.update_statistics()  # type: ignore[no-untyped-call]
    return medium.fit(_text(report))


def _text(report: JUnitXml) -> str:
    """The report as text, laid out alike whichever library of XML is installed."""
    written = report.tostring()  # type: ignore[no-untyped-call]
    root = ET.fromstring(written)  # noqa: S314  (it was written just now)
    ET.indent(root)
    return f'<?xml version="1.0" encoding="utf-8"?>\n{ET.tostring(root, encoding="unicode")}\n'


def _suite(path: str, cases: Iterator[TestCase] | list[TestCase]) -> TestSuite:
    """A suite whose cases have names of their own: those of one name are shown once."""
    from junitparser import TestSuite

    suite = TestSuite(_legal(path))
    named: Counter[str] = Counter()
    for case in cases:
        named[case.name] += 1
        if named[case.name] > 1:
            case.name = f"{case.name} ({named[case.name]})"
        suite.add_testcase(case)
    suite.update_statistics()  # type: ignore[no-untyped-call]
    return suite


def _cases(file: CheckedFile) -> Iterator[TestCase]:
    from junitparser import TestCase

    for held in passes(file):
        case = TestCase(_legal(held.label or "total"), _legal(file.source.path))
        case.system_out = _legal(f"{place_text(file.source.path, held.where)}: {held.sign} {held.text}")
        yield case
    for finding in file.findings:
        yield _finding(finding, file)


def _finding(finding: Finding, file: CheckedFile) -> TestCase:
    from junitparser import Failure, Skipped, TestCase

    place = place_text(file.source.path, located(file, finding.at))
    name = f"{finding.rule.code} {finding.rule.name}: {finding.message}"
    case = TestCase(_legal(name), _legal(file.source.path))
    said = "\n".join(
        _legal(line) for line in (f"{place}: {finding.message}", *(note.message for note in finding.notes))
    )
    if finding.accepted is not None:
        case.result = Skipped(_legal(f"accepted: {finding.accepted.text}"))
        case.system_out = said
    elif finding.severity is Severity.NOTE:
        case.system_out = said
    else:
        failure = Failure(_legal(finding.message), finding.severity.value)
        failure.text = said
        case.result = failure
    return case


def _unread(unread: Unreadable) -> TestCase:
    from junitparser import Error, TestCase

    case = TestCase("can be read", _legal(unread.path))
    case.result = Error(_legal(unread.reason), "unreadable")
    return case


def _legal(text: str) -> str:
    """A line of text that XML may hold."""
    return _NOT_XML.sub(lambda found: f"\\u{ord(found[0]):04x}", PLAIN.show(text))
