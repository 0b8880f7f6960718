"""A year on the real pages: units report, confirm and are sent back, orders are given, closed and escalated."""

from __future__ import annotations

from pathlib import Path

import docx
from playwright.sync_api import Page, expect

from tests.faces.desk.at_work import Colleague

DONE = "已经办结：制度印发，会议召开，台账登记，材料附后。"


def open_duty(who: Colleague, tasks: str, plan: int, number: str, period: str) -> Page:
    """A duty from the unit's page, found by the number of its task and its period."""
    page = who.go(f"{tasks}?plan={plan}&q={number}")
    row = page.locator("table tbody tr").filter(has=page.locator(f"td[data-l=期]:text-is('{period}')"))
    who.click(row.get_by_role("link").first)
    expect(page.get_by_role("heading", name="原文")).to_be_visible()
    return page


def reported(who: Colleague, text: str, folder: Path, *, proof: bool) -> None:
    """The open duty: words, a figure against every target, a file; handed in to the head."""
    page = who.page
    page.get_by_label("完成情况").fill(text)
    for field in page.locator("input[name^=value-]").all():
        field.fill("100")
    for line in page.locator("tr:has(input[name^=note-]):not(:has(input[name^=value-]))").all():
        line.locator("input[name^=note-]").fill("已按要求达到")
    if proof:
        path = folder / "办理情况.txt"
        path.write_text(f"{text}{page.url}\n", encoding="utf-8")
        page.locator("#file").set_input_files(path)
        page.get_by_label("这些材料不涉密").check()
    who.press("上报给负责人")
    expect(page.locator("h1")).to_contain_text("待负责人确认")


def stepped(who: Colleague, url: str, button: str, becomes: str, reason: str = "") -> None:
    """Open a duty and press a step."""
    page = who.page
    page.goto(url)
    form = page.locator("aside form").filter(has=page.get_by_role("button", name=button, exact=True))
    if reason:
        form.locator("input[name=reason]").fill(reason)
    who.click(form.get_by_role("button", name=button, exact=True))
    expect(page.locator("h1")).to_contain_text(becomes)


def confirmed(url: str, head: Colleague, lead: Colleague | None, office: Colleague) -> None:
    """The whole way of a report: head, lead unit where there is another, office."""
    stepped(head, url, "确认上报", "待牵头单位确认" if lead else "待办公室确认")
    if lead:
        stepped(lead, url, "牵头单位确认", "待办公室确认")
    stepped(office, url, "确认办结", "已办结")


def pressed(clerk: Colleague, plan: int, units: list[str], shot: str) -> None:
    """Orders are drafted for these units out of those that are late."""
    page = clerk.go(f"/desk/plans/{plan}/")
    clerk.click(page.get_by_role("link", name="督办逾期单位"))
    clerk.shot(f"{shot}-press")
    for box in page.locator("input[name=unit]").all():
        box.set_checked((box.get_attribute("aria-label") or "")[1:] in units)
    clerk.press("拟督办单草稿")
    expect(page.locator("table tbody tr")).to_have_count(len(units))
    clerk.shot(f"{shot}-drafts")


def issued(head: Colleague, unit: str) -> str:
    """The head signs the order drafted for a unit; its address."""
    page = head.go("/desk/matters/?state=draft")
    head.click(page.locator("table tbody tr").filter(has_text=unit).get_by_role("link").first)
    url = page.url
    _act(head, "签发")
    expect(page.locator("h1")).to_contain_text("待签收")
    return url


def _act(who: Colleague, step: str) -> None:
    """From the page of a matter through the form of a step."""
    who.click(who.page.get_by_role("link", name=step, exact=True))
    who.press(step)


def signed(who: Colleague, url: str) -> None:
    """The unit signs for an order."""
    who.page.goto(url)
    _act(who, "签收")
    expect(who.page.locator("h1")).to_contain_text("办理中")


def answered(who: Colleague, url: str, folder: Path) -> None:
    """The unit answers with a file."""
    page = who.page
    page.goto(url)
    who.click(page.get_by_role("link", name="报办理情况", exact=True))
    page.get_by_label("办理情况", exact=False).first.fill("所列任务已经补报，责任到人。")
    path = folder / "督办办理情况.txt"
    path.write_text("补报清单。\n", encoding="utf-8")
    page.get_by_label("上传佐证材料").set_input_files(path)
    page.get_by_label("已确认上传的材料").check()
    who.press("报办理情况")
    expect(page.locator("h1")).to_contain_text("待核查")


def closed(clerk: Colleague, url: str) -> None:
    """The office checks the answer and strikes the order off."""
    page = clerk.page
    page.goto(url)
    clerk.click(page.get_by_role("link", name="销号", exact=True))
    page.locator("textarea").fill("经核查属实，同意销号。")
    clerk.press("销号")
    expect(page.locator("h1")).to_contain_text("已销号")


def escalated(clerk: Colleague, head: Colleague, url: str, shot: str) -> None:
    """A talk, proposed by one and approved by another."""
    page = clerk.page
    page.goto(url)
    clerk.shot(f"{shot}-unanswered", narrow=True)
    clerk.click(page.get_by_role("link", name="提请约谈", exact=True))
    page.get_by_label("时间和地点").fill("5月15日上午9时，县委依法治县办三楼会议室")
    page.get_by_label("理由").fill("逾期没有签收，也没有报办理情况。")
    clerk.shot(f"{shot}-propose")
    clerk.press("提请约谈")
    expect(page.get_by_role("link", name="批准")).to_have_count(0)
    page = head.page
    page.goto(url)
    head.click(page.get_by_role("link", name="决定", exact=True))
    head.shot(f"{shot}-decide")
    head.press("批准")
    expect(page.get_by_text("已约谈").first).to_be_visible()
    head.shot(f"{shot}-escalated")


def paper_of(who: Colleague, url: str, folder: Path) -> str:
    """The text of the notice of the talk, as Word would open it."""
    who.page.goto(url)
    path = who.saved("^下载 .*（Word）$", folder)
    return "\n".join(one.text for one in docx.Document(str(path)).paragraphs)
