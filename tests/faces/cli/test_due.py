"""``zhunsheng due``: with and without a database."""

from __future__ import annotations

import json
import time
from datetime import date, datetime

import pytest

from tests.faces.cli.conftest import Place
from zhunsheng.faces.cli import main
from zhunsheng.kernel.clock import typed
from zhunsheng.kernel.errors import Refused

Capture = pytest.CaptureFixture[str]


@pytest.mark.django_db
def test_the_contract(capsys: Capture) -> None:
    assert main(["due", "R03", "2026-09-28", "--json"]) == 0
    said = json.loads(capsys.readouterr().out)
    assert list(said) == ["rule", "due", "provisional", "article", "steps"]
    assert (said["rule"], said["due"], said["provisional"]) == ("R03", "2026-10-10", False)
    assert said["article"] == "中华人民共和国行政复议法（2023年修订），第三十条"
    assert said["steps"][2] == "10-01—10-07 国庆节放假，不计。"
    assert said["steps"][4] == "10-10（周六）国庆节调休上班，计第5个工作日。"


@pytest.mark.django_db
def test_for_a_person(capsys: Capture) -> None:
    assert main(["due", "i12", "20260220", "--region", "370702"]) == 0
    said = capsys.readouterr().out
    assert said.startswith("I12 办理 12345 热线工单：最迟 2026-02-28（周六）\n依据：")
    assert "用之前请核对" in said


@pytest.mark.django_db
def test_hours_and_provisional(capsys: Capture) -> None:
    assert main(["due", "F01", "2026-09-30 23:30", "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["due"] == "2026-10-01T23:30:00+08:00"
    assert main(["due", "S02", "2026-08-31"]) == 0
    assert "2027-03-01（周一），暂定" in capsys.readouterr().out


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["R99", "2026-09-28"], "是不是要：R09"),
        (["听证", "2026-09-28"], "P07"),
        (["R03", "明天"], "认不出来"),
        (["R03", "2026-02-30"], "没有“2026-02-30”"),
        (["N05", "1026-02-03"], "请核对"),
        (["F01", "2026-02-03"], "几时几分"),
        (["N02", "2026-02-03"], "time_limits_local.yaml"),
        (["P12", "2026-02-03"], "不是一个能算出日期的期限"),
        (["P02", "2020-02-03"], "2021-07-15 起"),
        (["R03", "2026-09-28", "--region", "云溪"], "区划代码"),
    ],
)
def test_what_cannot_be_computed_is_bad_input(capsys: Capture, arguments: list[str], said: str) -> None:
    assert main(["due", *arguments]) == 2
    answer = capsys.readouterr()
    assert said in answer.err
    assert answer.out == ""


def test_without_a_database_and_with_an_empty_one(place: Place) -> None:
    begun = time.monotonic()
    first = place.run("due", "R03", "2026-09-28", "--json")
    assert time.monotonic() - begun < 20
    assert json.loads(first.stdout)["due"] == "2026-10-10"
    assert first.stderr == ""
    assert not (place.home / "zhunsheng.sqlite3").exists()
    (place.home / "zhunsheng.sqlite3").touch()
    assert json.loads(place.run("due", "R03", "2026-09-28", "--json").stdout)["due"] == "2026-10-10"


def test_after_the_upgrade_the_calendar_is_in_the_database(upgraded: Place) -> None:
    assert json.loads(upgraded.run("due", "R03", "2026-09-28", "--json").stdout)["due"] == "2026-10-10"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2026-09-28", date(2026, 9, 28)),
        ("2026/9/8", date(2026, 9, 8)),
        ("20260928", date(2026, 9, 28)),
        ("2026年9月28日", date(2026, 9, 28)),
        ("２０２６－０９－２８", date(2026, 9, 28)),
        ("2026-09-28T14:30", datetime(2026, 9, 28, 14, 30)),  # noqa: DTZ001
        ("2026年9月28日 14时30分", datetime(2026, 9, 28, 14, 30)),  # noqa: DTZ001
    ],
)
def test_ways_to_write_a_moment(text: str, expected: date) -> None:
    assert typed.moment(text) == expected


@pytest.mark.parametrize("text", ["", "2026928", "28-09-2026", "2026-9", "2026-09-28 25:00", "2026-09-28 14"])
def test_what_is_no_moment(text: str) -> None:
    with pytest.raises(Refused):
        typed.moment(text)
