"""Grant files that Hypothesis makes up, with every term of an agreement, and with claims of every kind."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Final

from hypothesis import strategies as st

from grantcalc.grants.payments import Kind
from grantcalc.grants.periods import DAY, add_months
from tests.claim_files import claim, ledger_of, with_claims

MONEY: Final = st.integers(0, 4_000_000).map(lambda pence: Decimal(pence) / 100)
TERMS: Final = st.sampled_from(
    [
        "",
        "rate: 50%",
        "rate: 33.3%",
        "retention: 7.5%",
        "final_payment: 15%",
        "up_front: 25%",
        "up_front: £1,234.56",
        "up_front: 30%\n  retention: 10%",
        "rate: 80%\n  up_front: 40%\n  final_payment: 10%",
        "rounding: pounds\n  remainder: first",
        "quarters: calendar\n  share: days",
        "quarters: financial\n  carry_forward: yes",
        "frequency: monthly",
    ]
)


@st.composite
def grants(draw: st.DrawFn) -> str:
    """A grant of one or two years from any day, with ceilings of every kind, and no claims."""
    start = draw(st.dates(min_value=date(2024, 1, 1), max_value=date(2026, 12, 31)))
    count = draw(st.integers(1, 2))
    own = draw(st.booleans())
    lines = ["grant: Example"]
    lines += [f"award: {draw(MONEY)}"] if draw(st.booleans()) else []
    lines += ["payments:", f"  {terms}"] if (terms := draw(TERMS)) else []
    lines.append("years:")
    for at in range(count):
        first, following = add_months(start, 12 * at), add_months(start, 12 * at + 12)
        lines += [f"  - year: Year {at + 1}", f"    starts: {first}", f"    ends: {following - DAY}"]
        lines += [f"    award: {draw(MONEY)}"] if own else []
    if any(line.startswith("award:") for line in lines) and draw(st.booleans()):
        day = draw(st.dates(min_value=start, max_value=add_months(start, 12)))
        lines += ["variations:", f"  - date: {day}", f"    amount: {draw(MONEY)}"]
    lines += ["posts:", "  - role: Officer", "    costs:"]
    for at in range(count):
        lines += [f"      Year {at + 1}:", f"        salary: {draw(MONEY)}", f"        overhead: {draw(MONEY)}"]
    return "\n".join(lines) + "\n"


@st.composite
def claimed_grants(draw: st.DrawFn) -> str:
    """Such a grant with claims for some of its periods: made, drafted, corrected, in part disallowed and paid."""
    text = draw(grants())
    claims = []
    for invoice in ledger_of(text).entries:
        kind = invoice.invoice.instalment.kind
        if not draw(st.booleans()):
            continue
        number = invoice.invoice.number
        made = draw(st.sampled_from(["", "2025-07-04"]))
        more: list[str] = []
        cost = draw(MONEY)
        if kind is Kind.PERIOD and draw(st.booleans()):
            off = draw(st.integers(0, 100))
            more += ["disallowed:", "  - heading: salary", f"    amount: {cost * off / 100:.2f}", "    reason: Leave"]
        if kind is Kind.PERIOD and draw(st.booleans()):
            change = draw(MONEY) - draw(MONEY)
            more += [
                "corrections:",
                "  - period: 1",
                "    heading: salary",
                f"    amount: {change}",
                "    reason: Slip",
            ]
        if made and draw(st.booleans()):
            more += ["paid:", "  - date: 2025-08-01", f"    amount: {draw(MONEY)}"]
        period = number if kind is Kind.PERIOD else kind.value
        claims.append(claim(period, str(cost) if kind is Kind.PERIOD else "", made, *more))
    return with_claims(text, *claims) if claims else text
