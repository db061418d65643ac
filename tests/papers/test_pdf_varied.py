"""PDF tables of many shapes, drawn by chance from a seed, with the sums that they were made of."""

from __future__ import annotations

import random
from io import BytesIO
from typing import TYPE_CHECKING, NamedTuple

import pytest
from reportlab.lib.pagesizes import A4
from reportlab.pdfbase.pdfmetrics import stringWidth
from reportlab.pdfgen.canvas import Canvas

from grantcalc.papers.evidence import gather
from grantcalc.papers.readers.pdf import read_pdf
from grantcalc.sums import verdict

if TYPE_CHECKING:
    from collections.abc import Sequence

    from grantcalc.money import Figure

LABELS = ("Manager", "Officer", "Researcher", "Travel", "Training", "Premises", "Equipment", "Evaluation", "Printing")
STYLES = ("ruled", "lines", "plain", "shaded", "few lines")
LEFT = 60.0
TOP = 740.0


class Shape(NamedTuple):
    """How a table is set."""

    style: str
    font: str
    size: float
    pitch: float
    align: str
    currency: str
    columns: int
    gap: float
    wrapped: bool
    indented: bool
    first: bool
    noted: bool
    brackets: bool
    stamped: bool


def shape(chance: random.Random) -> Shape:
    size = chance.choice([7.0, 8.0, 9.0, 10.0, 11.0])
    return Shape(
        style=chance.choice(STYLES),
        font=chance.choice(["Helvetica", "Times-Roman", "Courier"]),
        size=size,
        pitch=size * chance.choice([1.15, 1.3, 1.6, 2.0]),
        align=chance.choice(["right", "left", "centre"]),
        currency=chance.choice(["", "£", "apart"]),
        columns=chance.choice([1, 2, 3]),
        gap=chance.choice([12.0, 20.0, 40.0]),
        wrapped=chance.random() < 0.4,
        indented=chance.random() < 0.3,
        first=chance.random() < 0.2,
        noted=chance.random() < 0.3,
        brackets=chance.random() < 0.3,
        stamped=chance.random() < 0.3,
    )


def printed(amount: int) -> str:
    return f"({-amount:,})" if amount < 0 else f"{amount:,}"


class Drawing:
    """A table in the making."""

    def __init__(self, shape: Shape, rows: Sequence[tuple[str, Sequence[int]]], chance: random.Random) -> None:
        self.file = BytesIO()
        self.canvas = Canvas(self.file, pagesize=A4, invariant=1)
        self.canvas.setFont(shape.font, shape.size)
        self.shape, self.rows, self.chance = shape, rows, chance
        amounts = [printed(amount) for _, each in rows for amount in each]
        self.width = max(stringWidth(f"£{words}", shape.font, shape.size) for words in amounts)
        self.pitch = self.width + shape.gap + (2 * shape.size if shape.currency == "apart" else 0)
        self.right = LEFT + 190 + self.pitch * shape.columns
        self.down = TOP

    def data(self) -> bytes:
        shape, canvas = self.shape, self.canvas
        canvas.drawString(LEFT, TOP + 3 * shape.size, "The costs of the hub are set out below.")
        edges = [self.down + shape.size]
        for n, (label, amounts) in enumerate(self.rows):
            self.row(label, amounts, shaded=shape.style == "shaded" and n % 2 == 1)
            edges.append(self.down + shape.size)
        self.rule(edges)
        if shape.stamped:
            canvas.setFillGray(0.8)
            canvas.setFont("Helvetica-Bold", 48)
            canvas.drawString(LEFT + 30, TOP - 3.2 * shape.pitch, "DRAFT")
        canvas.save()
        return self.file.getvalue()

    def row(self, label: str, amounts: Sequence[int], *, shaded: bool) -> None:
        shape, canvas = self.shape, self.canvas
        lines = [label]
        total = label == "Total"
        if shape.wrapped and not total and self.chance.random() < 0.5:
            lines += ["and the support of partners"]
        height = shape.pitch + 1.1 * shape.size * (len(lines) - 1)
        if shaded:
            canvas.setFillGray(0.9)
            canvas.rect(LEFT, self.down + shape.size - height, self.right - LEFT, height, stroke=0, fill=1)
            canvas.setFillGray(0)
        for column, amount in enumerate(amounts):
            self.amount(column, printed(amount))
        for n, line in enumerate(lines):
            canvas.drawString(
                LEFT + 3 + (8 if shape.indented and not total else 0), self.down - 1.1 * shape.size * n, line
            )
        self.down -= height

    def amount(self, column: int, words: str) -> None:
        shape, canvas = self.shape, self.canvas
        right = LEFT + 190 + self.pitch * (column + 1) - shape.gap / 2
        said = f"£{words}" if shape.currency == "£" else words
        wide = stringWidth(said, shape.font, shape.size)
        start = {"right": right - wide, "left": right - self.width, "centre": right - (self.width + wide) / 2}[
            shape.align
        ]
        canvas.drawString(start, self.down, said)
        if shape.currency == "apart":
            canvas.drawString(right - self.width - shape.size, self.down, "£")
        if shape.noted and self.chance.random() < 0.3:
            canvas.setFont(shape.font, 0.6 * shape.size)
            canvas.drawString(start + wide + 0.3, self.down + 0.35 * shape.size, self.chance.choice("123"))
            canvas.setFont(shape.font, shape.size)

    def rule(self, edges: Sequence[float]) -> None:
        levels = {"ruled": edges, "lines": edges, "few lines": (edges[0], edges[-2], edges[-1])}
        for level in levels.get(self.shape.style, ()):
            self.canvas.line(LEFT, level, self.right, level)
        if self.shape.style == "ruled":
            for place in (LEFT, *(LEFT + 190 + self.pitch * n for n in range(self.shape.columns + 1))):
                self.canvas.line(place, edges[0], place, edges[-1])


def figure(printed_: Figure) -> str:
    return printed_.text.replace("£", "").strip()


@pytest.mark.parametrize("seed", range(60))
def test_the_sums_of_a_table_are_found_however_it_is_set(seed: int) -> None:
    chance = random.Random(seed)  # noqa: S311 - nothing is kept secret by it
    set_ = shape(chance)
    costs = [[amount(chance, set_) for _ in range(set_.columns)] for _ in range(chance.randint(3, 8))]
    totals = [sum(column) for column in zip(*costs, strict=True)]
    rows = list(zip(chance.sample(LABELS, len(costs)), costs, strict=True))
    data = Drawing(set_, [("Total", totals), *rows] if set_.first else [*rows, ("Total", totals)], chance).data()
    found = gather(read_pdf(data)).sums
    exact = {
        (figure(each.total), *sorted(figure(part.figure) for part in each.parts))
        for each in found
        if verdict(each).value == "exact"
    }
    wanted = {(printed(total), *sorted(printed(cost[column]) for cost in costs)) for column, total in enumerate(totals)}
    assert wanted <= exact
    assert not [each for each in found if verdict(each).value == "mismatch"]


def amount(chance: random.Random, shape: Shape) -> int:
    """An amount of a table, now and then one below nought."""
    return chance.randint(150, 60_000) * (-1 if shape.brackets and chance.random() < 0.15 else 1)
