"""Pages as a browser prints them: on paper, whole and legible. Skipped where Chromium or Poppler is missing."""

from __future__ import annotations

import re
import shutil
import subprocess
from typing import TYPE_CHECKING

import pytest
from typer.testing import CliRunner

from grantcalc.cli import app
from tests.grant_files import EXAMPLES

if TYPE_CHECKING:
    from pathlib import Path

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
POPPLER = shutil.which("pdftotext")

pytestmark = [
    pytest.mark.skipif(CHROMIUM is None, reason="Chromium is not installed"),
    pytest.mark.skipif(POPPLER is None, reason="pdftotext (poppler-utils) is not installed"),
]


def _printed(folder: Path, *arguments: str) -> list[str]:
    """The pages that a browser makes of what a command writes, as text with its layout."""
    page, paper = folder / "page.html", folder / "page.pdf"
    assert CliRunner().invoke(app, [*arguments, "--format", "html", "--output", str(page)]).exit_code == 0
    options = ["--headless", "--no-sandbox", "--disable-gpu", "--no-pdf-header-footer"]
    subprocess.run(
        [str(CHROMIUM), *options, f"--print-to-pdf={paper}", page.as_uri()], check=True, capture_output=True, timeout=60
    )
    text = subprocess.run([str(POPPLER), "-layout", str(paper), "-"], check=True, capture_output=True, timeout=60)
    return text.stdout.decode().rstrip("\f").split("\f")


def _line(pages: list[str], beginning: str) -> str:
    lines = [line.strip() for page in pages for line in page.splitlines()]
    return next(re.sub(r"\s+", " ", line) for line in lines if line.startswith(beginning))


def test_an_invoice_is_one_sheet_of_paper(tmp_path: Path) -> None:
    pages = _printed(tmp_path, "invoices", str(EXAMPLES / "marsoc.yaml"), "--number", "3")
    assert len(pages) == 1
    assert _line(pages, "To be paid") == "To be paid £50,582.00"
    assert _line(pages, "Invoiced to date") == "Invoiced to date, this invoice included £151,746.00"
    assert "VAT" not in pages[0]


def test_a_claim_is_one_sheet_of_paper(tmp_path: Path) -> None:
    pages = _printed(tmp_path, "claims", str(EXAMPLES / "marsoc-claims.yaml"), "--number", "1")
    assert len(pages) == 1
    assert _line(pages, "To be paid") == "To be paid £48,972.90"


def test_no_table_of_a_ledger_is_divided_between_two_sheets_of_paper(tmp_path: Path) -> None:
    pages = _printed(tmp_path, "claims", str(EXAMPLES / "marsoc-claims.yaml"), "--as-of", "2022-09-13")
    ends = {
        "Claimed and paid": "Outstanding is claimed",
        "Cost against budget": "Variance is cost",
        "From cost to claim": "Cost claimed is cost",
        "Years": "Remaining is to be claimed",
        "In all": "Forecast left of the purchase order",
    }
    for title, end in ends.items():
        (page,) = [page for page in pages if re.search(f"(?m)^ *{title}$", page)]
        assert end in page
    assert len(pages) == 3


def test_an_outturn_statement_keeps_its_certificate_together(tmp_path: Path) -> None:
    pages = _printed(tmp_path, "outturn", str(EXAMPLES / "marsoc-claims.yaml"), "--year", "2021-2022")
    (signed,) = [page for page in pages if "Signed" in page]
    assert "Certificate" in signed
    assert "Chief Finance Officer" in signed


def test_no_row_of_a_long_schedule_is_cut_by_the_end_of_a_page(tmp_path: Path) -> None:
    grant = tmp_path / "long.yaml"
    grant.write_text(
        "grant: Long\nstarts: 2025-04-01\nends: 2035-03-31\npayments: {frequency: monthly}\n"
        "posts:\n  - role: Officer\n    costs: {salary: 120000}\n",
        encoding="utf-8",
    )
    pages = _printed(tmp_path, "invoices", str(grant))
    numbers = [int(found) for page in pages for found in re.findall(r"(?m)^\s*(\d+)\s+1 \w+ 20\d\d", page)]
    assert numbers == list(range(1, 121))
