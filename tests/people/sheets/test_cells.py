from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zhunsheng.people.models import Role
from zhunsheng.people.sheets import cells
from zhunsheng.people.sheets.findings import Bad, cell

DAY = date(2019, 3, 22)


@pytest.mark.parametrize(
    "written",
    [
        DAY,
        datetime(2019, 3, 22, 8, 30),  # noqa: DTZ001 - as a spreadsheet gives it
        43546.0,
        43546,
        "2019-03-22",
        "2019/3/22",
        "2019.3.22",
        "2019年3月22日",
        "2019年3月22",
        "２０１９－０３－２２".replace("－", "-"),
        " 2019 年 3 月 22 日 ",
        "20190322",
        20190322,
        20190322.0,
    ],
)
def test_one_day_under_all_its_spellings(written: object) -> None:
    assert cells.day(written) == DAY


@pytest.mark.parametrize("written", ["去年", "2019-13-01", "2019-02-29", "19-03-22", "2019", 1.5, "2019-03-22 至今"])
def test_what_is_no_day(written: object) -> None:
    with pytest.raises(Bad, match="看不懂"):
        cells.day(written)


@pytest.mark.parametrize(
    ("read", "written", "value"),
    [
        (cells.name, "张　 三\u200b", "张三"),
        (cells.name, "县教育局（旧）", "县教育局（旧）"),
        (cells.name, "５Ａ级", "5A级"),
        (cells.name, 12.0, "12"),
        (cells.words, "一  行\n两行", "一 行 两行"),
        (cells.username, " ZhouMin ", "zhoumin"),
        (cells.username, "ｚｈｏｕ０１", "zhou01"),
        (cells.username, 1001.0, "1001"),
        (cells.code, "０５００２２", "050022"),
        (cells.code, 500221012001.0, "500221012001"),
        (cells.phone, "0500－5550123", "0500-5550123"),
        (cells.phone, "0500 555 0123", "05005550123"),
        (cells.unit_kind, "村(居)民委员会", "village"),
        (cells.unit_kind, "Enforcing_Department", "enforcing_department"),
        (cells.leadership, " 双重 管理", "both"),
        (cells.roles, "单位负责人，联络员；联络员", (Role.LIAISON_OFFICER, Role.UNIT_HEAD)),
        (cells.aliases, "县国土局（2019年3月22日前）、县国土局", (("县国土局", None, None),)),
        (cells.aliases, "县数据局(2024-06-28起)", (("县数据局", date(2024, 6, 28), None),)),
        (cells.aliases, "县法制办（旧）", (("县法制办（旧）", None, None),)),
    ],
)
def test_cells_as_people_type_them(read: Callable[[object], object], written: object, value: object) -> None:
    assert read(written) == value


@pytest.mark.parametrize(("column", "line", "name"), [(1, 1, "A1"), (26, 2, "Z2"), (27, 3, "AA3"), (703, 9, "AAA9")])
def test_the_name_of_a_cell(column: int, line: int, name: str) -> None:
    assert cell(column, line) == name


DAYS = st.none() | st.dates(date(1949, 10, 1), date(2099, 12, 31))
NAMES = st.text(alphabet="县国土局数据（）旧()2019前起", min_size=1, max_size=8).map(cells.name)


@given(NAMES, DAYS, DAYS)
def test_an_alias_is_read_as_it_was_written(name: str, one: date | None, other: date | None) -> None:
    start, end = (one, other) if not (one and other) or one < other else (None, one)
    alias = (name, start, end)
    if start or end or cells.aliases(name) == ((name, None, None),):
        assert cells.aliases(cells.written_alias(alias)) == (alias,)


@given(st.lists(st.sampled_from(cells.BUSINESS_ROLES)))
def test_roles_are_read_as_they_were_written(roles: list[Role]) -> None:
    assert set(cells.roles(cells.written_roles(roles))) == set(roles)


@given(st.text() | st.floats() | st.integers() | st.dates() | st.booleans())
def test_no_cell_crashes(value: object) -> None:
    for read in (
        cells.words,
        cells.name,
        cells.username,
        cells.code,
        cells.phone,
        cells.day,
        cells.roles,
        cells.aliases,
    ):
        try:
            read(value)
        except Bad as bad:
            assert str(bad).endswith("。")
            assert bad.remedy.endswith("。")
