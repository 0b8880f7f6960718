"""What pages and the command say of a computed time limit."""

from __future__ import annotations

from collections.abc import Iterator

from zhunsheng.kernel.clock.counting import full
from zhunsheng.kernel.clock.results import Due
from zhunsheng.kernel.clock.rules import UNITS, TimeLimit, book


def headline(due: Due) -> str:
    """The answer in a few words: 最迟 2026-10-10（周六）."""
    if due.day is None:
        return "中止，恢复后重算"
    when = f"{full(due.day)}{due.at:%H:%M}" if due.at else full(due.day)
    word = "至少到" if due.rule.bound == "floor" else "最迟"
    return f"{word} {when}{'，暂定' if due.provisional else ''}"


def demand(rule: TimeLimit) -> str:
    """What the rule demands: "5 个工作日", "至少 30 日", "7 个工作日前", "每年 3月1日"."""
    if rule.unit == "none":
        return "不是期限"
    if rule.dates:
        return f"每年 {rule.length}"
    if rule.n is None:
        return f"各地不同，按{UNITS[rule.unit].removeprefix('个')}"
    least = "至少 " if rule.bound == "floor" else ""
    return f"{least}{rule.n} {UNITS[rule.unit]}{'前' if rule.direction == 'before' else ''}"


def remarks(rule: TimeLimit) -> Iterator[str]:
    """What else must be known of the rule."""
    if rule.note:
        yield f"注意：{rule.note}。"
    if rule.silence:
        yield f"逾期：{rule.silence}。"
    if not rule.verified:
        yield "核对：这一条没有见到条文原文，用之前请核对。"
    if rule.unit in {"m", "y"} and rule.first_day == "excluded":
        yield "月、年按对应日计算，没有对应日的以月末为准（民法典第二百零二条）。"
    others = book().siblings(rule.id)
    if others:
        yield "同一编号还有：" + "；".join(f"{other.id} {other.title}" for other in others) + "。"
