"""The joint analysis once more, by the HiGHS solver in floating point: an oracle for tests only."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from grantcalc.sums import coefficients

if TYPE_CHECKING:
    from collections.abc import Sequence

    from grantcalc.money import Figure
    from grantcalc.sums import Sum


class Oracle:
    """Whether sums can all hold, and how far each figure can go, as a linear programme in pounds."""

    def __init__(self, sums: Sequence[Sum]) -> None:
        highspy = pytest.importorskip("highspy", reason="the HiGHS solver is the oracle of this test")
        rows = [coefficients(a_sum) for a_sum in sums]
        self._columns = {figure: n for n, figure in enumerate(dict.fromkeys(f for row in rows for f in row))}
        self._solvable = (highspy.HighsModelStatus.kOptimal, highspy.HighsModelStatus.kModelEmpty)
        self._solver = highspy.Highs()
        self._solver.setOptionValue("output_flag", False)  # noqa: FBT003  (HiGHS takes it so)
        for figure in self._columns:
            value, half = float(figure.value), float(figure.half_unit)
            self._solver.addVar(value - half, value + half)
        for row in rows:
            numbers = [self._columns[figure] for figure in row]
            self._solver.addRow(0, 0, len(row), numbers, [float(weight) for weight in row.values()])

    def feasible(self) -> bool:
        """Whether the sums can all hold."""
        self._solver.run()
        return self._solver.getModelStatus() in self._solvable

    def range(self, figure: Figure) -> tuple[float, float]:
        """The lowest and highest amount left to a figure."""
        column = self._columns[figure]
        ends = []
        for cost in (1.0, -1.0):
            self._solver.changeColCost(column, cost)
            self._solver.run()
            ends.append(cost * self._solver.getInfo().objective_function_value)
        self._solver.changeColCost(column, 0.0)
        return ends[0], ends[1]
