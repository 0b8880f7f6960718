"""Who may open which address: the entries of all faces in one table. A test walks the resolver and compares."""

from __future__ import annotations

from typing import Final

from zhunsheng.faces.access import Entry
from zhunsheng.faces.desk.entries import ENTRIES as DESK
from zhunsheng.faces.portal.entries import ENTRIES as PORTAL

TABLE: Final[dict[str, Entry]] = {**PORTAL, **DESK}
