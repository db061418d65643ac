"""SARIF: what is written keeps the standard, points at the right places, and knows findings again."""

from __future__ import annotations

import json
import shutil
from typing import TYPE_CHECKING, Any, Final, TypeAlias

import pytest
from jsonschema import Draft202012Validator
from typer.testing import CliRunner

from grantcalc import __version__
from grantcalc.cli import app
from tests.grant_files import ASSETS, EXAMPLES, MARSOC, SMALL

if TYPE_CHECKING:
    from pathlib import Path

Json: TypeAlias = "dict[str, Any]"

# Written by hand after the OASIS standard, for the parts that are printed, and stricter than the standard's own
# schema: that one allows keys and values which nobody here means to print, and its licence has no leave to copy it.
TEXT: Final[Json] = {"type": "string", "minLength": 1}
FROM_ONE: Final[Json] = {"type": "integer", "minimum": 1}
LEVEL: Final[Json] = {"enum": ["error", "warning", "note"]}
URI: Final[Json] = {"type": "string", "pattern": r"^(?:file:///)?(?!/)(?:[A-Za-z0-9._~!$&'()*+,;=@/-]|%[0-9A-F]{2})+$"}


def _record(required: Json, optional: Json | None = None) -> Json:
    """An object that has all of the first keys, may have the second, and has no others."""
    properties = {**required, **(optional or {})}
    return {"type": "object", "required": list(required), "properties": properties, "additionalProperties": False}


def _list(items: Json, at_least: int = 0) -> Json:
    return {"type": "array", "items": items, "minItems": at_least, "uniqueItems": True}


MESSAGE: Final = _record({"text": TEXT})
REGION: Final = {
    **_record({"startLine": FROM_ONE}, {"startColumn": FROM_ONE, "endLine": FROM_ONE, "endColumn": FROM_ONE}),
    "dependentRequired": {"endColumn": ["startColumn", "endLine"]},
}
PHYSICAL: Final = _record({"artifactLocation": _record({"uri": URI})}, {"region": REGION})
RULE: Final = _record(
    {
        "id": {"type": "string", "pattern": "^GC[0-9]{3}$"},
        "name": TEXT,
        "shortDescription": MESSAGE,
        "fullDescription": MESSAGE,
        "help": _record({"text": TEXT, "markdown": TEXT}),
        "defaultConfiguration": _record({"level": LEVEL}),
    }
)
SUPPRESSION: Final = _record(
    {"kind": {"enum": ["inSource", "external"]}, "status": {"const": "accepted"}, "justification": TEXT}
)
RESULT: Final = _record(
    {
        "ruleId": {"type": "string", "pattern": "^GC[0-9]{3}$"},
        "ruleIndex": {"type": "integer", "minimum": 0},
        "level": LEVEL,
        "message": MESSAGE,
        "locations": {**_list(_record({"physicalLocation": PHYSICAL}), at_least=1), "maxItems": 1},
        "partialFingerprints": _record({"grantcalcFinding/v1": {"type": "string", "pattern": "^[0-9a-f]{64}$"}}),
    },
    {
        "relatedLocations": _list(_record({"id": FROM_ONE, "physicalLocation": PHYSICAL, "message": MESSAGE}), 1),
        "suppressions": _list(SUPPRESSION),
    },
)
NOTIFICATION: Final = _record(
    {"level": {"const": "error"}, "message": MESSAGE, "locations": _list(_record({"physicalLocation": PHYSICAL}), 1)}
)
ARTIFACT: Final = _record(
    {
        "location": _record({"uri": URI}),
        "hashes": _record({"sha-256": {"type": "string", "pattern": "^[0-9a-f]{64}$"}}),
    }
)
RUN: Final = _record(
    {
        "tool": _record(
            {
                "driver": _record(
                    {"name": {"const": "grantcalc"}, "version": {"const": __version__}, "rules": _list(RULE)}
                )
            }
        ),
        "invocations": _list(
            _record({"executionSuccessful": {"type": "boolean"}, "toolExecutionNotifications": _list(NOTIFICATION)}), 1
        ),
        "columnKind": {"const": "unicodeCodePoints"},
        "artifacts": _list(ARTIFACT),
        "results": _list(RESULT),
    }
)
SARIF: Final = _record({"$schema": TEXT, "version": {"const": "2.1.0"}, "runs": _list(RUN, 1)})


def _sarif(*paths: Path | str, options: tuple[str, ...] = ()) -> Json:
    """The one run of a check, held against the schema."""
    result = CliRunner().invoke(app, ["check", *map(str, paths), "--format", "sarif", *options])
    document = json.loads(result.stdout)
    Draft202012Validator(SARIF).validate(document)
    (run,) = document["runs"]
    assert run["invocations"][0]["executionSuccessful"] is (result.exit_code != 2)
    return dict(run)


def _fingerprints(run: Json) -> list[str]:
    return [result["partialFingerprints"]["grantcalcFinding/v1"] for result in run["results"]]


@pytest.mark.parametrize(
    "path",
    [*EXAMPLES.iterdir(), *(ASSETS / name for name in ("failing.yaml", "faults.yaml"))],
    ids=lambda path: path.name,
)
def test_what_is_printed_keeps_to_the_schema(path: Path) -> None:
    _sarif(path)


