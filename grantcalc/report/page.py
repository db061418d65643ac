"""Pages to print or send: one HTML file each, without script and without anything from elsewhere."""

from __future__ import annotations

from typing import TYPE_CHECKING

from grantcalc import __version__
from grantcalc.errors import MissingLibraryError
from grantcalc.grants.ceilings import award_in_force
from grantcalc.money import pounds
from grantcalc.report.medium import PLAIN
from grantcalc.report.sheets import set_out
from grantcalc.wording import date_range, long_date, short_date

if TYPE_CHECKING:
    from collections.abc import Iterable
    from decimal import Decimal

    from jinja2 import Environment

    from grantcalc.grants.model import Grant
    from grantcalc.report.sheets import Sheet
    from grantcalc.results.inputs import Input


def page(template: str, source: Input, **values: object) -> str:
    """A page made of a template in `templates/`, which extends `base.html` and fills its blocks.

    Every text of the values is made harmless where the template prints it: control characters and those that turn
    the direction of text become their codes, and HTML's own signs are escaped. In a template the filter `money`
    prints an amount with pence, `day` a date, and `dates(first, last)` a stretch of time.

    Args:
        template: the file's name.
        source: what was read, whose hash stands at the foot.
        values: what the template names; one that it names and is not given is an error.

    Raises:
        MissingLibraryError: the library that fills templates is missing.
    """
    text = _environment().get_template(template).render(**values, version=__version__, sha256=source.sha256)
    return text.rstrip("\n") + "\n"


def sheets_page(
    source: Input, grant: Grant, title: str, sheets: Iterable[Sheet], template: str = "sheets.html", **values: object
) -> str:
    """Sheets of a grant as a page, under a title that names what they are.

    Args:
        source: what was read.
        grant: whose parties, reference, funding period and award stand above the sheets.
        title: what the page is.
        sheets: in their order; one whose columns have no names is set as facts.
        template: a template that extends `sheets.html`, and may fill its block `after`.
        values: what that template names besides.
    """
    shown = [(sheet, set_out(sheet, short_date)) for sheet in sheets]
    return page(template, source, title=title, grant=grant, award=award_in_force(grant), sheets=shown, **values)


def _environment() -> Environment:
    try:
        from jinja2 import Environment, PackageLoader, StrictUndefined
    except ModuleNotFoundError:
        raise MissingLibraryError(library="jinja2", extra="claims", use="making a page") from None
    environment = Environment(
        loader=PackageLoader("grantcalc.report"),
        autoescape=True,
        undefined=StrictUndefined,
        finalize=_harmless,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters |= {"money": money, "day": long_date}
    environment.globals["dates"] = date_range
    return environment


def _harmless(value: object) -> object:
    """A text from a stranger made harmless; what is already HTML stays as it is."""
    return PLAIN.show(value) if isinstance(value, str) and not hasattr(value, "__html__") else value


def money(amount: Decimal) -> str:
    """An amount as every page prints it, with pence."""
    return pounds(amount, pence=True)
