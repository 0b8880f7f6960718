"""三员分立 over HTTP: what each administrator does, and what none can do."""

from __future__ import annotations

import re
from datetime import timedelta
from html import unescape

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tests.faces.desk.conftest import BACKEND, PASSWORD, SignedIn, give_password
from tests.faces.world import World
from zhunsheng.kernel.actor import SYSTEM
from zhunsheng.kernel.now import now, today
from zhunsheng.people import actions
from zhunsheng.people.models import Account, Member, MemberRole, Role, UnitKind

LIST = "/desk/accounts/"


@pytest.fixture
def system(as_role: SignedIn) -> Client:
    return as_role(Role.SYSTEM_ADMINISTRATOR)


@pytest.fixture
def security(as_role: SignedIn) -> Client:
    return as_role(Role.SECURITY_ADMINISTRATOR)


@pytest.fixture
def liaison(world: World) -> Member:
    return world.home.members[Role.LIAISON_OFFICER]


def post(client: Client, member: Member, what: str, **fields: str) -> tuple[int, str]:
    response = client.post(f"{LIST}{member.pk}/{what}", fields)
    return response.status_code, response.get("Location", "") or response.content.decode()


def test_from_nothing_to_the_first_page(world: World, system: Client, security: Client) -> None:
    """Created by one, enabled and given a role by the other; the new member changes the password and works."""
    unit = world.home.office
    made = system.post(f"{LIST}new", {"username": " NingHe ", "name": "宁禾", "unit": str(unit.pk), "expires_on": ""})
    member = Member.objects.get(username="ninghe")
    assert made["Location"] == f"{LIST}{member.pk}/?done=created"
    assert "还没有启用" in system.get(made["Location"]).content.decode()
    assert not member.is_active
    password = reset(system, member)
    browser = Client()
    assert browser.post("/desk/sign-in", {"username": "ninghe", "password": password}).status_code == 422
    assert post(security, member, "enable")[0] == 302
    granted = post(security, member, "roles", role="liaison_officer", scope=f"unit-{unit.pk}", day=str(today()))
    assert granted == (302, f"{LIST}{member.pk}/?done=granted")
    assert browser.post("/desk/sign-in", {"username": "ninghe", "password": password})["Location"] == "/desk/"
    assert browser.get("/desk/")["Location"] == "/desk/account/password"
    assert password not in system.get(f"{LIST}{member.pk}/").content.decode(), "shown once"


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"username": "ning", "name": "宁禾", "unit": ""}, "没有选单位"),
        ({"username": "ning", "name": "宁禾", "unit": "99999999999999999999"}, "没有选单位"),
        ({"username": "", "name": "宁禾", "unit": "own"}, "没有建"),
        ({"username": "ning", "name": "", "unit": "own"}, "没有建"),
        ({"username": "home.reviewer", "name": "宁禾", "unit": "own"}, "已有人使用"),
        ({"username": "ning", "name": "宁禾", "unit": "sister"}, "不在你的管辖范围里"),
        ({"username": "ning", "name": "宁禾", "unit": "own", "expires_on": "明年"}, "不是日期"),
    ],
)
def test_a_refused_form_keeps_what_was_typed(world: World, system: Client, fields: dict[str, str], words: str) -> None:
    units = {"own": str(world.home.office.pk), "sister": str(world.sister.office.pk)}
    count = Member.objects.count()
    response = system.post(f"{LIST}new", {**fields, "unit": units.get(fields["unit"], fields["unit"])})
    page = response.content.decode()
    assert response.status_code == 422
    assert words in page
    assert f'value="{fields["name"]}"' in page
    assert Member.objects.count() == count


def reset(client: Client, member: Member) -> str:
    """The one-time password that the page shows once."""
    status, page = post(client, member, "reset")
    shown = re.search(r'<p class="big mono">(.+?)</p>', page)
    assert (status, bool(shown)) == (200, True)
    return unescape(shown[1]) if shown else ""


def lets_in(member: Member, password: str) -> bool:
    return Client().post("/desk/sign-in", {"username": member.username, "password": password}).status_code == 302


