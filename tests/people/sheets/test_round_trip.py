"""Any county that the template can hold: out, in below another root, and out again gives the same rows."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db import transaction
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from tests.people.acting import BY
from tests.people.sheets.books import book, rows_of
from zhunsheng.people import actions
from zhunsheng.people.models import Division, DivisionKind, Leadership, UnitKind
from zhunsheng.people.sheets import cells, export, import_workbook

DAY = date(2026, 3, 1)
WORDS = st.text(alphabet="东南西北上下河桥（）A9", min_size=1, max_size=4)
PHONES = st.sampled_from(["", "0500-5550123", "5550124-801"])
DAYS = st.sampled_from(["", "1998-07-01", "2019-03-22"])


@st.composite
def counties(draw: st.DrawFn) -> dict[str, list[dict[str, str]]]:
    """Rows of a county as the export writes them: places with parents before them, units, members."""
    towns = [f"{name}镇" for name in draw(st.lists(WORDS, unique=True, max_size=3))]
    villages = draw(st.lists(st.tuples(st.sampled_from(towns), WORDS), unique=True, max_size=4)) if towns else []
    places = [(town, [name for above, name in villages if above == town]) for town in towns]
    divisions, labels = [], [""]
    for town, below in places:
        divisions.append({"名称": town, "层级": "乡镇街道", "上级区划": "", "代码": ""})
        labels.append(town)
        for name in below:
            divisions.append({"名称": name, "层级": "村社区", "上级区划": town, "代码": ""})
            labels.append(f"{town}/{name}")
    units = draw_units(draw, labels)
    return {"区划": divisions, "单位": units, "成员": draw_members(draw, units)}


def draw_units(draw: st.DrawFn, labels: list[str]) -> list[dict[str, str]]:
    names = draw(st.lists(st.tuples(st.sampled_from(labels), WORDS), unique=True, max_size=6))
    ordered = sorted(names, key=lambda one: labels.index(one[0]))
    return [
        {
            "所在区划": label,
            "全称": f"{label}{name}局",
            "简称": name,
            "类别": str(draw(st.sampled_from(UnitKind)).label),
            "领导关系": str(draw(st.sampled_from([Leadership.LINE, Leadership.BOTH])).label),
            "上级单位": "",
            "考核单位": written(draw(st.sampled_from([None, *ordered])), ordered),
            "成立日期": draw(DAYS),
            "别名": draw(
                st.sampled_from(["", f"{label}{name}旧局（2019-03-22前）", f"{label}{name}室、{label}{name}科"])
            ),
        }
        for label, name in ordered
    ]


def written(unit: tuple[str, str] | None, units: list[tuple[str, str]]) -> str:
    """A unit as the export names it."""
    if unit is None:
        return ""
    alone = [name for _, name in units].count(unit[1]) == 1
    return unit[1] if alone else f"{unit[1]}（{unit[0] or '青石县'}）"


def draw_members(draw: st.DrawFn, units: list[dict[str, str]]) -> list[dict[str, str]]:
    keys = [(unit["所在区划"], unit["简称"]) for unit in units]
    chosen = sorted(draw(st.lists(st.integers(0, len(keys) - 1), max_size=4))) if keys else []
    return [
        {
            "用户名": f"member{number}",
            "姓名": "某人",
            "所在单位": written(keys[index], keys),
            "办公电话": draw(PHONES),
            "申请的角色": cells.written_roles(draw(st.lists(st.sampled_from(cells.BUSINESS_ROLES), max_size=3))),
        }
        for number, index in enumerate(chosen)
    ]


class RoundTrip(TestCase):
    """Each example begins in an empty database."""

    @settings(max_examples=25, deadline=None)
    @given(counties())
    def test_rows_come_back(self, rows: dict[str, list[dict[str, Any]]]) -> None:
        with transaction.atomic():
            county = actions.add_division(by=BY, parent=None, kind=DivisionKind.COUNTY, name="青石县")
            staged = self.enter(county, book({name: some for name, some in rows.items() if some} or {"单位": []}))
            assert staged.findings == []
            content = export(county, DAY)
            assert rows_of(content) == {name: [dict(row) for row in some] for name, some in rows.items()}
            again = self.enter(county, content)
            assert all((one.new, one.changed) == (0, 0) for one in again.counts().values())
            transaction.set_rollback(True)

    @staticmethod
    def enter(county: Division, content: bytes) -> Any:
        return import_workbook(content, division=county, day=DAY, by=BY)
