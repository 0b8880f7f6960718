"""The plan of the example county, written for it: what the demo reads and the page offers to try."""

from __future__ import annotations

from pathlib import Path
from typing import Final

EXAMPLE: Final = Path(__file__).with_name("plan.txt")
"""UTF-8 text, read like any other file."""
DRAFT: Final = Path(__file__).with_name("draft.txt")
"""A second plan of the county, with a group and two units that a person must settle."""
