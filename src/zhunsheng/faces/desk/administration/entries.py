"""Who may open the pages of the three administrators."""

from __future__ import annotations

from typing import Final

from zhunsheng.faces.access import (
    AUDIT_ADMINISTRATOR,
    BOTH,
    POST,
    READ,
    SECURITY_ADMINISTRATOR,
    SYSTEM_ADMINISTRATOR,
    Entry,
    Sample,
)
from zhunsheng.faces.desk.menu import Group, Item

ACCOUNTS: Final = SYSTEM_ADMINISTRATOR | SECURITY_ADMINISTRATOR
POLICY: Final = ACCOUNTS | AUDIT_ADMINISTRATOR
"""The audit administrator opens the accounts of security administrators only (``views.mine``)."""

# The audit administrator's own pages (访问日志, 操作日志) come with the journal; their lines stand in its room.
NAV: Final = (
    Item(Group.PEOPLE, "账号", "desk:accounts", ACCOUNTS),
    Item(Group.GROUND, "安全策略", "desk:security_policy", POLICY),
)

SYSTEM: Final = "fanlicheng"
SECURITY: Final = "mengxiaolan"

ENTRIES: Final[dict[str, Entry]] = {
    "desk:accounts": Entry(
        ACCOUNTS,
        READ,
        (
            Sample("accounts", user=SYSTEM),
            Sample("accounts-none", fill=(("q", "查无此人"),), press="筛选", user=SYSTEM),
        ),
    ),
    "desk:account_new": Entry(
        SYSTEM_ADMINISTRATOR,
        BOTH,
        (
            Sample("account-new", user=SYSTEM),
            Sample("account-new-wrong", press="建账号", status=422, user=SYSTEM),
        ),
    ),
    "desk:account_of": Entry(
        POLICY,
        READ,
        (
            Sample("account-of-system", start="desk:accounts", follow=("何水秀",), user=SYSTEM),
            Sample("account-of-security", start="desk:accounts", follow=("何水秀",), user=SECURITY),
        ),
    ),
    "desk:account_edit": Entry(SYSTEM_ADMINISTRATOR, POST),
    "desk:account_reset": Entry(
        SYSTEM_ADMINISTRATOR,
        POST,
        (Sample("account-reset", start="desk:accounts", follow=("廖小满",), press="重置口令", user=SYSTEM),),
    ),
    "desk:account_enable": Entry(SECURITY_ADMINISTRATOR | AUDIT_ADMINISTRATOR, POST),
    "desk:account_disable": Entry(SECURITY_ADMINISTRATOR, POST),
    "desk:account_unlock": Entry(SECURITY_ADMINISTRATOR, POST),
    "desk:account_factor": Entry(SECURITY_ADMINISTRATOR, POST),
    "desk:role_grant": Entry(SECURITY_ADMINISTRATOR, POST),
    "desk:role_end": Entry(SECURITY_ADMINISTRATOR, POST),
    "desk:security_policy": Entry(POLICY, READ, (Sample("security-policy", user=SECURITY),)),
}
