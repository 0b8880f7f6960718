"""The labels that introduce lists of units (责任单位：) and the other labels that end them (完成时限：)."""

from __future__ import annotations

import re

from .vocabulary import one_of

_FIRST = "(?=[主第共具市县区省任牵责配协承参负落实支组监督指推分])"
"""What a label can begin with: most places of a text are ruled out by one character."""
_KIND = one_of("单位 部门 机构 科室 处室 股室 司局 主体 地区 乡镇 方")
_DUTY = one_of(
    "牵头 责任 配合 协办 主办 承办 参与 参加 协助 协同 协作 负责 落实 实施 主管 主责 支持 组织 监督 督办 督导 指导 推进 分工 分管"
)
_SCOPE = one_of("主要 第一 共同 具体 市级 县级 区级 省级 任务")
_ROLE_LABEL = (
    rf"{_SCOPE}?(?:{_DUTY}(?:[和及与、/]|\(|(?={_DUTY}))?)+\)?{_KIND}"
    rf"(?:[及和与、](?:其他)?{_DUTY}*{_KIND})?(?:\([^()]{{1,8}}\))?"
)
ROLE = re.compile(
    rf"{_FIRST}(?P<role>{_ROLE_LABEL}|(?:牵头|配合|责任)(?=[:])|责任分工(?=[:]))(?:分别)?(?:为|是)?(?P<colon>[:])?"
)
"""A printed role label, with its colon where it has one."""
_PERSON = (
    rf"{one_of('牵头 责任 分管 包保 挂钩 联系 包抓 主管 挂点 督办 领办 具体 县级 市级 区级 配合')}*(?:市|县|区|省)?"
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
    rf"(?=[(\[<主第共具市县区省任牵责配协承参负落实支组监督指推分])(?:[(\[]|<(?={_ROLE_LABEL})|(?<![各由])(?:{_ROLE_LABEL}|(?:牵头|配合|责任)(?=[:])|责任分工(?=[:]))(?:分别)?(?:为|是)?[:])"
)
"""Where units may be named: any bracket, or a label with its colon that is not 各责任单位：."""
