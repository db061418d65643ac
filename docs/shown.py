"""Runs commands for the documentation: what stands in it has been printed by the program."""

from __future__ import annotations

import shlex
import subprocess
import sys
from pathlib import Path

_ROOT = Path(__file__).parent.parent


def run(command: str, *, first: int | None = None, last: int | None = None) -> None:
    """Print a command and what it prints, as a block of Markdown.

    Args:
        command: a command line that begins with "grantcalc".
        first: print only so many lines of the beginning…
        last: …and so many of the end.
    """
    words = shlex.split(command)
    done = subprocess.run(  # noqa: S603  (the command stands in the document)
        [sys.executable, "-m", *words], cwd=_ROOT, capture_output=True, encoding="utf-8", check=False,
        env={"PYTHONIOENCODING": "utf-8", "PYTHONPATH": str(_ROOT)},
    )  # fmt: skip
    lines = (done.stdout + done.stderr).rstrip("\n").split("\n")
    if first is not None or last is not None:
        head, tail = lines[: first or 0], lines[len(lines) - (last or 0) :]
        lines = [*head, "…", *tail] if tail else [*head, "…"]
    print("```console", f"$ {command}", *lines, "```", sep="\n")  # noqa: T201  (cog takes what is printed)
    if done.returncode:
        print(f"\n(exit status {done.returncode})")  # noqa: T201


def show(path: str) -> None:
    """Print a file of the project as a block of Markdown."""
    text = (_ROOT / path).read_text(encoding="utf-8").rstrip("\n")
    print(f"```{Path(path).suffix.lstrip('.')}", text, "```", sep="\n")  # noqa: T201


def rules() -> None:
    """Print the page of every rule."""
    from grantcalc.report.rule_page import rule_markdown
    from grantcalc.rules import RULES

    for rule in RULES:
        print(rule_markdown(rule))  # noqa: T201


def statutory_rates() -> None:
    """Print the rates of National Insurance that the program knows, with their sources."""
    from grantcalc.grants.costing.rates import statutory_rates as known
    from grantcalc.wording import long_date

    print("| from | rate | above, a year | source |\n|---|---:|---:|---|")  # noqa: T201
    for rate in known().national_insurance:
        print(f"| {long_date(rate.begins)} | {rate.rate.text} | {rate.threshold.text} | {rate.source} |")  # noqa: T201
    print(f"\nThese are known to {long_date(known().known_to)}.")  # noqa: T201


def keys(*names: str) -> None:
    """Print the keys of records of a grant file as a table: what they mean, what holds without them, an example.

    Args:
        names: the names of the records in the model; keys that one inherits from an earlier one are not repeated.
    """
    from grantcalc.grants.keys import choices_of, keys_of
    from grantcalc.grants.schema import RECORDS
    from grantcalc.wording import listed

    print("| key | meaning | without it | example |\n|---|---|---|---|")  # noqa: T201
    printed: set[str] = set()
    for name in names:
        record = RECORDS[name]
        fields = {field.alias or key: field for key, field in record.model_fields.items()}
        for key, said in keys_of(record).items():
            if key in printed:
                continue
            printed.add(key)
            field = fields[key]
            choices = listed([f"`{choice}`" for choice in choices_of(field)], "or")
            meaning = f"{choices}: {said.meaning}" if choices else said.meaning
            default = f"`{field.default}`" if isinstance(field.default, str) else ""
            if isinstance(field.default, bool):
                default = "`yes`" if field.default else "`no`"
            without = "must be given" if field.is_required() and not said.without else said.without or default
            print(f"| `{key}` | {meaning} | {without} | `{said.example}` |")  # noqa: T201
