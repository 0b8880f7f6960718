"""The county as written down, without a database: nothing twice, nothing dangling, nothing real."""

from __future__ import annotations

import re
from collections import Counter
from datetime import date

import pytest

from zhunsheng.people.demo import tables
from zhunsheng.people.models import Role

DIVISIONS, UNITS, ALIASES, MEMBERS = tables.divisions(), tables.units(), tables.aliases(), tables.members()
PROVINCES = {11, 12, 13, 14, 15, 21, 22, 23, 31, 32, 33, 34, 35, 36, 37, 41, 42, 43, 44, 45, 46} | {
    50, 51, 52, 53, 54, 61, 62, 63, 64, 65, 71, 81, 82,
}  # fmt: skip


def twice(values: list[str]) -> list[str]:
    return [value for value, count in Counter(values).items() if count > 1]


@pytest.mark.parametrize(
    "values",
    [
        [row.name for row in DIVISIONS],
        [row.code for row in DIVISIONS],
        [row.name for row in UNITS],
        [row.short_name for row in UNITS],
        [row.name for row in ALIASES] + [row.name for row in UNITS] + [row.short_name for row in UNITS],
        [row.username for row in MEMBERS],
        [row.name for row in MEMBERS],
    ],
    ids=["divisions", "codes", "units", "short names", "all names", "user names", "persons"],
)
def test_no_name_stands_twice(values: list[str]) -> None:
    assert twice(values) == []


def test_rows_refer_to_rows_that_are_there() -> None:
    places, units = {row.name for row in DIVISIONS}, {row.short_name for row in UNITS}
    assert {row.parent for row in DIVISIONS} - places == {""}
    assert {row.division for row in UNITS} <= places
    assert {row.superior for row in UNITS} | {row.assessed_by for row in UNITS} <= units | {""}
    assert {row.successor for row in UNITS} <= units | {""}
    assert {row.unit for row in ALIASES} | {row.unit for row in MEMBERS} <= units


def test_certificates_and_posts_belong_to_members_and_units() -> None:
    users, units = {row.username for row in MEMBERS}, {row.short_name for row in UNITS}
    certificates, posts = tables.qualifications(), tables.appointments()
    assert {row.username for row in certificates} | {row.username for row in posts} <= users
    assert {row.unit for row in posts} <= units | {""}
    assert all(bool(row.unit) != bool(row.body) for row in posts)
    assert twice([row.number for row in certificates]) == []
    assert all(re.search("050021", row.number) for row in certificates)


def test_parents_stand_before_their_children() -> None:
    order = {row.name: number for number, row in enumerate(DIVISIONS)}
    assert all(order[row.parent] < order[row.name] for row in DIVISIONS[1:])


def test_codes_continue_those_above_and_belong_to_no_province() -> None:
    codes = {row.name: row.code for row in DIVISIONS}
    length = {"county": 6, "township": 9, "village": 12}
    for row in DIVISIONS:
        assert re.fullmatch(rf"[0-9]{{{length[row.kind]}}}", row.code)
        assert row.code.startswith(codes.get(row.parent, ""))
        assert int(row.code[:2]) not in PROVINCES


def test_villages_are_distributed_unevenly() -> None:
    counts = Counter(row.parent for row in DIVISIONS if row.kind == "village")
    assert len(counts) == 12
    assert min(counts.values()) <= 3
    assert max(counts.values()) >= 10


def test_names_of_persons_are_chinese_and_user_names_plain() -> None:
    assert all(re.fullmatch(r"[\u4e00-\u9fff]{2,4}", row.name) for row in MEMBERS)
    assert all(re.fullmatch(r"[a-z]+", row.username) for row in MEMBERS)


def test_every_role_is_one_of_the_domains() -> None:
    assert {row.role for row in MEMBERS} == set(Role.values)


def test_an_empty_cell_is_no_date() -> None:
    assert tables.day("") is None
    assert tables.day("2019-03-22") == date(2019, 3, 22)
