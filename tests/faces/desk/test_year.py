"""Two real plans run through their year on the demo's clock, in Chromium, by the people whose work it is."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect, sync_playwright

from tests.corpus.where import sources
from tests.faces.cli.conftest import Place, place
from tests.faces.desk import plan_stages, year_stages
from tests.faces.desk.agreement import MARKS, agree, units_of
from tests.faces.desk.at_work import Colleague, Office, demo_at, worked
from tests.faces.desk.plan_stages import Story
from tools.shots import launched

pytestmark = [pytest.mark.browser, pytest.mark.long, pytest.mark.sources, pytest.mark.sqlite]
__all__ = ["place"]

NAMED = {
    "市数据资源局": "县行政审批局", "市委组织部": "县人社局", "市委编办": "县委依法治县办", "市总工会": "", "市政府相关部门": "县市场监管局",
    "县依法行政办公室": "县委依法治县办", "县政府行政服务中心": "县行政审批局", "县政府有关工作部门": "县财政局",
    "市政府涉及赋权相关部门": "县城管执法局",
}  # fmt: skip
S1 = Story("s1", "001", ("2024", "2025"), date(2024, 2, 19), "", NAMED, led_by="李文涛")
S2 = Story("s2", "002", ("2026", "2026"), date(2026, 1, 12), "云溪县2026年依法行政工作安排", NAMED)
"""A plan of 2012: the demo's clock does not go so far back, so the office states this year. It has no title either."""
LATE_UNIT = "白石镇"
"""A town whose people never answer."""


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright, launched(playwright) as found:
        yield found


@dataclass(slots=True)
class Year:
    """The year of one plan with its people; ``tasks`` is the page of the town whose people work."""

    story: Story
    place: Place
    plan: int
    tasks: str
    folder: Path
    clerk: Colleague
    head: Colleague
    liaison: Colleague
    mayor: Colleague
    reader: Colleague
    lead: Colleague | None

    def on(self, month: int, day: int) -> None:
        """The demo's clock is moved, and the worker does its round."""
        self.clerk.go("/desk/")
        self.clerk.moves_to(date(self.story.begins.year, month, day))
        worked(self.place)

    def report(self, number: str, quarter: str) -> str:
        """The liaison officer reports on a task; the address of the duty."""
        period = f"{self.story.begins.year} 年{quarter}"
        page = year_stages.open_duty(self.liaison, self.tasks, self.plan, number, period)
        year_stages.reported(self.liaison, year_stages.DONE, self.folder, proof=True)
        return page.url

    def confirm(self, url: str) -> None:
        """Head, lead unit, office."""
        if self.lead:
            self.lead.renewed()
        year_stages.confirmed(url, self.mayor, self.lead, self.clerk)

    def shot(self, what: str) -> str:
        """The name of a picture."""
        return f"{self.story.name}-{what}"


@pytest.mark.parametrize("story", [S1, S2], ids=["S1", "S2"])
def test_a_year(story: Story, place: Place, browser: Browser, tmp_path: Path) -> None:
    with demo_at(place) as address:
        office = Office(browser, address)
        year = begun(story, place, office, tmp_path)
        first_quarter(year)
        orders(year)
        to_the_end(year)
        assert office.errors() == []
    checked = place.run("verify")
    assert checked.returncode == 0, checked.stdout + checked.stderr


def begun(story: Story, place: Place, office: Office, folder: Path) -> Year:
    """Import, names, doubts, terms, and publication by a second person."""
    clerk, head = office.by_role("依法治县办经办"), office.by_role("依法治县办负责人")
    clerk.moves_to(story.begins)
    plan = plan_stages.imported(clerk, story, next(sources().glob(f"{story.file}_*.txt")))
    plan_stages.names_settled(clerk, story, plan)
    plan_stages.doubts_settled(clerk, plan)
    plan_stages.terms_set(clerk, story, plan)
    plan_stages.published(clerk, head, story, plan)
    liaison, mayor = office.by_role("联络员"), office.by_role("单位负责人")
    reader, lead = office.by_role("领导小组成员"), office.by_name(story.led_by) if story.led_by else None
    tasks = units_of(clerk, plan)["城关镇"]
    return Year(story, place, plan, tasks, folder, clerk, head, liaison, mayor, reader, lead)


