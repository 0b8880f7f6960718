"""The words that make a number a demand, and the words that make it something else."""

from __future__ import annotations

import re

from .vocabulary import one_of, pattern

DIGITS = r"\d{1,15}(?:,\d{3}){0,6}(?:\.\d{1,9})?"
NUMBER = rf"{DIGITS}|[一二两三四五六七八九十百千]{{1,12}}"
COMPARE = (
    f"(?P<ge>{one_of('不少于 不低于 不得少于 不得低于 不小于 不应少于 不应低于 应不少于 至少 最少 达到或超过')})|"
    f"(?P<le>{one_of('不超过 不高于 不大于 不得超过 不得高于 不应超过 不多于 至多 最多 控制在 限制在')})|"
    r"(?P<gt>(?<!不得)(?<!不)(?:超过|高于|大于|突破|优于|多于|[超逾](?=\d)))|"
    "(?P<lt>(?<!不得)(?<!不)(?:低于|小于|少于))|"
    r"(?P<eq>达到|达(?!标|成)|保持在|保持|稳定在|维持在|实现(?=\d+(?:\.\d+)?%))"
)
"""Words of comparison: they belong to the words of a target."""
OVER = "(?P<over>及以上|以上|以下|以内|之内|内|左右)?"

_MEASURE = one_of(
    r"""
    学时 课时 学分 小时 分钟 秒 个工作日 工作日 个自然日 自然日 日 天 周 个月 年
    人次 名 人 件 个百分点 个 项次 项 家次 家 场次 场 期 次 篇 份 批次 批 轮 倍 元
    平方公里 公里 千米 厘米 毫米 平方米 立方米 平方 米 公顷 亩 公斤 千克 微克 毫克 克 斤 吨 千瓦时 千瓦 兆 G GB M
    户次 户 条 所 处 座 辆 套 部 本 册 卷 例 起 宗 种 类 张 台套 台\(套\) 台 分 课 讲 堂 节 支 对 站 盏 位 级 环节 字 幅 块 口 艘 株 头 只 盒
    门 间 栋 幢 档 层 队 组 片 枚 杆 眼
    """
)
UNITS = rf"(?:(?:[百千]?万|亿){_MEASURE}(?:标准煤)?|{_MEASURE}(?:标准煤)?(?:/(?:平方米|立方米|千瓦时|万元|[百千万]人|人|户|亩|吨|年|天|日|次|升|公里|小时))?)"
"""Measure words, with 万 or 亿 before them and 标准煤 or a second measure (克/立方米) after them."""
_SPANS = one_of("个工作日 工作日 个自然日 自然日 小时 分钟 秒 日 天 个月 周")

PERCENT = re.compile(
    rf"(?:(?:{COMPARE})(?:[\u4e00-\u9fff]{{2,14}}的(?=\d+(?:\.\d+)?%))?)?(?:在)?(?P<value>{DIGITS}|百分之(?:{NUMBER})(?:点(?:{NUMBER}))?)(?P<sign>%|个百分点|‰)?"
    rf"(?:[-~至到](?P<high>{DIGITS})(?P<sign2>%|个百分点))?{OVER}"
)
RATE = re.compile(
    one_of("率 比例 比重 占比 覆盖面 满意度 知晓度 普及度 参与度 合格 优良 优秀 面 度")
    + one_of("都 均 全部 各 要 应 应当 须 力争 要求 原则上 也 必须 分别 实现 确保 为 是")
    + "*$"
)
"""A rate right before a percentage makes it a demand."""
CHANGE = re.compile(
    rf"(?:{one_of('提高 提升 增加 扩大 下降 降低 降 减少 压减 压缩 压降 缩短 缩减 减 增长 恢复 上升')}(?:到|至|为)?|"
    + one_of("增长 递增 实现 完成 力争 突破 覆盖 达标 确保 均为 为 控制在")
    + ")(?:再|均|约|各)?$"
)
"""Words that make the number after them a demand, though they are not words of comparison."""
GRANTED = re.compile(
    one_of(
        """
        返还 补贴 补助 奖励 减免 减按 给予 支付 加计 收取 贴息 资助 缴纳 计提 上浮 下浮 按 按照 减征 扣除 退还 退回 负担 承担 出资
        持股 补偿 优惠 其中 约占 约 已达 已达到 收益的 总额的 费用的 资金的 标准的 金额的 处 处以 罚款 征收 免收 占
        """
    )
    + "(?:最高|不超过|不高于|其|再)?$"
)
"""Words before a percentage that a rule grants or takes."""
GRANTS = pattern("奖励 补助 补贴 贴息 给予 罚款 标准 资助 补偿 注册资本 限额 最高 封顶 处以 每人 每户 救助金 保险金")
"""Words by which a sum of money is granted or taken somewhere in a sentence."""
ASKS_SUM = pattern(
    "完成 新增 投资 引进 达到 实现 到位 筹集 争取 销售 产值 贷款 收入 总额 规模 增加值 成交 营收 盘活 发放 突破 超过"
)
"""Words by which a clause demands a sum of money."""
PAST = re.compile(
    r"已(?:达|有|完成|建|实现|累计|办|经|开)|截至|截止到?(?!后|日|时|之)|\d-\d{1,2}月(?:份)?,|(?<![比较同于])去年|"
    r"(?<![比较同于])上年(?!度?水平|度?平均|同期)|累计(?:办|受|完成|开|建)|以来|(?:达到|完成|建成)了|现有|目前|"
    r"共(?:办理|受理|完成|收到|开展|查处)"
)
"""Words of a clause that tells what was."""

