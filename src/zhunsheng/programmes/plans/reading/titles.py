"""The title of a plan, among the notice that carries it and the furniture of the page."""

from __future__ import annotations

import re

from .fold import Script, fold
from .particulars import DAY, DOCUMENT_NUMBER, FIELD, ORGAN, Line
from .vocabulary import one_of, pattern

_PLAN = one_of(
    """
    实施方案 行动方案 工作方案 分工方案 方案 实施意见 意见 工作要点 要点 行动计划 工作计划 年度计划 计划 规划 纲要 安排 措施 举措 清单
    分工 分解 任务 台账 任务书 办法 细则 规定 条例 一览表 分解表 任务表 清单表 安排表 表 报告 总结 打算 汇报 经验 通报 解读
    """
)
"""What titles of documents end in."""


TITLE_END = re.compile(rf"{_PLAN}(?:\((?:[^()]{{2,24}})\))?(?:的?通知)?$")


_NOTICE = re.compile(r"关于(?P<verb>印发|转发|发布|公布|下发|批转|印送)?(?P<name>.+?)的?(?:通知|函|公告|批复)$")


FURNITURE = pattern(
    r"""
    当前位置 您现在 您的位置 现在位置 首页 网站首页 索引号 组配分类 主题分类 关键词 浏览 访问 字体 打印 关闭 分享 来源: 作者 收藏 扫一扫
    返回顶部 收起 主办 承办 版权 地址: 联系 电话 [上下]一[篇条页] 附件下载 相关 网站地图 .*ICP备 .*公网安备 .*网站标识码 Copyright 责任编辑
    编辑: 无障碍 繁体 长者 \[
    """
)
"""What lines of page furniture begin with."""


def notice_issuer(notice: str) -> str:
    """The organ that a notice names before 关于; empty where it names none."""
    match = re.search(
        r"(?:^|[^\u4e00-\u9fff()])(?P<organ>[\u4e00-\u9fff()（）]{2,30}?(?:政府|[办辦]公室|[办辦]公[厅廳]|委[员員][会會]|[领領][导導]小[组組]|管委[会會]|局|[厅廳]|部|委|院|署|[办辦]))(?:关于|關於|關于)",
        notice,
    )
    return match["organ"] if match is not None else ""


def read_titles(script: Script, head: list[Line]) -> tuple[str, str]:
    """The plan's own title, and the title of the notice that carries it."""
    candidates = list(_title_candidates(script, head))
    notices = [words for words in candidates if _NOTICE.search(fold(words))]
    whole = tuple(fold(words) for words in notices)
    own = [
        words
        for words in candidates
        if TITLE_END.search(fold(words))
        and not any(one.endswith(fold(words)) or one.startswith(fold(words)) for one in whole)
    ]
    if own:
        return _without_marks(own[-1]), notices[-1] if notices else ""
    if notices:
        match = _NOTICE.search(fold(notices[-1]))
        if match is None or not match["verb"]:
            return notices[-1], notices[-1]
        return _without_marks(notices[-1][match.start("name") : match.end("name")]), notices[-1]
    return _without_marks(candidates[-1]) if candidates else "", ""


_LONGEST = 90
_OWN_BRACKET = re.compile(
    r"[(（](?:[^()（）]{0,12}[〔\[［(（]?(?:19|20)\d{2}[〕\]］)）]?第?\d{1,4}号|\d{4}年\d{1,2}月\d{1,2}日)[)）]$"
)
"""A document number or a date in brackets after a title."""


def _without_marks(words: str) -> str:
    words = words.strip()
    if words.startswith(("《", "〈")) and words.endswith(("》", "〉")):
        words = words[1:-1]
    if "《" in words and words.endswith("》") and words.index("《") <= 2:
        words = words[words.index("《") + 1 : -1]
    return _OWN_BRACKET.sub("", words)


def _title_candidates(script: Script, head: list[Line]) -> list[str]:
    """Runs of short lines without sentence marks that could be titles, in order."""
    found: list[str] = []
    index = 0
    while index < len(head):
        taken = _title_at(script, head, index)
        if taken:
            found.append(script.printed(head[index].start, head[index + taken - 1].end))
            index += taken
        else:
            index += 1
    return found


def _is_title_line(words: str) -> bool:
    return not (
        DOCUMENT_NUMBER.fullmatch(words)
        or DAY.fullmatch(words)
        or words.startswith(("(", "附件", ">", "."))
        or re.search(r"[。;!?>]|[,:]$|\d{4}-\d{1,2}-\d{1,2}", words)
        or FURNITURE.match(words)
        or len(words) > 70
        or FIELD.match(words)
    )


def _title_at(script: Script, head: list[Line], index: int) -> int:
    """How many lines from ``index`` on make a title; 0 where none begins there."""
    joined = ""
    for taken, line in enumerate(head[index : index + 4], 1):
        if not _is_title_line(line.words) or not _may_follow(joined, line.words):
            return 0
        joined += line.words
        if len(joined) > _LONGEST:
            return 0
        if (TITLE_END.search(joined) or _NOTICE.search(joined)) and len(joined) > 5:
            end = index + taken
            end += _rest_of_notice(joined, head[end : end + 2])
            return end - index + _subtitle(head, end)
    return 0


def _rest_of_notice(joined: str, follows: list[Line]) -> int:
    """How many lines go on with a notice's title that seemed to end in the plan it speaks of: 若干意见⏎有关措施的通知."""
    if "关于" not in joined or _NOTICE.search(joined):
        return 0
    for more, line in enumerate(follows, 1):
        if not _is_title_line(line.words) or "关于" in line.words:
            return 0
        if line.words.endswith("的通知"):
            return more
    return 0


def _may_follow(joined: str, words: str) -> bool:
    """Whether a line may go on with the title begun above it: organs stand above 关于……, nothing else does."""
    if not joined:
        return True
    if "关于" in words and not (_ORGANS_ONLY.fullmatch(joined) or _CARRIES_OUT.search(joined)):
        return False
    return not ORGAN.search(joined) or bool(_NOTICE.search(joined + words)) or words.startswith("关于")


_CARRIES_OUT = re.compile(r"关于(?:贯彻|落实|执行|转发|批转)+[\u4e00-\u9fff]{0,20}$")
"""A title that speaks of another, whose 关于 may stand on the next line."""
_ORGANS_ONLY = re.compile(
    r"[\u4e00-\u9fff()]{2,30}(?:政府|办公室|办公厅|委员会|领导小组|局|厅|部|委|院|署|管委会|办|指挥部|司)"
)


def _subtitle(head: list[Line], index: int) -> int:
    """1 where a line such as （2025—2027年） or （试行） belongs to the title above it, else 0."""
    if index >= len(head):
        return 0
    words = head[index].words
    if re.fullmatch(r"\([^()]{2,20}\)", words) and re.search(r"\d{4}|试行|暂行|修订|草案|征求意见", words):
        return 1
    return 0
