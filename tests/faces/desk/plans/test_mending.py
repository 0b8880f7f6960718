from __future__ import annotations

import re
from html import unescape

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from tests.programmes.plans.actions.test_importing import ONE, THREE, TITLE, written
from zhunsheng.people.models import Member, Unit
from zhunsheng.programmes.plans.actions import correcting
from zhunsheng.programmes.plans.actions.importing import import_plan
from zhunsheng.programmes.plans.models import Edition, Wording

LONG = "2.编制目录，3月底前公布。全年评估不少于2件，每季度调度一次。（牵头单位：县司法局；责任单位：县直有关部门）\n"
LOOSE = "另外，各单位每月报送信息。\n"


@pytest.fixture
def edition(office: Unit, clerk: Member) -> Edition:
    return import_plan(document=written(TITLE, LOOSE, ONE, LONG, THREE), name="甲", office=office, by=clerk).edition


def at(edition: Edition, number: str) -> Wording:
    return edition.wordings.get(number=number)


def page(edition: Edition, opened: Wording | None = None) -> str:
    return reverse("desk:plan_mend", args=[edition.plan_id]) + (f"?open={opened.pk}" if opened else "")


def hidden(html: str, name: str) -> str:
    match = re.search(rf'name="{name}" value="([^"]*)"', html)
    assert match is not None
    return unescape(match[1])


def post(desk: Client, edition: Edition, wording: Wording, do: str, **fields: str) -> object:
    html = desk.get(page(edition, wording)).content.decode()
    sent = {"do": do, "version": hidden(html, "version"), "was": hidden(html, "was"), **fields}
    return desk.post(reverse("desk:plan_task_change", args=[edition.plan_id, wording.pk]), sent)


def test_text_and_tasks_stand_side_by_side_with_links_both_ways(desk: Client, edition: Edition) -> None:
    html = desk.get(page(edition)).content.decode()
    assert html.index('id="left"') < html.index('id="right"')
    assert 'href="#t1"' in html
    assert 'id="t1"' in html
    assert 'id="p1"' in html
    assert "各乡镇、街道" in html
    assert "→ 12 家" in html


def test_doubts_and_what_is_open_stand_first(desk: Client, edition: Edition) -> None:
    html = desk.get(page(edition)).content.decode()
    assert html.index('id="t2"') < html.index('id="t1"')
    assert "存疑" in html


def test_every_line_knows_its_place_in_the_text(desk: Client, edition: Edition) -> None:
    """What a script selects becomes offsets by ``data-at``."""
    html = desk.get(page(edition)).content.decode()
    text = edition.source.text
    for offset, words in re.findall(r'<p data-at="(\d+)"[^>]*>([^<]+)</p>', html):
        assert text[int(offset) :].startswith(unescape(words))
    assert 'data-at="' in html


def test_an_opened_task_has_all_its_forms(desk: Client, edition: Edition) -> None:
    html = desk.get(page(edition, at(edition, "2"))).content.decode()
    for button in (
        "改文字",
        "改单位",
        "改期限和频次",
        "补一个目标",
        "从选中的一句拆开",
        "与下一项合并",
        "改起止，重新读",
        "从这一版删去",
    ):
        assert f">{button}</button>" in html


def test_text_units_times_and_targets_are_corrected(desk: Client, edition: Edition) -> None:
    one = at(edition, "2")
    due, often, target = one.dues.get(), one.frequencies.get(), one.targets.get()
    post(desk, edition, one, "text", number="2", title="决策目录", product="目录")
    post(desk, edition, one, "units", lead="县司法局\n", responsible="县教育局\n县财政局")
    post(
        desk, edition, one, "times",
        **{f"due_{due.pk}_date": "2026-04-30", f"often_{often.pk}_drop": "1", "due_new_recurs": "year",
           "often_new_count": "2", "often_new_per": "year"},
    )  # fmt: skip
    post(desk, edition, one, f"target_{target.pk}", **{f"target_{target.pk}_op": ">=", f"target_{target.pk}_low": "3"})
    post(desk, edition, one, "target_new", target_new_op="=", target_new_low="100", target_new_unit="%")
    one.refresh_from_db()
    assert (one.title, one.product) == ("决策目录", "目录")
    assert set(one.mentions.values_list("name__printed", "role")) == {
        ("县司法局", "lead"), ("县教育局", "responsible"), ("县财政局", "responsible"),
    }  # fmt: skip
    assert [(str(d.date), d.recurs) for d in one.dues.order_by("pk")] == [("2026-04-30", ""), ("None", "year")]
    assert [(int(f.count), f.per) for f in one.frequencies.all()] == [(2, "year")]
    assert sorted(int(t.low or 0) for t in one.targets.all()) == [3, 100]
    post(desk, edition, one, f"untarget_{target.pk}")
    assert one.targets.count() == 1


def test_without_a_mouse_a_task_is_split_by_its_sentences(desk: Client, edition: Edition) -> None:
    one = at(edition, "2")
    html = desk.get(page(edition, one)).content.decode()
    offsets = re.findall(r'name="at" value="(\d+)"', html)
    assert [edition.source.text[int(offset)] for offset in offsets] == ["全", "（"]
    post(desk, edition, one, "split", at=offsets[0])
    assert edition.wordings.count() == 4
    second = edition.wordings.exclude(number__in=["1", "2", "3"]).get()
    post(desk, edition, one, "join", second=str(second.pk))
    assert edition.wordings.count() == 3


