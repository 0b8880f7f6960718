from __future__ import annotations

import os
import time
from pathlib import Path

import pytest
from django.db import connection
from django.urls import reverse
from pytest_django import Settings

from tests.faces.desk.conftest import SignedIn
from tests.faces.world import World
from zhunsheng.faces.desk.home.administrators import backup
from zhunsheng.kernel.journal import anchors, sealing
from zhunsheng.people import actions
from zhunsheng.people.models import Member, MemberRole, Role

DAY = 24 * 60 * 60


def home(as_role: SignedIn, role: Role) -> str:
    return as_role(role).get(reverse("desk:home")).content.decode()


def test_accounts_without_roles_open_the_list_that_counts_them(world: World, as_role: SignedIn) -> None:
    actions.add_member(
        username="bare", name="甲", unit=world.home.office, by=world.home.members[Role.SYSTEM_ADMINISTRATOR]
    )
    where = f"{reverse('desk:accounts')}?state=bare"
    assert f'<a class="fig" href="{where}">1</a>' in home(as_role, Role.SYSTEM_ADMINISTRATOR)
    assert "账号 1 个" in as_role(Role.SYSTEM_ADMINISTRATOR).get(where).content.decode()


def test_each_administrator_sees_their_own(world: World, as_role: SignedIn) -> None:
    assert "锁定的账号" in home(as_role, Role.SECURITY_ADMINISTRATOR)
    assert "近 30 天来源不明" in home(as_role, Role.AUDIT_ADMINISTRATOR)
    for role in (Role.OFFICE_CLERK, Role.LIAISON_OFFICER, Role.REVIEWER):
        text = home(as_role, role)
        assert "锁定的账号" not in text
        assert "来源不明" not in text
        assert "最近的备份" not in text


@pytest.mark.parametrize(("days", "words", "shape"), [(0, "今天", ""), (3, "3 天前", ""), (8, "8 天前", "soon")])
def test_the_age_of_the_newest_backup(tmp_path: Path, settings: Settings, days: int, words: str, shape: str) -> None:
    settings.HOME = tmp_path
    assert backup().shape == "late"
    (tmp_path / "backups").mkdir()
    for name, age in (
        ("zhunsheng-20260101-000000.tar.gz", 90),
        ("zhunsheng-20261120-000000.tar.gz", days),
        ("x.txt", 0),
    ):
        file = tmp_path / "backups" / name
        file.touch()
        os.utime(file, (time.time() - age * DAY,) * 2)
    assert (backup().value, backup().shape) == (words, shape)


@pytest.mark.django_db(transaction=True)
def test_what_nobody_answers_for_is_counted(world: World, as_role: SignedIn) -> None:
    with connection.cursor() as cursor:
        cursor.execute("UPDATE people_person SET name = 'x' WHERE id = (SELECT min(id) FROM people_person)")
    sealing.sweep()
    text = home(as_role, Role.AUDIT_ADMINISTRATOR)
    assert '<span class="st is-late">近 30 天来源不明</span></dt><dd>1</dd>' in text


def test_the_last_anchor_is_read_from_the_end(tmp_path: Path, settings: Settings) -> None:
    settings.HOME = tmp_path
    assert anchors.last() is None
    for number in range(1, 40):
        anchors.append(anchors.Anchor(number, f"{number:064x}", "2026-11-23T00:00:00+00:00"))
    assert anchors.last() == list(anchors.kept())[-1]
    with anchors.path().open("a") as file:
        file.write("rubbish\n")
    assert anchors.last() is None


def test_roles_asked_for_wait_for_the_security_administrator(world: World, as_role: SignedIn) -> None:
    members = world.home.members
    actions.propose_role(
        member=members[Role.REVIEWER],
        role=Role.LIAISON_OFFICER,
        place=world.home.office,
        day=MemberRole.objects.first().valid_from,  # type: ignore[union-attr, arg-type]
        by=Member.objects.get(pk=members[Role.SYSTEM_ADMINISTRATOR].pk),
    )
    text = home(as_role, Role.SECURITY_ADMINISTRATOR)
    assert "等你办 1 件" in text
    assert "申请角色：联络员（青石司法局）" in text
    assert reverse("desk:account_of", args=[members[Role.REVIEWER].pk]) in text
    assert "等你办" not in home(as_role, Role.SYSTEM_ADMINISTRATOR).partition("<h1>")[2].partition("</h1>")[0].replace(
        "现在没有等你办的事", ""
    )
