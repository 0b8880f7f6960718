"""The steps by which a plan comes into force, on the real pages: import, names, doubts, terms, two persons."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from playwright.sync_api import expect

from tests.faces.desk.at_work import Colleague

CHOSEN = "县司法局"
"""Where neither the name nor the county suggests a unit."""


@dataclass(frozen=True, slots=True)
class Story:
    """A document, the years that the office states, the first day of the story in the demo.

    ``title`` is what the office calls a document without a title; ``led_by`` somebody of the unit that leads.
    """

    name: str
    file: str
    years: tuple[str, str]
    begins: date
    title: str = ""
    named: dict[str, str] = field(default_factory=dict)
    """What the office decides where several units are possible, or none is alike: "" for 不指单位."""
    led_by: str = ""

    @property
    def ends(self) -> date:
        """The last day of the first year."""
        return date(self.begins.year, 12, 31)


def imported(clerk: Colleague, story: Story, path: Path) -> int:
    """The clerk hands the file in; the key of the plan."""
    page = clerk.go("/desk/plans/new")
    clerk.shot(f"{story.name}-01-import")
    page.get_by_label("方案文件").set_input_files(path)
    page.get_by_label("起始年度").fill(story.years[0])
    page.get_by_label("结束年度").fill(story.years[1])
    page.get_by_label("主管单位").select_option(label="县委依法治县办")
    page.get_by_label("上报周期").select_option("quarter")
    page.get_by_label("我已确认这份文件").check()
    clerk.press("导入")
    found = re.search(r"/plans/(\d+)/mend", page.url)
    assert found, page.locator("main").inner_text()
    clerk.shot(f"{story.name}-02-mend", narrow=True)
    return int(found[1])


def doubts_settled(clerk: Colleague, plan: int) -> int:
    """Every doubt is left as the text has it; how many there were."""
    page, settled = clerk.go(f"/desk/plans/{plan}/mend"), 0
    while (ask := page.get_by_role("button", name="按原文，不改", exact=True)).count():
        clerk.click(ask.first)
        settled += 1
        assert settled < 60, "doubts do not end"
    return settled


def names_settled(clerk: Colleague, story: Story, plan: int) -> int:
    """Every name once, with what the page offers where that is one unit or a group, else with what the office says."""
    page, settled = clerk.go(f"/desk/plans/{plan}/names"), 0
    clerk.shot(f"{story.name}-03-names", narrow=True)
    while page.get_by_role("button", name="定下来", exact=True).count():
        _one_name(clerk, story)
        settled += 1
        assert settled < 60, "names do not end"
    clerk.shot(f"{story.name}-04-names-done")
    return settled


def _one_name(clerk: Colleague, story: Story) -> None:
    page = clerk.page
    printed = page.locator("#choose h2").inner_text().split("”")[0].lstrip("“")
    offered = page.get_by_role("button", name=re.compile("^就是上面"))
    if printed not in story.named and offered.count():
        clerk.click(offered)
        return
    unit = story.named.get(printed, CHOSEN)
    if not unit:
        clerk.press("不指单位")
        return
    page.get_by_label("在全部单位里找").fill(unit)
    clerk.press("找")
    page.get_by_role("checkbox", name=unit, exact=True).check()
    clerk.press("定下来")


def terms_set(clerk: Colleague, story: Story, plan: int) -> None:
    """A date for tasks without one, a report each quarter; looked at before it is kept."""
    page = clerk.go(f"/desk/plans/{plan}/terms")
    if story.title:
        page.get_by_label("标题").fill(story.title)
    page.get_by_label("上报周期").select_option("quarter")
    page.get_by_label("没写期限的任务，办结期限").fill(story.ends.isoformat())
    clerk.press("先看看")
    expect(page.get_by_text("还没有记下；")).to_be_visible()
    clerk.press("记下")
    expect(page.get_by_role("status").first).to_contain_text("已记下")
    clerk.shot(f"{story.name}-05-terms")


def published(clerk: Colleague, head: Colleague, story: Story, plan: int) -> None:
    """The clerk hands over and cannot publish; the head does."""
    page = clerk.go(f"/desk/plans/{plan}/publish")
    clerk.press("送复核")
    expect(page.get_by_role("button", name=re.compile("^发布为第 1 版"))).to_be_disabled()
    clerk.shot(f"{story.name}-06-handed-over", narrow=True)
    page = head.go(f"/desk/plans/{plan}/publish")
    head.shot(f"{story.name}-07-publish")
    head.press("发布为第 1 版")
    head.go(f"/desk/plans/{plan}/")
    expect(page.get_by_text("执行中").first).to_be_visible()
    head.shot(f"{story.name}-08-plan", narrow=True)
