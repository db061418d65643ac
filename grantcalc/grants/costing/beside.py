"""The file beside a grant file that holds its pay scales."""

from __future__ import annotations

from typing import Final

from grantcalc.source import Route

SCALES_PLACE: Final = Route(("costing", "scales"))
"""Where a grant file names the file of its scales."""
