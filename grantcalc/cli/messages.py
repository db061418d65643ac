"""What is said on standard error."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from grantcalc.cli.options import Colour
from grantcalc.cli.printing import stream_medium

if TYPE_CHECKING:
    from collections.abc import Sequence

    from grantcalc.findings import Finding
    from grantcalc.results.checked import CheckedFile


def complain(message: str) -> None:
    """Say on standard error what the user has to mend."""
    sys.stderr.write(stream_medium(Colour.AUTO, sys.stderr).show(f"grantcalc: {message}") + "\n")


def say(findings: Sequence[Finding]) -> None:
    """Say on standard error what a reader of the result should know."""
    medium = stream_medium(Colour.AUTO, sys.stderr)
    for finding in findings:
        sys.stderr.write(medium.show(f"{finding.severity}[{finding.rule.code}] {finding.message}") + "\n")


def explain_files(files: Sequence[CheckedFile]) -> None:
    """Say on standard error what was found in files, in full."""
    found = [file for file in files if file.findings]
    if found:
        from grantcalc.report.full import file_findings

        medium = stream_medium(Colour.AUTO, sys.stderr)
        sys.stderr.write("\n".join(file_findings(file, medium) for file in found))


def list_findings(files: Sequence[CheckedFile]) -> None:
    """Say on standard error what was found in files, in a line each, as programs read it."""
    if files:
        from grantcalc.report.concise import finding_lines

        medium = stream_medium(Colour.AUTO, sys.stderr)
        sys.stderr.write("".join(f"{line}\n" for file in files for line in finding_lines(file, medium)))