@pytest.mark.parametrize(
    ("role", "by"),
    [
        (Role.AUDIT_ADMINISTRATOR, Role.SECURITY_ADMINISTRATOR),
        (Role.SECURITY_ADMINISTRATOR, Role.AUDIT_ADMINISTRATOR),
    ],
)
def test_nobody_takes_over_an_administrator_alone(
    world: World, system: Client, as_role: SignedIn, role: Role, by: Role
) -> None:
    """Reset by one, of no use until another has enabled it."""
    member, other = world.home.members[role], as_role(by)
    assert f"这是{role.label}的账号" in system.get(f"{LIST}{member.pk}/").content.decode()
    session, password = as_role(role), reset(system, member)
    assert session.get("/desk/").status_code == 302, "it ends what was open"
    assert not Member.objects.get(pk=member.pk).is_active
    assert not lets_in(member, password)
    assert post(system, member, "enable")[0] == 403
    shown = other.get(f"{LIST}{member.pk}/").content.decode()
    assert "启用账号</button>" in shown
    assert "停用账号</button>" not in shown
    assert post(other, member, "enable") == (302, f"{LIST}{member.pk}/?done=enabled")
    assert lets_in(member, password)


def test_nobody_becomes_an_administrator_with_a_password_that_another_knows(
    world: World, system: Client, as_role: SignedIn
) -> None:
    """Else whoever reset it would have the role until its holder signs in for the first time."""
    member = actions.add_member(username="appointed", name="戚望", unit=world.home.office, by=SYSTEM)
    password, security = reset(system, member), as_role(Role.SECURITY_ADMINISTRATOR)
    wish = {"role": "audit_administrator", "scope": f"division-{world.home.division.path}", "day": f"{today()}"}
    status, page = post(security, member, "roles", **wish)
    assert (status, "本人还没有改过" in page) == (422, True)
    browser = Client()
    browser.post("/desk/sign-in", {"username": "appointed", "password": password})
    browser.post("/desk/account/password", {"old": password, "new": PASSWORD, "again": PASSWORD})
    assert post(security, member, "roles", **wish)[0] == 302


def test_the_page_says_what_a_reset_did_to_an_administrator(world: World, system: Client, liaison: Member) -> None:
    said = post(system, world.home.members[Role.SECURITY_ADMINISTRATOR], "reset")[1]
    assert "账号已停用" in said
    assert "请审计管理员当面问清" in said
    assert "账号已停用" not in post(system, liaison, "reset")[1]
    assert Member.objects.get(pk=liaison.pk).is_active, "who is no administrator goes on"


def test_where_there_are_two_the_other_security_administrator_enables(world: World, system: Client) -> None:
    first = world.home.members[Role.SECURITY_ADMINISTRATOR]
    second = actions.add_member(username="second", name="孟小满", unit=world.home.office, by=SYSTEM)
    actions.grant_role(
        member=second, role=Role.SECURITY_ADMINISTRATOR, scope=world.home.division, day=today(), by=SYSTEM
    )
    assert "请安全管理员当面问清" in post(system, first, "reset")[1]
    audit, guard = Client(), Client()
    audit.force_login(world.home.members[Role.AUDIT_ADMINISTRATOR], backend=BACKEND)
    guard.force_login(second, backend=BACKEND)
    status, page = post(audit, first, "enable")
    assert (status, "安全管理员办理" in page) == (422, True)
    assert "启用账号</button>" not in audit.get(f"{LIST}{first.pk}/").content.decode()
    assert post(guard, first, "enable")[0] == 302


def test_a_reset_never_locks_everybody_out(world: World, system: Client, as_role: SignedIn) -> None:
    security, audit = (world.home.members[one] for one in (Role.SECURITY_ADMINISTRATOR, Role.AUDIT_ADMINISTRATOR))
    before = audit.password
    reset(system, security)
    status, page = post(system, audit, "reset")
    assert (status, "没有能启用它的人，所以没有重置" in page) == (422, True)
    assert Member.objects.get(pk=audit.pk).password == before
    assert post(as_role(Role.AUDIT_ADMINISTRATOR), security, "enable")[0] == 302
    Account.objects.update_or_create(member=audit, defaults={"expires_on": today()})
    assert post(system, security, "reset")[0] == 422, "nor by whom has expired"


def test_a_role_still_to_come_counts(world: World, system: Client, liaison: Member) -> None:
    liaison.roles.update(valid_to=today())
    actions.grant_role(
        member=liaison,
        role=Role.AUDIT_ADMINISTRATOR,
        scope=world.home.division,
        day=today() + timedelta(days=1),
        by=SYSTEM,
    )
    reset(system, liaison)
    assert not Member.objects.get(pk=liaison.pk).is_active


def test_the_audit_administrator_opens_no_other_account(world: World, as_role: SignedIn, system: Client) -> None:
    audit, guard = as_role(Role.AUDIT_ADMINISTRATOR), world.home.members[Role.SECURITY_ADMINISTRATOR]
    assert "的账号等你启用" not in audit.get("/desk/").content.decode()
    for role in (Role.REVIEWER, Role.SYSTEM_ADMINISTRATOR):
        assert audit.get(f"{LIST}{world.home.members[role].pk}/").status_code == 404
        assert post(audit, world.home.members[role], "enable")[0] == 404
    reset(system, guard)
    home = audit.get("/desk/").content.decode()
    assert f"{guard.full_name}（安全管理员）的账号等你启用" in home
    assert f'href="{LIST}{guard.pk}/"' in home


