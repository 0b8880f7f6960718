from __future__ import annotations

import re

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from tests.corpus.where import sources
from tests.programmes.plans.actions.test_importing import ONE, THREE, TITLE, TWO, written
from zhunsheng.kernel.documents import read_document
from zhunsheng.people.models import GroupPhrase, Member, Unit
from zhunsheng.programmes.plans.actions.importing import Terms, import_plan
from zhunsheng.programmes.plans.actions.settling import lacking
from zhunsheng.programmes.plans.models import Edition

OTHER = "4.建设平台。（牵头单位：县算力中心；责任单位：县直有关部门）\n"


@pytest.fixture
def edition(office: Unit, clerk: Member) -> Edition:
    return import_plan(document=written(TITLE, ONE, TWO, THREE, OTHER), name="甲", office=office, by=clerk).edition


def page(edition: Edition, printed: str = "") -> str:
    where = reverse("desk:plan_names", args=[edition.plan_id])
    return f"{where}?name={edition.names.get(printed=printed).pk}" if printed else where


def settle(desk: Client, edition: Edition, printed: str, **fields: object) -> object:
    name = edition.names.get(printed=printed)
    edition.refresh_from_db()
    sent = {"do": "settle", "version": edition.version, "learn": "1", **fields}
    return desk.post(reverse("desk:plan_name", args=[edition.plan_id, name.pk]), sent)


def pk(short_name: str) -> int:
    return Unit.objects.get(short_name=short_name).pk


def test_every_name_stands_once_with_its_tasks_and_what_it_means(desk: Client, edition: Edition) -> None:
    html = desk.get(page(edition)).content.decode()
    names = re.findall(r'#choose">([^<]+)</a>(?:<small|<span)', html)
    assert len(names) == len(set(names)) == edition.names.count()
    assert names[:2] == ["县直有关部门", "县算力中心"]
    assert "按范围认出" in html
    assert "2 个称谓要你定" in html


def test_the_first_open_name_is_asked_with_its_candidates(desk: Client, edition: Edition) -> None:
    html = desk.get(page(edition)).content.decode()
    assert "“县直有关部门”指哪些单位？" in html
    assert "2 项任务用到" in html
    likely = html.split("可能是这些")[1].split("</fieldset>")[0]
    assert "县教育局" in likely
    assert "白石镇" not in likely


def test_a_decision_holds_for_all_tasks_and_is_remembered(desk: Client, edition: Edition) -> None:
    response = settle(desk, edition, "县直有关部门", unit=[pk("县教育局"), pk("县财政局")])
    assert response.status_code == 302  # type: ignore[attr-defined]
    html = desk.get(response["Location"]).content.decode()  # type: ignore[index]
    assert "“县直有关部门”已定" in html
    assert "由人指定" in html
    assert GroupPhrase.objects.filter(phrase="县直有关部门").exists()
    assert lacking(edition).names == 1


def test_all_candidates_can_be_taken_at_once(desk: Client, edition: Edition) -> None:
    settle(desk, edition, "县直有关部门", do="likely", learn="")
    name = edition.names.get(printed="县直有关部门")
    assert name.units.count() > 10
    assert not GroupPhrase.objects.filter(phrase="县直有关部门").exists()


def test_what_only_sounds_similar_is_not_offered_with_one_press(desk: Client, edition: Edition) -> None:
    html = desk.get(page(edition, "县算力中心")).content.decode()
    assert "不一定对" in html or "可能是这些" not in html
    assert "就是上面" not in html
    assert "就是上面这" in desk.get(page(edition, "县直有关部门")).content.decode()


def test_searching_keeps_what_was_ticked(desk: Client, edition: Edition) -> None:
    response = settle(desk, edition, "县算力中心", do="find", q="镇", unit=[pk("县数据局")])
    html = response.content.decode()  # type: ignore[attr-defined]
    assert response.status_code == 200  # type: ignore[attr-defined]
    assert f'value="{pk("县数据局")}" checked' in html
    assert f'value="{pk("白石镇")}"' in html
    assert f'value="{pk("县水利局")}"' not in html
    assert edition.names.get(printed="县算力中心").settled == ""


def test_nothing_chosen_is_refused_and_no_unit_is_a_decision(desk: Client, edition: Edition) -> None:
    response = settle(desk, edition, "县算力中心")
    assert "还没有选单位" in response.content.decode()  # type: ignore[attr-defined]
    settle(desk, edition, "县算力中心", do="none")
    assert edition.names.get(printed="县算力中心").settled == "none"


def test_whoever_was_slower_keeps_the_ticks(desk: Client, edition: Edition) -> None:
    response = settle(desk, edition, "县算力中心", version=99, unit=[pk("县数据局")])
    html = response.content.decode()  # type: ignore[attr-defined]
    assert response.status_code == 422  # type: ignore[attr-defined]
    assert "别人改过这一版" in html
    assert f'value="{pk("县数据局")}" checked' in html


def test_a_settled_name_can_be_changed(desk: Client, edition: Edition) -> None:
    html = desk.get(page(edition, "县司法局")).content.decode()
    assert f'value="{pk("县司法局")}" checked' in html
    settle(desk, edition, "县司法局", unit=[pk("县委依法治县办")], learn="")
    assert edition.names.get(printed="县司法局").units.get().short_name == "县委依法治县办"


def test_a_name_of_another_plan_is_not_found(desk: Client, edition: Edition) -> None:
    assert desk.post(reverse("desk:plan_name", args=[edition.plan_id, 99999]), {}).status_code == 404


def test_the_page_asks_as_often_for_one_name_as_for_many(
    desk: Client, edition: Edition, office: Unit, clerk: Member, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    document = written("云溪县2026年平台要点\n\n", ONE)
    small = import_plan(document=document, name="乙", office=office, by=clerk).edition
    desk.get(page(edition))
    for one in (edition, small):
        with django_assert_num_queries(QUERIES):
            desk.get(page(one, "县司法局"))


QUERIES = 18
"""The frame, the plan and its edition, four for the names, units and candidates, three for the bar."""


@pytest.mark.sources
def test_every_name_of_a_plan_from_another_city_can_be_settled(desk: Client, office: Unit, clerk: Member) -> None:
    """S1 in the demo county: each name has candidates or the whole county to choose from, and each can be settled."""
    file = next(sources().glob("001*.txt"))
    document = read_document(file.read_bytes(), name=file.name)
    terms = Terms(year_from=2024)
    edition = import_plan(document=document, name=file.name, office=office, by=clerk, terms=terms).edition
    some = pk("县司法局")
    for name in edition.names.filter(mentions__isnull=False).distinct():
        html = desk.get(page(edition, name.printed)).content.decode()
        assert f"“{name.printed}”指哪些单位？" in html
        assert f'name="unit" value="{some}"' in html
        response = settle(desk, edition, name.printed, unit=[some], learn="")
        assert response.status_code == 302, name.printed  # type: ignore[attr-defined]
    assert lacking(edition).names == 0
