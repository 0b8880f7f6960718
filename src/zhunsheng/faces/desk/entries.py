"""Who may open which address of the desk: the entries of its rooms in one table."""

from __future__ import annotations

from typing import Final

from zhunsheng.faces.access import Entry
from zhunsheng.faces.desk.entrance.entries import ENTRIES as ENTRANCE
from zhunsheng.faces.desk.home.entries import ENTRIES as HOME
from zhunsheng.faces.desk.plans.entries import ENTRIES as PLANS

ENTRIES: Final[dict[str, Entry]] = {**HOME, **ENTRANCE, **PLANS}
