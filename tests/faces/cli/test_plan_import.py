from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from zhunsheng.faces.cli import main
from zhunsheng.people.demo import build
from zhunsheng.people.models import Role, Unit
from zhunsheng.programmes.plans.models import Edition, Plan

TEXT = (
    "云溪县2026年普法工作要点\n\n"
    "1.落实普法责任制，9月底前完成检查。（牵头单位：县司法局；责任单位：各乡镇、街道）\n"
    "2.每季度组织一次以案释法活动。（责任单位：县教育局、县直有关部门）\n"
)
COUNTY = "050021"
Run = Callable[..., tuple[int, str, str]]

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def county(db: None) -> None:
    build()


@pytest.fixture
def file(tmp_path: Path) -> str:
    path = tmp_path / "要点.txt"
    path.write_text(TEXT, encoding="utf-8")
    return str(path)


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str]) -> Run:
    def ran(*arguments: str) -> tuple[int, str, str]:
        try:
            status = main(["plan", "import", *arguments])
        except SystemExit as error:
            status = int(error.code or 0)
        out, err = capsys.readouterr()
        return status, out, err

    return ran


def test_it_becomes_a_draft_and_says_what_waits(run: Run, file: str) -> None:
    status, out, _ = run(file, "--year", "2026", "--division", COUNTY)
    assert status == 0
    assert "已导入为新的方案，等人核对：《云溪县2026年普法工作要点》第 1 版，2026 年" in out
    assert "等人定的：1 个单位称谓没有定" in out
    assert "  称谓：县直有关部门" in out
    edition = Edition.objects.get()
    assert (edition.state, edition.source.name, edition.plan.office.short_name) == (
        "draft",
        "要点.txt",
        "县委依法治县办",
    )


def test_the_same_file_again_changes_nothing(run: Run, file: str) -> None:
    run(file, "--year", "2026", "--division", COUNTY)
    status, out, _ = run(file, "--year", "2026", "--division", COUNTY)
    assert status == 0
    assert "以前导入过" in out
    assert Edition.objects.count() == 1


def test_json(run: Run, file: str) -> None:
    status, out, _ = run(file, "--year", "2026", "--to", "2027", "--division", COUNTY, "--unit", "县司法局", "--json")
    content = json.loads(out)
    assert status == 0
    assert content == {
        "outcome": "new",
        "plan": Plan.objects.get().pk,
        "edition": 1,
        "state": "draft",
        "title": "云溪县2026年普法工作要点",
        "years": [2026, 2027],
        "tasks": 2,
        "names": 4,
        "waiting": {"names": ["县直有关部门"], "doubts": content["waiting"]["doubts"], "tasks_without_unit": 0},
    }
    assert Plan.objects.get().office.short_name == "县司法局"


@pytest.mark.parametrize(
    ("arguments", "status", "words"),
    [
        (("--year", "2026", "--division", "050099"), 2, "没有现行代码是“050099”的区划"),
        (("--year", "2026", "--division", "云溪"), 2, "区划代码是 6 位、9 位或者 12 位数字"),
        (("--year", "2026", "--division", COUNTY, "--unit", "县某某局"), 2, "没有“县某某局”这个单位"),
        (("--year", "2026", "--to", "2025", "--division", COUNTY), 2, "早于起始年度"),
        (("--year", "明年", "--division", COUNTY), 2, "明年"),
        (("--division", COUNTY), 2, "还缺：--year"),
        (("--year", "2026"), 2, "还缺：--division"),
    ],
)
def test_what_is_wrong_is_said(run: Run, file: str, arguments: tuple[str, ...], status: int, words: str) -> None:
    code, _, err = run(file, *arguments)
    assert (code, words in err) == (status, True), err
    assert not Plan.objects.exists()


def test_what_is_no_plan_or_cannot_be_read(run: Run, tmp_path: Path) -> None:
    report = tmp_path / "总结.txt"
    report.write_text("云溪县2025年工作总结\n\n全年办结57件。\n", encoding="utf-8")
    code, _, err = run(str(report), "--year", "2026", "--division", COUNTY)
    assert (code, "没有列出任务" in err) == (2, True)
    code, _, err = run(str(tmp_path / "无.txt"), "--year", "2026", "--division", COUNTY)
    assert (code, "没有" in err) == (2, True)


def test_a_further_edition_while_one_is_prepared_is_refused(run: Run, file: str) -> None:
    run(file, "--year", "2026", "--division", COUNTY)
    Path(file).write_text(TEXT.replace("9月", "10月"), encoding="utf-8")
    code, _, err = run(file, "--year", "2026", "--division", COUNTY)
    assert (code, "还在核对" in err) == (1, True)


def test_where_nobody_is_in_charge_the_unit_must_be_named(run: Run, file: str) -> None:
    unit = Unit.objects.get(short_name="县委依法治县办")
    for member in unit.members.all():
        member.roles.filter(role__in=[Role.OFFICE_CLERK, Role.OFFICE_HEAD]).delete()
    code, _, err = run(file, "--year", "2026", "--division", COUNTY)
    assert (code, "请用 --unit 写明" in err) == (2, True)
