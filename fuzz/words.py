"""The words that inputs are made of, for a fuzzer that would not guess them."""

from __future__ import annotations

from typing import Final

from grantcalc.grants.keys import KEYS

AMOUNT: Final = (
    "£",
    "GBP",
    "m",
    "k",
    "bn",
    "million",
    ",",
    ".",
    "(",
    ")",
    "-",
    "−",
    "_",
    "p",
    " ",
    "p.a.",
    "0.00",
    "٣",
)
GRANT: Final = (
    *sorted({f"{name}:" for keys in KEYS.values() for name in keys}),
    *("2025-26", "2025-04-01", "£", "%", "salary", "overhead", "total", "payment", "inflation", "up front", "final"),
    *(
        "- ",
        "\n  ",
        "\n    ",
        "{",
        "}",
        "[",
        "]",
        "|",
        ">",
        "&a",
        "*a",
        "!!",
        "<<:",
        "'",
        '"',
        "#",
        "? ",
        "---",
        "\t",
        "\x85",
    ),
)
PAPER: Final = (
    *AMOUNT,
    *("total", "Total", "Subtotal", "of which", "made up of", "less", "per month", "a year", "increase", "decrease"),
    *(
        "instalments",
        "payments of",
        "balance",
        "remaining",
        "respectively",
        "plus",
        "and",
        "=",
        "×",
        "%",
        "£'000",
        "£m",
    ),
    *("| ", " |", "|---|", "\n\n", "\n- ", "  ", "\t", "(", ")", "2025-26", "Q1", "```", "<table>", "\u2028", "\u202e"),
)
PAGE: Final = (
    *PAPER,
    *(
        "<table>",
        "<tr>",
        "<td>",
        "<th>",
        "</table>",
        "<td rowspan=3>",
        "<td colspan=99>",
        "<ul>",
        "<li>",
        "<del>",
        "<sup>",
    ),
    *(
        "&pound;",
        "&#163;",
        "&nbsp;",
        "<br>",
        "<p>",
        "<script>",
        "<style>",
        "hidden",
        "display:none",
        "<!--",
        "<![CDATA[",
    ),
)
