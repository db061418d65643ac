"""The page on reliability: what explains a survivor of mutation testing, or a gap of coverage, does not go stale."""

from __future__ import annotations

import ast
import tomllib
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parent.parent
PACKAGE = ROOT / "grantcalc"


def _reasons(name: str) -> list[dict[str, Any]]:
    reasons: list[dict[str, Any]] = tomllib.loads((ROOT / "docs" / name).read_text(encoding="utf-8"))["reasons"]
    return reasons


def _functions(path: Path) -> set[str]:
    """The functions of a module by their names, those of classes and of functions too; "" for the module itself."""
    names = {""}
    scopes: list[tuple[str, ast.AST]] = [("", ast.parse(path.read_text(encoding="utf-8")))]
    while scopes:
        before, scope = scopes.pop()
        for node in ast.iter_child_nodes(scope):
            if isinstance(node, ast.FunctionDef | ast.ClassDef):
                names.add(before + node.name)
                scopes.append((f"{before}{node.name}.", node))
            else:
                scopes.append((before, node))
    return names


def test_every_explained_survivor_changes_a_line_that_stands_in_the_program() -> None:
    changes = [change for reason in _reasons("survivors.toml") for change in reason["changes"]]
    modules = [PACKAGE / change["place"].partition(" ")[0] for change in changes]
    assert changes
    assert [
        change
        for change, module in zip(changes, modules, strict=True)
        if change["was"] not in module.read_text(encoding="utf-8")
    ] == []


def test_every_explained_gap_lies_in_a_function_of_the_program() -> None:
    places = [place.partition(" ") for reason in _reasons("uncovered.toml") for place in reason["places"]]
    assert places
    assert [place for place in places if not (PACKAGE / place[0]).exists()] == []
    assert ["".join(place) for place in places if place[2] not in _functions(PACKAGE / place[0])] == []
