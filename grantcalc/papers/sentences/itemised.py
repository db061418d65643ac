"""Labels that list what their amount is made of: "Cheques: 101 - £40.00, 102 - £55.00 | £95.00"."""

from __future__ import annotations

from typing import TYPE_CHECKING

from grantcalc.papers.numbers.figures import Kind, find_figures
from grantcalc.papers.sentences.passages import Term, read_clause
from grantcalc.papers.sentences.readings import Sureness, reading
from grantcalc.papers.sentences.wording import lists

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from grantcalc.papers.numbers.numerals import Habits
    from grantcalc.papers.paper import Row, Table
    from grantcalc.papers.sentences.readings import Reading


def itemised(tables: Iterable[Table], habits: Habits) -> Iterator[Reading]:
    """The sums of labels that give the parts of the only amount in their row."""
    for table in tables:
        for row in table.rows:
            yield from _in_row(row, habits)


def _in_row(row: Row, habits: Habits) -> Iterator[Reading]:
    """The amount of a row and the amounts in its label."""
    alone = [cell for cell in row.cells if len(cell.found) == 1 and cell.found[0].is_amount]
    amounts = [cell.found[0] for cell in alone if cell.text.strip() == cell.found[0].figure.text]
    labels = [cell for cell in row.cells if cell not in alone and cell.text]
    if len(amounts) != 1 or len(labels) != 1:
        return
    found = find_figures(labels[0].text, labels[0].at, habits=habits)
    terms = read_clause(labels[0].text, [f for f in found if f.kind is Kind.MONEY and not f.ranged]).terms
    if len(terms) > 1 and all(lists(term.before) for term in terms[1:]):
        total = Term(amounts[0].figure, labels[0].text.partition(":")[0])
        yield reading(total, [(term, 1) for term in terms], Sureness.LIKELY, "label")
