from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from zhunsheng.kernel.errors import Refused
from zhunsheng.people.models import Member, Unit
from zhunsheng.programmes.plans.actions import correcting
from zhunsheng.programmes.plans.actions.correcting import GivenDue, GivenFrequency
from zhunsheng.programmes.plans.actions.importing import import_plan
from zhunsheng.programmes.plans.models import Edition, Target, Wording

from .test_importing import ONE, TITLE, TWO, written

YEARLY = "3.每年3月底前公布目录，9月底前检查一次，每年培训2次，覆盖率达到100%。（责任单位：县司法局）\n"


@pytest.fixture
def edition(office: Unit, clerk: Member) -> Edition:
    return import_plan(document=written(TITLE, ONE, TWO, YEARLY), name="甲", office=office, by=clerk).edition


@pytest.fixture
def third(edition: Edition) -> Wording:
    return edition.wordings.select_related("edition__plan").get(number="3")


def test_number_title_and_product_are_corrected(third: Wording, clerk: Member) -> None:
    correcting.correct(wording=third, number=" 三 ", title="公布 目录\n", product="目录", by=clerk)
    third.refresh_from_db()
    assert (third.number, third.title, third.product, third.edited) == ("三", "公布 目录", "目录", True)


@pytest.mark.parametrize(("field", "value"), [("title", " "), ("number", "一" * 33), ("title", "长" * 201)])
def test_what_a_task_cannot_be_called_is_refused(third: Wording, clerk: Member, field: str, value: str) -> None:
    with pytest.raises(Refused) as refusal:
        correcting.correct(wording=third, by=clerk, **{field: value})  # type: ignore[arg-type]
    assert refusal.value.code == field
    assert not Wording.objects.get(pk=third.pk).edited


def test_units_are_named_anew_and_settled_by_rule(edition: Edition, third: Wording, clerk: Member) -> None:
    correcting.set_units(wording=third, lead=["县司法局", ""], responsible=["县司法局", "教育局", "各乡镇"], by=clerk)
    roles = dict(third.mentions.values_list("name__printed", "role"))
    assert roles == {"县司法局": "lead", "教育局": "responsible", "各乡镇": "responsible"}
    assert third.mentions.get(name__printed="县司法局").start is not None
    settled = dict(edition.names.values_list("printed", "settled"))
    assert (settled["教育局"], settled["各乡镇"]) == ("name", "group")


def test_a_name_as_long_as_a_sentence_is_refused(third: Wording, clerk: Member) -> None:
    with pytest.raises(Refused, match="一行写一个"):
        correcting.set_units(wording=third, lead=["县" * 201], responsible=[], by=clerk)


def test_units_answer_the_doubt_that_there_were_none(edition: Edition, clerk: Member) -> None:
    one = edition.wordings.get(number="1")
    edition.queries.create(code="no_units", message="没有写明由谁办", start=one.start, end=one.start)
    correcting.set_units(wording=one, lead=["县司法局"], responsible=[], by=clerk)
    assert edition.queries.get(code="no_units").settled_by == clerk


def test_recurring_dates_stay_while_others_are_corrected(third: Wording, clerk: Member) -> None:
    recurring, fixed = third.dues.order_by("start")
    assert (recurring.recurs, fixed.date) == ("year", date(2026, 9, 30))
    correcting.set_times(
        wording=third,
        dues=[
            GivenDue(None, "year", recurring.printed, recurring.pk),
            GivenDue(date(2026, 10, 31), "", fixed.printed, fixed.pk),
            GivenDue(date(2026, 12, 20)),
        ],
        often=[GivenFrequency(Decimal(3), "year", "春季、秋季")],
        by=clerk,
    )
    assert list(third.dues.order_by("pk").values_list("pk", "date", "recurs", "printed")) == [
        (recurring.pk, None, "year", recurring.printed),
        (fixed.pk, date(2026, 10, 31), "", fixed.printed),
        (third.dues.latest("pk").pk, date(2026, 12, 20), "", ""),
    ]
    assert list(third.frequencies.values_list("count", "per", "spread")) == [(Decimal(3), "year", "春季、秋季")]


def test_what_is_not_given_any_more_goes(third: Wording, clerk: Member) -> None:
    correcting.set_times(wording=third, dues=[], often=[], by=clerk)
    assert not third.dues.exists()
    assert not third.frequencies.exists()


def test_a_due_date_is_a_day_or_a_period(third: Wording, clerk: Member) -> None:
    for wrong in (GivenDue(None), GivenDue(date(2026, 1, 1), "year")):
        with pytest.raises(Refused, match="写一样"):
            correcting.set_times(wording=third, dues=[wrong], often=[], by=clerk)
    with pytest.raises(Refused, match="大于 0"):
        correcting.set_times(wording=third, dues=[], often=[GivenFrequency(Decimal(0), "year")], by=clerk)
    assert third.dues.count() == 2


def test_a_typed_due_date_lies_in_the_plan_or_soon_after(third: Wording, clerk: Member) -> None:
    for slip in (date(206, 9, 30), date(2025, 12, 31), date(2032, 1, 1), date.max):
        with pytest.raises(Refused, match="应当在 2026-01-01 到 2031-12-31 之间"):
            correcting.set_times(wording=third, dues=[GivenDue(slip)], often=[], by=clerk)
    read = third.dues.exclude(date=None)[0]
    type(read).objects.filter(pk=read.pk).update(date=date(2035, 12, 31))
    kept = [GivenDue(date(2035, 12, 31), "", read.printed, read.pk)]
    correcting.set_times(wording=third, dues=kept, often=[], by=clerk)
    assert third.dues.get().date == date(2035, 12, 31), "what is printed is not for the form to doubt"


def test_corrected_dates_answer_their_doubts(edition: Edition, third: Wording, clerk: Member) -> None:
    edition.queries.create(code="year_assumed", message="没有写年份", start=third.start + 2, end=third.start + 6)
    correcting.set_times(wording=third, dues=[GivenDue(date(2026, 9, 30))], often=[], by=clerk)
    assert edition.queries.get(code="year_assumed").answer == "期限已由人改定"


def test_targets_are_added_corrected_and_taken_away(third: Wording, clerk: Member) -> None:
    old = third.targets.get()
    correcting.set_target(wording=third, target=old, values={"op": ">=", "low": Decimal(95)}, by=clerk)
    old.refresh_from_db()
    assert (old.op, old.low, old.printed) == (">=", Decimal(95), Target.objects.get(pk=old.pk).printed)
    values = {"quantity": "培训", "op": ">=", "low": Decimal(20), "high": None, "words": "", "unit": "学时"}
    made = correcting.set_target(wording=third, values=values, by=clerk)  # type: ignore[arg-type]
    assert made is not None
    assert made.printed == "培训20学时"
    correcting.set_target(wording=third, target=old, by=clerk)
    assert list(third.targets.all()) == [made]


@pytest.mark.parametrize(
    ("values", "words"),
    [
        ({"quantity": "培训", "op": ">=", "low": None}, "写一个数"),
        ({"op": "between", "low": Decimal(5), "high": Decimal(3)}, "前一个不大于后一个"),
        ({"op": "between", "low": Decimal(5), "high": None}, "两个数"),
    ],
)
def test_a_target_says_how_much(third: Wording, clerk: Member, values: dict[str, object], words: str) -> None:
    with pytest.raises(Refused, match=words):
        correcting.set_target(wording=third, values=values, by=clerk)  # type: ignore[arg-type]
    assert third.targets.count() == 1
