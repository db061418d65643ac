"""Configuration of `check`: `grantcalc.toml`, or `[tool.grantcalc]` of a `pyproject.toml`, near each checked file."""

from __future__ import annotations

from dataclasses import dataclass
from fnmatch import fnmatchcase
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, cast, get_args

from grantcalc.errors import UnreadableInputError, UnusableConfigurationError
from grantcalc.files import read_file
from grantcalc.grants.faults import nearest
from grantcalc.report.formats import CheckFormat
from grantcalc.rules.selection import is_wanted, unknown_rule
from grantcalc.severity import Severity
from grantcalc.wording import listed

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from grantcalc.findings import Rule

_OWN, _SHARED = "grantcalc.toml", "pyproject.toml"
_KEYS: Final = ("select", "ignore", "fail-on", "format", "per-file-ignores")


@dataclass(frozen=True, slots=True)
class Configuration:
    """What is configured for the files of a folder.

    Attributes:
        folder: where the file of configuration stands, from which patterns count.
        select: the rules that are wanted; empty for all.
        ignore: the rules that are not.
        fail_on: from which severity on `check` fails; None where nothing is said.
        format: how to print; None where nothing is said.
        per_file_ignores: patterns of files, and the rules that are not wanted in those.
        path: the file of configuration; empty where there is none.
    """

    folder: Path = Path()
    select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    fail_on: Severity | None = None
    format: CheckFormat | None = None
    per_file_ignores: tuple[tuple[str, tuple[str, ...]], ...] = ()
    path: str = ""

    def wanted(self, path: str, select: Sequence[str], ignore: Sequence[str]) -> Callable[[Rule], bool]:
        """Which rules are wanted in a file.

        Args:
            path: the file.
            select: what the command line selects, in the place of all that is configured.
            ignore: what it leaves out, in the place of what is configured for all files.
        """
        if select:
            return lambda rule: is_wanted(rule, select, ignore)
        left_out = (*(ignore or self.ignore), *self._ignored_in(path))
        return lambda rule: is_wanted(rule, self.select, left_out)

    def _ignored_in(self, path: str) -> Iterable[str]:
        """The rules that are not wanted in a file by its name, or by its path from the folder."""
        if not self.per_file_ignores:
            return
        file = _folder_of(path) / Path(path).name
        below = file.relative_to(self.folder) if file.is_relative_to(self.folder) else file
        for pattern, words in self.per_file_ignores:
            if fnmatchcase(below.as_posix() if "/" in pattern else below.name, pattern):
                yield from words


NOTHING: Final = Configuration()


class Configurations:
    """Finds what is configured for each file: in its folder or the nearest one above it that has a configuration."""

    def __init__(self, only: Configuration | None = None) -> None:
        """Find configurations, or take one for all files."""
        self._only = only
        self._by_folder: dict[Path, Configuration] = {}
        self._by_name: dict[Path, Configuration] = {}

    def of(self, path: str) -> Configuration:
        """What is configured for a file; for standard input, what is for the working folder.

        Raises:
            UnusableConfigurationError: what is found cannot be used.
        """
        if self._only is not None:
            return self._only
        named = Path(path).parent  # as it is named, since to follow its links for each file of it takes long
        if named not in self._by_name:
            self._by_name[named] = self._in(_folder_of(path))
        return self._by_name[named]

    def _in(self, folder: Path) -> Configuration:
        found, asked = NOTHING, []
        for above in (folder, *folder.parents):  # by turns, not by calls: a path may have thousands of parts
            own = self._by_folder.get(above) or next(
                filter(None, (_from(above / name) for name in (_OWN, _SHARED))), None
            )
            asked.append(above)
            if own is not None:
                found = own
                break
        self._by_folder.update(dict.fromkeys(asked, found))
        return found

    @property
    def paths(self) -> list[str]:
        """The files in which something is configured, among those that were asked for so far."""
        found = {each.path for each in self._by_folder.values() if each.path}
        return sorted(found)


def _folder_of(path: str) -> Path:
    """The folder that a file is in; of standard input, or of what can be no file, the working folder."""
    try:
        return Path(path).parent.resolve()
    except (OSError, RuntimeError, ValueError):  # links that lead round in a circle, a name that no file can have
        return Path.cwd()


