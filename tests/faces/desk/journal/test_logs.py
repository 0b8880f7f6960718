"""操作日志 and 访问日志 as the audit administrator sees them."""

from __future__ import annotations

from datetime import date
from io import BytesIO
from typing import Any

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries
from python_calamine import CalamineWorkbook

from tests.faces.desk.conftest import SignedIn
from tests.faces.world import World
from zhunsheng.kernel import now
from zhunsheng.kernel.journal import access, change, checks
from zhunsheng.kernel.journal.models import Access, Block, Verification
from zhunsheng.kernel.now import now as instant
from zhunsheng.people import actions
from zhunsheng.people.models import Installation, Member, Person, Role
from zhunsheng.people.references import person_ref


@pytest.fixture
def audit(world: World, as_role: SignedIn) -> Client:
    Installation.objects.create(division=world.home.division, founded_at=instant())
    actions_of(world, "0500-5550101")
    return as_role(Role.AUDIT_ADMINISTRATOR)


def actions_of(world: World, phone: str) -> Person:
    by, person = world.home.members[Role.SYSTEM_ADMINISTRATOR], world.home.members[Role.REVIEWER].person
    with now.on(date(2026, 3, 2)):
        return actions.amend_person(person=person, name="吴一禾", office_phone=phone, by=by)


def text(client: Client, path: str, **query: str) -> str:
    response = client.get(path, query)
    assert response.status_code == 200
    return response.content.decode()


def numbers(client: Client, **query: str) -> list[int]:
    return [
        one.number
        for one in Block.objects.order_by("-number")
        if f"/journal/{one.number}/" in text(client, "/desk/journal/", **query)
    ]


def test_filters_narrow_the_list(world: World, audit: Client) -> None:
    done = Block.objects.get(action="修改人员")
    assert numbers(audit, q="修改人员") == [done.number]
    assert numbers(audit, person="home系统") == [done.number]
    assert numbers(audit, unit="没有这个单位") == []
    assert numbers(audit, since="2026-03-02", until="2026年3月2日", person="home") == [done.number]
    assert done.number not in numbers(audit, source="unknown")
    reviewer = world.home.members[Role.REVIEWER].person
    assert numbers(audit, kind="people.person", key=str(reviewer.pk)) == [done.number]
    assert numbers(audit, kind="people.person") == [done.number]
    assert numbers(audit, kind="people.person", key="0") == []
    assert "没有符合条件的块" in text(audit, "/desk/journal/", q="查无此事")


def test_a_day_that_is_none_narrows_nothing_and_is_told(audit: Client) -> None:
    page = text(audit, "/desk/journal/", since="昨天")
    assert "日期“昨天”认不出来" in page
    assert 'value="昨天"' in page
    assert "修改人员" in page


def test_a_block_shows_columns_before_and_after(world: World, audit: Client) -> None:
    actions_of(world, "0500-5550102")
    block = Block.objects.order_by("number").last()
    assert block is not None
    page = text(audit, f"/desk/journal/{block.number}/")
    assert "办公电话" in page
    assert "<del>0500-5550101</del>" in page
    assert "<ins>0500-5550102</ins>" in page
    assert block.digest[:16] in page
    assert audit.get(f"/desk/journal/{block.number + 1}/").status_code == 404


def test_only_rows_of_the_page_are_read(world: World, audit: Client) -> None:
    with change(world.home.members[Role.SYSTEM_ADMINISTRATOR], "登记多人"):
        for number in range(51):
            Person.objects.create(name=f"{number}号")
    block = Block.objects.get(action="登记多人")
    first, second = (text(audit, f"/desk/journal/{block.number}/", page=page) for page in "12")
    assert ("49号" in first, "50号" in first, "50号" in second, "49号" in second) == (True, False, True, False)


