"""Who may open the pages of units and persons; what of them each sees is said by ``reach``."""

from __future__ import annotations

from typing import Final

from zhunsheng.faces.access import (
    BOTH,
    OFFICE,
    OVERSEERS,
    POST,
    READ,
    READERS,
    SECURITY_ADMINISTRATOR,
    SYSTEM_ADMINISTRATOR,
    Entry,
    Sample,
)
from zhunsheng.faces.desk.menu import Group, Item
from zhunsheng.faces.desk.units.asked import waiting

SEES: Final = READERS | SYSTEM_ADMINISTRATOR
NAMES: Final = OFFICE | SYSTEM_ADMINISTRATOR
ASKS: Final = SECURITY_ADMINISTRATOR | SYSTEM_ADMINISTRATOR

NAV: Final = (
    Item(Group.PEOPLE, "单位与人员", "desk:units", SEES),
    Item(Group.PEOPLE, "区划", "desk:divisions", SYSTEM_ADMINISTRATOR),
    Item(Group.PEOPLE, "资格到期", "desk:qualifications", READERS),
    Item(Group.PEOPLE, "泛指", "desk:groups", OVERSEERS),
    Item(Group.PEOPLE, "角色申请", "desk:proposals", ASKS, count=waiting),
)
SYSTEM: Final = "fanlicheng"
SECURITY: Final = "mengxiaolan"
CLERK: Final = "zhoumin"
UNIT: Final = "县司法局"

ENTRIES: Final[dict[str, Entry]] = {
    "desk:units": Entry(
        SEES,
        READ,
        (
            Sample("units", user=SYSTEM),
            Sample("units-office", user=CLERK),
            Sample("units-none", fill=(("q", "查无此单位"),), press="筛选", user=SYSTEM),
        ),
    ),
    "desk:units_list": Entry(SEES, READ),
    "desk:units_workbook": Entry(SYSTEM_ADMINISTRATOR, READ),
    "desk:unit_new": Entry(
        SYSTEM_ADMINISTRATOR,
        BOTH,
        (Sample("unit-new", user=SYSTEM), Sample("unit-new-wrong", press="新增单位", status=422, user=SYSTEM)),
    ),
    "desk:units_import": Entry(
        SYSTEM_ADMINISTRATOR,
        BOTH,
        (
            Sample("units-import", user=SYSTEM),
            Sample("units-import-nothing", press="检查", status=422, user=SYSTEM),
        ),
    ),
    "desk:units_template": Entry(SYSTEM_ADMINISTRATOR, READ),
    "desk:units_marked": Entry(SYSTEM_ADMINISTRATOR, POST),
    "desk:unit": Entry(
        SEES,
        READ,
        (
            Sample("unit", start="desk:units", follow=(UNIT,), user=SYSTEM),
            Sample("unit-office", start="desk:units", follow=(UNIT,), user=CLERK),
        ),
    ),
    "desk:unit_members": Entry(SEES, READ),
    "desk:unit_amend": Entry(SYSTEM_ADMINISTRATOR, POST),
    "desk:unit_rename": Entry(SYSTEM_ADMINISTRATOR, POST),
    "desk:unit_end": Entry(SYSTEM_ADMINISTRATOR, POST),
    "desk:unit_absorb": Entry(SYSTEM_ADMINISTRATOR, POST),
    "desk:unit_alias": Entry(NAMES, POST),
    "desk:unit_alias_forget": Entry(NAMES, POST),
    "desk:divisions": Entry(
        SYSTEM_ADMINISTRATOR,
        READ,
        (
            Sample("divisions", user=SYSTEM),
            Sample("divisions-none", fill=(("q", "查无此区划"),), press="筛选", user=SYSTEM),
        ),
    ),
    "desk:division_new": Entry(
        SYSTEM_ADMINISTRATOR,
        BOTH,
        (Sample("division-new", user=SYSTEM), Sample("division-new-wrong", press="新增区划", status=422, user=SYSTEM)),
    ),
    "desk:division_code": Entry(SYSTEM_ADMINISTRATOR, POST),
    "desk:qualifications": Entry(
        READERS,
        READ,
        (
            Sample("qualifications", fill=(("days", "一年内"),), press="筛选", user=CLERK),
            Sample(
                "qualifications-none", fill=(("days", "已经过期"), ("kind", "行政执法监督证")), press="筛选", user=CLERK
            ),
        ),
    ),
    "desk:qualifications_list": Entry(READERS, READ),
    "desk:person": Entry(READERS, READ),
    "desk:person_qualify": Entry(OFFICE, POST),
    "desk:qualification_revoke": Entry(OFFICE, POST),
    "desk:person_appoint": Entry(OFFICE, POST),
    "desk:appointment_end": Entry(OFFICE, POST),
    "desk:groups": Entry(OVERSEERS, READ, (Sample("groups", user=CLERK),)),
    "desk:group_decide": Entry(OFFICE, BOTH, (Sample("group-decide", user=CLERK),)),
    "desk:proposals": Entry(
        ASKS,
        BOTH,
        (Sample("proposals", user=SECURITY), Sample("proposals-system", user=SYSTEM)),
    ),
}
