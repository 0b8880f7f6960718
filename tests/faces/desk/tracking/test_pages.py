from __future__ import annotations

import io
import re
from collections.abc import Callable
from datetime import date
from urllib.parse import quote

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries
from python_calamine import CalamineWorkbook

from tests.faces.desk.conftest import Enter
from tests.programmes.plans.actions.test_reporting import duty_of
from zhunsheng.kernel import now
from zhunsheng.kernel.matter.models import Matter
from zhunsheng.people.models import Member, Role, Unit
from zhunsheng.programmes.plans.models import Duty, Figure, Plan

Find = Callable[[str, Role], Member]


@pytest.fixture
def town(of_unit: Find) -> Member:
    return of_unit("白石镇", Role.LIAISON_OFFICER)


@pytest.fixture
def duty(published: Plan) -> Duty:
    """任务 3 has no lead: after the head the office has it."""
    return duty_of(published, "3", "白石镇")


def at(name: str, *args: object) -> str:
    return reverse(f"desk:{name}", args=list(args))


def text(client: Client, address: str, status: int = 200) -> str:
    response = client.get(address)
    assert response.status_code == status, address
    return response.content.decode()


def form(duty: Duty, **more: object) -> dict[str, object]:
    fresh = Duty.objects.get(pk=duty.pk)
    return {"version": fresh.version, "text": "旁听庭审一次", **more}


def test_a_report_goes_through_the_pages(duty: Duty, town: Member, enter: Enter, of_unit: Find, clerk: Member) -> None:
    page = at("duty", duty.pk)
    file = SimpleUploadedFile("签到表.txt", "签到三十人\n".encode())
    wording = duty.task.wording
    assert wording is not None
    values = {f"value-{one.pk}": "１" for one in wording.targets.all()}
    sent = enter(town).post(page, form(duty, go="submit", file=file, not_secret="1", **values))
    assert (sent.status_code, sent["Location"]) == (302, page)
    head = enter(of_unit("白石镇", Role.UNIT_HEAD))
    assert "旁听庭审一次" in text(head, page)
    assert head.post(at("duty_step", duty.pk), {"action": "confirm"}).status_code == 302
    office = enter(clerk)
    assert "确认办结" in text(office, page)
    assert office.post(at("duty_step", duty.pk), {"action": "accept"}).status_code == 302
    assert Duty.objects.get(pk=duty.pk).state == "done"


def test_what_was_typed_is_still_there_when_refused(published: Plan, of_unit: Find, enter: Enter) -> None:
    duty = duty_of(published, "2", "县人社局")
    client = enter(of_unit("县人社局", Role.LIAISON_OFFICER))
    response = client.post(at("duty", duty.pk), form(duty, text="写了很久的一段话", go="submit"))
    assert response.status_code == 422
    assert "写了很久的一段话" in response.content.decode()


@pytest.mark.parametrize("value", ["abc", "1e99", "1e1000000", "NaN", "1.23456", "九十"])
def test_a_figure_that_is_none_is_refused_in_words(published: Plan, of_unit: Find, enter: Enter, value: str) -> None:
    duty = duty_of(published, "2", "县人社局")
    wording = duty.task.wording
    assert wording is not None
    first = wording.targets.filter(low__isnull=False)[0]
    client = enter(of_unit("县人社局", Role.LIAISON_OFFICER))
    response = client.post(at("duty", duty.pk), form(duty, **{f"value-{first.pk}": value}))
    assert response.status_code == 422
    assert value in response.content.decode()


def test_opening_by_the_head_ends_recalling(duty: Duty, town: Member, enter: Enter, of_unit: Find) -> None:
    client = enter(town)
    wording = duty.task.wording
    assert wording is not None
    values = {f"value-{one.pk}": "1" for one in wording.targets.all()}
    file = SimpleUploadedFile("签到表.txt", "签到\n".encode())
    client.post(at("duty", duty.pk), form(duty, go="submit", file=file, not_secret="1", **values))
    assert "撤回" in text(client, at("duty", duty.pk))
    text(enter(of_unit("白石镇", Role.UNIT_HEAD)), at("duty", duty.pk))
    assert client.post(at("duty_step", duty.pk), {"action": "recall"}).status_code == 422
    assert Duty.objects.get(pk=duty.pk).state == "head"


