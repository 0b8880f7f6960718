"""Who may open which address of the desk: the entries of its rooms in one table."""

from __future__ import annotations

from typing import Final

from zhunsheng.faces.access import Entry
from zhunsheng.faces.desk.account.entries import ENTRIES as ACCOUNT
from zhunsheng.faces.desk.administration.entries import ENTRIES as ADMINISTRATION
from zhunsheng.faces.desk.entrance.entries import ENTRIES as ENTRANCE
from zhunsheng.faces.desk.evidence.entries import ENTRIES as EVIDENCE
from zhunsheng.faces.desk.help.entries import ENTRIES as HELP
from zhunsheng.faces.desk.home.entries import ENTRIES as HOME
from zhunsheng.faces.desk.matters.entries import ENTRIES as MATTERS
from zhunsheng.faces.desk.plans.entries import ENTRIES as PLANS
from zhunsheng.faces.desk.reminders.entries import ENTRIES as REMINDERS
from zhunsheng.faces.desk.tracking.entries import ENTRIES as TRACKING

ENTRIES: Final[dict[str, Entry]] = {
    **HOME,
    **HELP,
    **REMINDERS,
    **ENTRANCE,
    **ACCOUNT,
    **ADMINISTRATION,
    **PLANS,
    **TRACKING,
    **MATTERS,
    **EVIDENCE,
}
