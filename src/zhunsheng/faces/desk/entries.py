"""Who may open which address of the desk: the entries of its rooms in one table."""

from __future__ import annotations

from typing import Final

from zhunsheng.faces.access import Entry

ENTRIES: Final[dict[str, Entry]] = {}