@pytest.mark.parametrize("count", [1, 3])
def test_lists_ask_as_often_for_many_as_for_one(
    count: int, world: World, audit: Client, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for number in range(count):
        actions_of(world, f"0500-555020{number}")
        access.note("export", actor=None, detail="甲")
    text(audit, "/desk/journal/")
    with django_assert_num_queries(LIST):
        text(audit, "/desk/journal/")
    with django_assert_num_queries(ACCESS):
        text(audit, "/desk/access-log/")
    block = Block.objects.order_by("number").last()
    assert block is not None
    with django_assert_num_queries(BLOCK):
        text(audit, f"/desk/journal/{block.number}/")


LIST = 11
ACCESS = 9
BLOCK = 11


def rows(content: bytes) -> list[list[Any]]:
    return CalamineWorkbook.from_filelike(BytesIO(content)).get_sheet_by_name("清单").to_python()


def test_both_logs_as_files_and_the_file_in_the_access_log(audit: Client) -> None:
    head, *lines = rows(audit.get("/desk/journal.xlsx", {"q": "修改人员"}).content)
    assert (head[:5], len(lines)) == (["块号", "时间", "经办人", "单位", "操作"], 1)
    assert lines[0][1] == "2026-03-02 12:00"
    head, *lines = rows(audit.get("/desk/access-log.xlsx", {"kind": "export"}).content)
    assert [line[2] for line in lines] == ["导出"], "the file taken just before"
    assert str(lines[0][7]).startswith("操作日志.xlsx")
    assert Access.objects.filter(kind="export").count() == 2


def test_access_log_is_filtered_by_kind_and_words(audit: Client) -> None:
    access.note("sign_in_refused", actor=None, username="stranger", address="10.0.0.9")
    assert "stranger" in text(audit, "/desk/access-log/", kind="sign_in_refused")
    assert "stranger" not in text(audit, "/desk/access-log/", kind="sign_in")
    assert "stranger" in text(audit, "/desk/access-log/", q="10.0.0.9")


def test_a_verification_is_asked_for_and_shown_when_it_is_done(audit: Client) -> None:
    assert "还没有核验过" in text(audit, "/desk/journal/")
    assert audit.post("/desk/journal/verify").status_code == 302
    assert "还没有办" in text(audit, "/desk/journal/")
    checks.due()
    page = text(audit, "/desk/journal/")
    assert "<strong>核验通过</strong>" in page
    assert "请办事员核验</button>" in page


def test_what_does_not_agree_is_told_with_what_to_do(audit: Client) -> None:
    finding = {"code": "rows", "state": "bad", "what": "某行和日志不一样", "where": "某表", "remedy": "逐项比对"}
    Verification.objects.create(asked_at=instant(), asked_by="甲", ended_at=instant(), bad=1, findings=[finding])
    page = text(audit, "/desk/journal/")
    assert 'role="alert"' in page
    assert "核验没有通过：1 处对不上" in page
    assert "逐项比对" in page


def test_who_audits_a_part_sees_what_its_members_did(world: World, audit: Client) -> None:
    """One database for two counties, none of which is the installation's own place."""
    person_of_the_sister(world.sister.members[Role.SYSTEM_ADMINISTRATOR])
    Installation.objects.update(division=world.home.division.parent)
    blocks = dict(Block.objects.filter(action__in=["修改人员", "登记邻县"]).values_list("action", "number"))
    shown = numbers(audit)
    assert blocks["修改人员"] in shown
    assert blocks["登记邻县"] not in shown
    assert audit.get(f"/desk/journal/{blocks['登记邻县']}/").status_code == 404


def test_who_audits_the_whole_place_sees_all(world: World, audit: Client) -> None:
    person_of_the_sister(world.sister.members[Role.SYSTEM_ADMINISTRATOR])
    assert Block.objects.get(action="登记邻县").number in numbers(audit)


def person_of_the_sister(by: Member) -> None:
    with change(by, "登记邻县", about=[person_ref(by.person)]):
        Person.objects.create(name="邻县的人")