def read_configuration(path: str) -> Configuration:
    """Read a file of configuration that is named.

    Raises:
        UnusableConfigurationError: it cannot be used, or has no configuration.
    """
    table = _table(Path(path))
    if table is None:
        raise UnusableConfigurationError(path, "it has no table [tool.grantcalc]")
    return _configuration(path, table)


def _from(path: Path) -> Configuration | None:
    """The configuration of a file; None if there is no such file, or it has none."""
    try:
        table = _table(path) if path.is_file() else None
    except (OSError, ValueError):  # a folder that may not be looked into, a name that no file can have
        return None
    return _configuration(str(path), table) if table is not None else None


def _table(path: Path) -> dict[str, Any] | None:
    """The keys of a file of configuration; None if it has none of ours."""
    try:
        data = read_file(str(path)).data
    except UnreadableInputError as error:
        raise UnusableConfigurationError(error.path, error.reason) from error
    if path.name == _SHARED and not _may_have_ours(data):
        return None
    import tomllib

    try:
        document = tomllib.loads(data.decode())
    except (ValueError, RecursionError) as error:
        raise UnusableConfigurationError(str(path), f"this is not TOML: {error}") from error
    if path.name != _SHARED:
        return document
    tool = document.get("tool", {})
    table = tool.get("grantcalc") if isinstance(tool, dict) else None
    if table is not None and not isinstance(table, dict):
        raise UnusableConfigurationError(str(path), "tool.grantcalc is not a table")
    return table


def _may_have_ours(data: bytes) -> bool:
    """Whether a pyproject.toml may have a table tool.grantcalc, in any spelling; most have none, and are not read."""
    closed_up = data.translate(None, b" \t\"'")
    below_tool = b"[tool]" in closed_up or b"tool={" in closed_up
    return b"tool.grantcalc" in closed_up or (below_tool and b"grantcalc" in closed_up)


def _configuration(path: str, table: dict[str, Any]) -> Configuration:
    """A configuration from its keys."""
    unknown = next((key for key in table if key not in _KEYS), None)
    if unknown is not None:
        close = nearest(unknown, _KEYS)
        hint = f'did you mean "{close}"?' if close else f"the keys are {listed(_KEYS)}"
        raise UnusableConfigurationError(path, f'unknown key "{unknown}"; {hint}')
    per_file = table.get("per-file-ignores", {})
    if not isinstance(per_file, dict):
        reason = 'per-file-ignores should be a table of patterns, such as "old/*.yaml" = ["GC4"]'
        raise UnusableConfigurationError(path, reason)
    return Configuration(
        folder=_folder_of(path),
        select=_rules(path, "select", table.get("select", [])),
        ignore=_rules(path, "ignore", table.get("ignore", [])),
        fail_on=Severity(fail_on) if (fail_on := _choice(path, table, "fail-on", list(Severity))) else None,
        format=cast("CheckFormat | None", _choice(path, table, "format", get_args(CheckFormat))),
        per_file_ignores=tuple(
            (pattern, _rules(path, f'per-file-ignores, "{pattern}"', words)) for pattern, words in per_file.items()
        ),
        path=path,
    )


def _rules(path: str, key: str, value: object) -> tuple[str, ...]:
    """A list of rules by codes, beginnings of codes and names."""
    words = [word for word in value if isinstance(word, str)] if isinstance(value, list) else []
    if not isinstance(value, list) or len(words) < len(value):
        raise UnusableConfigurationError(path, f'{key} should be a list of rules, such as ["GC2", "GC405"]')
    problem = unknown_rule(words)
    if problem:
        raise UnusableConfigurationError(path, f"{key}: {problem}")
    return tuple(words)


def _choice(path: str, table: dict[str, Any], key: str, choices: Sequence[str]) -> str | None:
    """A value that is one of several; None if the key is not given."""
    value = table.get(key)
    if value is None or value in choices:
        return value
    close = nearest(value, choices) if isinstance(value, str) else None
    hint = f'did you mean "{close}"?' if close else f"it can be {listed(choices, 'or')}"
    shown = f'"{value}"' if isinstance(value, str) else "no text"
    raise UnusableConfigurationError(path, f"{key} is {shown}; {hint}")
