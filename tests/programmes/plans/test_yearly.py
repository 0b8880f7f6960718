from __future__ import annotations

from datetime import date

import pytest
from pytest_django import DjangoAssertNumQueries

from tests.programmes.plans.actions.test_importing import ONE, TITLE, TWO, publish, written
from zhunsheng.kernel import now
from zhunsheng.kernel.errors import Refused
from zhunsheng.kernel.journal.models import Block
from zhunsheng.people.models import Member, Unit
from zhunsheng.programmes.plans.actions import carrying, correcting
from zhunsheng.programmes.plans.actions.correcting import GivenDue
from zhunsheng.programmes.plans.actions.importing import Terms, import_plan
from zhunsheng.programmes.plans.actions.publishing import periods_of
from zhunsheng.programmes.plans.actions.settling import lacking, settle_query
from zhunsheng.programmes.plans.models import Edition, Plan, WordedDue
from zhunsheng.programmes.plans.schedule import WrittenDue
from zhunsheng.programmes.plans.yearly import OUTSIDE, Move, doubt_dates

PRINTED = "2.2028年6月30日前完成清理。（责任单位：县教育局）\n"
ALONE = Terms(year_from=2026, year_to=2026)
UNSAID = "3.10月底前建成法治文化阵地。（责任单位：县文旅局）\n"


def laid(office: Unit, clerk: Member, *parts: str, terms: Terms = ALONE) -> Edition:
    return import_plan(document=written(TITLE, *parts), name="甲", office=office, by=clerk, terms=terms).edition


def years(edition: Edition, first: int, last: int, by: Member) -> Plan:
    plan = Plan.objects.select_related("office__division").get(pk=edition.plan_id)
    return carrying.set_terms(
        edition=edition, office=plan.office, cycle="", default_due=None, title=plan.title, by=by, years=(first, last)
    )


def dates(edition: Edition) -> list[date | None]:
    return list(WordedDue.objects.filter(wording__edition=edition).order_by("start").values_list("date", flat=True))


@pytest.mark.parametrize(
    ("printed", "day", "whole", "found"),
    [
        ("9月底前", date(2026, 9, 30), False, date(2027, 9, 30)),
        ("2月底前", date(2024, 2, 29), False, date(2025, 2, 28)),
        ("2026年9月底前", date(2026, 9, 30), False, date(2026, 9, 30)),
        ("二〇二六年九月底前", date(2026, 9, 30), False, date(2026, 9, 30)),
        ("2026年9月底前", date(2026, 9, 30), True, date(2027, 9, 30)),
        ("9月底前", date(2028, 9, 30), False, date(2028, 9, 30)),
        ("", date(2026, 9, 30), False, date(2026, 9, 30)),
        ("每季度末", None, False, None),
    ],
)
def test_only_dates_without_a_year_of_their_own_follow(
    printed: str, day: date | None, whole: bool, found: date | None
) -> None:
    assert Move(2024, 2026, 1, whole).of(WrittenDue(day, "", printed)).day == found


def test_periods_and_dates_follow_the_years_of_a_draft(office: Unit, clerk: Member) -> None:
    edition = laid(office, clerk, ONE, TWO, UNSAID)
    assert dates(edition) == [date(2026, 9, 30), date(2026, 10, 31)]
    before = Block.objects.count()
    plan = years(edition, 2027, 2027, clerk)
    assert Block.objects.count() == before + 1
    assert (plan.year_from, plan.year_to) == (2027, 2027)
    assert dates(edition) == [date(2027, 9, 30), date(2027, 10, 31)]
    fresh = Edition.objects.select_related("plan").get(pk=edition.pk)
    ends = [one.ends for found in periods_of(fresh).values() for one in found]
    assert {day.year for day in ends} == {2027}
    assert len(ends) == 6


def test_a_later_end_brings_more_turns_and_moves_nothing(office: Unit, clerk: Member) -> None:
    edition = laid(office, clerk, ONE, TWO)
    years(edition, 2026, 2027, clerk)
    assert dates(edition) == [date(2026, 9, 30)]
    fresh = Edition.objects.select_related("plan").get(pk=edition.pk)
    with now.on(date(2026, 2, 1)):
        assert sorted(map(len, periods_of(fresh).values())) == [1, 8]


