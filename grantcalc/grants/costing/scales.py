"""Pay scales, of the grant file itself or of the file beside it that it names."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from pydantic import ValidationError

from grantcalc.grants.costing.beside import SCALES_PLACE
from grantcalc.grants.costing.records import RECORDS_OF_SCALES, ScalesFile
from grantcalc.grants.costing.written import amounts_of_scales
from grantcalc.grants.document import read_document
from grantcalc.grants.faults import Fault, FaultKind, is_fatal
from grantcalc.grants.irregular import irregular_amounts
from grantcalc.money import Malformed
from grantcalc.source import Where
from grantcalc.wording import counted

if TYPE_CHECKING:
    from grantcalc.grants.beside import Beside, OpenBeside
    from grantcalc.grants.costing.records import Costing, ScaleTable


@dataclass(frozen=True, slots=True)
class Scales:
    """The pay scales of a grant, the file beside it that has them, and why there are none."""

    tables: tuple[ScaleTable, ...] = ()
    beside: Beside | None = None
    faults: tuple[Fault, ...] = ()


def scales_of(terms: Costing, open_beside: OpenBeside) -> Scales:
    """The pay scales of the grant file itself, or of the file beside it."""
    if not isinstance(terms.scales, str):
        return Scales(terms.scales)
    opened = open_beside(terms.scales)
    if isinstance(opened, Malformed):
        message = f"the scales of {terms.scales} {opened.reason}"
        return Scales(faults=(Fault(FaultKind.SCALES, message, SCALES_PLACE, opened.remedy),))
    tables, faults = _loaded(opened.text)
    beside = replace(opened, faults=faults)
    fatal = sum(map(is_fatal, faults))
    if not fatal:
        return Scales(tables, beside)
    message = f"the scales of {terms.scales} cannot be used: the file has {counted(fatal, 'fault')}"
    return Scales(beside=beside, faults=(Fault(FaultKind.SCALES, message, SCALES_PLACE, f"mend {terms.scales}"),))


def _loaded(text: str) -> tuple[tuple[ScaleTable, ...], tuple[Fault, ...]]:
    """Read and validate a file of pay scales: its tables, or its faults with their places in it."""
    document = read_document(text)
    if not isinstance(document.tree, dict):
        message = "the file has no scales"
        empty = Fault(FaultKind.MISSING_KEY, message, Where(1, 1, 1, 1), 'begin with "scales:" and a list')
        return (), document.faults or (empty,)
    tree = document.tree
    try:
        tables = ScalesFile.model_validate(tree).scales
    except ValidationError as error:
        from grantcalc.grants.refused import refused

        details = error.errors(include_url=False, include_input=True)
        return (), (
            *document.faults,
            *(refused(detail, tree, RECORDS_OF_SCALES.__getitem__) for detail in details),
        )
    return tables, (*document.faults, *irregular_amounts(amounts_of_scales(tables, ("scales",))))