def test_every_result_names_its_rule_and_only_rules_with_results_are_described() -> None:
    run = _sarif(ASSETS / "failing.yaml")
    rules = run["tool"]["driver"]["rules"]
    assert [result["ruleId"] for result in run["results"]] == [
        rules[result["ruleIndex"]]["id"] for result in run["results"]
    ]
    assert [rule["id"] for rule in rules] == sorted({result["ruleId"] for result in run["results"]})


def test_a_region_is_the_text_that_is_meant_counted_in_code_points(tmp_path: Path) -> None:
    path = tmp_path / "grant.yaml"
    path.write_text(SMALL.replace("role: Officer", "role: 😀").replace("salary", '"😀 salery"'), encoding="utf-8")
    (result,) = _sarif(path)["results"]
    region = result["locations"][0]["physicalLocation"]["region"]
    line = path.read_text(encoding="utf-8").splitlines()[region["startLine"] - 1]
    assert line[region["startColumn"] - 1 : region["endColumn"] - 1] == '"😀 salery"'


def test_a_finding_without_a_place_is_at_its_file_without_a_region() -> None:
    results = _sarif(EXAMPLES / "marsoc.yaml", options=("--select", "GC205"))["results"]
    assert [result["locations"][0]["physicalLocation"].keys() for result in results] == [{"artifactLocation"}]


def test_notes_are_told_in_the_message_and_those_with_a_place_are_related_locations() -> None:
    (result,) = _sarif(ASSETS / "failing-paper.md", options=("--select", "GC605"))["results"]
    assert result["message"]["text"].split("\n")[1:] == [
        "elsewhere: £275,952",
        "to mend: find out which is right; if both are, say in what they differ",
    ]
    (related,) = result["relatedLocations"]
    assert related["message"]["text"] == "elsewhere: £275,952"
    assert (
        related["physicalLocation"]["region"]["startLine"]
        != (result["locations"][0]["physicalLocation"]["region"]["startLine"])
    )


def test_paths_are_relative_to_the_working_folder_and_every_unsafe_byte_is_escaped(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    inside = tmp_path / "a b" / "100% £#?:x.yaml"
    inside.parent.mkdir()
    shutil.copy(EXAMPLES / "minimal.yaml", inside)
    shutil.copy(EXAMPLES / "minimal.yaml", tmp_path / "c:d.yaml")
    uris = [
        artifact["location"]["uri"]
        for path in (inside, "a b/../a b/100% £#?:x.yaml", "./c:d.yaml", EXAMPLES / "minimal.yaml")
        for artifact in _sarif(path)["artifacts"]
    ]
    assert uris == [
        "a%20b/100%25%20%C2%A3%23%3F%3Ax.yaml",
        "a%20b/../a%20b/100%25%20%C2%A3%23%3F%3Ax.yaml",
        "c%3Ad.yaml",
        (EXAMPLES / "minimal.yaml").as_uri(),
    ]


@pytest.mark.parametrize("name", ["failing.yaml", "faults.yaml", "failing-paper.md"])
def test_fingerprints_survive_moved_lines(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    monkeypatch.chdir(tmp_path)
    for asset in ASSETS.iterdir():
        shutil.copy(asset, tmp_path)
    before = _sarif(name)
    for asset in tmp_path.iterdir():
        blank = "\n\n\n" if asset.suffix == ".md" else "# One.\n\n# Two.\n"
        asset.write_text(blank + asset.read_text(encoding="utf-8"), encoding="utf-8")
    after = _sarif(name)
    assert _fingerprints(after) == _fingerprints(before)
    lines = [run["results"][0]["locations"][0]["physicalLocation"]["region"]["startLine"] for run in (before, after)]
    assert lines[1] == lines[0] + 3


def test_fingerprints_are_distinct_even_of_findings_that_are_alike() -> None:
    for path in (ASSETS / "failing.yaml", ASSETS / "faults.yaml"):
        known = _fingerprints(_sarif(path, path))
        assert len(set(known)) == len(known) > 0


def test_another_figure_another_file_or_another_rule_has_another_fingerprint(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    for name, text in (("a.yaml", MARSOC), ("b.yaml", MARSOC), ("c.yaml", MARSOC.replace("£202,329", "£202,328"))):
        (tmp_path / name).write_text(text, encoding="utf-8")
    first, other = _fingerprints(_sarif("a.yaml")), _fingerprints(_sarif("b.yaml"))
    assert not set(first) & set(other)
    assert first == _fingerprints(_sarif("./a.yaml")) == _fingerprints(_sarif(tmp_path / "a.yaml"))
    (tmp_path / "c.yaml").replace(tmp_path / "a.yaml")
    assert set(first) - set(_fingerprints(_sarif("a.yaml")))


def test_a_file_that_cannot_be_read_is_a_notification(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    (notification,) = _sarif("missing.yaml", EXAMPLES / "minimal.yaml")["invocations"][0]["toolExecutionNotifications"]
    assert notification == {
        "level": "error",
        "message": {"text": "missing.yaml: there is no such file; check the name and the folder"},
        "locations": [{"physicalLocation": {"artifactLocation": {"uri": "missing.yaml"}}}],
    }


def test_nothing_in_a_message_is_a_placeholder_or_a_link(tmp_path: Path) -> None:
    path = tmp_path / "grant.yaml"
    path.write_text(SMALL.replace("salary", '"{0} [here](http://x) {a}"'), encoding="utf-8")
    (result,) = _sarif(path)["results"]
    assert '"{{0}} [here] (http://x) {a}"' in result["message"]["text"]
