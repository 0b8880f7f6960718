"""What an item's first words say of it: its heading, and whether it announces tasks at all."""

from __future__ import annotations

import re

from .fold import Script
from .markers import Block

NOT_TASKS = re.compile(
    r"总体要求|总体思路|指导思想|基本原则|工作原则|主要目标|总体目标|工作目标|目标要求|发展目标|工作思路|保障措施|组织保障|组织领导|工作要求|组织实施|有关要求|相关要求|办理要求|"
    r"工作保障|实施保障|保障机制|实施步骤|工作步骤|方法步骤|时间安排|进度安排|附则|工作机制|强化保障|加强领导|落实责任|基本情况|工作情况|存在问题|形势|背景|意义|几点要求|工作安排和要求|督查考核|考核评价"
)
"""Headings under which items are not tasks unless they name units."""


def heading(script: Script, block: Block) -> tuple[int, int]:
    """The words of an item that serve as its heading: its first line, or its first sentence."""
    stop = script.next_line(block.body, block.own_end)
    while stop < block.own_end and _line_breaks_inside(script, stop):
        stop = script.next_line(stop, block.own_end)
    sentence = script.plain.find("。", block.body, stop)
    if sentence >= 0 and sentence - block.body <= 60:
        stop = sentence
    return block.body, _without_stop(script, block.body, stop)


def _line_breaks_inside(script: Script, stop: int) -> bool:
    return script.plain[stop - 1] in "、,《(和与及的" or script.plain[stop] in "、,》)"


def _without_stop(script: Script, start: int, stop: int) -> int:
    while stop > start and script.plain[stop - 1] in "。;:,":
        stop -= 1
    return stop


def section_title(script: Script, block: Block) -> str:
    """The heading of an item in folded words."""
    low, high = heading(script, block)
    return script.plain[low:high]


def is_excluded(script: Script, block: Block) -> bool:
    """Whether an item stands under (or is) a heading that announces no tasks."""
    for above in (block, *block.ancestors()):
        title = section_title(script, above)
        if len(title) <= 30 and NOT_TASKS.search(title) and not re.search("任务|重点工作", title):
            return True
    return False
