"""A small plan and its reading, both written by hand, for tests of what is made from readings."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from zhunsheng.programmes.plans.reading.model import (
    Definition,
    Doubt,
    Due,
    Frequency,
    Goal,
    Mention,
    Reading,
    Section,
    Target,
    Task,
    UnitRole,
)

TEXT = """云溪县2025年普法工作
方案

　　一、主要目标
到2025年，旁听庭审参与率达到90%。
二、重点任务
1.办好<法治>讲堂。2025年6月底前开讲，每年不少于2场。（牵头单位：县司法局；责任单位：县教 育局、各乡镇、街道（含开发区，下同）等）
2.=SUM(1)写好板报，年底前完成。（县司法局牵头，
"""


def at(words: str, after: str = "") -> tuple[str, int, int]:
    """The words with their place in ``TEXT``, searched behind ``after``."""
    start = TEXT.index(words, TEXT.index(after) if after else 0)
    return words, start, start + len(words)


def mention(words: str, role: UnitRole, label: str, after: str, *, collective: bool = False) -> Mention:
    """A unit named in ``TEXT``."""
    printed, start, end = at(words, after)
    return Mention(printed, start, end, "".join(printed.split()), role, label, collective)


def task(number: str, first: str, last: str, **parts: object) -> Task:
    """A task of ``TEXT`` from its number to ``last``."""
    start = TEXT.index(first)
    end = TEXT.index(last, start) + len(last)
    given: dict[str, object] = {
        "number": number, "section": "二", "title": "", "text": TEXT[start:end], "start": start, "end": end,
        "mentions": (), "role_label": "", "open_ended": False, "due": (), "frequency": (), "targets": (),
    }  # fmt: skip
    return Task(**{**given, **parts})  # type: ignore[arg-type]


def reading() -> Reading:
    """What a careful clerk reads from ``TEXT``."""
    first = task(
        "1", "1.办好", "等）",
        mentions=(
            mention("县司法局", "lead", "牵头单位", "1.办好"),
            mention("县教 育局", "responsible", "责任单位", "1.办好"),
            mention("各乡镇、街道", "responsible", "责任单位", "1.办好", collective=True),
        ),
        role_label="责任单位",
        open_ended=True,
        due=(Due(*at("2025年6月底前"), date(2025, 6, 30)),),
        frequency=(Frequency(*at("每年不少于2场"), Decimal(2), ">=", "year", None),),
        targets=(Target(*at("不少于2场"), "", ">=", Decimal("2.0"), "场"),),
    )  # fmt: skip
    second = task(
        "2", "2.=SUM", "牵头，",
        mentions=(mention("县司法局", "lead", "牵头", "2.=SUM"),),
        due=(Due(*at("年底前"), None),),
    )  # fmt: skip
    goal = Goal(*at("达到90%"), "旁听庭审参与率", "=", Decimal(90), "%", (Due(*at("到2025年"), date(2025, 12, 31)),))
    sections = (
        Section("一", "主要目标", 1, TEXT.index("一、"), TEXT.index("二、")),
        Section("二", "重点任务", 1, TEXT.index("二、"), len(TEXT)),
    )
    doubts = (
        Doubt("year", "“年底前”是哪一年，请核对。", *at("年底前")[1:]),
        Doubt("bracket", "括号缺了后半边，请核对。", *at("（县司法局牵头，")[1:]),
        Doubt("long", "全文请核对。", 0, len(TEXT)),
    )
    meaning = Definition("各乡镇、街道", "含开发区", *at("（含开发区，下同）")[1:])
    return Reading(
        TEXT, "云溪县2025年普法工作方案", "云溪县司法局", "", date(2025, 2, 17), None,
        sections, (first, second), (goal,), (meaning,), doubts,
    )  # fmt: skip
