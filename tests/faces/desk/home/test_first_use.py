from __future__ import annotations

from datetime import date

import pytest
from django.test import Client
from django.urls import reverse

from tests.faces.desk.conftest import SignedIn
from tests.faces.world import World
from tools.benches import large_plan
from zhunsheng.faces.desk.home.year import wanting
from zhunsheng.kernel import now
from zhunsheng.people import installation
from zhunsheng.people.installation import NewAdministrator
from zhunsheng.people.models import ADMINISTRATORS, Member, Role


@pytest.fixture
def founded(db: None) -> None:
    """What ``zhunsheng init`` leaves behind."""
    people = {
        role: NewAdministrator(f"admin{n}", f"管理员{n}", "Plum-Rain-2026") for n, role in enumerate(ADMINISTRATORS)
    }
    installation.found(county="青石县", first_unit="青石县司法局", administrators=people, day=date(2026, 1, 1))


def page(member: Member) -> str:
    client = Client()
    client.force_login(member, backend="zhunsheng.people.backends.MemberBackend")
    return client.get(reverse("desk:home")).content.decode()


@pytest.mark.parametrize("role", ADMINISTRATORS)
def test_after_the_founding_all_is_open_but_the_calendar(founded: None, role: Role) -> None:
    with now.on(date(2026, 3, 2)):
        text = page(Member.objects.get(roles__role=role))
    assert "4 步没有办" in text
    assert "现有 1 家" in text
    assert "除三员外 0 个账号" in text
    assert "已发布 0 份" in text


def test_each_step_leads_whoever_does_it(founded: None) -> None:
    """The audit administrator sees the list and no button."""
    with now.on(date(2026, 3, 2)):
        system = page(Member.objects.get(roles__role=Role.SYSTEM_ADMINISTRATOR))
        audit = page(Member.objects.get(roles__role=Role.AUDIT_ADMINISTRATOR))
    assert f'href="{reverse("desk:accounts")}">建账号</a>' in system
    assert ">建账号</a>" not in audit


def test_it_is_gone_when_a_plan_runs(world: World, as_role: SignedIn) -> None:
    home = reverse("desk:home")
    clerk = as_role(Role.OFFICE_CLERK)
    assert "开始之前" in clerk.get(home).content.decode()
    large_plan.build(tasks=1, units=[world.home.office], by=world.home.members[Role.OFFICE_HEAD])
    for role in (Role.OFFICE_CLERK, *ADMINISTRATORS):
        assert "开始之前" not in as_role(role).get(home).content.decode()


def test_units_never_see_it(world: World, as_role: SignedIn) -> None:
    for role in (Role.LIAISON_OFFICER, Role.UNIT_HEAD, Role.LEADING_GROUP_MEMBER, Role.REVIEWER):
        assert "开始之前" not in as_role(role).get(reverse("desk:home")).content.decode()


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("day", "year"),
    [(date(2026, 10, 31), None), (date(2026, 11, 1), 2027), (date(2027, 1, 4), 2027), (date(2025, 12, 31), None)],
)
def test_the_next_notice_is_missed_from_november_on(day: date, year: int | None) -> None:
    assert wanting(day) == year


def test_the_missing_notice_is_told_to_who_can_load_it(world: World, as_role: SignedIn) -> None:
    with now.on(date(2026, 11, 23)):
        assert "2027 年放假安排还没有载入" in as_role(Role.OFFICE_CLERK).get(reverse("desk:home")).content.decode()
        assert "2027 年放假安排" not in as_role(Role.LIAISON_OFFICER).get(reverse("desk:home")).content.decode()
