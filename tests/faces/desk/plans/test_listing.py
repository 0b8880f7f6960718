from __future__ import annotations

from io import BytesIO

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries
from python_calamine import CalamineWorkbook

from tests.faces.desk.conftest import Enter
from tests.programmes.plans.actions.test_importing import ONE, TWO, written
from zhunsheng.people.models import Member, Role, Unit
from zhunsheng.programmes.plans.actions.importing import import_plan
from zhunsheng.programmes.plans.models import Edition, Plan


def plans(office: Unit, clerk: Member, *years: int) -> None:
    for year in years:
        document = written(f"云溪县{year}年普法工作要点\n\n", ONE, TWO)
        import_plan(document=document, name=f"{year}.txt", office=office, by=clerk)


def test_an_empty_list_says_what_to_do_next(desk: Client) -> None:
    page = desk.get(reverse("desk:plans")).content.decode()
    assert "还没有方案" in page
    assert "导入第一份方案" in page


def test_filters_live_in_the_address(desk: Client, office: Unit, clerk: Member) -> None:
    plans(office, clerk, 2024, 2025, 2026)
    page = desk.get(reverse("desk:plans"), {"year": "2025", "state": "draft"}).content.decode()
    assert "工作方案 1 份" in page
    assert "云溪县2025年普法工作要点" in page
    assert "云溪县2026年普法工作要点" not in page
    assert "没有这样的方案" in desk.get(reverse("desk:plans"), {"q": "查无"}).content.decode()


@pytest.mark.parametrize("wrong", [{"year": "abc"}, {"state": "nonsense"}, {"page": "-5"}, {"q": "\0"}])
def test_what_cannot_be_asked_for_is_left_out(desk: Client, office: Unit, clerk: Member, wrong: dict[str, str]) -> None:
    plans(office, clerk, 2026)
    assert "工作方案 1 份" in desk.get(reverse("desk:plans"), wrong).content.decode()


def test_the_list_asks_as_often_for_one_plan_as_for_three(
    desk: Client, office: Unit, clerk: Member, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    plans(office, clerk, 2026)
    desk.get(reverse("desk:plans"))
    for years in ((), (2024, 2025)):
        plans(office, clerk, *years)
        with django_assert_num_queries(QUERIES):
            desk.get(reverse("desk:plans"))


QUERIES = 9
"""The frame (session, member, roles, installation), rights, years, count, page, editions, savepoints none."""


def test_the_same_list_as_excel(desk: Client, office: Unit, clerk: Member) -> None:
    plans(office, clerk, 2025, 2026)
    response = desk.get(reverse("desk:plans_export"), {"year": "2026"})
    rows = CalamineWorkbook.from_filelike(BytesIO(response.content)).get_sheet_by_name("工作方案").to_python()
    assert rows[0][:3] == ["年度", "方案", "文号"]
    assert [row[1] for row in rows[1:]] == ["云溪县2026年普法工作要点"]


def test_units_see_only_what_is_published_for_them(
    published: Plan, draft: Edition, office: Unit, clerk: Member, enter: Enter
) -> None:
    plans(office, clerk, 2024)
    liaison = Member.objects.filter(roles__role=Role.LIAISON_OFFICER, unit__short_name="县司法局").order_by("pk")[0]
    unit = enter(liaison)
    page = unit.get(reverse("desk:plans")).content.decode()
    assert published.title in page
    assert "2024年普法" not in page
    assert "导入方案" not in page
    hidden = Plan.objects.get(year_from=2024)
    assert unit.get(reverse("desk:plan", args=[hidden.pk])).status_code == 404
    assert unit.get(reverse("desk:plan", args=[published.pk])).status_code == 200
