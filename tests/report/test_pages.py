"""Pages to send: what stands on them, that they need nothing from elsewhere, and that no name can break them."""

from __future__ import annotations

import hashlib
import re
import sys
from collections import Counter
from decimal import Decimal
from html.parser import HTMLParser
from itertools import pairwise
from typing import TYPE_CHECKING, Final

import pytest
from jinja2 import TemplateNotFound, UndefinedError
from typer.testing import CliRunner, Result

from grantcalc import __version__
from grantcalc.cli import app
from grantcalc.report.page import page
from grantcalc.results.inputs import Input
from tests.claim_files import CLAIMED, claim, grant, with_claims
from tests.grant_files import EXAMPLES, SMALL

if TYPE_CHECKING:
    from pathlib import Path

OUTREACH_FILE: Final = str(EXAMPLES / "outreach.yaml")
OUTREACH: Final = (EXAMPLES / "outreach.yaml").read_text(encoding="utf-8")
MARSOC_FILE: Final = str(EXAMPLES / "marsoc.yaml")
VOID: Final = ("meta", "link", "br", "img", "hr", "input")
HARMFUL: Final = re.compile("[\x00-\x09\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff]")


class Page(HTMLParser):
    """A page taken apart; it refuses tags that are not closed in their order."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.tags: Counter[str] = Counter()
        self.attributes: list[tuple[str, str, str | None]] = []
        self.texts: list[tuple[str, str]] = []
        self._open: list[str] = []
        self.feed(text)
        self.close()
        assert not self._open

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags[tag] += 1
        self.attributes += [(tag, name, value) for name, value in attrs]
        if tag not in VOID:
            self._open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self._open.pop() == tag

    def handle_data(self, data: str) -> None:
        if data.strip():
            self.texts.append((self._open[-1], data.strip()))

    def facts(self) -> dict[str, str]:
        """What each label says, of lists of facts and of tables with an amount in each row."""
        return {
            label: text
            for (kind, label), (follows, text) in pairwise(self.texts)
            if (kind, follows) in (("dt", "dd"), ("th", "td"))
        }


def print_page(path: str, *options: str) -> Result:
    result = CliRunner().invoke(app, ["invoices", path, "--format", "html", *options])
    assert result.exit_code == 0, result.stderr
    return result


def invoice(number: int, path: str = OUTREACH_FILE) -> Page:
    return Page(print_page(path, "--number", str(number)).stdout)


def test_an_invoice_has_what_a_ledger_asks_for() -> None:
    assert invoice(3).facts() == {
        "From": "The Harbour Trust",
        "To": "Northfield Borough Council",
        "Grant": "Outreach for rough sleepers",
        "Grant reference": "HS/2025/014",
        "Period": "1 July to 30 September 2025",
        "Invoice date": "1 October 2025",
        "To be claimed by": "28 October 2025",
        "Payment due by": "31 October 2025",
        "Purchase order": "4500178331",
        "Customer's reference": "HSG-RS-7",
        "Supplier's reference": "HT-014",
        "Cost centre": "CC 2210",
        "Grant for the period": "£14,436.34",
        "Less what was paid up front": "-£1,107.25",  # of what is left of £9,000, as of what is to come
        "Less what is held back until the final payment": "-£666.45",  # 5 % of the rest
        "To be paid": "£12,662.64",
        "Award, variations included": "£118,500.00",
        "Invoiced to date, this invoice included": "£28,198.20",
        "Remaining of the award": "£90,301.80",
        "Balance of purchase order 4500178331": "£89,301.80",
    }


def test_an_invoice_says_which_it_is_of_how_many() -> None:
    assert ("h1", "Invoice 3") in invoice(3, MARSOC_FILE).texts
    assert ("p", "Instalment 3 of 8 of the grant") in invoice(3, MARSOC_FILE).texts


def test_what_a_grant_file_does_not_say_is_not_on_the_invoice(tmp_path: Path) -> None:
    path = tmp_path / "grant.yaml"
    path.write_text(SMALL, encoding="utf-8")
    assert invoice(1, str(path)).facts() == {
        "Grant": "Example",
        "Period": "1 April to 30 June 2025",
        "Invoice date": "1 July 2025",
        "Grant for the period": "£7,500.00",
        "To be paid": "£7,500.00",
        "Invoiced to date, this invoice included": "£7,500.00",
        "Remaining of all payments": "£22,500.00",
    }


def test_payments_up_front_and_at_the_end_are_called_so_and_divided_over_their_years() -> None:
    first, last = invoice(1).facts(), invoice(10).facts()
    assert (first["Grant paid up front"], last["Final payment of the grant"]) == ("£9,000.00", "£5,417.10")
    for facts in (first, last):
        parts = [Decimal(facts[f"of which {year}"][1:].replace(",", "")) for year in ("2025-26", "2026-27")]
        assert sum(parts) == Decimal(facts["To be paid"][1:].replace(",", ""))
    assert "To be claimed by" not in first


def test_nothing_is_said_of_vat_but_what_the_file_says() -> None:
    note = "The funder receives no supply for this grant, which both sides take to be outside the scope of VAT."
    assert ("p", note) in invoice(3).texts
    assert "VAT" not in print_page(MARSOC_FILE, "--number", "3").stdout
    assert "VAT" not in print_page(MARSOC_FILE).stdout


@pytest.mark.parametrize("options", [(), ("--number", "3")])
def test_the_foot_says_what_made_the_page_of_which_file(options: tuple[str, ...]) -> None:
    texts = Page(print_page(OUTREACH_FILE, *options).stdout).texts
    assert ("p", f"Made by grantcalc {__version__} from a grant file with SHA-256") in texts
    assert ("code", hashlib.sha256(OUTREACH.encode()).hexdigest()) in texts


def test_the_schedule_has_a_row_for_each_invoice_and_names_the_conventions() -> None:
    read = Page(print_page(OUTREACH_FILE).stdout)
    texts = [text for _, text in read.texts]
    assert [text for kind, text in read.texts if kind == "th"][-11:] == [*map(str, range(1, 11)), "All"]
    assert "The odd penny goes to the last payment of each year." in texts
    assert "£117,342.05" in texts


@pytest.mark.parametrize("options", [(), ("--number", "1"), ("--number", "8")])
@pytest.mark.parametrize("path", [OUTREACH_FILE, MARSOC_FILE])
def test_a_page_can_be_read_by_ear(path: str, options: tuple[str, ...]) -> None:
    read = Page(print_page(path, *options).stdout)
    assert ("html", "lang", "en-GB") in read.attributes
    assert all(read.tags[tag] == 1 for tag in ("title", "h1", "header", "main", "footer"))
    assert read.tags["caption"] == read.tags["table"] > 0
    assert read.tags["th"] == sum(name == "scope" for tag, name, _ in read.attributes if tag == "th")
    assert not {"h3", "h4"} & read.tags.keys()


@pytest.mark.parametrize("options", [(), ("--number", "3")])
def test_a_page_needs_nothing_from_elsewhere_and_runs_nothing(options: tuple[str, ...]) -> None:
    text = print_page(OUTREACH_FILE, *options).stdout
    read = Page(text)
    assert not {"script", "link", "img", "iframe", "object", "form"} & read.tags.keys()
    assert not [name for _, name, _ in read.attributes if name in ("src", "href", "style") or name.startswith("on")]
    assert not re.search(r"url\(|@import|https?:", text)


NAMES: Final = {
    "script": "<script>alert(1)</script>",
    "end of a comment or section": "--> ]]> */ </style></title>",
    "attribute": "\\\" onload=\\\"x' onload='y",
    "template": "{{ 7 * 7 }}{% raw %}",
    "ansi": r"\e[31mred",
    "bidi": "\u202egnp\u2066x",
    "null in part": r"\x01\x9b",
    "wide": "漢字 😀 e\u0301",
    "long": "x" * 10_000,
}


@pytest.mark.parametrize("options", [(), ("--number", "1")])
@pytest.mark.parametrize("name", NAMES)
def test_no_name_breaks_a_page(tmp_path: Path, name: str, options: tuple[str, ...]) -> None:
    texts = ("Outreach for rough sleepers", "HS/2025/014", "Northfield Borough Council", "The Harbour Trust", "V1")
    texts = (*texts, "national pay award", "HSG-RS-7", "HT-014", "CC 2210", '"4500178331"')
    hostile = OUTREACH
    for text in texts:
        hostile = re.sub(rf": {re.escape(text)}$", lambda _: f': "{NAMES[name]}"', hostile, flags=re.MULTILINE)
    hostile = re.sub("vat_note: .*", lambda _: f'vat_note: "{NAMES[name]}"', hostile)
    path = tmp_path / "grant.yaml"
    path.write_text(hostile, encoding="utf-8")
    printed = print_page(str(path), *options).stdout
    plain = Page(print_page(OUTREACH_FILE, *options).stdout)
    assert not HARMFUL.search(printed)
    read = Page(printed)
    assert read.tags == plain.tags
    assert Counter(attribute[:2] for attribute in read.attributes) == Counter(a[:2] for a in plain.attributes)


def test_a_name_is_still_to_be_read(tmp_path: Path) -> None:
    path = tmp_path / "grant.yaml"
    path.write_text(SMALL.replace("Example", '"<b>R&D</b> {{ 7 * 7 }}"'), encoding="utf-8")
    assert invoice(1, str(path)).facts()["Grant"] == "<b>R&D</b> {{ 7 * 7 }}"


def test_a_page_is_utf_8_whatever_the_stream_is() -> None:
    result = CliRunner(charset="latin-1").invoke(app, ["invoices", OUTREACH_FILE, "--format", "html"])
    assert "£117,342.05" in result.stdout_bytes.decode("utf-8")


def test_the_same_file_makes_the_same_page() -> None:
    assert print_page(OUTREACH_FILE).stdout_bytes == print_page(OUTREACH_FILE).stdout_bytes


def test_a_template_that_names_what_is_not_given_is_an_error() -> None:
    with pytest.raises(UndefinedError):
        page("invoice.html", Input("-", "0"))
    with pytest.raises(TemplateNotFound):
        page("no such page.html", Input("-", "0"))


def test_a_missing_library_is_named_with_the_extra_that_installs_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "jinja2", None)
    result = CliRunner().invoke(app, ["invoices", MARSOC_FILE, "--format", "html"])
    assert (result.exit_code, result.stdout) == (3, "")
    assert result.stderr == 'grantcalc: making a page needs the library jinja2: pip install "grantcalc[claims]"\n'


def _luminance(colour: str) -> float:
    """How bright a colour is, after WCAG 2."""
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def test_every_text_stands_out_from_its_ground() -> None:
    colours = dict(re.findall(r"--(\w+): (#[0-9a-f]{6})", print_page(MARSOC_FILE).stdout))
    for ground in ("#ffffff", colours["shade"]):
        for text in ("ink", "quiet", "accent"):
            contrast = (_luminance(ground) + 0.05) / (_luminance(colours[text]) + 0.05)
            assert contrast >= 7, f"{text} on {ground}"  # WCAG's level AAA


def test_an_order_that_is_too_small_is_said_so(tmp_path: Path) -> None:
    path = tmp_path / "grant.yaml"
    path.write_text(OUTREACH.replace("  amount: £117,500", "  amount: £100,000"), encoding="utf-8")
    assert "£100,000, £17,342.05 too little after invoice 10" in print_page(str(path)).stdout
    assert invoice(10, str(path)).facts()["Balance of purchase order 4500178331"] == "-£17,342.05"


def test_a_claim_shows_its_corrections_what_was_disallowed_and_what_else_was_asked_for(tmp_path: Path) -> None:
    again = ["- {period: 1, heading: salary, amount: £7.50, reason: Overtime}"]
    lunch = ["- {heading: salary, amount: £20, reason: Lunch}"]
    second = claim(2, "£10,000", CLAIMED[1], "amount: £4,000", "corrections:", *again, "disallowed:", *lunch)
    path = tmp_path / "grant.yaml"
    path.write_text(with_claims(grant(terms="rate: 50%"), claim(1, "£10,000", CLAIMED[0]), second), encoding="utf-8")
    result = CliRunner().invoke(app, ["claims", str(path), "--number", "2", "--format", "html"])
    facts = Page(result.stdout).facts()
    assert {name: facts[name] for name in list(facts) if facts[name].lstrip("-").startswith("£")} == {
        "Claimed to date, this claim included": "£9,000.00",
        "Of that disallowed": "£10.00",
        "Claimed and accepted to date": "£8,990.00",
        "Cost of the period": "£10,000.00",
        "Correction of period 1: Overtime": "£7.50",
        "Disallowed: Lunch": "-£20.00",
        "Total": "£9,987.50",
        "The funder's share, 50% of it": "£4,993.75",
        "Asked for otherwise than the costs make": "-£1,003.75",
        "To be paid": "£3,990.00",
    }


def _claim_facts(path: Path, number: int) -> dict[str, str]:
    options = ["--number", str(number), "--format", "html"]
    return Page(CliRunner().invoke(app, ["claims", str(path), *options]).stdout).facts()


def test_a_claim_says_what_is_held_back_to_date(tmp_path: Path) -> None:
    claims = [claim(1, "£10,000", CLAIMED[0]), claim(2, "£8,000", CLAIMED[1]), claim("final", "", "2026-05-01")]
    path = tmp_path / "grant.yaml"
    path.write_text(with_claims(grant(award="£40,000", terms="retention: 10%"), *claims), encoding="utf-8")
    held = "Held back to date, until the final payment"
    first, second, last = (_claim_facts(path, number) for number in (1, 2, 5))
    # A tenth of £10,000 and of £8,000; the final claim pays both.
    assert (first[held], first["To be paid"]) == ("£1,000.00", "£9,000.00")
    assert (second[held], second["To be paid"]) == ("£1,800.00", "£7,200.00")
    assert (last[held], last["What was held back"], last["To be paid"]) == ("£0.00", "£1,800.00", "£1,800.00")
    assert "The funder's share" not in last
