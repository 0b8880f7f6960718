"""Import of units and members, and the roles that are asked for with it."""

from __future__ import annotations

import re
from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from pytest_django import DjangoAssertNumQueries
from python_calamine import CalamineWorkbook

from tests.faces.desk.conftest import SignedIn
from tests.faces.world import World
from tests.people.sheets.books import book
from zhunsheng.kernel.actor import SYSTEM
from zhunsheng.kernel.now import today
from zhunsheng.people import actions
from zhunsheng.people.models import Member, MemberRole, Role, RoleProposal, Unit

PLACE = "/desk/units/import/"
RIGHT = book(
    {
        "单位": [{"全称": "青石县水利局", "简称": "县水利局", "类别": "其他部门"}],
        "成员": [{"用户名": "ninghe", "姓名": "宁禾", "所在单位": "县水利局", "申请的角色": "联络员"}],
    }
)
WRONG = book({"单位": [{"全称": "青石县水利局", "简称": "", "类别": "水利"}]})


@pytest.fixture
def system(as_role: SignedIn) -> Client:
    return as_role(Role.SYSTEM_ADMINISTRATOR)


def handed(client: Client, content: bytes, path: str = PLACE, **fields: str) -> tuple[int, str]:
    response = client.post(path, {"file": SimpleUploadedFile("表.xlsx", content), **fields})
    return response.status_code, response.content.decode("utf-8", "replace")


def kept(page: str) -> str:
    found = re.search(r'name="kept" value="([^"]+)"', page)
    assert found
    return found[1]


def test_looked_at_first_then_entered(world: World, system: Client) -> None:
    status, page = handed(system, RIGHT)
    assert status == 200
    assert "都对，看过再导入" in page
    assert "宁禾（县水利局）" in page
    assert not Unit.objects.filter(short_name="县水利局").exists()
    done = system.post(PLACE, {"kept": kept(page), "sure": "1"})
    assert done.status_code == 302
    assert "0 个区划、1 家单位、1 名成员" in system.get(done["Location"]).content.decode()
    member = Member.objects.get(username="ninghe")
    assert (member.is_active, member.unit.short_name) == (False, "县水利局")
    assert RoleProposal.objects.get().role == Role.LIAISON_OFFICER


def test_every_error_on_one_page_and_in_the_workbook(world: World, system: Client) -> None:
    status, page = handed(system, WRONG)
    assert status == 422
    for words in ("2 处要改", "C2" if "C2" in page else "B2", "required", "“简称”没有填"):
        assert words in page
    marked = system.post(f"{PLACE}marked.xlsx", {"kept": kept(page)})
    assert CalamineWorkbook.from_filelike(BytesIO(marked.content)).sheet_names[0] == "错误清单"
    status, page = handed(system, WRONG, sure="1")
    assert status == 422
    assert not Unit.objects.filter(name="青石县水利局").exists()


@pytest.mark.parametrize(
    ("content", "words"),
    [(b"no workbook", "不是 xlsx 工作簿"), (book({"别的": [{"甲": "乙"}]}), "没有名为区划、单位、成员的工作表")],
)
def test_what_is_no_such_workbook_is_told(system: Client, content: bytes, words: str) -> None:
    for path in (PLACE, f"{PLACE}marked.xlsx"):
        status, page = handed(system, content, path)
        assert status == 422
        assert words in page


@pytest.mark.parametrize("fields", [{}, {"kept": "###"}, {"kept": "云"}, {"kept": ""}])
def test_without_a_file_nothing_happens(system: Client, fields: dict[str, str]) -> None:
    response = system.post(PLACE, fields)
    assert response.status_code == 422
    assert "文件" in response.content.decode()


def test_the_template_is_taken_as_it_is(system: Client) -> None:
    content = system.get(f"{PLACE}template.xlsx").content
    assert handed(system, content)[0] == 200


def asked(world: World, count: int = 1) -> list[RoleProposal]:
    by = world.home.members[Role.SYSTEM_ADMINISTRATOR]
    made = []
    for number in range(count):
        member = actions.add_member(username=f"m{number}", name=f"成员{number}", unit=world.home.office, by=SYSTEM)
        made.append(
            actions.propose_role(member=member, role=Role.LIAISON_OFFICER, place=world.home.office, day=today(), by=by)
        )
    return made


def test_several_are_given_at_once_each_by_itself(world: World, as_role: SignedIn) -> None:
    first, second, third = asked(world, 3)
    actions.grant_role(
        member=second.member, role=Role.AUDIT_ADMINISTRATOR, scope=world.home.division, day=today(), by=SYSTEM
    )
    security = as_role(Role.SECURITY_ADMINISTRATOR)
    assert "3 项角色等安全管理员批" in security.get("/desk/role-proposals/").content.decode()
    page = security.post(
        "/desk/role-proposals/", {"proposal": [str(first.pk), str(second.pk)], "do": "approve"}
    ).content.decode()
    assert "批准 1 项" in page
    assert "成员1 联络员" in page
    states = dict(RoleProposal.objects.values_list("pk", "decision"))
    assert states == {first.pk: "approved", second.pk: "open", third.pk: "open"}
    assert MemberRole.objects.filter(member=first.member, role=Role.LIAISON_OFFICER).exists()


def test_refusing_needs_a_reason(world: World, as_role: SignedIn) -> None:
    (one,) = asked(world)
    security = as_role(Role.SECURITY_ADMINISTRATOR)
    fields = {"proposal": str(one.pk), "do": "refuse"}
    assert security.post("/desk/role-proposals/", fields).status_code == 422
    assert security.post("/desk/role-proposals/", {**fields, "reason": "已调离"}).status_code == 200
    one.refresh_from_db()
    assert one.decision == "refused"


def test_who_asked_cannot_give_and_strangers_see_nothing(world: World, system: Client) -> None:
    (one,) = asked(world)
    page = system.post("/desk/role-proposals/", {"proposal": str(one.pk), "do": "approve"})
    assert page.status_code == 422
    stranger = Client()
    stranger.force_login(
        world.sister.members[Role.SECURITY_ADMINISTRATOR], backend="zhunsheng.people.backends.MemberBackend"
    )
    assert "没有待批的角色" in stranger.get("/desk/role-proposals/").content.decode()
    assert stranger.post("/desk/role-proposals/", {"proposal": str(one.pk), "do": "approve"}).status_code == 422
    one.refresh_from_db()
    assert one.decision == "open"


@pytest.mark.parametrize("count", [1, 3])
def test_the_list_asks_as_often_for_many_as_for_one(
    count: int, world: World, as_role: SignedIn, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    asked(world, count)
    security = as_role(Role.SECURITY_ADMINISTRATOR)
    security.get("/desk/role-proposals/")
    with django_assert_num_queries(13):
        assert security.get("/desk/role-proposals/").status_code == 200