def test_bounds_move_and_a_task_is_dropped(desk: Client, edition: Edition) -> None:
    one = at(edition, "2")
    end = str(edition.source.text.index("全年评估"))
    post(desk, edition, one, "bounds", start=str(one.start), end=end)
    one.refresh_from_db()
    assert str(one.end) == end
    assert "写明理由" in post(desk, edition, one, "drop", reason="").content.decode()  # type: ignore[attr-defined]
    post(desk, edition, one, "drop", reason="与第 1 项重复")
    assert not edition.wordings.filter(pk=one.pk).exists()


def test_a_task_is_added_from_words_that_none_has(desk: Client, edition: Edition) -> None:
    html = desk.get(page(edition)).content.decode()
    start = edition.source.text.index("另外")
    assert f'<option value="{start}"' in html
    sent = {"new_start": str(start), "new_end": str(start + len(LOOSE.strip())), "new_number": "另", "version": "0"}
    desk.post(reverse("desk:plan_task_add", args=[edition.plan_id]), sent)
    assert edition.wordings.order_by("order")[0].number == "另"
    wrong = desk.post(reverse("desk:plan_task_add", args=[edition.plan_id]), {"new_number": "甲"})
    assert wrong.status_code == 422
    assert 'value="甲"' in wrong.content.decode()


@pytest.mark.parametrize(
    ("do", "fields", "words"),
    [
        ("text", {"title": " ", "number": "九"}, "不能空着"),
        ("times", {"due_new_date": "年底"}, "不是日期"),
        ("times", {"often_new_count": "几"}, "不是数"),
        ("target_new", {"target_new_op": ">=", "target_new_low": "许多"}, "不是数"),
        ("target_new", {"target_new_op": "约", "target_new_low": "3"}, "重新选"),
        ("target_99999", {"target_99999_op": "="}, "已经被去掉"),
        ("split", {}, "还没有选"),
        ("split", {"at": "1"}, "中间"),
        ("join", {"second": "0"}, "没有可以合并"),
        ("bounds", {"start": "", "end": "x"}, "请选"),
        ("nonsense", {}, "没有说明"),
    ],
)
def test_what_cannot_be_done_is_said_and_what_was_typed_stays(
    desk: Client, edition: Edition, do: str, fields: dict[str, str], words: str
) -> None:
    response = post(desk, edition, at(edition, "2"), do, **fields)
    html = response.content.decode()  # type: ignore[attr-defined]
    assert response.status_code == 422  # type: ignore[attr-defined]
    assert words in html
    for name, value in fields.items():
        if value.strip() and name in {"number", "due_new_date", "often_new_count", "target_new_low"}:
            assert f'name="{name}" value="{value}"' in html
    assert Edition.objects.get(pk=edition.pk).version == 0


def test_whoever_was_slower_sees_what_changed_and_loses_nothing(desk: Client, edition: Edition, clerk: Member) -> None:
    one = at(edition, "2")
    html = desk.get(page(edition, one)).content.decode()
    sent = {
        "do": "text",
        "version": hidden(html, "version"),
        "was": hidden(html, "was"),
        "title": "我写的",
        "number": "2",
    }
    correcting.correct(wording=Wording.objects.get(pk=one.pk), title="别人写的", by=clerk)
    response = desk.post(reverse("desk:plan_task_change", args=[edition.plan_id, one.pk]), sent)
    html = response.content.decode()
    assert response.status_code == 422
    assert "别人改的就是这一项" in html
    assert "<ins>别人写的</ins>" in html
    assert 'name="title" value="我写的"' in html
    sent["version"] = hidden(html, "version")
    assert desk.post(reverse("desk:plan_task_change", args=[edition.plan_id, one.pk]), sent).status_code == 302
    assert Wording.objects.get(pk=one.pk).title == "我写的"


def test_a_change_elsewhere_is_told_as_such(desk: Client, edition: Edition, clerk: Member) -> None:
    one = at(edition, "2")
    html = desk.get(page(edition, one)).content.decode()
    correcting.correct(wording=at(edition, "3"), title="别的", by=clerk)
    for was in (hidden(html, "was"), "[]", "{{"):
        sent = {"do": "text", "version": hidden(html, "version"), "was": was, "title": "我写的"}
        response = desk.post(reverse("desk:plan_task_change", args=[edition.plan_id, one.pk]), sent)
        assert "别人改的不是这一项" in response.content.decode()


def test_a_doubt_is_settled_by_a_button_or_in_words(desk: Client, edition: Edition) -> None:
    query = edition.queries.create(code="date_unknown", message="“近期”算不出是哪一天", start=0, end=4)
    address = reverse("desk:plan_doubt", args=[edition.plan_id, query.pk])
    assert "还有 1 处存疑" in desk.get(page(edition)).content.decode()
    assert desk.post(address, {"answer": " ", "version": "0"}).status_code == 422
    desk.post(address, {"pick": "按原文，不改", "answer": "", "version": "0"})
    query.refresh_from_db()
    assert query.answer == "按原文，不改"
    assert "已定的存疑 1 处" in desk.get(page(edition)).content.decode()


def test_without_an_edition_in_preparation_it_leads_to_the_plan(desk: Client, edition: Edition) -> None:
    Edition.objects.filter(pk=edition.pk).update(state="dropped")
    assert desk.get(page(edition))["Location"].startswith(reverse("desk:plan_editions", args=[edition.plan_id]))


def test_the_page_asks_as_often_for_one_task_as_for_three(
    desk: Client, edition: Edition, office: Unit, clerk: Member, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    document = written("云溪县2026年执法工作要点\n\n", ONE)
    small = import_plan(document=document, name="乙", office=office, by=clerk).edition
    desk.get(page(edition))
    for one in (edition, small):
        with django_assert_num_queries(QUERIES):
            desk.get(page(one))


QUERIES = 18
"""Session, member, roles, rights, plan, edition, seven for the tasks, doubts, three for the bar, installation."""
