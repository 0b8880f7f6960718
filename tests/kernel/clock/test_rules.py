from __future__ import annotations

from datetime import date, datetime
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
import yaml

from tests.kernel.clock.ids import IDS
from zhunsheng.kernel import packs
from zhunsheng.kernel.clock import rules, shipped
from zhunsheng.kernel.clock.compute import CST
from zhunsheng.kernel.clock.due import due
from zhunsheng.kernel.clock.rules import UnknownRule, chain
from zhunsheng.kernel.errors import Refused
from zhunsheng.kernel.packs import BadPack

DAY = date(2026, 11, 23)
CALENDAR = shipped.calendar()
VERSIONS = [version for versions in rules.book().rules.values() for version in versions]


def write(path: Path, content: str) -> None:
    path.write_text(f"version: '2'\nsource: 本县\n{content}", "utf-8")


def test_every_number_of_the_library_is_there_and_no_other() -> None:
    assert {key[:3] for key in rules.book().rules} == set(IDS)


@pytest.mark.parametrize("version", VERSIONS, ids=lambda version: f"{version.id}-{version.valid_from}")
def test_every_rule_gives_a_date_or_says_what_to_do(version: rules.TimeLimit) -> None:
    day = version.valid_from or DAY
    trigger: Any = day if version.unit != "h" else datetime(day.year, day.month, day.day, 9, tzinfo=CST)
    if version.unit == "none" or (version.n is None and not version.dates):
        with pytest.raises(Refused) as refused:
            due(version.id, trigger, calendar=CALENDAR)
        assert refused.value.code in {"not_a_limit", "not_set"}
        assert version.unit == "none" or f"  {version.id}: {{n: 15, unit: {version.unit}" in str(refused.value)
    else:
        found = due(version.id, trigger, calendar=CALENDAR)
        assert found.rule.valid_from == version.valid_from
        assert found.day is not None
        assert found.day < day if version.direction == "before" else found.day >= day


@pytest.mark.parametrize("version", VERSIONS, ids=lambda version: f"{version.id}-{version.valid_from}")
def test_every_rule_names_article_and_person(version: rules.TimeLimit) -> None:
    assert version.article
    assert version.title
    assert version.trigger or version.unit == "none"
    assert version.valid_to is None or (version.valid_from is not None and version.valid_from < version.valid_to)


def test_versions_of_one_rule_follow_each_other_without_overlap() -> None:
    for versions in rules.book().rules.values():
        for newer, older in pairwise(versions):
            assert older.valid_to == newer.valid_from


@pytest.mark.parametrize("typed", ["R03", "r03", "R3", " r3 ", "Ｒ０３"])
def test_an_id_may_be_typed_in_many_ways(typed: str) -> None:
    assert rules.book().versions(typed)[0].id == "R03"


@pytest.mark.parametrize(("typed", "meant"), [("R99", "R09"), ("听证", "P07"), ("R04-9", "R04-2"), ("L2O", "L02")])
def test_an_unknown_id_brings_suggestions(typed: str, meant: str) -> None:
    with pytest.raises(UnknownRule) as refused:
        rules.book().versions(typed)
    assert meant in refused.value.suggestions
    assert meant in str(refused.value)


def test_nonsense_brings_an_example() -> None:
    with pytest.raises(UnknownRule, match="例如 R03"):
        rules.book().versions("!!")


def test_a_day_before_the_law_is_refused_with_its_dates() -> None:
    with pytest.raises(Refused, match="2021-07-15 起") as refused:
        rules.book().at("P02", date(2021, 7, 14))
    assert refused.value.code == "not_in_force"
    assert rules.book().at("P02", date(2021, 7, 15)).n == 90


@pytest.mark.parametrize(
    ("region", "expected"),
    [
        ("", ("",)),
        ("450000", ("450000", "")),
        ("450103", ("450103", "450100", "450000", "")),
        ("450103001", ("450103001", "450103", "450100", "450000", "")),
        ("450103001002", ("450103001002", "450103001", "450103", "450100", "450000", "")),
        ("园区", ("园区", "")),
    ],
)
def test_regions_lie_in_regions(region: str, expected: tuple[str, ...]) -> None:
    assert chain(region) == expected


def test_the_county_sets_a_value_and_answers_for_it(local_pack: Path) -> None:
    write(local_pack, "rules:\n  N02: {n: 15, unit: d, article: 本省办法第十二条}\n")
    found = due("N02", DAY, calendar=CALENDAR)
    assert found.day == date(2026, 12, 8)
    assert found.rule.verified
    assert found.rule.source.endswith("本省办法第十二条")
    local_pack.unlink()
    with pytest.raises(Refused):
        due("N02", DAY, calendar=CALENDAR)


def test_the_example_in_the_refusal_can_be_used_as_it_is(local_pack: Path) -> None:
    with pytest.raises(Refused) as refused:
        due("S15", DAY, calendar=CALENDAR)
    write(local_pack, str(refused.value).partition("例如：\n")[2])
    assert due("S15", DAY, calendar=CALENDAR).day == date(2026, 12, 8)


def test_a_region_may_have_its_own_value_and_roll(local_pack: Path) -> None:
    write(local_pack, 'rules:\n  N05: {regional: {"450000": {n: 30, roll: yes}}}\n')
    assert due("N05", date(2026, 4, 30), "450103", calendar=CALENDAR).day == date(2026, 6, 1)
    assert due("N05", date(2026, 4, 30), calendar=CALENDAR).day == date(2026, 5, 15)


def test_the_county_may_add_a_rule_and_read_backwards_leniently(local_pack: Path) -> None:
    write(
        local_pack,
        "backward: lenient\nrules:\n  X01:\n    - {title: 报县里, act: 地方规定, article: 县政府办通知, side: A,"
        " trigger: 收到通知, n: 3, unit: wd}\n",
    )
    assert due("X01", DAY, calendar=CALENDAR).day == date(2026, 11, 26)
    assert due("P08", date(2026, 11, 30), calendar=CALENDAR).day == date(2026, 11, 19)


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ("rules:\n  P10: {unit: wd}\n", "写反了"),
        ("rules:\n  X01: {n: 3}\n", "没有这个编号"),
        ("rules:\n  P10: {act: 无此法}\n", "没有“无此法”"),
        ("rules:\n  P10: {valid_from: 某天}\n", "应当写成日期"),
        ("rules:\n  P10: {n: 0}\n", "不合格式"),
        ("rules:\n  p10: {n: 3}\n", "不合格式"),
        ("rules:\n  P10: {unit: date}\n", "要写 dates"),
        ("rules:\n  P10: {unit: none}\n", "value"),
    ],
)
def test_a_bad_local_pack_says_where_it_is_bad(local_pack: Path, content: str, said: str) -> None:
    write(local_pack, content)
    with pytest.raises(BadPack, match=said) as refused:
        rules.book()
    assert "time_limits_local.yaml" in str(refused.value)


def test_the_quick_loader_reads_the_same_values() -> None:
    path = packs.SHIPPED / "time_limits.yaml"
    assert packs.parsed(path) == yaml.safe_load(path.read_text("utf-8"))


def test_the_digest_changes_with_the_number_and_not_with_the_title() -> None:
    from dataclasses import replace

    rule = rules.book().versions("R03")[0]
    assert replace(rule, n=6).digest != rule.digest
    assert replace(rule, title="别的", article="第一条").digest == rule.digest
