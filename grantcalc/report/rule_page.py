"""The page of a rule: what it means, how serious it is, a file that fails and the same file mended."""

from __future__ import annotations

from textwrap import wrap
from typing import TYPE_CHECKING, Final

from grantcalc.report.json_text import document_head, json_text
from grantcalc.report.medium import PLAIN, SEVERITY_STYLES, Medium, Style

if TYPE_CHECKING:
    from collections.abc import Sequence

    from grantcalc.findings import Rule
    from grantcalc.report.json_text import Json

_WIDTH: Final = 96
_MARGIN: Final = "    "


def rule_text(rule: Rule, medium: Medium = PLAIN) -> str:
    """A rule's page for a terminal, folded at a fixed width so that the same bytes come out everywhere."""
    title = medium.paint(f"{rule.code} {rule.name}", Style.STRONG)
    severity = medium.paint(rule.severity.value, SEVERITY_STYLES[rule.severity])
    blocks = [
        f"{title} ({severity})",
        *("\n".join(_folded(paragraph, medium)) for paragraph in paragraphs(rule)),
        "\n".join(["Found in:", "", *_example(rule.fails, medium)]),
        "\n".join(["Not found in:", "", *_example(rule.passes, medium)]),
    ]
    return "\n\n".join(blocks) + "\n"


def paragraphs(rule: Rule) -> list[str]:
    """The paragraphs of a rule's page, each on one line."""
    return [" ".join(paragraph.split()) for paragraph in rule.page.split("\n\n")]


def _folded(paragraph: str, medium: Medium) -> list[str]:
    return wrap(medium.show(paragraph), _WIDTH, break_long_words=False, break_on_hyphens=False)


def _example(text: str, medium: Medium) -> list[str]:
    """An example with a margin, its lines as they are."""
    return [f"{_MARGIN}{medium.show(line)}".rstrip() for line in text.rstrip("\n").split("\n")]


def rule_markdown(rule: Rule, medium: Medium = PLAIN) -> str:
    """A rule's page as a section of a Markdown document."""
    return medium.fit(f"## {rule.code} {rule.name}\n\n*{rule.severity}.* {rule.page}\n\n{examples_markdown(rule)}")


def examples_markdown(rule: Rule) -> str:
    """A rule's two examples as blocks of Markdown."""
    fails, passes = PLAIN.fit(rule.fails).rstrip("\n"), rule.passes.rstrip()
    return f"Found in:\n\n```{rule.example}\n{fails}\n```\n\nNot found in:\n\n```{rule.example}\n{passes}\n```\n"


def rules_document(rules: Sequence[Rule], medium: Medium = PLAIN) -> str:
    """Rules with their pages and examples, as `grantcalc/rules/1`."""
    return json_text({**document_head("rules"), "rules": [_record(rule) for rule in rules]}, medium)


def _record(rule: Rule) -> Json:
    return {
        "code": rule.code,
        "name": rule.name,
        "severity": rule.severity,
        "summary": summary(rule),
        "page": rule.page,
        "example": rule.example,
        "fails": PLAIN.fit(rule.fails),
        "passes": rule.passes,
    }


def summary(rule: Rule) -> str:
    """The first sentence of a rule's page."""
    sentence, stop, _ = paragraphs(rule)[0].partition(". ")
    return f"{sentence}." if stop else sentence