def test_what_has_changed_since_the_page_was_drawn_is_not_confirmed(
    duty: Duty, town: Member, enter: Enter, of_unit: Find
) -> None:
    """The head's page shows the first report; by the time the button is pressed another one lies there."""
    wording = duty.task.wording
    assert wording is not None
    values = {f"value-{one.pk}": "1" for one in wording.targets.all()}
    file = SimpleUploadedFile("签到表.txt", "签到\n".encode())
    client, head, step = enter(town), enter(of_unit("白石镇", Role.UNIT_HEAD)), at("duty_step", duty.pk)
    client.post(at("duty", duty.pk), form(duty, go="submit", file=file, not_secret="1", **values))
    shown = re.search(
        r'value="confirm"><input type="hidden" name="version" value="(\d+)"', text(head, at("duty", duty.pk))
    )
    assert shown
    assert head.post(step, {"action": "return_head", "reason": "数不对", "version": shown[1]}).status_code == 302
    client.post(at("duty", duty.pk), form(duty, text="另一份", go="submit", **values))
    stale = head.post(step, {"action": "confirm", "version": shown[1]})
    assert stale.status_code == 422
    assert "有人改过这一期" in stale.content.decode()
    assert Duty.objects.get(pk=duty.pk).state == "head"


@pytest.mark.parametrize("key", ["²", "9" * 30, "9" * 5000, "-1", "x"])
@pytest.mark.parametrize(("action", "field"), [("drop", "use"), ("reuse", "piece")])
def test_a_piece_that_is_none_is_refused(
    duty: Duty, town: Member, enter: Enter, action: str, field: str, key: str
) -> None:
    assert enter(town).post(at("duty_step", duty.pk), {"action": action, field: key}).status_code == 422


def test_no_empty_list_of_steps(duty: Duty, town: Member, clerk: Member, enter: Enter) -> None:
    """Who only writes the report is offered no other step; the office finds the rare ones folded away."""
    heading = '<h2 class="h">办理</h2>'
    assert heading not in text(enter(town), at("duty", duty.pk))
    office = text(enter(clerk), at("duty", duty.pk))
    assert heading in office
    assert "改期限、暂缓、取消" in office


def test_a_step_that_is_none_is_refused(duty: Duty, town: Member, enter: Enter) -> None:
    for action in ("", "explode", "accept"):
        assert enter(town).post(at("duty_step", duty.pk), {"action": action}).status_code == 422


def test_units_see_their_own_and_nothing_of_others(
    published: Plan, duty: Duty, town: Member, enter: Enter, of_unit: Find
) -> None:
    client = enter(town)
    other = duty_of(published, "3", "青塘镇")
    assert client.get(at("duty", other.pk)).status_code == 404
    assert client.get(at("unit_tasks", other.unit_id)).status_code == 404
    assert client.get(at("plan_matrix", published.pk)).status_code == 403
    assert "青塘镇" not in text(client, at("task", duty.task_id))
    assert "青塘镇" in text(
        enter(of_unit("县司法局", Role.LIAISON_OFFICER)), at("task", duty_of(published, "1", "青塘镇").task_id)
    )


def test_the_list_the_matrix_the_unit_and_the_workbooks_agree(published: Plan, clerk: Member, enter: Enter) -> None:
    with now.on(date(2026, 4, 2)):
        client = enter(clerk)
        unit = Unit.objects.get(short_name="白石镇")
        owed = Duty.objects.filter(unit=unit, due__lt=date(2026, 4, 2))
        late, tasks = owed.count(), owed.values("task").distinct().count()
        assert late > tasks, "a monthly task can be late twice, and is one cell"
        assert f"{late} 件逾期" in text(client, at("unit_tasks", unit.pk))
        sheet = rows(client, at("unit_tasks_export", unit.pk) + "?state=late")
        assert len(sheet) - 1 == late
        matrix = {row[0]: row[1:] for row in rows(client, at("plan_matrix_export", published.pk))[1:]}
        assert sum("逾期" in str(cell) for cell in matrix["白石镇"]) == tasks
        listed = rows(client, at("plan_export", published.pk) + f"?unit={unit.pk}&state=late")
        assert len(listed) - 1 == tasks