COMPARED = re.compile(
    rf"(?:{COMPARE})(?:了|在)?(?:每[千万百]?(?:人|名|户|个))?(?P<verb>[^,。;:、()\[\]《》\"\d一二三四五六七八九十]{{0,6}}?)"
    rf"(?P<value>{NUMBER})(?:[-~至到](?P<high>{NUMBER}))?(?P<unit>{UNITS}){OVER}"
)
BARE = re.compile(rf"(?:{COMPARE})(?P<value>\d{{1,6}}\.\d{{1,6}})(?=[,。;、)]|$)")
"""A comparison with a number that has no unit: 低于1.5. Only numbers with a point: others count items, years, rooms."""
_WITHIN = (
    rf"(?P<value>{NUMBER})(?:[-~至到](?P<high>{NUMBER}))?(?P<unit>{_SPANS})"
    r"(?P<over>之内|以内|内)(?!存|容)"
)
WITHIN = re.compile(r"(?<![近过前\d×xX*第.年月每])" + _WITHIN)
WITHIN_FIRST = re.compile(_WITHIN)
"""The same in the first words of an item, where the dot of its number stands before."""
BOUND = re.compile(
    rf"(?<![\d第.年月])(?P<value>{DIGITS})(?:[-~至到](?P<high>{DIGITS}))?(?P<unit>{UNITS})"
    r"(?P<over>及以上|以上|以下|以内|之内|左右)"
)
_MAKES = one_of(
    """
    新增 新建 新改扩建 新改建 改建 建成 建设 建立 设立 培育 打造 创建 创成 引进 改造 培训 选树 评选 评查 抽查 举办 新创 选派 配备 遴选
    推出 发布 开展 组织 完成 办好 实施 清理 选聘 命名 推广 制作 评定 培养 争创 征集 开设 增设 新设 取消 精简 压减 减少 下放 再减 再取消
    再精简 整治 修复 提升 支持 绿化 造林 退耕 还湿 种植 救助 帮扶 安置 扶持 孵化 认定 推进 整合 设置 布局 创评 选取 选择 确定 督查 检查
    检测 抽检 巡查 排查 编制 修订 制定 出台 更新 更换 投放 供应 筹集 发放 盘活 开工 竣工 化解 调解 公布 公开 布设 安装 覆盖 新招 招收 选拔
    聘请 组建 落实 签订 实现 力争 分别 达产 投产 新开 改扩建 入库 上市 升规 净增 将 推动 解决 惠及 轮训 打通 等
    (?:压缩|缩短|缩减)(?:至|到|为)? (?:降|减|扩大|提高|提升)(?:至|到) 增加(?:至|到)?
    """
)
MADE = re.compile(
    rf"{_MAKES}(?P<words>[^,。;:()\[\]《》\"\d第]{{0,6}}?)(?P<value>{DIGITS})"
    rf"(?:(?P<unit1>{UNITS})?[-~至到](?P<high>{DIGITS}))?(?P<unit>{UNITS}){OVER}"
)
"""A quantity right after the verb that makes it: 培育5家."""
MAKES_AT_END = re.compile(rf"{_MAKES}$")
CLOSING = re.compile(
    rf"(?<=[\u4e00-\u9fff\"》)])(?<![第近过前满共年月达到于])(?P<value>{DIGITS})(?:[-~至到](?P<high>{DIGITS}))?(?P<unit>{UNITS})"
    rf"{OVER}(?=[,。;、()]|$)"
)
"""A quantity that closes its clause, as demands do: 改造老旧小区31个。"""
OPENING = re.compile(
    rf"(?P<value>{DIGITS})(?P<unit>[家个类名所处座项件条])(?!月|工作日|自然日|小时|百分点)(?P<over>及以上|以上)?(?=[\u4e00-\u9fff])(?![^,。;:]*的(?:[,。;:]|$))"
)
"""Things counted in the first words of an item: 3个县试点……, 2家以上银行推出……; not 2个以上部门联合办理的，……."""
FOLLOWS = re.compile(
    rf"[^,。;:()\[\]《》\"\d、]{{0,12}}?(?:、|和|及|以及)(?P<words>[^,。;:()\[\]《》\"\d第、]{{0,12}}?)(?P<value>{DIGITS})(?P<unit>{UNITS}){OVER}"
)
"""A further quantity in a row of demands: 新建幼儿园3所、小学2所; 引进100名甲、200名乙."""
WHOLE = pattern("民生实事 实事 任务 重点任务 工作任务 措施 举措 大 方面 条线 部委 地区 试点")
"""What a counted noun is when the number only says how many points the document has."""