def test_reset_ends_sessions_and_forces_a_change(system: Client, liaison: Member) -> None:
    give_password(liaison)
    browser = Client()
    browser.post("/desk/sign-in", {"username": liaison.username, "password": PASSWORD})
    assert post(system, liaison, "reset")[0] == 200
    assert browser.get("/desk/").status_code == 302
    assert Account.objects.get(member=liaison).must_change


def test_edit(world: World, system: Client, liaison: Member) -> None:
    other = actions.add_unit(
        division=world.home.division, kind=UnitKind.DEPARTMENT, name="青石县水利局", short_name="县水利局", by=SYSTEM
    )
    assert post(system, liaison, "edit", name="叶知秋", unit=str(other.pk), expires_on="2030-01-01")[0] == 302
    assert liaison.roles.get().valid_to == today(), "what it let them do for the old unit is over"
    changed = Member.objects.get(pk=liaison.pk)
    assert (changed.full_name, changed.unit_name, str(changed.account.expires_on)) == (
        "叶知秋",
        "县水利局",
        "2030-01-01",
    )
    status, page = post(system, liaison, "edit", name=" ", unit=str(other.pk), expires_on="2031-01-01")
    assert status == 422
    assert "姓名空着" in page
    assert 'value="2031-01-01"' in page


def test_an_overlong_name_is_refused(world: World, system: Client, liaison: Member) -> None:
    assert post(system, liaison, "edit", name="长" * 51, unit=str(world.home.office.pk), expires_on="")[0] == 422
    assert Member.objects.get(pk=liaison.pk).full_name == liaison.full_name


def test_disable_needs_a_reason_and_works_at_once(security: Client, liaison: Member) -> None:
    assert "要写理由" in post(security, liaison, "disable", reason=" ")[1]
    assert post(security, liaison, "disable", reason="调离")[0] == 302
    assert not Member.objects.get(pk=liaison.pk).is_active


def test_nobody_acts_on_themselves(world: World, system: Client, security: Client) -> None:
    me, other = (world.home.members[role] for role in (Role.SYSTEM_ADMINISTRATOR, Role.SECURITY_ADMINISTRATOR))
    assert "另一名管理员" in post(system, me, "reset")[1]
    unit = str(world.home.office.pk)
    assert "另一名管理员" in post(system, me, "edit", name="周明", unit=unit, expires_on="")[1]
    for what, fields in (
        ("enable", {}),
        ("second-factor", {}),
        ("roles", {"role": "reviewer", "scope": f"division-{world.home.division.path}"}),
    ):
        assert "另一名管理员" in post(security, other, what, **fields)[1], what
    held = other.roles.get()
    assert "另一名管理员" in post(security, other, f"roles/{held.pk}/end")[1]


def test_one_administrator_of_each_kind_remains(world: World, security: Client) -> None:
    Member.objects.filter(pk=world.sister.members[Role.AUDIT_ADMINISTRATOR].pk).update(is_active=False)
    audit = world.home.members[Role.AUDIT_ADMINISTRATOR]
    assert "唯一的审计管理员" in post(security, audit, "disable", reason="调离")[1]
    assert "唯一的审计管理员" in post(security, audit, f"roles/{audit.roles.get().pk}/end")[1]
    assert Member.objects.get(pk=audit.pk).is_active


def test_the_last_administrator_does_not_expire(world: World, system: Client, security: Client) -> None:
    """Else the one who creates accounts would be rid of the one who gives rights, or of the one who looks."""
    audit, second = (one.members[Role.AUDIT_ADMINISTRATOR] for one in (world.home, world.sister))
    unit = str(world.home.office.pk)
    assert post(system, audit, "edit", name=audit.full_name, unit=unit, expires_on=str(today()))[0] == 302
    Account.objects.filter(member=audit).update(expires_on=None)
    Account.objects.create(member=second, expires_on=today())
    assert (
        "唯一的审计管理员" in post(system, audit, "edit", name=audit.full_name, unit=unit, expires_on=str(today()))[1]
    )
    assert "唯一的审计管理员" in post(security, audit, "disable", reason="调离")[1]


