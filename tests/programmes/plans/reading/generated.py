"""Plans made at random: what they say, and the text that prints it in each of the customary forms."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from hypothesis import strategies as st

UNITS = [
    "县司法局", "县财政局", "县审计局", "县政府办公室", "县人力资源和社会保障局", "县文化和旅游局", "县发展和改革局", "县委组织部", "县委宣传部（县新闻办）",
    "县总工会", "团县委", "县市场监督管理局（县知识产权局）", "市生态环境局云溪分局", "县人民法院", "县公安局", "云溪镇", "青石街道办事处", "县档案馆",
    "国网云溪供电公司", "县公共资源交易中心", "监察局", "高新区管委会", "县住房和城乡建设局", "县委编办",
]  # fmt: skip
GROUPS = [
    "各乡镇、街道", "县政府各部门", "各县、区（市）人民政府", "县直有关部门", "各乡（镇）政府", "县政府有关部门", "各村（社区）",
    "相关部门", "县政府各工作部门",
]  # fmt: skip
DUTIES = [
    "完善工作制度", "推进“双随机、一公开”监管", "落实《云溪县行政程序规定（试行）》", "规范涉企检查", "优化12345热线",
    "加强案卷管理", "健全（街道）协调机制", "提供7×24小时服务",
]  # fmt: skip
DUES = [
    ("2025年底前", "2025-12-31"), ("年底前", "2025-12-31"), ("10月20日前", "2025-10-20"), ("2025年6月底前", "2025-06-30"), ("2026年3月31日前", "2026-03-31"),
    ("9月底前", "2025-09-30"), ("2027年底前", "2027-12-31"), ("第三季度末前", "2025-09-30"),
]  # fmt: skip
OFTEN = [
    ("每年至少开展2次", "2", ">=", "year"), ("每季度开展1次", "1", "=", "quarter"), ("每两年开展1次", "1", "=", "two_years"),
    ("每半年开展一次", "1", "=", "half_year"),
    ("每年开展3次以上", "3", ">=", "year"), ("每月不超过4次", "4", "<=", "month"),
]  # fmt: skip
TARGETS: list[tuple[str, str, str | list[str]]] = [
    ("达到100%", "=", "100"), ("不低于95%", ">=", "95"), ("达到90%以上", ">=", "90"), ("控制在5%以内", "<=", "5"),
    ("低于全省平均水平", "<", "全省平均水平"), ("15%—20%", "between", "15 20"),
]  # fmt: skip

Style = Literal["lines", "label", "both", "partner", "verbs", "answers", "bare", "sentence", "rule"]
STYLES: tuple[Style, ...] = ("lines", "label", "both", "partner", "verbs", "answers", "bare", "sentence", "rule")
WITH_LEADS = ("lines", "both", "partner", "verbs", "sentence")
PAIRS = ["（）", "()", "【】", "〔〕", "[]", "［］", "﹙﹚"]
NUMBERINGS = {
    "1.": [f"{n}." for n in range(1, 40)],
    "1、": [f"{n}、" for n in range(1, 40)],
    "（1）": [f"（{n}）" for n in range(1, 40)],
    "①": [chr(0x2460 + n) for n in range(20)],
    "（一）": [f"（{n}）" for n in "一二三四五六七八九十"],
    "第一条": [f"第{n}条　" for n in "一二三四五六七八九十"],
}


@dataclass(frozen=True)
class Item:
    """What one task says."""

    duty: str
    lead: tuple[str, ...]
    others: tuple[str, ...]
    groups: tuple[str, ...]
    open_ended: bool
    due: tuple[str, str] | None
    often: tuple[str, str, str, str] | None
    target: tuple[str, str, str | list[str]] | None

    def sentence(self) -> str:
        """The item's own words, without number and units."""
        parts = [self.duty]
        parts += [f"{self.due[0]}完成清理"] if self.due else []
        parts += [f"{self.often[0]}集中评查"] if self.often else []
        parts += [f"按期办结率{self.target[0]}"] if self.target else []
        return "，".join(parts) + "。"


