"""A grant budget calculator: totals, payments in arrears, and a check that stated figures add up."""

from typing import Final

__all__ = ["__version__"]

__version__: Final = "0.1.0"
