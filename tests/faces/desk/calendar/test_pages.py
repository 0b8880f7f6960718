"""工作日历 over HTTP: who sees it, who changes it, what moves with it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from io import BytesIO

import pytest
import xlsxwriter
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from tests.faces.desk.conftest import SignedIn
from tests.faces.world import World
from zhunsheng.kernel import now
from zhunsheng.kernel.actor import SYSTEM
from zhunsheng.kernel.clock import actions
from zhunsheng.kernel.clock.calendar import load
from zhunsheng.kernel.clock.models import CalendarDay, Clock, ClockMove, YearNotice
from zhunsheng.kernel.matter import actions as matters
from zhunsheng.kernel.refs import Ref
from zhunsheng.kernel.reminders.catching_up import catch_up
from zhunsheng.people.actions import add_unit, change_code
from zhunsheng.people.models import Installation, Leadership, MemberRole, Role, UnitKind

YEAR = """日期,安排,名称
2027-01-01至2027-01-03,放假,元旦
2027-02-05至2027-02-11,放假,春节
2027-02-20,上班,春节
2027-04-05,放假,清明节
2027-05-01至2027-05-05,放假,劳动节
2027-05-08,上班,劳动节
2027-06-09,放假,端午节
2027-09-15,放假,中秋节
2027-10-01至2027-10-07,放假,国庆节
2027-10-09,上班,国庆节
"""
FORM = {"year": "2027", "region": "", "document": "国办发明电〔2026〕9号", "text": YEAR}


@pytest.fixture
def system(world: World, as_role: SignedIn) -> Iterator[Client]:
    with now.on(date(2026, 11, 23)):
        Installation.objects.create(division=world.home.division, founded_at=now.now())
        change_code(division=world.home.division, code="050022", day=date(2020, 1, 1), by=SYSTEM)
        actions.seed(by=SYSTEM)
        yield as_role(Role.SYSTEM_ADMINISTRATOR)


def text(client: Client, path: str = "/desk/calendar/", **query: str) -> str:
    response = client.get(path, query)
    assert response.status_code == 200
    return response.content.decode()


def running(world: World, trigger: date, rule: str = "R03") -> Clock:
    return actions.start(
        by=SYSTEM,
        rule=rule,
        trigger=trigger,
        subject=Ref("matter.matter", "0", "某件复议"),
        unit_id=world.home.office.pk,
    )


def test_everybody_sees_a_year_and_what_is_to_come(system: Client, as_role: SignedIn) -> None:
    page = text(as_role(Role.REVIEWER))
    assert "2026 年 " in page
    assert 'class="d-makeup"' in page
    assert "2027 年的放假安排还没有载入" in page
    assert "载入放假安排</a>" not in page
    assert "is-est" in text(as_role(Role.REVIEWER), year="2027")
    assert "2026 年 " in text(system, year="9999")
    assert "载入放假安排</a>" in text(system)


def test_a_notice_is_looked_at_then_entered_and_what_moved_is_listed(world: World, system: Client) -> None:
    moved, stays = running(world, date(2027, 2, 1)), running(world, date(2026, 11, 2))
    look = system.post("/desk/calendar/notice", FORM)
    assert look.status_code == 200
    assert "看过再载入" in look.content.decode()
    assert not YearNotice.objects.filter(year=2027).exists(), "nothing is entered by looking"
    done = system.post("/desk/calendar/notice", {**FORM, "sure": "1"})
    assert done.status_code == 302
    assert YearNotice.objects.get(year=2027).document == FORM["document"]
    page = text(system, done["Location"])
    assert [move.clock_id for move in ClockMove.objects.all()] == [moved.pk]
    assert "R03" in page
    assert "某件复议" not in page, "the system administrator has no business"
    assert stays.due == Clock.objects.get(pk=stays.pk).due
    assert "的放假安排还没有载入" not in text(system)


def test_who_reads_business_sees_what_the_moved_date_is_for(world: World, system: Client, as_role: SignedIn) -> None:
    running(world, date(2027, 2, 1))
    system.post("/desk/calendar/notice", {**FORM, "sure": "1"})
    assert "某件复议" in text(as_role(Role.OFFICE_CLERK), "/desk/calendar/moves/")
    assert "某件复议" in text(as_role(Role.LIAISON_OFFICER), "/desk/calendar/moves/")
    stranger = Client()
    stranger.force_login(world.sister.members[Role.OFFICE_CLERK], backend="zhunsheng.people.backends.MemberBackend")
    assert "没有到期日变动" in text(stranger, "/desk/calendar/moves/")


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"year": "明年"}, "不是年份"),
        ({"document": " "}, "文件名称和文号"),
        ({"text": ""}, "一天也没有"),
        ({"region": "999999"}, "没有这个地区"),
        ({"text": "2027-02-30,放假,春节"}, "没有“2027-02-30”这一天"),
        ({"text": "2027-05-01,过节,劳动节"}, "应当写“放假”或者“上班”"),
        ({"text": "2027-01-01,放假,元旦"}, "缺法定节假日 春节"),
    ],
)
def test_a_wrong_notice_is_told_and_kept(system: Client, fields: dict[str, str], words: str) -> None:
    response = system.post("/desk/calendar/notice", {**FORM, **fields, "sure": "1"})
    page = response.content.decode()
    assert response.status_code == 422
    assert words in page
    assert fields.get("text", "元旦").split(",")[0] in page
    assert not YearNotice.objects.filter(year=2027).exists()


def as_workbook() -> bytes:
    buffer = BytesIO()
    with xlsxwriter.Workbook(buffer) as book:
        page = book.add_worksheet()
        for line, row in enumerate(YEAR.strip().split("\n")):
            page.write_row(line, 0, row.split(","))
    return buffer.getvalue()


@pytest.mark.parametrize("content", [YEAR.encode(), YEAR.encode("gb18030"), as_workbook()], ids=["utf-8", "gb", "xlsx"])
def test_a_file_is_taken_and_comes_back_as_text(system: Client, content: bytes) -> None:
    look = system.post("/desk/calendar/notice", {**FORM, "text": "", "file": SimpleUploadedFile("通知", content)})
    assert look.status_code == 200
    assert "2027-02-20,上班,春节" in look.content.decode()


@pytest.mark.parametrize(
    ("content", "words"), [(b"PK\x03\x04", "不是 xlsx"), (b"\xff\xff\xff", "编码"), (b"x" * 2**22, "2 兆")]
)
def test_a_file_that_is_none_is_told(system: Client, content: bytes, words: str) -> None:
    look = system.post("/desk/calendar/notice", {**FORM, "file": SimpleUploadedFile("通知", content)})
    assert look.status_code == 422
    assert words in look.content.decode()


def test_a_day_is_set_for_a_region_and_taken_back(world: World, system: Client) -> None:
    day = {"day": "2026-12-01", "region": "050022", "works": "0", "name": "县庆日", "source": "青政〔2026〕3号"}
    done = system.post("/desk/calendar/day", day)
    assert done.status_code == 302
    assert (load("050022").works(date(2026, 12, 1)), load("").works(date(2026, 12, 1))) == (False, True)
    page = text(system, done["Location"])
    assert "县庆日，放假" in page
    assert "青政〔2026〕3号" in page
    done = system.post("/desk/calendar/day", {"day": "2026-12-01", "region": "050022", "do": "clear"})
    assert done.status_code == 302
    assert not CalendarDay.objects.filter(region="050022").exists()


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"day": ""}, "请填日期"),
        ({"day": "昨天"}, "认不出来"),
        ({"name": " "}, "什么日子"),
        ({"source": ""}, "依据"),
        ({"works": "2"}, "放假还是上班"),
        ({"region": "999999"}, "没有代码为 999999"),
        ({"do": "clear"}, "没有对 2026-12-01 另作安排"),
    ],
)
def test_a_wrong_day_is_told_and_kept(system: Client, fields: dict[str, str], words: str) -> None:
    day = {"day": "2026-12-01", "region": "", "works": "0", "name": "县庆日", "source": "甲号", **fields}
    response = system.post("/desk/calendar/day", day)
    assert response.status_code == 422
    assert words in response.content.decode()
    assert fields.get("source", "甲号") in response.content.decode()
    assert not CalendarDay.objects.filter(day=date(2026, 12, 1)).exists()


def test_only_who_keeps_the_place_changes_its_calendar(world: World, system: Client) -> None:
    stranger = Client()
    stranger.force_login(
        world.sister.members[Role.SYSTEM_ADMINISTRATOR], backend="zhunsheng.people.backends.MemberBackend"
    )
    day = {"day": "2026-12-01", "works": "0", "name": "县庆日", "source": "甲号"}
    for region in ("", "050022"):
        response = stranger.post("/desk/calendar/day", {**day, "region": region})
        assert response.status_code == 422
        assert "权限" in response.content.decode()
    assert stranger.post("/desk/calendar/notice", {**FORM, "sure": "1"}).status_code == 422
    assert not YearNotice.objects.filter(year=2027).exists()


@pytest.mark.parametrize("count", [1, 3])
def test_pages_ask_as_often_for_many_as_for_one(
    count: int, world: World, system: Client, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for number in range(count):
        running(world, date(2027, 2, 1))
        actions.set_day(by=SYSTEM, day=date(2026, 12, 1 + number), works=False, name="县庆日", source="甲号")
    actions.set_day(by=SYSTEM, day=date(2027, 2, 3), works=False, name="县庆日", source="甲号")
    text(system)
    with django_assert_num_queries(15):
        text(system)
    assert ClockMove.objects.count() == count
    with django_assert_num_queries(12):
        text(system, "/desk/calendar/moves/")


def test_an_order_given_before_the_notice_moves_and_everybody_reads_so(
    world: World, system: Client, as_role: SignedIn
) -> None:
    """Ten working days from 25 January 2027: by the law alone to 10 February, by the notice to 15 February."""
    home = world.home
    town = add_unit(
        division=home.division, kind=UnitKind.TOWNSHIP, name="青石县南坪镇", short_name="南坪镇",
        led_by=Leadership.PLACE, by=SYSTEM,
    )  # fmt: skip
    MemberRole.objects.filter(unit=home.office).update(unit=town)
    with now.on(date(2027, 1, 25)):
        order = matters.issue(
            matter=matters.open(
                kind="supervision_order", origins=[], unit_id=town.pk, issuer_id=home.office.pk,
                title="关于补报台账", demands="补报台账。", by=home.members[Role.OFFICE_CLERK],
            ),
            by=home.members[Role.OFFICE_HEAD],
        )  # fmt: skip
        assert "暂定" in text(as_role(Role.LIAISON_OFFICER), f"/desk/matters/{order.pk}/")
        done = system.post("/desk/calendar/notice", {**FORM, "sure": "1"})
        page = text(system, done["Location"])
        assert "1 个到期日因此变动" in page
        assert "办结期限" in page
        assert "关于补报台账" not in page, "the system administrator has no business"
        catch_up(date(2027, 1, 25))
        for role in (Role.LIAISON_OFFICER, Role.UNIT_HEAD, Role.OFFICE_CLERK, Role.OFFICE_HEAD):
            said = text(as_role(role), "/desk/reminders/")
            assert "办结期限 2027-02-10 改为 2027-02-15" in said
            assert "关于补报台账" in text(as_role(role), "/desk/calendar/moves/")
        assert "改为" not in text(as_role(Role.REVIEWER), "/desk/reminders/")
        page = text(as_role(Role.LIAISON_OFFICER), f"/desk/matters/{order.pk}/")
        assert "期限变动</b><q>国办发明电〔2026〕9号载入：办结期限 2027-02-10 改为 2027-02-15</q>" in page
        assert "暂定" not in page
