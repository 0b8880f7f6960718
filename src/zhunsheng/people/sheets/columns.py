"""The sheets of the workbook and their columns, declared once for template, reading, check and export."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from zhunsheng.people.models import DivisionKind, Leadership, UnitKind
from zhunsheng.people.sheets import cells

VERSION: Final = "1"
VERSION_SHEET: Final = "版本"


@dataclass(frozen=True, slots=True)
class Column:
    """A column: key in the program, title, width in characters, what to write, how it is read."""

    key: str
    title: str
    width: int
    note: str
    read: Callable[[object], object]
    required: bool = False
    longest: int = 100
    choices: tuple[str, ...] = ()
    empty: object = ""


@dataclass(frozen=True, slots=True)
class Sheet:
    """A sheet: its name and its columns; rows begin on line 2."""

    name: str
    columns: tuple[Column, ...]


def _labels(labels: list[str]) -> tuple[str, ...]:
    return tuple(map(str, labels))


DIVISIONS: Final = Sheet(
    "区划",
    (
        Column("name", "名称", 18, "乡镇、街道、村、社区的名称，例如 城关镇。", cells.name, required=True, longest=64),
        Column(
            "kind", "层级", 12, "从下拉中选。", cells.division_kind, required=True, choices=_labels(DivisionKind.labels)
        ),
        Column("parent", "上级区划", 18, "上一级的名称，例如村所在的镇；直接在本级之下的可以不填。", cells.name),
        Column("code", "代码", 16, "区划代码，6 位、9 位或者 12 位；没有的不填。", cells.code, longest=12),
    ),
)
UNITS: Final = Sheet(
    "单位",
    (
        Column(
            "division",
            "所在区划",
            20,
            "县直单位不填；乡镇、街道和村（居）填区划名称，有同名的写成 城关镇/东关村。",
            cells.name,
        ),
        Column("name", "全称", 36, "印章上的名称，例如 云溪县司法局。", cells.name, required=True),
        Column(
            "short_name",
            "简称",
            20,
            "平时的叫法，同一区划内不能重，例如 县司法局。",
            cells.name,
            required=True,
            longest=50,
        ),
        Column("kind", "类别", 20, "从下拉中选。", cells.unit_kind, required=True, choices=_labels(UnitKind.labels)),
        Column(
            "led_by",
            "领导关系",
            12,
            "从下拉中选；不填的算属地管理。",
            cells.leadership,
            choices=_labels(Leadership.labels),
            empty=Leadership.PLACE.value,
        ),
        Column("superior", "上级单位", 20, "上级单位的简称；直接由本级政府领导的不填。", cells.name),
        Column("assessed_by", "考核单位", 20, "由哪个单位考核，填简称；不考核的不填。", cells.name),
        Column("valid_from", "成立日期", 14, "例如 2019-03-22；不清楚的不填。", cells.day, empty=None),
        Column(
            "aliases",
            "别名",
            40,
            "文件里的其他叫法，用顿号分开；停用了的写明日期，例如 县国土局（2019-03-22前）。",
            cells.aliases,
            longest=10_000,
            empty=(),
        ),
    ),
)
MEMBERS: Final = Sheet(
    "成员",
    (
        Column(
            "username",
            "用户名",
            18,
            "登录用的名字，字母和数字，不分大小写，全系统不能重。",
            cells.username,
            required=True,
            longest=64,
        ),
        Column("name", "姓名", 12, "本人姓名。", cells.name, required=True, longest=50),
        Column("unit", "所在单位", 24, "单位的简称；有同名的写成 东关村（城关镇/东关村）。", cells.name, required=True),
        Column("office_phone", "办公电话", 18, "例如 0500-5550123；不要填手机号，可以不填。", cells.phone, longest=20),
        Column(
            "roles",
            "申请的角色",
            30,
            "用顿号分开，由安全管理员批准后才有；可选：" + cells.written_roles(cells.BUSINESS_ROLES) + "。",
            cells.roles,
            empty=(),
        ),
    ),
)
SHEETS: Final = (DIVISIONS, UNITS, MEMBERS)
