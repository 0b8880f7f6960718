"""The numbers of the library of time limits, as the field names them."""

from __future__ import annotations

from typing import Final

COUNTS: Final = {"N": 20, "D": 7, "P": 19, "L": 10, "F": 10, "R": 17, "S": 17, "I": 18, "T": 5, "G": 18}
IDS: Final = [f"{letter}{number:02d}" for letter, count in COUNTS.items() for number in range(1, count + 1)]