def test_the_matrix_looks_back_at_a_quarter_on_the_page_and_in_excel(
    published: Plan, clerk: Member, enter: Enter, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    first = Duty.objects.filter(due=date(2026, 3, 31), task__wording__number="1")
    first.update(state="done", done_on=date(2026, 3, 30))
    with now.on(date(2026, 5, 6)):
        client = enter(clerk)
        page = at("plan_matrix", published.pk)
        whole = text(client, page)
        assert "当前一期</span>" in whole
        with django_assert_max_num_queries(10):
            quarter = text(client, page + "?period=2026q1")
        assert '<option value="2026q1" selected>2026 年一季度</option>' in quarter
        assert "2026 年一季度</span>" in quarter, "printed, where the filters are not"
        assert "?period=2026q1" in quarter, "the workbook is of the same quarter"
        name = client.get(at("plan_matrix_export", published.pk) + "?period=2026q1")["Content-Disposition"]
        assert quote("一季度") in name
        head, *lines = rows(client, at("plan_matrix_export", published.pk) + "?period=2026q1")
        column = next(place for place, one in enumerate(head) if str(one).startswith("1 "))
        cells = {str(line[column]) for line in lines} - {""}
        assert cells == {"办结", "牵头：办结"}


def rows(client: Client, address: str) -> list[list[object]]:
    content = client.get(address).content
    return [list(row) for row in CalamineWorkbook.from_filelike(io.BytesIO(content)).get_sheet_by_index(0).to_python()]


def test_filters_live_in_the_address_and_nonsense_is_none(published: Plan, clerk: Member, enter: Enter) -> None:
    client = enter(clerk)
    assert "共 1 项" in text(client, at("plan", published.pk) + "?q=备案审查")
    assert "没有符合条件的任务" in text(client, at("plan", published.pk) + "?q=查无此事")
    for query in ("?unit=abc&state=zzz&section=x", "?unit=99999999999999", "?page=zzz", "?period=-1", "?period=2026q9"):
        for name, pk in (("plan", published.pk), ("plan_matrix", published.pk), ("unit_tasks", clerk.unit_id)):
            assert client.get(at(name, pk) + query).status_code == 200, query


def test_bulk_steps_are_shown_before_they_are_taken(published: Plan, duty: Duty, clerk: Member, enter: Enter) -> None:
    client = enter(clerk)
    chosen = [duty.pk, duty_of(published, "3", "青塘镇").pk]
    shown = client.post(at("duties_bulk"), {"duty": chosen, "action": "pause"})
    assert "能办 2 件" in shown.content.decode()
    assert Duty.objects.get(pk=duty.pk).state == "new"
    unseen = client.post(at("duties_bulk"), {"duty": chosen, "action": "pause", "sure": "1", "reason": "等文件"})
    assert unseen.status_code == 422, "nothing is done to what no preview has shown"
    assert set(Duty.objects.filter(pk__in=chosen).values_list("state", flat=True)) == {"new"}
    seen = re.findall(r'name="duty" value="(\d+:\d+)"', shown.content.decode())
    assert len(seen) == 2
    without = client.post(at("duties_bulk"), {"duty": seen, "action": "pause", "sure": "1"})
    assert without.status_code == 422
    Duty.objects.filter(pk=chosen[0]).update(version=7)
    stale = client.post(at("duties_bulk"), {"duty": seen, "action": "pause", "sure": "1", "reason": "等文件"})
    assert stale.status_code == 422
    assert "列出来以后又有改动" in stale.content.decode()
    assert re.findall(r'name="duty" value="(\d+):', stale.content.decode()) == [str(chosen[1])], "the other is offered"
    Duty.objects.filter(pk=chosen[0]).update(version=0)
    done = client.post(
        at("duties_bulk"), {"duty": seen, "action": "pause", "sure": "1", "reason": "等文件", "next": "/desk/"}
    )
    assert (done.status_code, done["Location"]) == (302, "/desk/")
    assert set(Duty.objects.filter(pk__in=chosen).values_list("state", flat=True)) == {"paused"}


def test_units_that_are_late_are_pressed_once_each(published: Plan, clerk: Member, enter: Enter) -> None:
    with now.on(date(2026, 4, 2)):
        client = enter(clerk)
        town = Unit.objects.get(short_name="白石镇")
        assert '<th scope="row">白石镇</th>' in text(client, at("plan_press", published.pk))
        assert client.post(at("plan_press", published.pk), {}).status_code == 422
        assert client.post(at("plan_press", published.pk), {"unit": [town.pk]}).status_code == 302
        made = Matter.objects.get()
        assert (made.unit_id, made.state) == (town.pk, "draft")
        assert made.origins.count() == Duty.objects.filter(unit=town, due__lt=date(2026, 4, 2)).count()
        again = client.post(at("plan_press", published.pk), {"unit": [town.pk]})
        assert again.status_code == 422, "what is pressed for already is not pressed for twice"


def test_the_office_does_not_press_itself_and_is_told_who_does(published: Plan, clerk: Member, enter: Enter) -> None:
    own = Duty.objects.filter(unit_id=clerk.unit_id).order_by("due")[0]
    Duty.objects.filter(pk=own.pk).update(due=date(2026, 11, 30))
    with now.on(date(2026, 12, 20)):
        client = enter(clerk)
        page = text(client, at("plan_press", published.pk))
        assert f'value="{clerk.unit_id}"' not in page
        assert "自己不能给自己发督办单" in page
        assert client.post(at("plan_press", published.pk), {"unit": [clerk.unit_id]}).status_code == 422
        assert "/desk/matters/new?" not in text(client, at("duty", own.pk))
        other = duty_of(published, "1", "白石镇")
        assert "/desk/matters/new?" in text(client, at("duty", other.pk))
        typed = {"kind": "supervision_order", "unit": clerk.unit_id, "title": "关于补报", "demands": "补报"}
        refused = client.post(at("matter_new"), typed)
        assert refused.status_code == 422
        assert "请由上级单位" in refused.content.decode()
    assert not Matter.objects.exists()


def test_a_figure_is_typed_by_one_and_confirmed_by_another(
    published: Plan, clerk: Member, second: Member, enter: Enter
) -> None:
    goal = published.editions.get().goals.order_by("start")[0]
    page, client = at("plan_figures", published.pk), enter(clerk)
    typed = {
        "demand": f"goal-{goal.pk}",
        "value": "96.5",
        "begins": "2026-01-01",
        "ends": "2026-06-30",
        "source": "半年报",
    }
    with now.on(date(2026, 7, 10)):
        assert client.post(page, {**typed, "value": "多"}).status_code == 422
        assert client.post(page, {**typed, "ends": "2026-12-31"}).status_code == 422, "not yet over"
        assert client.post(page, {**typed, "demand": "goal-99999"}).status_code == 422
        assert client.post(page, typed).status_code == 302
        figure = Figure.objects.get()
        assert client.post(page, {"figure": figure.pk}).status_code == 422
        assert enter(second).post(page, {"figure": figure.pk}).status_code == 302
        assert "96.5" in text(client, page)
        assert rows(client, at("plan_figures_export", published.pk))[1][3] == 96.5


@pytest.mark.parametrize(
    ("name", "bound"),
    [("plan", 22), ("plan_matrix", 10), ("task", 24), ("unit_tasks", 18), ("plan_figures", 16)],
)
def test_pages_ask_a_bounded_number_of_questions(
    published: Plan,
    clerk: Member,
    enter: Enter,
    django_assert_max_num_queries: DjangoAssertNumQueries,
    name: str,
    bound: int,
) -> None:
    """844 duties, 353 parts, 24 tasks: the bound does not depend on them."""
    pk = {"task": published.tasks.get(wording__number="1").pk, "unit_tasks": Unit.objects.get(short_name="白石镇").pk}
    client = enter(clerk)
    client.get(at("home"))
    with django_assert_max_num_queries(bound):
        assert client.get(at(name, pk.get(name, published.pk))).status_code == 200


def test_the_figures_of_a_unit_count_what_is_listed(published: Plan, town: Member, enter: Enter) -> None:
    page, client = at("unit_tasks", town.unit_id or 0), enter(town)
    whole, one = (text(client, f"{page}?{query}") for query in ("", f"q=3&plan={published.pk}"))
    counted = [sum(map(int, re.findall(r'<span class="st is-\w+">[^<]+ (\d+)</span>', html))) for html in (whole, one)]
    listed = [int(re.findall(r"共 (\d+) 件", html)[0]) for html in (whole, one)]
    assert counted == listed
    assert counted[0] > counted[1]


def test_a_period_that_nobody_owes_any_more_is_not_late(duty: Duty, clerk: Member, enter: Enter) -> None:
    day = date(2026, 6, 1)
    Duty.objects.filter(occurrence=duty.occurrence_id).update(due=day)
    type(duty.occurrence).objects.filter(pk=duty.occurrence_id).update(due=day)
    page = f"{at('task', duty.task_id)}?period={duty.occurrence_id}"
    with now.on(date(2026, 9, 1)):
        assert "逾期" in text(enter(clerk), page).partition('<section id="clock">')[2].partition("</section>")[0]
        Duty.objects.filter(occurrence=duty.occurrence_id).update(state="office", submitted_at=now.now())
        left = text(enter(clerk), page).partition('<section id="clock">')[2].partition("</section>")[0]
    assert "没有欠报的单位" in left
    assert "逾期" not in left
