"""What a person must settle before a reading can be put to work. Codes are stable, messages are for the page."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

from .attribution import Attribution
from .dates import Calendar
from .fold import Script
from .model import Doubt, Due, Mention, Task

_UNCLEAR = re.compile("有关|相关|涉及|其他|其它|相關|有關")
PRINTED_YEAR = re.compile(r"\d{4}|[二一][〇○零九]")
"""A date that says which year it means."""


def of_tasks(tasks: Sequence[Task], calendar: Calendar) -> list[Doubt]:
    """The doubts of all tasks, in the order of the text; a phrase used again is asked for once."""
    phrases = Counter(one.name for task in tasks for one in task.mentions if _UNCLEAR.search(one.name))
    found: list[Doubt] = []
    for task in tasks:
        found += _without_units(task)
        found += _groups(task.mentions, phrases)
        found += (doubt for due in task.due for doubt in _date(due, calendar))
    return sorted(found, key=lambda one: one.start)


def past(found: Iterable[Due], calendar: Calendar) -> Iterator[Doubt]:
    """Dates before the plan's own year that stand where due dates do, and were left out."""
    for due in found:
        message = (
            f"“{due.text}”早于方案的年度 {calendar.year} 年，没有列作期限。"
            "请核对：年份印错了的，请按对的年份补上；方案本来就从那一年起的，请先改方案的年度。"
        )
        yield Doubt("date_past", message, due.start, due.end)


def not_a_plan(title: str, items: int) -> Doubt:
    """The answer to a document that gives no tasks."""
    name = f"《{title}》" if title else "这份文件"
    message = (
        f"{name}读到 {items} 个编号，没有一处写明由哪个单位办，不像任务方案，没有列出任务。"
        "如是报告、总结或者创建方案，本来就没有任务；如确是方案，请核对正文、附表是否完整。"
    )
    return Doubt("not_a_plan", message, 0, 0)


def no_units_at_all() -> Doubt:
    """The answer to a plan that names no unit anywhere."""
    return Doubt("no_units", "这份文件没有写明牵头单位、责任单位。任务已经列出，单位要由人补上。", 0, 0)


def unplaced(script: Script, places: Iterable[Attribution]) -> Iterator[Doubt]:
    """Units that the document names in words that belong to no task."""
    for one in places:
        names = "、".join(dict.fromkeys(script.printed(name.start, name.end) for name in one.names))
        start, end = script.span(one.start, one.end)
        message = f"这里写了{names}，这段话却不在任何一项任务里。请核对它们是不是下面各项任务的单位，或者补列一项任务。"
        yield Doubt("units_unplaced", message, start, end)


_FOR_ALL = re.compile(
    r"(?:以下|下列|上述|其余|其他)[^,。;()]{0,8}(?:均|都)(?:需|须|要|由|应)"
    r"(?:[^。;()]|\([^()。;]{0,12}\)){2,60}?(?:落实|负责|配合|参与|参加)(?:,不再[^。;()]{1,8})?"
)
"""A clause about all tasks: 以下均需各市、县（市、区）人民政府落实，不再列出."""


def for_all(script: Script) -> Iterator[Doubt]:
    """Clauses that give units to all tasks; they are added to none, so that a person decides."""
    for match in _FOR_ALL.finditer(script.plain):
        start, end = script.span(*match.span())
        message = f"“{script.printed(*match.span())}”说的是各项任务，这些单位没有逐项列入，请核对后补上。"
        yield Doubt("units_for_all", message, start, end)


def _without_units(task: Task) -> Iterator[Doubt]:
    if not task.mentions:
        label = f"第 {task.number} 项" if task.number else "这一项"
        yield Doubt("no_units", f"{label}没有写明由谁办，请补上单位。", task.start, task.start)


def _groups(mentions: Iterable[Mention], phrases: Counter[str]) -> Iterator[Doubt]:
    for one in mentions:
        times = phrases.pop(one.name, 0)
        if times:
            again = f"，共 {times} 项任务用到，可一并定下" if times > 1 else ""
            yield Doubt("group_unclear", f"“{one.name}”指哪几家，文件没有写明{again}。", one.start, one.end)


def _date(due: Due, calendar: Calendar) -> Iterator[Doubt]:
    if due.recurs is not None:
        return
    if due.date is None:
        message = f"“{due.text}”算不出是哪一天，请补上年份或者起算日。"
        yield Doubt("date_unknown", message, due.start, due.end)
    elif (calendar.until is not None or calendar.from_prose) and not PRINTED_YEAR.search(due.text):
        why = "方案又跨几年" if calendar.until is not None else "标题、文号和落款里也没有"
        message = f"“{due.text}”没有写年份，{why}，暂按 {due.date:%Y} 年算，请核对。"
        yield Doubt("year_assumed", message, due.start, due.end)
