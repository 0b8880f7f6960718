from __future__ import annotations

import re
from datetime import date

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from tests.programmes.plans.actions.test_importing import ONE, TITLE, TWO, written
from tests.programmes.plans.conftest import settle_all
from zhunsheng.people.models import Member, Unit
from zhunsheng.programmes.plans.actions.importing import import_plan
from zhunsheng.programmes.plans.models import Duty, Edition, Plan


@pytest.fixture
def edition(office: Unit, clerk: Member) -> Edition:
    return import_plan(document=written(TITLE, ONE, TWO), name="甲", office=office, by=clerk).edition


def page(edition: Edition, name: str = "plan_publish") -> str:
    return reverse(f"desk:{name}", args=[edition.plan_id])


def state(edition: Edition) -> str:
    return Edition.objects.get(pk=edition.pk).state


def test_what_is_missing_is_listed_with_the_way_to_it(desk: Client, edition: Edition) -> None:
    html = desk.get(page(edition)).content.decode()
    assert "还不能送复核：1 个单位称谓没有定" in html
    assert reverse("desk:plan_names", args=[edition.plan_id]) in html
    assert "送复核（先把上面的定完）" in html
    response = desk.post(page(edition), {"do": "ready"})
    assert response.status_code == 422
    assert "单位称谓没有定" in response.content.decode()


def test_what_will_come_is_counted_before(desk: Client, edition: Edition, clerk: Member, desk2: Client) -> None:
    settle_all(edition, clerk)
    Plan.objects.filter(pk=edition.plan_id).update(default_due=date(2026, 12, 31))
    html = desk.get(page(edition)).content.decode()
    foreseen = int(html.split("<dt>办理事项</dt><dd>")[1].split(" ")[0].replace(",", ""))
    desk.post(page(edition), {"do": "ready"})
    desk2.post(page(edition), {"do": "publish"})
    assert Duty.objects.filter(task__plan=edition.plan_id).count() == foreseen


def test_two_persons_publish(desk: Client, desk2: Client, edition: Edition, clerk: Member) -> None:
    settle_all(edition, clerk)
    assert desk.post(page(edition), {"do": "ready"}).status_code == 302
    html = desk.get(page(edition)).content.decode()
    assert "等另一个人发布" in html
    assert "周敏" in html
    assert "要另一个人）</button>" in html
    refused = desk.post(page(edition), {"do": "publish"})
    assert "请换一个人发布" in refused.content.decode()
    response = desk2.post(page(edition), {"do": "publish"})
    assert response["Location"] == f"{reverse('desk:plan_editions', args=[edition.plan_id])}?done=published"
    assert state(edition) == "published"
    assert "沈维岳发布，周敏送复核" in desk2.get(response["Location"]).content.decode()


def test_sent_back_with_a_reason(desk: Client, desk2: Client, edition: Edition, clerk: Member) -> None:
    settle_all(edition, clerk)
    desk.post(page(edition), {"do": "ready"})
    assert desk2.post(page(edition), {"do": "back", "reason": " "}).status_code == 422
    assert state(edition) == "ready"
    desk2.post(page(edition), {"do": "back", "reason": "第 2 项的单位不对"})
    assert state(edition) == "draft"


def test_units_are_asked_for_their_opinion(desk: Client, edition: Edition) -> None:
    assert desk.post(page(edition), {"do": "round"}).status_code == 302
    assert state(edition) == "consulting"


def test_given_up_with_a_reason(desk: Client, edition: Edition) -> None:
    response = desk.post(page(edition), {"do": "drop", "reason_drop": ""})
    assert "放弃这一版要写明理由" in response.content.decode()
    desk.post(page(edition), {"do": "drop", "reason_drop": "导错了"})
    assert state(edition) == "dropped"
    assert "没有在核对的版次" in desk.get(page(edition), follow=True).content.decode()


def test_a_step_that_does_not_exist(desk: Client, edition: Edition) -> None:
    assert desk.post(page(edition), {"do": "x"}).status_code == 422


