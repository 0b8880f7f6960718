"""算期限: the page for everybody. Every result has its own address, and nothing is stored."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.test import Client
from lxml import html

from zhunsheng.faces.portal.months import months
from zhunsheng.kernel import now
from zhunsheng.kernel.actor import Program
from zhunsheng.kernel.clock import actions, shipped
from zhunsheng.kernel.clock.due import due
from zhunsheng.kernel.clock.results import Pause

CALENDAR = shipped.calendar()


def page(visitor: Client, status: int = 200, **asked: Any) -> html.HtmlElement:
    with now.on(date(2026, 11, 23)):
        response = visitor.get("/due", asked)
    assert response.status_code == status
    return html.fromstring(response.content.decode())


def words(tree: html.HtmlElement, path: str = "//main") -> str:
    return " ".join(" ".join(part.text_content() for part in tree.xpath(path)).split())


def test_the_form_needs_no_database_and_lists_every_rule(visitor: Client) -> None:
    tree = page(visitor)
    assert len(tree.xpath("//section[@id='all']//tbody/tr")) >= 190
    assert "中华人民共和国行政复议法" in words(tree, "//section[@id='all']")
    assert tree.xpath("//nav//a[@aria-current='page']/text()") == ["算期限"]
    assert len(tree.xpath("//datalist/option")) > 150


@pytest.mark.django_db
def test_a_result_shows_date_article_arithmetic_and_days(visitor: Client) -> None:
    tree = page(visitor, rule="R03", date="2026-09-28")
    assert "最迟 2026年10月10日 周六" in words(tree, "//h1")
    assert "第三十条" in words(tree, "//aside")
    assert "10-10（周六）国庆节调休上班，计第5个工作日。" in words(tree, "//ol")
    cells = {cell.xpath("string(b)"): cell.get("class") for cell in tree.xpath("//table[2]//td[b]")}
    assert cells["10"].startswith("m-end")
    assert cells["9"] == "m-count"
    assert cells["7"].startswith("m-skip")
    assert "2026 年按国务院放假安排" in words(tree, "//aside")
    assert tree.xpath("//input[@name='rule']/@value") == ["R03"]


@pytest.mark.django_db
def test_the_choice_of_the_list_may_carry_its_title(visitor: Client) -> None:
    assert "2026年10月10日" in words(page(visitor, rule="R03 审查复议申请、决定是否受理", date="2026-09-28"), "//h1")


@pytest.mark.django_db
def test_a_provisional_date_says_so(visitor: Client) -> None:
    tree = page(visitor, rule="S02", date="2026-08-31")
    assert "暂定" in words(tree, "//*[contains(@class, 'is-est')]")
    assert "2027 年的放假安排还没有载入" in words(tree)
    assert "还剩" in words(tree)


@pytest.mark.django_db
def test_suspensions_and_extensions_are_part_of_the_address(visitor: Client) -> None:
    asked: dict[str, Any] = {
        "rule": "L02",
        "date": "2026-04-17",
        "from": ["2026-05-06", ""],
        "to": ["2026-05-11", ""],
        "extend": "1",
    }
    tree = page(visitor, **asked)
    assert "2026年6月9日" in words(tree, "//h1")
    assert len(tree.xpath("//td[contains(@class, 'm-pause')]")) == 6
    assert tree.xpath("//input[@name='from']/@value") == ["2026-05-06", ""]
    stopped = page(visitor, **{**asked, "from": "2026-05-06", "to": ""})
    assert "中止，恢复后重算" in words(stopped, "//h1")


@pytest.mark.django_db
def test_the_calendar_of_the_place_is_used(visitor: Client) -> None:
    by = Program("测试")
    actions.set_day(by=by, day=date(2026, 10, 9), works=False, name="三月三", region="450000")
    assert "10月12日" in words(page(visitor, rule="R03", date="2026-09-28", region="450103"), "//h1")
    assert "10月10日" in words(page(visitor, rule="R03", date="2026-09-28"), "//h1")


@pytest.mark.django_db
def test_hours_and_backwards(visitor: Client) -> None:
    assert "2026年10月1日 周四 23:30" in words(page(visitor, rule="F01", date="2026-09-30", time="23:30"), "//h1")
    back = page(visitor, rule="P08", date="2026-11-30")
    assert "11月18日" in words(back, "//h1")
    assert "最迟" in words(back, "//table//td[contains(@class, 'm-end')]")


def test_words_bring_the_rules_that_have_them(visitor: Client) -> None:
    tree = page(visitor, rule="听证")
    assert "“听证”有" in words(tree, "//h1")
    assert "P08" in words(tree, "//main//section[1]//table")


@pytest.mark.django_db
def test_words_of_one_rule_only_are_that_rule(visitor: Client) -> None:
    assert "2026年12月16日" in words(page(visitor, rule="公布到施行", date="2026-11-16"), "//h1")


def test_a_rule_without_a_date_asks_for_it(visitor: Client) -> None:
    tree = page(visitor, rule="R03")
    assert "收到复议申请" in words(tree, "//label[@for='date']")
    assert not tree.xpath("//input[@name='time']")
    assert not tree.xpath("//input[@name='extend']")


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("asked", "said"),
    [
        ({"rule": "没有这一条"}, "没有“没有这一条”"),
        ({"rule": "R03", "date": "明天"}, "认不出来"),
        ({"rule": "N02", "date": "2026-11-23"}, "N02: {n: 15"),
        ({"rule": "F01", "date": "2026-11-23"}, "几时几分"),
        ({"rule": "R03", "date": "2026-11-23", "region": "云溪"}, "区划代码"),
        ({"rule": "R10", "date": "2026-11-23", "extend": "1"}, "不能延长"),
        ({"rule": "P02", "date": "2026-11-23", "extend": "1"}, "批准延长几日"),
        ({"rule": "R09", "date": "2026-11-23", "extend": "一"}, "应当写数字"),
        ({"rule": "R09", "date": "2026-11-01", "from": "2026-11-20", "to": "2026-11-10"}, "止日早于起日"),
        ({"rule": "R03", "date": "2026-11-01", "from": "2026-11-02", "to": "2026-11-03"}, "没有可以扣除"),
        ({"rule": "<script>alert(1)</script>"}, "<script>"),
    ],
)
def test_what_cannot_be_computed_says_why_and_keeps_what_was_typed(
    visitor: Client, asked: dict[str, str], said: str
) -> None:
    tree = page(visitor, 422, **asked)
    assert said in words(tree, "//*[@role='alert']")
    assert tree.xpath("//input[@name='rule']/@value") == [asked["rule"]]
    assert not tree.xpath("//main//script")


@pytest.mark.django_db
def test_a_result_costs_one_query(visitor: Client, django_assert_num_queries: Any) -> None:
    actions.seed(by=Program("测试"))
    page(visitor, rule="R03", date="2026-09-28")
    with django_assert_num_queries(1):
        page(visitor, rule="R03", date="2026-09-28")
    with django_assert_num_queries(1):
        page(visitor, rule="P02", date="2026-03-01")


def test_month_sheets_show_the_weeks_that_matter() -> None:
    sheets = months(due("R03", date(2026, 9, 28), calendar=CALENDAR), CALENDAR)
    assert [(sheet.month, len(sheet.weeks)) for sheet in sheets] == [(9, 1), (10, 2)]
    assert all(len(week) == 7 for sheet in sheets for week in sheet.weeks)
    makeup = due("R03", date(2026, 5, 6), calendar=CALENDAR)
    cells = {cell.day: cell for sheet in months(makeup, CALENDAR) for week in sheet.weeks for cell in week if cell}
    assert cells[date(2026, 5, 9)].word == "3班"
    assert cells[date(2026, 5, 9)].said == "劳动节调休上班，计第3个工作日"


def test_month_sheets_of_a_rolled_and_of_a_long_time() -> None:
    rolled = months(due("P02", date(2026, 3, 1), calendar=CALENDAR), CALENDAR)
    cells = {cell.day: cell for sheet in rolled for week in sheet.weeks for cell in week if cell}
    assert cells[date(2026, 5, 30)].word == "90"
    assert cells[date(2026, 5, 31)].kind == "skip"
    assert cells[date(2026, 6, 1)].kind == "end"
    long = months(due("S03", date(2021, 11, 22), calendar=CALENDAR), CALENDAR)
    assert [(sheet.year, sheet.month, sheet.gap) for sheet in long] == [(2021, 11, False), (2026, 11, True)]
    assert months(due("R09", date(2026, 9, 1), "", [Pause(date(2026, 9, 3))], calendar=CALENDAR), CALENDAR) == []