@pytest.mark.parametrize(
    ("role", "words"),
    [
        ("system_administrator", "业务人员（联络员）不得兼任系统管理员"),
        ("reviewer", "联络员、单位负责人对应一个单位，其他角色对应一个区划"),
        ("emperor", "没有选角色"),
    ],
)
def test_roles_that_do_not_fit_are_refused(security: Client, liaison: Member, role: str, words: str) -> None:
    status, page = post(security, liaison, "roles", role=role, scope=f"unit-{liaison.unit_id}", day="2026-01-01")
    assert status == 422
    assert words in page
    assert liaison.roles.count() == 1


def test_a_role_reaches_no_further_than_the_administrator(world: World, security: Client, liaison: Member) -> None:
    above = world.home.division.path[:4]
    reviewer = world.home.members[Role.REVIEWER]
    status, page = post(security, reviewer, "roles", role="supervisor", scope=f"division-{above}", day="2026-01-01")
    assert status == 422
    assert "不在你的管辖范围里" in page
    sister = f"division-{world.sister.division.path}"
    assert "没有选角色管到哪里" in post(security, reviewer, "roles", role="supervisor", scope=sister)[1]


def test_a_role_is_ended(security: Client, liaison: Member) -> None:
    held = liaison.roles.get()
    assert post(security, liaison, f"roles/{held.pk}/end")[1].endswith("?done=ended")
    assert MemberRole.objects.get(pk=held.pk).valid_to == today()
    assert post(security, liaison, f"roles/{held.pk}/end")[0] == 422
    assert post(security, liaison, "roles/999999/end")[0] == 404


def test_unlock(security: Client, liaison: Member) -> None:
    give_password(liaison)
    for _ in range(5):
        Client().post("/desk/sign-in", {"username": liaison.username, "password": "wrong"})
    assert "锁定到" in security.get(f"{LIST}{liaison.pk}/").content.decode()
    assert liaison.full_name in security.get(f"{LIST}?state=locked").content.decode()
    assert post(security, liaison, "unlock")[0] == 302
    response = Client().post("/desk/sign-in", {"username": liaison.username, "password": PASSWORD})
    assert response.status_code == 302


def names(client: Client, query: str) -> int:
    return client.get(f"{LIST}?{query}").content.decode().count('<th scope="row">')


def test_the_list_is_filtered_by_its_address(world: World, system: Client, liaison: Member) -> None:
    Account.objects.create(member=liaison, expires_on=today() - timedelta(days=1))
    Member.objects.filter(pk=world.home.members[Role.REVIEWER].pk).update(is_active=False, last_login=now())
    Member.objects.filter(pk=world.home.members[Role.OFFICE_HEAD].pk).update(last_login=now() - timedelta(days=91))
    Member.objects.filter(pk=world.home.members[Role.OFFICE_CLERK].pk).update(last_login=now())
    actions.add_member(username="bare", name="无职", unit=world.home.office, by=SYSTEM)
    assert names(system, "") == 11, "the sister county is not there"
    assert names(system, "q=联络") == 1
    assert names(system, "q=HOME.OFFICE") == 2
    assert names(system, f"unit={world.home.office.pk}") == 11
    assert names(system, f"unit={world.sister.office.pk}") == 0
    assert names(system, "role=reviewer") == 1
    assert names(system, "state=disabled") == 1
    assert names(system, "state=expired") == 1
    assert names(system, "state=bare") == 1
    assert names(system, "state=idle") == 8
    assert names(system, "state=enabled&role=reviewer") == 0
    for nonsense in ("unit=abc", "unit=9999999999999999999999", "role=x", "state=x", "page=x", "page=99", "q=%00"):
        assert names(system, nonsense) == 11, nonsense
    assert "没有这样的账号" in system.get(f"{LIST}?q=zzz").content.decode()


def test_queries_do_not_grow_with_the_list(world: World, system: Client) -> None:
    counts = []
    for number in range(2):
        with CaptureQueriesContext(
            connection,
        ) as seen:
            system.get(LIST)
        counts.append(len(seen))
        for more in range(20):
            made = actions.add_member(username=f"m{number}x{more}", name="新人", unit=world.home.office, by=SYSTEM)
            actions.grant_role(member=made, role=Role.LIAISON_OFFICER, scope=world.home.office, day=today(), by=SYSTEM)
    assert counts == [15, 15]


def test_the_policy_is_printed_for_the_tester(as_role: SignedIn) -> None:
    page = as_role(Role.AUDIT_ADMINISTRATOR).get("/desk/security-policy/").content.decode()
    for words in (
        "等级保护第二级",
        "连续 5 次锁定 30 分钟",
        "最长用 180 天",
        "30 分钟不操作退出，最长 12 小时",
        "没有限定",
    ):
        assert words in page
