"""Equations between changes of figures, and what eliminating one of these leaves of them."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping
    from collections.abc import Set as AbstractSet

    from grantcalc.simplex import Number


class Equation:
    """`Σ weight × change + gap = 0`, of changes of figures.

    Attributes:
        weights: how often the change of each figure counts, by the figure's number.
        has_rounded: whether it has rounded figures.
        is_beyond_rounding: whether the gap is more than these can make up for.
    """

    __slots__ = ("_gap", "_room", "has_rounded", "is_beyond_rounding", "weights")

    def __init__(self, weights: Mapping[int, Number], gap: Number, room: Mapping[int, Number]) -> None:
        """Set up an equation.

        Args:
            weights: how often the change of each figure counts.
            gap: what the changes have to make up for.
            room: how far each rounded figure may be from what is printed, though it does not change.
        """
        self.weights = weights
        self._gap = gap
        self._room = room
        rounded = room.keys() & weights.keys()
        allowed: Number = 0
        for number in rounded:
            weight = weights[number]
            allowed += room[number] * (weight if weight > 0 else -weight)
        self.has_rounded = bool(rounded)
        self.is_beyond_rounding = gap > allowed or -gap > allowed

    def of(self, numbers: AbstractSet[int]) -> Equation:
        """What the equation says of some figures and the rounded ones, where no other one changes."""
        weights = {n: weight for n, weight in self.weights.items() if n in numbers or n in self._room}
        return self if len(weights) == len(self.weights) else Equation(weights, self._gap, self._room)

    def without(self, number: int, other: Equation) -> Equation:
        """This equation less so many times another that a figure is no longer in it."""
        times, factor = other.weights[number], self.weights[number]
        weights = {n: weight * times for n, weight in self.weights.items()}
        for n, weight in other.weights.items():
            new = weights.get(n, 0) - factor * weight
            if new:
                weights[n] = new
            else:
                del weights[n]
        return Equation(weights, self._gap * times - factor * other._gap, self._room)


def eliminated(equations: tuple[Equation, ...], number: int) -> tuple[Equation, ...]:
    """Equations with a figure eliminated: one of those that have it says what it is, and is spent."""
    having = [equation for equation in equations if number in equation.weights]
    if not having:
        return equations
    spent = min(having, key=lambda equation: len(equation.weights))
    return tuple(
        equation.without(number, spent) if number in equation.weights else equation
        for equation in equations
        if equation is not spent
    )


def may_hold(equations: tuple[Equation, ...]) -> bool:
    """Whether equations can hold without a change, as far as eliminating the rounded figures shows; it is quick."""
    left = tuple(equation.of(frozenset()) for equation in equations if equation.has_rounded)
    while not any(equation.is_beyond_rounding for equation in left):
        number = next((number for equation in left for number in equation.weights), None)
        if number is None:
            return True
        left = eliminated(left, number)
    return False
