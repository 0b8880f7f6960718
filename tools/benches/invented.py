"""Plans of any length, invented: the same few clauses in ever new order, units named in all the usual ways."""

from __future__ import annotations

from random import Random

_DIGITS = "零一二三四五六七八九"
_PER_GROUP, _PER_CHAPTER = 20, 200
_UNITS = (
    "县司法局 县财政局 县政府办公室 县人力资源和社会保障局 县发展和改革局 县农业农村局 县应急管理局 县市场监管局 县民政局 "
    "县自然资源和规划局 县住房和城乡建设局 县交通运输局 县水利局 县教育局 县卫生健康委 县审计局"
).split()
_GROUPS = ("各乡镇、街道", "县政府各部门", "县直有关单位")
_DUTIES = (
    "健全重大行政决策程序，年度决策事项目录在{month}月底前公布，听证每年至少{few}次",
    "清理行政规范性文件，{year}年底前完成，公开率达到100%",
    "推行综合窗口，办件时限压缩至{few}个工作日以内，群众满意度不低于{percent}%",
    "组织执法人员轮训，每人每年不少于{hours}学时，{month}月{day}日前报送名册",
    "改造老旧供水管网{many}公里，新建便民服务点{few}处",
    "完善“双随机、一公开”监管，按《云溪县随机抽查办法》（云政办〔{past}〕{few}号）办理，每季度通报1次",
    "排查矛盾纠纷，做到底数清、情况明，调解成功率保持在{percent}%以上",
    "建立包联制度，乡镇干部每月走访不少于{few}次，问题在{day}日内答复",
)
_CLOSINGS = (
    "。（责任单位：{a}、{b}，{group}）",
    "。\n牵头单位：{a}\n责任单位：{b}、{c}，{group}",
    "。（{a}牵头，{b}、{c}配合）",
    "。【牵头单位：{a}；配合单位：{b}、{c}等】",
    "。（{a}负责）",
    "（{a}、{b}、{c}，{group}按职责分工负责）。",
)


def plan(count: int, seed: int = 1) -> str:
    """A plan of ``count`` tasks as plain text; the same seed gives the same words."""
    chance = Random(seed)  # noqa: S311 - nothing secret
    lines = ["云溪县2025年重点工作任务分解方案", "云政办发〔2025〕3号", ""]
    for index in range(count):
        if index % _PER_CHAPTER == 0:
            lines.append(f"{numeral(index // _PER_CHAPTER + 1)}、重点任务")
        if index % _PER_GROUP == 0:
            lines.append(f"（{numeral(index % _PER_CHAPTER // _PER_GROUP + 1)}）提升依法履职水平")
        lines.append(f"{index % _PER_GROUP + 1}.{_task(chance)}")
    return "\n".join([*lines, "", "云溪县人民政府办公室", "2025年2月20日", ""])


def _task(chance: Random) -> str:
    a, b, c = chance.sample(_UNITS, 3)
    duty = "；".join(chance.sample(_DUTIES, chance.choice((1, 1, 2)))).format(
        month=chance.randint(3, 12), day=chance.randint(5, 28), few=chance.randint(2, 9), many=chance.randint(20, 90),
        percent=chance.randint(85, 99), hours=chance.choice((40, 60)), year=2025, past=chance.randint(2018, 2023),
    )  # fmt: skip
    return duty + chance.choice(_CLOSINGS).format(a=a, b=b, c=c, group=chance.choice(_GROUPS))


def numeral(value: int) -> str:
    """A whole number from 1 to 199 in Chinese."""
    hundreds, rest = divmod(value, 100)
    tens, ones = divmod(rest, 10)
    words = "一百" if hundreds else ""
    if tens:
        words += ("一" if hundreds and tens == 1 else _DIGITS[tens] if tens > 1 else "") + "十"
    elif hundreds and ones:
        words += "零"
    return words + (_DIGITS[ones] if ones else "")
