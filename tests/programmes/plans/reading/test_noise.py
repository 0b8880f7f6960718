"""Whatever is read: no crash, an end, true offsets."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.programmes.plans.reading.small import assert_offsets_are_true, quick, read

FRAGMENTS = [
    "一、", "二、", "（一）", "(二)", "1.", "2.", "11", "①", "第一条", "第三章", "3、", "1.1", "\n", "\n\n", "\t", " ", "\u3000", "\u00a0", "|",
    "（", "）", "(", ")", "【", "】", "〔", "〕", "[", "]", "<", ">", "《", "》", "“", "”", "、", "，", "。", "；", "：", ":", "等", "和", "及",
    "牵头单位：", "责任单位：", "配合单位", "牵头", "负责", "配合", "按职责分工负责", "下同", "县司法局", "县财政局", "各乡镇、街道", "县政府各部门",
    "列第一位的为牵头单位", "以下简称", "含", "序号", "工作任务", "完成时限", "2025年底前", "每年", "至少", "2次", "100%", "不少于", "40学时", "达到",
    "每季度末", "3年内", "15%—20%", "低于", "全省平均水平", "12345", "7×24小时", "云政发〔2025〕8号", "二〇二五年三月一日", "要点", "关于印发", "的通知",
    "主要目标", "保障措施", "附件", "抄送", "９", "⒈", "㈠", "牽頭單位：", "縣司法局", "０", "%", "—", "·", "-", "\u200b", "\x0b", "\x0c", "\x00",
]  # fmt: skip

noise = st.one_of(
    st.text(max_size=300),
    st.lists(st.sampled_from(FRAGMENTS), max_size=80).map("".join),
    st.lists(st.one_of(st.sampled_from(FRAGMENTS), st.text(max_size=8)), max_size=60).map("\n".join),
    st.text(alphabet="()[]（）【】〔〕<>《》「」{}", max_size=200),
    st.text(alphabet="、，。；：,;:/|.-—\t\n ", max_size=300),
    st.text(alphabet=st.characters(categories=["Cc", "Cf", "Zs", "Zl", "Zp"]), max_size=200),
)


@quick
@given(noise)
def test_noise_never_crashes_and_offsets_are_true(text: str) -> None:
    assert_offsets_are_true(read(text))


@pytest.mark.parametrize(
    "text",
    [
        "（" * 3000,
        "（" * 500 + "县司法局" + "）" * 500,
        "【责任单位：" * 300,
        "责任单位：" * 300,
        "责任单位：" + "县司法局、" * 3000,
        "、" * 20_000,
        "1." * 5000,
        "1.\n" * 3000,
        "每年" * 5000,
        "达到" * 5000 + "100%",
        "县" * 20_000,
        "1|2|3\n" * 2000,
        "序号\t工作任务\t责任单位\n" * 500,
        "《" * 5000,
        "9" * 20_000,
        "一" * 20_000,
        "2025年" * 4000,
        "牵头单位" * 4000,
        "各" * 20_000,
    ],
    ids=lambda text: f"{text[:6]}x{len(text)}".replace("\n", "~").replace("\t", "~"),
)
def test_endless_repetition_ends(text: str) -> None:
    assert_offsets_are_true(read(text))
