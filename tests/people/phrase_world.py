"""One unit of every sort, without a database, to see which of them a group phrase takes."""

from __future__ import annotations

from zhunsheng.people.models import Division, DivisionKind, Unit, UnitKind
from zhunsheng.people.phrases import Meaning, meaning

LEVELS = {
    "县": Division(pk=1, path="00010001", name="云溪县", kind=DivisionKind.COUNTY),
    "市": Division(pk=1, path="00010001", name="宁安市", kind=DivisionKind.COUNTY),
    "区": Division(pk=1, path="00010001", name="江北区", kind=DivisionKind.COUNTY),
    "旗": Division(pk=1, path="00010001", name="青山旗", kind=DivisionKind.COUNTY),
    "地市": Division(pk=1, path="0001", name="清石市", kind=DivisionKind.PREFECTURE),
    "乡镇": Division(pk=1, path="000100010001", name="南坪镇", kind=DivisionKind.TOWNSHIP),
}
"""A division of each level that plans come from; always number 1, so that its own units are those of division 1."""

UNITS = {
    "甲县": Unit(division_id=2, kind=UnitKind.GOVERNMENT, name="甲县人民政府", short_name="甲县"),
    "乙区": Unit(division_id=3, kind=UnitKind.GOVERNMENT, name="乙区人民政府", short_name="乙区"),
    "丙市": Unit(division_id=4, kind=UnitKind.GOVERNMENT, name="丙市人民政府", short_name="丙市政府"),
    "镇": Unit(division_id=5, kind=UnitKind.TOWNSHIP, name="云溪县南坪镇人民政府", short_name="南坪镇"),
    "乡": Unit(division_id=6, kind=UnitKind.TOWNSHIP, name="云溪县石门乡人民政府", short_name="石门乡"),
    "街道": Unit(division_id=7, kind=UnitKind.SUB_DISTRICT, name="云溪县北门街道办事处", short_name="北门街道"),
    "部门": Unit(division_id=1, kind=UnitKind.DEPARTMENT, name="云溪县司法局", short_name="县司法局"),
    "执法": Unit(division_id=1, kind=UnitKind.ENFORCING_DEPARTMENT, name="云溪县公安局", short_name="县公安局"),
    "垂管": Unit(division_id=1, kind=UnitKind.VERTICAL, name="云溪县气象局", short_name="县气象局"),
    "办": Unit(division_id=1, kind=UnitKind.OFFICE, name="云溪县委依法治县办", short_name="县依法治县办"),
    "下级部门": Unit(division_id=2, kind=UnitKind.DEPARTMENT, name="甲县司法局", short_name="县司法局"),
    "村": Unit(division_id=8, kind=UnitKind.VILLAGE, name="南坪镇井边村村民委员会", short_name="井边村"),
    "社区": Unit(division_id=9, kind=UnitKind.VILLAGE, name="南坪镇河东社区居民委员会", short_name="河东社区"),
}


def taken(phrase: str, level: str) -> str:
    """The sorts of units that the phrase takes in a plan of that level; 人定 where only a person can decide.

    With 人定 stand the sorts to choose among, if there are any: "人定 部门 执法".
    """
    division = LEVELS[level]
    found: Meaning = meaning(phrase, division)
    sorts = [name for name, unit in UNITS.items() if any(rule.takes(unit, division) for rule in found.rules)]
    return " ".join(sorts if found.certain else ["人定", *sorts])