@pytest.mark.parametrize(("first", "last"), [(2027, 2026), (1999, 2026), (2026, 2101)])
def test_years_that_cannot_be_are_refused(office: Unit, clerk: Member, first: int, last: int) -> None:
    edition = laid(office, clerk, ONE)
    with pytest.raises(Refused, match="年度应当在 2000 到 2100 之间"):
        years(edition, first, last, clerk)
    assert Plan.objects.get(pk=edition.plan_id).year_from == 2026


def test_what_runs_keeps_its_first_year_and_is_no_draft(office: Unit, clerk: Member, second: Member) -> None:
    published = laid(office, clerk, ONE, TWO)
    publish(published, clerk, second)
    with pytest.raises(Refused, match="不能再改"):
        years(published, 2027, 2027, clerk)
    revised = laid(office, clerk, ONE, TWO, UNSAID, terms=Terms(plan=published.plan))
    with pytest.raises(Refused, match="起始年度不能再改"):
        years(revised, 2025, 2026, clerk)
    assert years(revised, 2026, 2027, clerk).year_to == 2027


def test_a_date_outside_of_the_years_is_a_doubt(office: Unit, clerk: Member) -> None:
    edition = laid(office, clerk, ONE, PRINTED)
    [doubt] = edition.queries.filter(code=OUTSIDE)
    assert "2028年6月30日前" in doubt.message
    assert "日期不在方案年度（2026 年）内" in doubt.message
    assert edition.source.text[doubt.start : doubt.end] in "2028年6月30日前"
    assert lacking(edition).doubts == 1


@pytest.mark.parametrize("parts", [(ONE, TWO), (ONE, PRINTED)])
def test_dates_within_the_years_are_none_and_a_plan_runs_as_far_as_its_dates(
    office: Unit, clerk: Member, parts: tuple[str, ...]
) -> None:
    assert not laid(office, clerk, *parts, terms=Terms(year_from=2026)).queries.filter(code=OUTSIDE).exists()


def test_correcting_the_years_or_the_date_settles_it_and_an_answer_stays(office: Unit, clerk: Member) -> None:
    edition = laid(office, clerk, ONE, PRINTED)
    years(edition, 2026, 2028, clerk)
    assert not edition.queries.filter(code=OUTSIDE).exists()
    years(edition, 2026, 2026, clerk)
    settle_query(query=edition.queries.get(code=OUTSIDE), answer="按原文", by=clerk)
    years(edition, 2026, 2027, clerk)
    assert edition.queries.get(code=OUTSIDE).answer == "按原文"


def test_dates_of_a_document_that_is_entered_for_another_year_are_doubts(office: Unit, clerk: Member) -> None:
    edition = laid(office, clerk, ONE, UNSAID, terms=Terms(year_from=2027, year_to=2027))
    assert edition.queries.filter(code=OUTSIDE).count() == 2
    years(edition, 2026, 2026, clerk)
    assert dates(edition) == [date(2026, 9, 30), date(2026, 10, 31)]
    assert not edition.queries.filter(code=OUTSIDE).exists()


def test_a_date_that_a_person_corrects_answers_its_doubt(office: Unit, clerk: Member) -> None:
    edition = laid(office, clerk, ONE, PRINTED)
    wording = edition.wordings.get(number="2")
    due = wording.dues.get()
    correcting.set_times(wording=wording, dues=[GivenDue(date(2026, 6, 30), pk=due.pk)], often=[], by=clerk)
    assert edition.queries.get(code=OUTSIDE).answer == "期限已由人改定"


@pytest.mark.parametrize("count", [1, 3])
def test_doubts_take_four_queries_whatever_the_number_of_dates(
    office: Unit, clerk: Member, django_assert_num_queries: DjangoAssertNumQueries, count: int
) -> None:
    parts = [f"{n}.2028年6月{n}日前完成清理。（责任单位：县教育局）\n" for n in range(1, count + 1)]
    edition = laid(office, clerk, *parts)
    with django_assert_num_queries(4):
        doubt_dates(edition)
    assert edition.queries.filter(code=OUTSIDE).count() == count
