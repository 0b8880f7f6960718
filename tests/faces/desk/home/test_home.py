from __future__ import annotations

from datetime import date
from io import BytesIO

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries
from python_calamine import CalamineWorkbook

from tests.faces.desk.conftest import SignedIn
from tests.faces.world import World
from tools.benches import large_plan
from zhunsheng.kernel import now
from zhunsheng.kernel.journal import change
from zhunsheng.kernel.refs import Ref
from zhunsheng.people.models import Member, Role
from zhunsheng.programmes.plans.models import Duty, Plan
from zhunsheng.programmes.plans.refs import DUTY

TODAY = date(2026, 12, 21)
"""A Monday; the duties of the plan are due on 28 December."""


def a_plan(world: World, tasks: int = 3) -> Plan:
    return large_plan.build(tasks=tasks, units=[world.home.office], by=world.home.members[Role.OFFICE_HEAD])


def states(plan: Plan, *wanted: str) -> list[Duty]:
    """Its duties, the first ones put into these states."""
    duties = list(Duty.objects.filter(task__plan=plan).order_by("pk"))
    for duty, state in zip(duties, wanted, strict=False):
        duty.state = state
        duty.submitted_at = now.now() if state in {"head", "lead", "office"} else None
        duty.done_on = now.today() if state == "done" else None
        duty.save()
    return duties


def page(client: Client, query: str = "") -> str:
    answer = client.get(f"{reverse('desk:home')}{query}")
    assert answer.status_code == 200
    return answer.content.decode()


def heading(text: str) -> str:
    return text.partition("<h1>")[2].partition("</h1>")[0]


def test_a_desk_with_nothing_says_what_will_come(as_role: SignedIn) -> None:
    text = page(as_role(Role.REVIEWER))
    assert heading(text) == "现在没有等你办的事"
    assert "案头是空的" in text
    assert "导出 Excel" not in text


def test_the_heading_says_the_conclusion(world: World, as_role: SignedIn) -> None:
    plan = a_plan(world)
    client = as_role(Role.LIAISON_OFFICER)
    with now.on(TODAY):
        text = page(client)
        assert heading(text) == "等你办 3 件"
        assert "以后 3 件" in text
        Duty.objects.filter(task__plan=plan, task__wording__number="2").update(due=date(2026, 12, 18))
        text = page(client)
    assert heading(text) == "等你办 3 件，1 件已经逾期"
    assert "逾期 1 个工作日" in text
    assert text.index("逾期 1 件") < text.index("以后 2 件")


def test_the_piles_are_counted_and_opened(world: World, as_role: SignedIn) -> None:
    with now.on(TODAY):
        plan = a_plan(world, 5)
        states(plan, "back", "office", "done", "done")
        client = as_role(Role.LIAISON_OFFICER)
        text = page(client)
        assert "等我办<i>2</i>" in text
        assert "退回来的<i>1</i>" in text
        assert "我交出的<i>1</i>" in text
        assert "本周办完的<i>2</i>" in text
        assert heading(page(client, "?pile=back")) == "退回来 1 件"
        assert heading(page(client, "?pile=handed")) == "交出去等别人办 1 件"
        assert heading(page(client, "?pile=done")) == "本周办完 2 件"
        assert heading(page(as_role(Role.OFFICE_CLERK))) == "等你办 1 件"


def test_empty_piles_say_what_would_lie_there(as_role: SignedIn) -> None:
    client = as_role(Role.LIAISON_OFFICER)
    for pile, words in {"back": "没有退回来的事", "handed": "没有交出去的事", "done": "本周还没有办完的事"}.items():
        assert words in page(client, f"?pile={pile}")


def test_filters_in_the_address(world: World, as_role: SignedIn) -> None:
    states(a_plan(world), "office", "office", "office")
    client = as_role(Role.OFFICE_CLERK)
    assert heading(page(client, "?group=计划任务")) == "等你办的筛出 3 件"
    text = page(client, "?group=督办单")
    assert heading(text) == "没有符合条件的事"
    assert "等我办<i>3</i>" in text
    office = world.home.office
    assert heading(page(client, f"?unit={office.pk}")) == "等你办的筛出 3 件"
    assert heading(page(client, f"?unit={office.pk + 1}")) == "没有符合条件的事"
    assert f'<option value="{office.pk}">{office.short_name}</option>' in page(client)
    assert f'<option value="{office.pk}">' not in page(as_role(Role.LIAISON_OFFICER))