def test_terms_are_previewed_before_they_are_kept(desk: Client, edition: Edition) -> None:
    plan = edition.plan
    sent = {
        "title": plan.title,
        "office": plan.office_id,
        "cycle": "month",
        "default_due": "2026-12-31",
        "version": "0",
    }
    html = desk.post(page(edition, "plan_terms"), {**sent, "do": "preview"}).content.decode()
    assert "这是按你填的算的" in html
    assert "2026-12" in html
    assert Plan.objects.get(pk=plan.pk).cycle == ""
    desk.post(page(edition, "plan_terms"), {**sent, "do": "save"})
    kept = Plan.objects.get(pk=plan.pk)
    assert (kept.cycle, kept.default_due) == ("month", date(2026, 12, 31))


def test_years_are_corrected_and_previewed_with_the_dates_that_follow(desk: Client, edition: Edition) -> None:
    plan = edition.plan
    sent = {"title": plan.title, "office": plan.office_id, "cycle": "month", "default_due": "", "version": "0"}
    moved = {**sent, "year_from": "2027", "year_to": "2027"}
    html = desk.post(page(edition, "plan_terms"), {**moved, "do": "preview"}).content.decode()
    assert "现在记着的：2026—2026 年" in html
    assert re.search(r'name="year_from"[^>]* value="2027"', html)
    months = re.findall(r'<th scope="row">(\d{4})-\d\d</th>', html)
    assert set(months) == {"2027"}
    assert Plan.objects.get(pk=plan.pk).year_from == 2026
    assert desk.post(page(edition, "plan_terms"), {**moved, "do": "save"}).status_code == 302
    kept = Plan.objects.get(pk=plan.pk)
    assert (kept.year_from, kept.year_to) == (2027, 2027)
    after = desk.get(page(edition, "plan_terms")).content.decode()
    assert re.findall(r'<th scope="row">(\d{4})-\d\d</th>', after) == months, "what was previewed is what is kept"


@pytest.mark.parametrize(
    ("field", "value", "words"),
    [
        ("year_from", "二〇二六", "不是年份"),
        ("year_from", "1999", "应当在 2000 到 2100 之间"),
        ("year_to", "2025", "不早于起始年度"),
        ("default_due", "年底", "不是日期"),
        ("default_due", "2031-01-01", "应当在 2026 年"),
        ("title", "", "标题"),
        ("office", "0", "请从列出的里面选"),
        ("cycle", "week", "请从列出的里面选"),
        ("version", "7", "别人改过这一版"),
    ],
)
def test_terms_that_cannot_be(desk: Client, edition: Edition, field: str, value: str, words: str) -> None:
    sent = {"title": "我的标题", "office": edition.plan.office_id, "cycle": "", "default_due": "", "version": "0"}
    response = desk.post(page(edition, "plan_terms"), {**sent, field: value, "do": "save"})
    html = response.content.decode()
    assert response.status_code == 422
    assert words in html
    assert field == "title" or 'value="我的标题"' in html
    assert Plan.objects.get(pk=edition.plan_id).title != "我的标题"


def test_last_years_plan_is_carried_and_the_old_one_archived(desk: Client, published: Plan) -> None:
    carry = reverse("desk:plan_carry", args=[published.pk])
    assert 'value="2027"' in desk.get(carry).content.decode()
    assert desk.post(carry, {"year": "2020", "title": "某"}).status_code == 422
    response = desk.post(carry, {"year": "2027", "title": "新的一年"}, follow=True)
    assert "已沿用到新的一年" in response.content.decode()
    archive = reverse("desk:plan_archive", args=[published.pk])
    assert "还不能归档" in desk.post(archive).content.decode()
    Duty.objects.filter(task__plan=published).update(state="cancelled")
    assert "已归档" in desk.post(archive, follow=True).content.decode()


def test_the_page_asks_as_often_for_one_task_as_for_two(
    desk: Client, edition: Edition, office: Unit, clerk: Member, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    small = import_plan(document=written("云溪县2026年平台要点\n\n", ONE), name="乙", office=office, by=clerk).edition
    desk.get(page(edition))
    for one in (edition, small):
        with django_assert_num_queries(QUERIES):
            desk.get(page(one))


QUERIES = 17
"""The frame, the plan and its edition, three for the bar, seven for the forecast, whether there is one before."""
