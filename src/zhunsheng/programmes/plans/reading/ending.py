"""Where a document ends: signature, annexes, distribution list, furniture of the page."""

from __future__ import annotations

import re

from .fold import Script
from .particulars import DAY, ORGAN, Line, closes_line, lines
from .titles import FURNITURE, TITLE_END
from .vocabulary import pattern

_TITLE_REACH = 8
_LONGEST_TITLE = 60
_LONGEST_SIGNATURE = 45
_OPENS_BODY = re.compile(r"[一二三四五六七八九十]+、|\([一二三四五六七八九十]+\)|\d+[.、]|第.{1,3}[章条]")
_ANY_CLOSING = pattern(
    r"""
    \(此件 附件:? 附: 附表 抄送 主题词 分送 报: 送: 扫一扫 打印 关闭 \[打印 \[关闭 \[字体 分享 返回顶部 收起 主办单位: 主办: 承办单位: 版权
    .{0,12}ICP备 .{0,12}公网安备 上一篇 下一篇 上一条 下一条 相关阅读 相关文件 相关链接 责任编辑 编辑: 审核: 网站地图 联系我们 联系电话 联系人
    Copyright 政策解读 解读: 来源: 信息来源: 附注: 注: 本?(?:方案|计划|要点)自.{1,12}起 公开属性 公开方式
    .{4,24}(?:办公室|办公厅)(?:秘书.{0,3})?\d{4}年\d{1,2}月\d{1,2}日印发
    """
)
"""What the first line after the body of a document begins with."""


def body_end(script: Script, start: int, end: int) -> int:
    """Where what closes a document (signature, annex, 抄送, page furniture) begins between two places, else ``end``."""
    # a signature is known by the date in the line after it
    all_lines = lines(script, start, script.next_line(end, len(script.plain)))
    for index, line in enumerate(all_lines[1:], 1):
        if _ANY_CLOSING.match(line.words) or _signs(all_lines, index):
            return line.start
    return end


def _signs(all_lines: list[Line], index: int) -> bool:
    """Whether a line is a signature: a day, with its organ or alone, or the organ of a day in the next line."""
    words = all_lines[index].words
    if len(words) > _LONGEST_SIGNATURE:
        return False
    day = DAY.search(words)
    if day is not None and closes_line(words, day):
        return True
    if index + 1 >= len(all_lines) or not ORGAN.search(words) or re.search("[:。,;、(]", words):
        return False
    return DAY.fullmatch(all_lines[index + 1].words) is not None


def notice_end(script: Script) -> int:
    """Where the notice that carries a plan ends: after its signature, if a title of its own follows; else 0.

    The points that such a notice counts are not the plan's.
    """
    all_lines = lines(script, 0, len(script.plain))
    for index, line in enumerate(all_lines):
        day = DAY.search(line.words)
        if day is None or "年" not in day[0] or not closes_line(line.words, day):
            continue
        for after in all_lines[index + 1 : index + 1 + _TITLE_REACH]:
            if _OPENS_BODY.match(after.words):
                break
            if _is_title(after.words):
                return after.start
    return 0


def _is_title(words: str) -> bool:
    return (
        TITLE_END.search(words) is not None
        and len(words) < _LONGEST_TITLE
        and "。" not in words
        and not FURNITURE.match(words)
    )
