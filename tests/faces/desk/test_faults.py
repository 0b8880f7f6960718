"""A full disk, a database that is shut down or held up, as people at their desks meet them."""

from __future__ import annotations

import errno
import html
import os
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any, NoReturn

import pytest
from django.contrib.sessions.models import Session
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http.response import HttpResponseBase
from django.test import Client
from django.urls import reverse
from pytest_django import Settings

from tests.faces.desk.conftest import Enter
from tests.faces.desk.demo_plan import clerk, county, draft, example, of_unit, office, published, second
from tests.faces.faults import in_the_way, no_room, shut_down, stored
from tests.programmes.plans.actions.test_importing import ONE, TITLE, TWO, written
from tests.programmes.plans.actions.test_reporting import duty_of
from tests.programmes.plans.conftest import settle_all
from zhunsheng.kernel.evidence.models import Evidence
from zhunsheng.kernel.journal import reading
from zhunsheng.people.models import Member, Role, Unit
from zhunsheng.programmes.plans.actions import publishing
from zhunsheng.programmes.plans.actions.importing import import_plan
from zhunsheng.programmes.plans.models import Duty, Edition, Plan

__all__ = ["clerk", "county", "draft", "example", "of_unit", "office", "published", "second"]

Find = Callable[[str, Role], Member]
TYPED = "旁听庭审一次，<三十人>到场。"


@pytest.fixture
def duty(published: Plan) -> Duty:
    return duty_of(published, "3", "白石镇")


@pytest.fixture
def town(of_unit: Find, enter: Enter) -> Client:
    """The town's liaison officer; a fault of the server is answered, not raised."""
    return lenient(enter(of_unit("白石镇", Role.LIAISON_OFFICER)))


@pytest.fixture
def ready(office: Unit, clerk: Member) -> Edition:
    """A plan that waits for the second person."""
    edition = import_plan(document=written(TITLE, ONE, TWO), name="甲", office=office, by=clerk).edition
    settle_all(edition, clerk)
    publishing.hand_over(edition=edition, by=clerk)
    return edition


def lenient(client: Client) -> Client:
    client.raise_request_exception = False
    return client


def report(duty: Duty, **more: object) -> dict[str, object]:
    assert duty.task.wording is not None
    values = {f"value-{one.pk}": "1" for one in duty.task.wording.targets.all()}
    return {"version": Duty.objects.get(pk=duty.pk).version, "text": TYPED, **values, **more}


def page(duty: Duty) -> str:
    return reverse("desk:duty", args=[duty.pk])


def paper() -> SimpleUploadedFile:
    return SimpleUploadedFile("签到表.txt", "签到三十人\n".encode())


def idle(client: Client) -> None:
    """Five minutes have passed: the next page notes when the session was last used."""
    session = client.session
    session["seen"] -= 300
    session.save()


def fields(response: HttpResponseBase) -> dict[str, str]:
    """What the form of the error page would hand in again."""
    text = getattr(response, "content", b"").decode()
    hidden = re.findall(r'<input type="hidden" name="([^"]*)" value="([^"]*)">', text)
    areas = re.findall(r'<textarea[^>]* name="([^"]*)"[^>]*>\n(.*?)</textarea>', text, re.DOTALL)
    return {name: html.unescape(value) for name, value in [*hidden, *areas]}


@pytest.mark.django_db(transaction=True)
def test_a_full_disk_is_told_stores_nothing_by_half_and_loses_nothing_typed(
    duty: Duty, town: Client, ready: Edition, second: Member, enter: Enter
) -> None:
    other = lenient(enter(second))
    steps = [
        (town, page(duty), report(duty)),
        (town, page(duty), report(duty, go="submit", file=paper(), not_secret="1")),
        (town, reverse("desk:evidence"), {"files": [paper()], "not_secret": "1", "note": TYPED}),
        (other, reverse("desk:plan_publish", args=[ready.plan_id]), {"do": "publish"}),
    ]
    reader = enter(second)
    idle(reader)
    with no_room():
        before = stored()
        answers = [client.post(address, form) for client, address, form in steps]
        assert [answer.status_code for answer in answers] == [507] * 4
        assert stored() == before
        assert reader.get(page(duty)).status_code == 200, "what is only read can still be read"
    for answer in answers:
        text = answer.content.decode()
        assert "磁盘满了" in text
        assert "请告诉系统管理员" in text
        assert (answer["Cache-Control"], answer["Retry-After"]) == ("no-store", "60")
    for answer in answers[:3]:
        assert html.escape(TYPED) in answer.content.decode()
    assert "再交一次</button>" in answers[0].content.decode()
    for answer in answers[1:3]:
        assert "要重新选" in answer.content.decode()
        assert "再交一次</button>" not in answer.content.decode()
    assert town.post(page(duty), fields(answers[0])).status_code == 302
    assert TYPED in html.unescape(town.get(page(duty)).content.decode())
    assert other.post(*steps[3][1:]).status_code == 302


@pytest.mark.django_db(transaction=True)
def test_who_waits_too_long_for_another_is_told_and_may_try_again(duty: Duty, town: Client) -> None:
    before, form = stored(), report(duty)
    idle(town)
    with in_the_way():
        answer = town.post(page(duty), form)
        only_read = town.get(page(duty))
    assert (answer.status_code, only_read.status_code) == (503, 200)
    assert stored() == before
    assert "正忙，这一步没有办成" in answer.content.decode()
    assert town.post(page(duty), fields(answer)).status_code == 302


@pytest.mark.postgresql
@pytest.mark.django_db(transaction=True)
def test_a_database_that_is_shut_down_is_told_and_come_back_to(duty: Duty, town: Client) -> None:
    before = stored()
    with shut_down():
        answer = town.post(page(duty), report(duty))
    text = answer.content.decode()
    assert answer.status_code == 503
    assert "数据库暂时连不上" in text
    assert html.escape(TYPED) in text
    assert "再交一次</button>" not in text, "it may have been stored"
    assert stored() == before
    assert town.post(page(duty), report(duty)).status_code == 302


@pytest.mark.django_db
def test_a_session_that_was_ended_meanwhile_is_no_fault_of_the_database(duty: Duty, town: Client) -> None:
    idle(town)
    real = reading.history

    def ended(*asked: Any, **how: Any) -> Any:
        Session.objects.all().delete()
        return real(*asked, **how)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("zhunsheng.faces.desk.tracking.duty.history", ended)
        assert town.get(page(duty)).status_code == 400


@pytest.mark.django_db
@pytest.mark.parametrize("where", ["duty", "evidence"])
def test_a_file_that_finds_no_room(
    duty: Duty, town: Client, monkeypatch: pytest.MonkeyPatch, settings: Settings, tmp_path: Path, where: str
) -> None:
    settings.HOME = tmp_path  # where the same file does not stand from another test

    def full(*_: object) -> NoReturn:
        raise OSError(errno.ENOSPC, "full")

    monkeypatch.setattr(os, "write", full)
    if where == "duty":
        answer = town.post(page(duty), report(duty, file=paper(), not_secret="1"))
    else:
        answer = town.post(reverse("desk:evidence"), {"files": [paper()], "not_secret": "1", "note": TYPED})
    assert answer.status_code == 507
    assert "磁盘满了，这份材料没有存下" in answer.content.decode()
    assert html.escape(TYPED) in answer.content.decode()
    assert not Evidence.objects.exists()
