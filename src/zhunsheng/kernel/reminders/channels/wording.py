"""What a message says: the same lines for a letter and for a robot."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any, Final

from django.conf import settings

from zhunsheng.kernel.reminders.models import Level

Line = Mapping[str, Any]
HARMLESS: Final = str.maketrans("<>[]`*#@", "＜＞［］｀＊＃＠")
LATE: Final = {Level.RED.value, Level.ESCALATED.value}


def heading(lines: Sequence[Line]) -> str:
    """How many things, and how many of them are late."""
    late = sum(line["level"] in LATE for line in lines)
    return f"{len(lines)} 件事要留意" + (f"，{late} 件已经逾期" if late else "")


def text_line(line: Line) -> str:
    """One thing on one line, with its address on the next."""
    address = link(line)
    said = f"［{Level(line['level']).label}］{_one_line(line['text'])}（截止 {_day(line)}）"
    return f"{said}\n{address}" if address else said


def markdown_line(line: Line) -> str:
    """The same as a list item; what people typed cannot become markup or call on somebody."""
    address = link(line)
    said = _one_line(line["text"]).translate(HARMLESS)
    return f"- **{Level(line['level']).label}** {f'[{said}]({address})' if address else said}（截止 {_day(line)}）"


def link(line: Line) -> str:
    """Where it opens; nothing where the site does not know its own address (SITE_URL)."""
    return f"{settings.SITE_URL}{line['url']}" if settings.SITE_URL else ""


def fitted(head: str, parts: Sequence[str], foot: str, most: int) -> str:
    """Head, as many parts as fit into ``most`` bytes of UTF-8, how many are left out, foot."""
    for kept in range(len(parts), -1, -1):
        left_out = [f"另有 {len(parts) - kept} 件，请到工作台查看。"] if kept < len(parts) else []
        whole = "\n".join([head, "", *parts[:kept], *left_out, "", foot])
        if len(whole.encode()) <= most:
            return whole
    return head


def _one_line(text: str) -> str:
    return " ".join(str(text).split())


def _day(line: Line) -> str:
    return date.fromisoformat(line["due"]).isoformat()