@dataclass(frozen=True)
class Plan:
    """A plan, the forms in which it is printed, and whether the count runs through its sections."""

    sections: tuple[tuple[Item, ...], ...]
    style: Style
    pair: str
    numbering: str
    running: bool

    def numbers(self) -> list[list[str]]:
        """The printed marker of every item."""
        markers, at, rows = NUMBERINGS[self.numbering], 0, []
        for items in self.sections:
            at = at if self.running else 0
            rows.append(markers[at : at + len(items)])
            at += len(items)
        return rows

    def text(self) -> str:
        """The plan as printed."""
        rule = "（责任单位中列第一位的为牵头单位，下同）" if self.style == "rule" else ""
        lines = [f"云溪县2025年依法行政工作要点{rule and chr(10) + rule}"]
        for index, (items, numbers) in enumerate(zip(self.sections, self.numbers(), strict=True)):
            lines.append(
                f"{'一二三四五'[index]}、{['提升决策水平', '规范行政执法', '化解矛盾纠纷', '优化政务服务', '加强能力建设'][index]}"
            )
            lines += [
                f"{number}{item.sentence()}{marked(item, self.style, self.pair)}"
                for item, number in zip(items, numbers, strict=True)
            ]
        return "\n".join(lines) + "\n"

    def essence(self) -> list[tuple[object, ...]]:
        """What a reader must find, task by task: number, leads, others, groups, open end, dates, frequencies, targets."""
        rows = [
            pair
            for items, numbers in zip(self.sections, self.numbers(), strict=True)
            for pair in zip(items, numbers, strict=True)
        ]
        return [expected(item, number, self.style) for item, number in rows]


def roles(item: Item, style: Style) -> tuple[list[str], list[str]]:
    """Leads and others, as far as a style can tell them apart."""
    everyone = [*item.lead, *item.others, *item.groups]
    if style in WITH_LEADS:
        return list(item.lead), [*item.others, *item.groups]
    return (everyone[:1], everyone[1:]) if style == "rule" else ([], everyone)


def expected(item: Item, number: str, style: Style) -> tuple[object, ...]:
    """What a reader must find in one task."""
    lead, others = roles(item, style)
    groups = [name for name in [*lead, *others] if name in GROUPS]
    return (
        number.rstrip(".、　"), lead, others, groups, item.open_ended, [item.due] if item.due else [],
        [item.often[1:]] if item.often else [], [item.target] if item.target else [],
    )  # fmt: skip


def listed(names: list[str]) -> str:
    """A printed list: 、 between units, a comma before and after group phrases."""
    text = ""
    for before, name in zip([None, *names], names, strict=False):
        text += "" if before is None else "，" if name in GROUPS or before in GROUPS else "、"
        text += name
    return text


def marked(item: Item, style: Style, pair: str) -> str:
    """The units of an item as this style prints them."""
    lead, others = roles(item, style)
    tail = "等" if item.open_ended else ""
    front, back, rest = listed(lead), listed(others) + tail, listed([*lead, *others]) + tail
    inside = {
        "lines": f"\n　　牵头单位：{front}\n　　责任单位：{back}",
        "sentence": f"责任部门：{front}牵头，{back}配合。",
        "label": f"责任单位：{rest}",
        "both": f"牵头单位：{front}；责任单位：{back}",
        "partner": f"牵头单位：{front}，配合单位：{back}",
        "verbs": f"{front}牵头，{back}按职责分工负责",
        "answers": f"{rest}负责",
        "bare": rest,
        "rule": f"责任单位：{rest}",
    }[style]
    return inside if style in ("lines", "sentence") else f"{pair[0]}{inside}{pair[1]}"


def names(pool: list[str], low: int, high: int) -> st.SearchStrategy[tuple[str, ...]]:
    return st.lists(st.sampled_from(pool), min_size=low, max_size=high, unique=True).map(tuple)


@st.composite
def items(draw: st.DrawFn) -> Item:
    """One task."""
    everyone = draw(names(UNITS, 2, 6))
    cut = draw(st.integers(1, len(everyone) - 1))
    return Item(
        draw(st.sampled_from(DUTIES)), everyone[:cut], everyone[cut:], draw(names(GROUPS, 0, 2)), draw(st.booleans()),
        draw(st.none() | st.sampled_from(DUES)), draw(st.none() | st.sampled_from(OFTEN)), draw(st.none() | st.sampled_from(TARGETS)),
    )  # fmt: skip


@st.composite
def plans(draw: st.DrawFn) -> Plan:
    """A plan of one to three sections."""
    sections = draw(st.lists(st.lists(items(), min_size=1, max_size=3).map(tuple), min_size=1, max_size=3))
    if len(sections) == 1 and len(sections[0]) == 1:
        sections = [sections[0] * 2]
    return Plan(
        tuple(sections),
        draw(st.sampled_from(STYLES)),
        draw(st.sampled_from(PAIRS)),
        draw(st.sampled_from(sorted(NUMBERINGS))),
        draw(st.booleans()),
    )