_LEVEL = (
    rf"{one_of('全国 全省 全市 全州 全县 全区 全自治区 上一年度 上年度 上一年 上年 去年 同期 省 市 国家 所在省 本省 前.年 当地')}"
    r"[^,。;:、()\[\]\d]{0,6}?(?:平均水平|平均值|平均数|平均线|水平|均值|同期|平均)"
)
STATED = re.compile(
    r"(?=[不至最控限超逾高大突优多低小少达保稳维实与快好慢])"
    rf"(?:(?:{COMPARE})(?P<value>{_LEVEL}|各[^,。;:、()\[\]\d]{{2,10}}平均(?:增速|水平|值)|(?:上年|去年|上年度)(?=[,。;、)]|$)|(?:19|20)\d{{2}}年(?:水平|同期)?(?=[,。;、)]|$)|"
    r"(?:国家|省|市|县|区|上级)[^,。;:、()\[\]\d]{0,8}?(?:指标|任务|范围)(?:范围)?(?:以?内)?(?=[,。;、)]|$))"
    r"|(?P<same>与)(?P<with>[^,。;:、()\[\]\d]{2,14}?(?:基本)?(?:同步|持平))(?=[,。;、)]|$)"
    r"|(?:(?P<more>快于|优于|好于|(?<!不)高于|(?<!不)多于)|(?P<less>(?<!不)低于|(?<!不)少于|慢于))(?P<than>[^,。;:、()\[\]\d的]{2,14})(?=[,。;、)]|$))"
)
"""A comparison with words instead of a number: 低于全省平均水平, 与经济增长同步, 快于城镇居民."""
COVERED = re.compile(r"(?P<value>全覆盖)(?!的|监管|式|体系|格局)")
ALL = re.compile(r"100%")
BIG_YEAR = re.compile(r"(?:19|20)\d{2}年")

CLAUSE = re.compile(r"(?:[^,。;:]|(?<=\d),(?=\d{3}))+")
NUMBERED = re.compile(
    r"\d|百分之|(?:少于|低于|至少|最少|超过|高于|至多|最多|达|控制在|保持|稳定在)[^,。;:]{0,8}?[一二两三四五六七八九十百千]|"
    rf"[一二两三四五六七八九十百千]{{1,12}}{_SPANS}(?:之?内|以内)"
)
"""What a clause must hold for a demand with a number."""

LEAD_IN = re.compile(
    r"(?:"
    + one_of(
        r"""
        要 应 应当 须 需 将 可 并 且 使 把 对 在 到 力争 确保 实现 保持 推动 促进 达到 做到 落实 建立 严格 全面 进一步 持续 不断 切实 着力
        努力 依法 及时 每年 每季度 每月 全年 年内 原则上 逐步 完成 其中 (?:19|20)\d{2}年底?前? 今年 年底前 自印发之日起
        """
    )
    + r")+(?=.{2,})"
)
COUNTED = re.compile(r"\d[%\u4e00-\u9fff]{0,3}(?:以上|以下|以内)?[、和及]")
"""A quantity that another one follows in the same clause."""
TRAILING = re.compile(one_of("都 均 全部 各 要 应 应当 须 力争 原则上 必须 分别 实现 确保 为 是 一般 保持 在") + "+$")
BREAK = re.compile(r"[,。;:()\[\]!?《》]")
QUOTED = re.compile(r'"[^"。;]{1,24}"')
"""Names in quotation marks: nothing in them is a demand."""
