"""How names of units and of groups of units look."""

from __future__ import annotations

import pytest

from zhunsheng.programmes.plans.reading.fold import fold
from zhunsheng.programmes.plans.reading.units import is_bare_kind, is_group, looks_like_name


@pytest.mark.parametrize(
    "name",
    [
        "县司法局",
        "县政府办公室",
        "县委依法治县办",
        "县委宣传部（县新闻办）",
        "团县委",
        "县总工会",
        "市生态环境局云溪分局",
        "国网云溪供电公司",
        "县人民法院",
        "县公共资源交易中心",
        "云溪镇",
        "青石街道",
        "高新区管委会",
        "住房城乡建设部",
        "中国人民银行",
        "县消防救援大队",
        "监察局",
        "财政股",
        "各乡镇、街道",
        "县直有关部门",
    ],
)
def test_what_looks_like_a_name(name: str) -> None:
    assert looks_like_name(fold(name))


@pytest.mark.parametrize(
    "words",
    [
        "",
        "局",
        "按职责分工负责。",
        "完成时限为2025年6月",
        "100%的单位",
        "《云溪县规定》",
        "做好执法工作",
        "建立健全机制",
        "以下简称的",
    ],
)
def test_what_does_not_look_like_a_name(words: str) -> None:
    assert not looks_like_name(fold(words))


@pytest.mark.parametrize(
    "phrase",
    [
        "各乡镇、街道",
        "各乡（镇）政府",
        "各县、区（市）人民政府",
        "各县（市、区）政府",
        "县政府各部门",
        "县政府各工作部门",
        "县政府工作部门",
        "县政府有关部门",
        "县直各单位",
        "县直有关部门",
        "市直部门",
        "相关部门",
        "有关单位",
        "各成员单位",
        "各司局、直属单位",
        "各行政执法部门",
        "驻云溪有关单位",
        "各园区管委会",
        "其他有关部门",
        "市政府涉及赋权相关部门",
        "各村（社区）",
    ],
)
def test_what_means_a_group(phrase: str) -> None:
    assert is_group(fold(phrase))


@pytest.mark.parametrize(
    "name",
    [
        "县司法局",
        "县政府办公室",
        "云溪镇政府",
        "青石街道办事处",
        "县委编办",
        "高新区管委会",
        "市中级人民法院",
        "团县委",
        "县人大常委会办公室",
    ],
)
def test_what_means_one_unit(name: str) -> None:
    assert not is_group(fold(name))


@pytest.mark.parametrize(
    ("words", "kind"),
    [("街道", True), ("市、区", True), ("部门", True), ("县司法局", False), ("云溪镇", False), ("县直有关部门", False)],
)
def test_what_names_nobody_in_particular(words: str, kind: bool) -> None:
    assert is_bare_kind(words) is kind
