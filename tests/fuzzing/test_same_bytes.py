"""The same bytes, whatever the locale, the time zone, the seed of hashes and the width of the terminal."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from tests.fuzzing.grammar import as_yaml, grants, papers
from tests.fuzzing.test_grants import COMMANDS

_SCRIPT = """
import hashlib, json, sys
from typer.testing import CliRunner
from grantcalc.cli import app
done = {}
for line in json.load(sys.stdin):
    result = CliRunner().invoke(app, line)
    done[" ".join(line)] = [result.exit_code, hashlib.sha256(result.output.encode()).hexdigest()]
print(json.dumps(done))
"""
_SURROUNDINGS = (
    {"LC_ALL": "C.UTF-8", "TZ": "UTC", "PYTHONHASHSEED": "0", "COLUMNS": "80"},
    {"LC_ALL": "C", "TZ": "Pacific/Kiritimati", "PYTHONHASHSEED": "1", "COLUMNS": "1"},
    {"LC_ALL": "tr_TR.UTF-8", "TZ": "America/Anchorage", "PYTHONHASHSEED": "4294967295", "COLUMNS": "100000"},
)


def printed(lines: list[list[str]], surroundings: dict[str, str]) -> dict[str, Any]:
    """The status and the hash of what each command line prints, all in one process."""
    done = subprocess.run(
        [sys.executable, "-c", _SCRIPT],
        input=json.dumps(lines),
        capture_output=True,
        text=True,
        check=True,
        timeout=300,
        env={**os.environ, **surroundings},
    )
    document: dict[str, Any] = json.loads(done.stdout)
    return document


@settings(max_examples=1)
@given(st.lists(grants(), min_size=4, max_size=4), st.lists(papers(), min_size=6, max_size=6))
def test_the_same_input_makes_the_same_bytes_in_all_surroundings(trees: list[dict[str, Any]], texts: list[str]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        lines = []
        for number, tree in enumerate(trees):
            path = Path(folder) / f"{number}.yaml"
            path.write_text(as_yaml(tree), encoding="utf-8")
            lines += [[part.replace("FILE", str(path)) for part in command.split()] for command in COMMANDS]
        for number, text in enumerate(texts):
            path = Path(folder) / f"{number}.md"
            path.write_text(text, encoding="utf-8")
            lines += [["check", str(path)], ["figures", str(path)]]
        first, *others = (printed(lines, surroundings) for surroundings in _SURROUNDINGS)
    assert len(first) == len(lines)
    for other in others:
        assert {line: (first[line], other[line]) for line in first if first[line] != other[line]} == {}
