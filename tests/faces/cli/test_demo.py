"""``zhunsheng demo``: builds, shows what was read, keeps what was done."""

from __future__ import annotations

import signal
import subprocess
import sys
import time

import pytest
from django.db import connection

from tests.faces.cli.conftest import Place
from tests.faces.cli.test_serve import asked, wait_for
from zhunsheng.faces.cli import demo
from zhunsheng.faces.cli.refusal import Refused
from zhunsheng.kernel.errors import Refused as RefusedByRule
from zhunsheng.people import demo as people_demo
from zhunsheng.people.models import Installation, Person


def test_the_first_run_builds_and_the_second_keeps(place: Place) -> None:
    first = place.run("demo", "--no-serve")
    assert (first.returncode, first.stderr) == (0, "")
    assert "演示县已建好" in first.stdout
    assert "云溪县" in first.stdout
    assert "任务 " in first.stdout
    assert "http://127.0.0.1:8000/" in first.stdout
    second = place.run("demo", SERVE="0")
    assert (second.returncode, second.stderr) == (0, "")
    assert "没有改动" in second.stdout
    assert first.stdout.partition("读到的方案")[2] == second.stdout.partition("读到的方案")[2]


def test_it_serves_until_it_is_stopped(place: Place, free_port: int) -> None:
    line = [sys.executable, "-m", "zhunsheng", "demo"]
    environment = place.environment(PORT=str(free_port))
    with subprocess.Popen(line, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, env=environment) as process:
        wait_for(free_port, process)
        time.sleep(0.2)
        assert asked(free_port, "/").status == 200
        process.send_signal(signal.SIGINT)
        out, err = process.communicate(timeout=40)
    assert process.returncode == 0
    assert f"网站在 http://127.0.0.1:{free_port}/ ，按 Ctrl-C 停" in out
    assert "Traceback" not in err


def test_nonsense_in_serve_is_refused(place: Place) -> None:
    refused = place.run("demo", SERVE="perhaps")
    assert (refused.returncode, refused.stderr) == (2, "SERVE 写的是“perhaps”，应当是 1（是）或 0（否）。\n")


@pytest.mark.django_db
def test_what_was_done_in_the_demo_stays() -> None:
    demo.county()
    Person.objects.create(name="新来的人")
    assert "没有改动" in demo.county()
    assert Person.objects.filter(name="新来的人").exists()


@pytest.mark.django_db
def test_a_real_county_is_not_touched() -> None:
    demo.county()
    Installation.objects.update(is_demo=False)
    with pytest.raises(Refused, match="正式数据，演示没有动它"):
        demo.county()


@pytest.mark.django_db
def test_a_database_without_tables_is_not_asked(monkeypatch: pytest.MonkeyPatch) -> None:
    demo.county()
    Installation.objects.update(is_demo=False)
    monkeypatch.setattr(connection.introspection, "table_names", list)
    demo.refuse_real_county()


@pytest.mark.django_db
def test_a_rule_that_refuses_is_passed_on(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse() -> None:
        raise RefusedByRule("not_empty", "数据库里已有单位。")

    monkeypatch.setattr(people_demo, "build", refuse)
    with pytest.raises(Refused, match="数据库里已有单位。"):
        demo.county()


def test_the_example_is_a_plan_of_the_invented_county() -> None:
    reading = demo.example()
    assert reading.title.startswith("云溪县")
    assert len(reading.tasks) >= 20
    assert not [warning for warning in reading.warnings if warning.code == "not_a_plan"]