def test_a_long_desk_is_leafed_through(world: World, as_role: SignedIn) -> None:
    a_plan(world, 60)
    client = as_role(Role.LIAISON_OFFICER)
    assert page(client).count('class="ttl"') == 50
    second = page(client, "?page=2")
    assert second.count('class="ttl"') == 10
    assert "第 51—60 件" in second


def test_the_workbook_has_all_of_it(world: World, as_role: SignedIn) -> None:
    a_plan(world, 60)
    answer = as_role(Role.LIAISON_OFFICER).get(reverse("desk:home_export"))
    rows = CalamineWorkbook.from_filelike(BytesIO(answer.content)).get_sheet_by_name("清单").to_python()
    assert rows[0] == ["类别", "事项", "来自", "要办的", "期限"]
    assert len(rows) == 61
    assert rows[1][0] == "计划任务"


@pytest.mark.parametrize("count", [1, 3])
@pytest.mark.parametrize(("role", "queries"), [(Role.OFFICE_CLERK, 26), (Role.LIAISON_OFFICER, 24)])
def test_queries_are_flat(
    world: World,
    as_role: SignedIn,
    django_assert_num_queries: DjangoAssertNumQueries,
    count: int,
    role: Role,
    queries: int,
) -> None:
    by = world.home.members[Role.OFFICE_CLERK]
    for duty in states(a_plan(world, 2 * count), *["office"] * count):
        with change(by, "催报", about=[Ref(DUTY, str(duty.pk), "一件")]):
            pass
    client = as_role(role)
    with now.on(TODAY):
        page(client)
        with django_assert_num_queries(queries):
            page(client)


def test_two_weeks_and_what_falls_into_them(world: World, as_role: SignedIn) -> None:
    a_plan(world)
    with now.on(TODAY):
        text = page(as_role(Role.LIAISON_OFFICER))
    strip = text.partition('<ol class="strip"')[2].partition("</ol>")[0]
    assert strip.count("任务 1<") == 1
    assert "另 1 项" in strip
    assert "元旦放假" in strip
    assert 'class="strip"' not in page(as_role(Role.SYSTEM_ADMINISTRATOR))


def test_what_has_just_happened_is_said_to_those_who_see_it(world: World, as_role: SignedIn) -> None:
    duty = states(a_plan(world))[0]
    with change(
        world.home.members[Role.OFFICE_CLERK], "退回", about=[Ref(DUTY, str(duty.pk), "讲堂")], reason="缺照片"
    ):
        pass
    text = page(as_role(Role.LIAISON_OFFICER))
    assert "<b>退回</b>" in text
    assert "<q>缺照片</q>" in text
    assert reverse("desk:duty", args=[duty.pk]) in text.partition("刚刚发生")[2]
    for stranger in (world.sister.members[Role.LIAISON_OFFICER], world.home.members[Role.REVIEWER]):
        assert "缺照片" not in page(_entered(stranger))


def _entered(member: Member) -> Client:
    client = Client()
    client.force_login(member, backend="zhunsheng.people.backends.MemberBackend")
    return client


def test_figures_open_onto_their_rows(world: World, as_role: SignedIn) -> None:
    with now.on(date(2026, 12, 29)):
        plan = a_plan(world, 4)
        office = as_role(Role.OFFICE_CLERK)
        text = page(office)
        matrix = reverse("desk:plan_matrix", args=[plan.pk])
        assert f'<a class="fig" href="{matrix}?only=trouble">4</a>' in text
        assert "4 格逾期" in office.get(f"{matrix}?only=trouble").content.decode()
        unit = reverse("desk:unit_tasks", args=[world.home.office.pk])
        liaison = as_role(Role.LIAISON_OFFICER)
        assert f'<a class="fig" href="{unit}?state=late">4</a>' in page(liaison)
        assert "共 4 件" in liaison.get(f"{unit}?state=late").content.decode()
