"""The labels that introduce lists of units (责任单位：) and the other labels that end them (完成时限：)."""

from __future__ import annotations

import re
from bisect import bisect_left
from functools import cached_property

from .vocabulary import one_of

_FIRST_CHARACTERS = "主第共具市县区省任牵责配协承会参负落实支组监督指推分"
_FIRST = f"(?=[{_FIRST_CHARACTERS}])"
"""What a label can begin with: most places of a text are ruled out by one character."""
_KIND = one_of("单位 部门 机构 科室 处室 股室 司局 主体 地区 乡镇 方")
_DUTY = one_of(
    "牵头 责任 配合 协办 主办 承办 会办 分办 参与 参加 协助 协同 协作 负责 落实 实施 主管 主责 支持 组织 监督 督办 督导 指导 推进 分工 分管"
)
_SCOPE = one_of("主要 第一 共同 具体 市级 县级 区级 省级 任务")
_MOST = 6
"""How many words of duty a label may have: without a bound, a run of them is looked through again from each."""
_ROLE_LABEL = (
    rf"{_SCOPE}?(?:{_DUTY}[和及与、/(]?){{1,{_MOST}}}\)?{_KIND}"
    rf"(?:[及和与、](?:其他)?{_DUTY}{{0,{_MOST}}}(?:{_KIND}|责任人))?(?:\([^()]{{1,8}}\))?"
)
_SHORT_LABEL = one_of("牵头 配合 责任 主办 协办 承办 会办 分办 参与 参加 责任分工") + "(?=[:])"
ROLE = re.compile(
    rf"{_FIRST}(?P<role>{_ROLE_LABEL}|{_SHORT_LABEL})(?:分别)?(?:(?:为|是)(?=[\u4e00-\u9fff]{{2}}))?(?P<colon>[:]|(?<=[为是]))?"
)
"""A printed role label, with its colon where it has one."""
_PERSON = (
    rf"{one_of('项目 任务 牵头 责任 分管 包保 挂钩 联系 包抓 主管 挂点 督办 领办 具体 县级 市级 区级 配合')}{{0,{_MOST}}}(?:市|县|区|省)?"
    + one_of("领导 责任人 负责人 联系人 联络员 领导干部 人员")
)
_TIME = (
    one_of("完成 办结 整改 工作 推进 办理 实施 落实 计划")
    + "?"
    + one_of("时限 期限 时间 时间节点 进度 时间要求 时限要求 时间安排 进度安排 时序进度 完成时间")
)
_MATTER = (
    one_of("工作 目标 完成 预期 阶段")
    + "?"
    + one_of("目标 标准 要求 措施 内容 任务 成果 成效 形式 备注 进展情况 验收标准 工作举措 具体措施")
)
OTHER = re.compile(rf"{_PERSON}(?:\(.{{1,6}}\))?[:]|{_TIME}(?:要求)?[:]|{_MATTER}[:]")
"""A printed label of persons, times or matters: it ends a list of units."""
OPENING = re.compile(
    rf"(?=[(\[<{_FIRST_CHARACTERS}])(?:[(\[]|<(?={_ROLE_LABEL})|(?<![各由])(?:{_ROLE_LABEL}|{_SHORT_LABEL})(?:分别)?(?:[为是]:?|[:]))"
)
"""Where units may be named: any bracket, or a label with its colon that is not 各责任单位：."""
_ENDS_LIST = re.compile(rf"{_FIRST}(?:{_ROLE_LABEL}(?:分别)?(?:为|是)?|牵头|配合|责任|责任分工):|{OTHER.pattern}")


class Labels:
    """The labels with a colon in one stretch of text: looked for once, however often they are asked for."""

    def __init__(self, plain: str, start: int, end: int) -> None:
        self._plain, self._start, self._end = plain, start, end

    @cached_property
    def _spans(self) -> list[tuple[int, int]]:
        found: list[tuple[int, int]] = []
        match = _ENDS_LIST.search(self._plain, self._start, self._end)
        while match is not None:
            found.append(match.span())
            match = _ENDS_LIST.search(self._plain, match.start() + 1, self._end)
        return found

    def next(self, place: int, end: int) -> int:
        """Where the first whole label between two places begins; ``end`` if there is none."""
        for index in range(bisect_left(self._spans, (place, 0)), len(self._spans)):
            start, stop = self._spans[index]
            if stop <= end:
                return start
            if start >= end:
                break
        return end