def first_quarter(year: Year) -> None:
    """Reminded, reported, confirmed; one sent back and reported again; one never confirmed by the head."""
    year.on(3, 5)
    reminders = year.liaison.go("/desk/reminders/")
    expect(reminders.locator("h1")).to_contain_text("条提醒没有看过")
    year.liaison.shot(year.shot("10-reminders"), narrow=True)
    year.liaison.go(f"{year.tasks}?plan={year.plan}")
    year.liaison.shot(year.shot("11-unit"), narrow=True)
    good, poor, forgotten = (year.report(number, "一季度") for number in ("7", "8", "10"))
    year.liaison.shot(year.shot("12-reported"), narrow=True)
    year.confirm(good)
    year_stages.stepped(year.mayor, poor, "确认上报", "待牵头单位确认" if year.lead else "待办公室确认")
    if year.lead:
        year_stages.stepped(year.lead, poor, "牵头单位确认", "待办公室确认")
    year.clerk.page.goto(poor)
    year.clerk.shot(year.shot("13-to-accept"), narrow=True)
    year_stages.stepped(year.clerk, poor, "退回", "退回", "缺会议签到表，请补齐后重报。")
    sent_back(year, poor)
    assert agree(year.clerk, year.plan)[MARKS["wait"]] == 1, forgotten
    year.clerk.go(f"/desk/plans/{year.plan}/matrix/")
    year.clerk.shot(year.shot("15-matrix-march"))


def sent_back(year: Year, url: str) -> None:
    """The liaison officer sees why and reports again."""
    page = year.liaison.page
    page.goto(url)
    expect(page.get_by_text("缺会议签到表").first).to_be_visible()
    year.liaison.shot(year.shot("14-sent-back"))
    year_stages.reported(year.liaison, "已补齐会议签到表。", year.folder, proof=True)
    year.confirm(url)


def orders(year: Year) -> None:
    """What is late is pressed for: one order answered and closed, one left lying and escalated."""
    year.on(4, 2)
    assert agree(year.clerk, year.plan)[MARKS["late"]] > 100
    year.clerk.go(f"/desk/plans/{year.plan}/")
    year.clerk.shot(year.shot("20-plan-april"), narrow=True)
    year.clerk.go(f"/desk/plans/{year.plan}/matrix/")
    year.clerk.shot(year.shot("21-matrix-april"), narrow=True)
    year_stages.pressed(year.clerk, year.plan, ["城关镇", LATE_UNIT], year.shot("22"))
    mine, lying = year_stages.issued(year.head, "城关镇"), year_stages.issued(year.head, LATE_UNIT)
    year.liaison.go("/desk/matters/")
    year.liaison.shot(year.shot("23-matters-of-the-unit"), narrow=True)
    year_stages.signed(year.liaison, mine)
    year.liaison.shot(year.shot("24-signed"))
    year.on(4, 12)
    year_stages.answered(year.liaison, mine, year.folder)
    year_stages.closed(year.clerk, mine)
    year.clerk.shot(year.shot("25-closed"), narrow=True)
    year.on(5, 8)
    year_stages.escalated(year.clerk, year.head, lying, year.shot("26"))
    paper = year_stages.paper_of(year.head, lying, year.folder)
    assert "约谈" in paper
    assert LATE_UNIT in paper
    assert "5月15日上午9时" in paper


def to_the_end(year: Year) -> None:
    """Month after month; in the end everything that is shown agrees."""
    for month, quarter in ((6, "二季度"), (9, "三季度"), (12, "四季度")):
        year.on(month, 20)
        year.confirm(year.report("7", quarter))
        if month == 6:
            in_july(year)
    year.clerk.go("/desk/")
    year.clerk.moves_to(year.story.ends + timedelta(days=4))
    worked(year.place)
    counts = agree(year.clerk, year.plan)
    year.clerk.go(f"/desk/plans/{year.plan}/matrix/")
    year.clerk.shot(year.shot("31-matrix-end"))
    assert agree(year.head, year.plan) == counts
    looked_at(year)


def in_july(year: Year) -> None:
    """The second quarter is over: its reports are late although one of the first quarter still waits for the head."""
    year.on(7, 2)
    cells = agree(year.clerk, year.plan)
    assert cells[MARKS["late"]] > 100
    assert cells[MARKS["wait"]] == 0, "what waits hides nothing that is late"
    year.clerk.go(f"/desk/plans/{year.plan}/matrix/")
    year.clerk.shot(year.shot("30-matrix-july"))


def looked_at(year: Year) -> None:
    """A member of the leading group reads everything and is offered nothing to do."""
    page = year.reader.go("/desk/plans/")
    page.locator("table tbody th a").filter(has_text=year.story.title or "行动方案").first.click()
    expect(page.get_by_role("link", name="督办逾期单位")).to_have_count(0)
    year.reader.shot(year.shot("32-reader-plan"))
    page.get_by_role("link", name="单位×任务").click()
    expect(page.locator("table.matrix")).to_be_visible()
    year.head.go("/desk/reminders/")
    year.head.shot(year.shot("33-reminders-of-the-head"), narrow=True)
    year.clerk.go("/desk/matters/")
    year.clerk.shot(year.shot("34-matters"), narrow=True)
