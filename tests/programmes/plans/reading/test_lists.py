"""How printed lists of units come apart."""

from __future__ import annotations

import pytest

from zhunsheng.programmes.plans.reading.fold import prepare
from zhunsheng.programmes.plans.reading.lists import split_list


def entries(words: str) -> list[str]:
    script = prepare(words)
    return [
        script.printed(part.start, part.end)
        for part in split_list(script, 0, len(script.plain))
        if part.end > part.start
    ]


@pytest.mark.parametrize(
    ("printed", "names"),
    [
        ("县司法局", ["县司法局"]),
        ("县司法局、县财政局", ["县司法局", "县财政局"]),
        ("县司法局，县财政局；县审计局。县档案馆", ["县司法局", "县财政局", "县审计局", "县档案馆"]),
        ("县司法局、，县财政局", ["县司法局", "县财政局"]),
        ("县司法局 县财政局 县审计局", ["县司法局", "县财政局", "县审计局"]),
        ("县司法局\u3000县财政局", ["县司法局", "县财政局"]),
        ("县司法局\n县财政局", ["县司法局", "县财政局"]),
        ("县 司 法 局、县 财 政 局", ["县司法局", "县财政局"]),
        ("县司\n法局、县财政局", ["县司法局", "县财政局"]),
        ("县司法局和县财政局", ["县司法局", "县财政局"]),
        ("县司法局及县财政局", ["县司法局", "县财政局"]),
        ("县司法局与县财政局", ["县司法局", "县财政局"]),
        ("县司法局以及各乡镇", ["县司法局", "各乡镇"]),
        ("县人力资源和社会保障局、县财政局", ["县人力资源和社会保障局", "县财政局"]),
        ("县文化和旅游局和县教育局", ["县文化和旅游局", "县教育局"]),
        ("县住房和城乡建设局", ["县住房和城乡建设局"]),
        ("市发展和改革委员会", ["市发展和改革委员会"]),
        ("县政府办公室、监察局、财政局", ["县政府办公室", "监察局", "财政局"]),
        ("县司法局县财政局", ["县司法局", "县财政局"]),
        ("县财政局各乡镇", ["县财政局", "各乡镇"]),
        ("县委宣传部（县新闻办）、县教育局", ["县委宣传部（县新闻办）", "县教育局"]),
        (
            "县市场监督管理局（县知识产权局、县食安办）、县司法局",
            ["县市场监督管理局（县知识产权局、县食安办）", "县司法局"],
        ),
    ],
)
def test_a_list_comes_apart(printed: str, names: list[str]) -> None:
    assert entries(printed) == names


@pytest.mark.parametrize(
    ("printed", "names"),
    [
        ("各乡镇、街道", ["各乡镇、街道"]),
        ("各乡镇、街道，县政府各部门", ["各乡镇、街道", "县政府各部门"]),
        ("各乡镇、街道、县政府各部门", ["各乡镇、街道", "县政府各部门"]),
        ("各乡（镇）政府、县政府各工作部门", ["各乡（镇）政府", "县政府各工作部门"]),
        ("各县、区（市）人民政府", ["各县、区（市）人民政府"]),
        ("各县（市、区）政府、市直各部门", ["各县（市、区）政府", "市直各部门"]),
        ("县司法局、各县、区（市）人民政府", ["县司法局", "各县、区（市）人民政府"]),
        ("各司局、直属单位", ["各司局、直属单位"]),
        ("各市、县、自治县人民政府", ["各市、县、自治县人民政府"]),
        ("各镇人民政府、街道办事处，县财政局", ["各镇人民政府、街道办事处", "县财政局"]),
        ("各乡镇、街道、开发区，县司法局", ["各乡镇、街道、开发区", "县司法局"]),
        ("各科、室、所、队", ["各科、室、所、队"]),
        ("县司法局、各乡镇（街道）", ["县司法局", "各乡镇（街道）"]),
        ("各部门、各单位", ["各部门", "各单位"]),
        ("各乡镇和街道", ["各乡镇和街道"]),
    ],
)
def test_group_phrases_stay_whole(printed: str, names: list[str]) -> None:
    assert entries(printed) == names


def test_the_separator_before_an_entry_is_known() -> None:
    script = prepare("县司法局、县财政局，县审计局和县档案馆")
    assert [part.before for part in split_list(script, 0, len(script.plain))] == ["", "、", ",", "和"]
