"""A grant file as text, made of a table of posts: YAML in the block style of the examples."""

from __future__ import annotations

from textwrap import indent
from typing import TYPE_CHECKING, Any, Final, TypeAlias

import yaml

from grantcalc.grants.fields import DEFAULT_HEADINGS, UNNAMED
from grantcalc.report.medium import PLAIN

if TYPE_CHECKING:
    from grantcalc.grants.posts.table import PostsTable
    from grantcalc.grants.posts.table_post import TablePost
    from grantcalc.money import Figure
    from grantcalc.results.imported import ImportedGrant

_Tree: TypeAlias = "dict[str, Any]"
_ENDLESS: Final = 2**30


_DUMPER: Final[Any] = getattr(yaml, "CSafeDumper", yaml.SafeDumper)
"""libyaml's emitter where PyYAML was built with it, since it is many times faster."""


def grant_text(imported: ImportedGrant) -> str:
    """A grant file of the posts of a table, and of the totals that the table states."""
    source = PLAIN.show(f"# Imported from {imported.source.path}, SHA-256 {imported.source.sha256}")
    tree = _tree(imported.name, imported.table, imported.years)
    return f"{source}\n" + "".join(_entry(key, value) for key, value in tree.items())


def _entry(key: str, value: Any) -> str:  # noqa: ANN401  (a text, a list or a mapping)
    """A key of the file and what stands below it; PyYAML would put the dashes of a list below its key."""
    return f"{key}:\n{indent(_yaml(value), '  ')}" if isinstance(value, list) else _yaml({key: value})


def _yaml(value: Any) -> str:  # noqa: ANN401  (as above)
    """Everything is text, and is quoted where YAML would read it as something else."""
    written: str = yaml.dump(
        value, Dumper=_DUMPER, allow_unicode=True, sort_keys=False, default_flow_style=False, width=_ENDLESS
    )
    return written


def _tree(name: str, table: PostsTable, years: tuple[str, ...]) -> _Tree:
    posts = [_line("role", post) for post in table.posts if not post.is_below_nought]
    items = [_line("item", post) for post in table.posts if post.is_below_nought]
    of_all = table.stated.get(UNNAMED)
    return {
        "grant": name,
        **({"headings": list(table.headings)} if not set(table.headings) <= set(DEFAULT_HEADINGS) else {}),
        **({"years": [_year(year, table) for year in years]} if years else {}),
        **({"posts": posts} if posts else {}),
        **({"other_costs": items} if items else {}),
        **({"stated": _texts(of_all)} if of_all else {}),
    }


def _year(year: str, table: PostsTable) -> str | _Tree:
    """A year, its name alone where nothing is stated of it."""
    stated = table.stated.get(year)
    return {"year": year, "stated": _texts(stated)} if stated else year


def _line(key: str, post: TablePost) -> _Tree:
    """A post or other cost; without years, its amounts stand below `costs`."""
    costs = {year: {h: figure.text for h, (figure, _) in amounts.items()} for year, amounts in post.costs.items()}
    stated = {year: _texts(figures) for year, figures in post.stated.items()}
    return {
        key: post.name,
        "costs": costs.get(UNNAMED, costs),
        **({"stated": stated.get(UNNAMED, stated)} if stated else {}),
    }


def _texts(figures: dict[str, Figure]) -> dict[str, str]:
    return {key: figure.text for key, figure in figures.items()}
