"""What a person at the terminal sees of a plan."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from zhunsheng.faces.cli.columns import width
from zhunsheng.faces.cli.summary import HEADINGS, LIMITS, summary
from zhunsheng.kernel.documents.model import Document
from zhunsheng.programmes.plans import wording
from zhunsheng.programmes.plans.example import EXAMPLE
from zhunsheng.programmes.plans.reading import read_plan
from zhunsheng.programmes.plans.reading.model import Doubt, Due, Frequency, Mention, Reading, Target, Task


def reading(**given: Any) -> Reading:
    """A reading of nothing but what is given."""
    empty: dict[str, Any] = {"text": "", "title": "", "issuer": "", "document_number": "", "signed_on": None}
    rest = dict.fromkeys(("sections", "tasks", "goals", "definitions", "warnings"), ())
    return Reading(**{**empty, "published_on": None, **rest, **given})


def mention(text: str, role: str) -> Mention:
    """A unit."""
    return Mention(text=f"{text[:1]}\n{text[1:]}", start=0, end=0, name=text, role=role, label="", collective=False)  # type: ignore[arg-type]


def task(**given: Any) -> Task:
    """A task of nothing but what is given."""
    empty: dict[str, Any] = {"number": "1", "section": "", "title": "完善程序", "text": "", "start": 0, "end": 0}
    rest: dict[str, Any] = {
        "mentions": (),
        "role_label": "",
        "open_ended": False,
        "due": (),
        "frequency": (),
        "targets": (),
    }
    return Task(**{**empty, **rest, **given})


FULL = task(
    mentions=(
        mention("县司法局", "lead"),
        mention("县财政局", "lead"),
        mention("县政府办公室", "responsible"),
        mention("县审计局", "responsible"),
    ),
    open_ended=True,
    due=(Due("年底前", 0, 0, date(2025, 12, 31)), Due("每季度末", 0, 0, None)),
    frequency=(Frequency("每年2次", 0, 0, Decimal(2), "=", "year", None),),
    targets=(Target("100%", 0, 0, "审查率", "=", Decimal(100), "%"),),
)


def test_head_names_what_is_known() -> None:
    lines = summary(
        reading(
            title="云溪县要点",
            document_number="云政发〔2025〕11号",
            issuer="云溪县人民政府",
            signed_on=date(2025, 3, 1),
        )
    ).splitlines()
    assert lines[:2] == ["云溪县要点", "文号 云政发〔2025〕11号  签发 云溪县人民政府  成文 2025-03-01"]


def test_nothing_known_says_so_and_counts_nothing() -> None:
    assert summary(reading()).splitlines() == [
        "（没有读到标题）",
        "任务 0  章节 0  期限 0  频次 0  目标 0  其中总目标 0  释义 0  存疑 0",
    ]


def test_a_task_is_one_row() -> None:
    lines = summary(reading(tasks=(FULL,))).splitlines()
    assert lines[1] == "任务 1  章节 0  期限 2  频次 1  目标 1  其中总目标 0  释义 0  存疑 0"
    assert lines[3].split() == list(HEADINGS)
    assert lines[4].split() == [
        "1",
        "完善程序",
        "县司法局、县财政局",
        "县政府办公室、县审计局等",
        "2025-12-31、每…",
        "100%；每年2次",
    ]


def test_the_command_counts_as_the_page_does() -> None:
    text = EXAMPLE.read_text("utf-8")
    plan = read_plan(Document(text=text, kind="text"))
    assert plan.goals
    line = next(line for line in summary(plan).splitlines() if line.startswith("任务 "))
    found = wording.found(plan)
    for name, count in wording.counts(plan).items():
        assert name == "单位" or f"{name} {count}  " in line
        assert name == "单位" or f"{name} {count} 处" in found


def test_a_task_without_number_or_title_still_shows() -> None:
    row = summary(reading(tasks=(task(number="", title="", text="完善程序"),))).splitlines()[4]
    assert row.split() == ["—", "完善程序"]


@pytest.mark.parametrize("length", [1, 50, 5000])
def test_rows_keep_their_width(length: int) -> None:
    rows = summary(reading(tasks=(task(title="办" * length, mentions=(mention("局" * length, "lead"),)),))).splitlines()
    assert all(width(row) <= sum(LIMITS) + 2 * (len(LIMITS) - 1) for row in rows[3:])


def test_doubts_come_with_their_code_and_without_control_characters() -> None:
    doubt = Doubt("group_unclear", "“有关部门”\x1b[2J指哪几家，没有写明。", 0, 4)
    assert summary(reading(warnings=(doubt,))).splitlines()[-2:] == [
        "存疑（请对照原文核一核）",
        "  group_unclear  “有关部门” [2J指哪几家，没有写明。",
    ]
