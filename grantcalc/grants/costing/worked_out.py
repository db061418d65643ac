"""A year's costs that were worked out, as a mapping that knows its working."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

    from grantcalc.grants.costing.working import Working
    from grantcalc.money import Figure


class WorkedOut(dict[str, "Figure"]):
    """What a line costs in a year by heading, as any other costs; and how it was worked out.

    Attributes:
        working: how; it says on which days the costs are incurred.
    """

    __slots__ = ("working",)

    def __init__(self, costs: Mapping[str, Figure], working: Working) -> None:
        """Costs by heading, and their working."""
        super().__init__(costs)
        self.working = working
