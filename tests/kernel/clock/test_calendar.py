from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from tests.kernel.clock.conftest import BY, Started
from zhunsheng.kernel.clock import actions, notice, shipped
from zhunsheng.kernel.clock.calendar import load
from zhunsheng.kernel.clock.models import CalendarDay, CalendarStamp, YearNotice
from zhunsheng.kernel.errors import Refused

pytestmark = pytest.mark.django_db
NOTICE_2027 = """日期,安排,名称
1月1日至1月3日,放假,元旦
2月5日至2月11日,放假,春节
2月14日,上班,春节
4月3日至4月5日,放假,清明节
5月1日至5月5日,放假,劳动节
4月25日,上班,劳动节
6月9日,放假,端午节
9月15日,放假,中秋节
10月1日至10月7日,放假,国庆节
10月9日,上班,国庆节
"""


def rows(text: str = NOTICE_2027, year: int = 2027) -> list[notice.NoticeRow]:
    found, errors = notice.parse_text(text, year)
    assert errors == []
    return found


def test_a_database_that_was_never_filled_has_the_shipped_notices() -> None:
    assert load("") == shipped.calendar()


def test_seeding_enters_every_published_day_once() -> None:
    assert actions.seed(by=BY) == sorted(shipped.years())
    before = CalendarStamp.objects.get()
    assert CalendarDay.objects.count() == len(shipped.notes())
    assert actions.seed(by=BY) == []
    assert CalendarStamp.objects.get().stamp == before.stamp
    assert load().notes == shipped.notes()
    assert load().loaded == shipped.years()


def test_seeding_keeps_what_the_county_said() -> None:
    actions.set_day(by=BY, day=date(2026, 9, 30), works=False, name="县庆")
    actions.seed(by=BY)
    assert not load().works(date(2026, 9, 30))
    assert not load().works(date(2026, 10, 1))


def test_the_calendar_is_read_once_and_again_after_a_change(django_assert_num_queries: Any) -> None:
    actions.seed(by=BY)
    load("450103")
    with django_assert_num_queries(1):
        load("450103")
    actions.set_day(by=BY, day=date(2026, 4, 20), works=False, name="三月三", region="450000")
    with django_assert_num_queries(3):
        assert not load("450103").works(date(2026, 4, 20))
    with django_assert_num_queries(1):
        load("450103")


def test_a_change_that_is_rolled_back_leaves_no_copy_behind() -> None:
    actions.seed(by=BY)
    load()
    with transaction.atomic():
        actions.set_day(by=BY, day=date(2026, 4, 20), works=False, name="三月三")
        assert not load().works(date(2026, 4, 20))
        transaction.set_rollback(True)
    assert load().works(date(2026, 4, 20))


def test_a_regional_holiday_holds_below_it_only_and_the_nearest_goes_before() -> None:
    day = date(2026, 4, 20)
    actions.set_day(by=BY, day=day, works=False, name="三月三", region="450000")
    actions.set_day(by=BY, day=day, works=True, name="三月三", region="450103")
    assert load("").works(day)
    assert not load("450102").works(day)
    assert not load("450100").works(day)
    assert load("450103").works(day)
    assert load("440100").works(day)


def test_what_was_said_of_a_day_can_be_taken_back_once() -> None:
    day = date(2026, 4, 20)
    actions.set_day(by=BY, day=day, works=False, name="三月三")
    actions.clear_day(by=BY, day=day)
    assert load().works(day)
    with pytest.raises(Refused, match="不用撤"):
        actions.clear_day(by=BY, day=day)


def test_a_day_needs_a_name() -> None:
    with pytest.raises(Refused, match="什么日子"):
        actions.set_day(by=BY, day=date(2026, 4, 20), works=False, name=" ")
    with pytest.raises(IntegrityError), transaction.atomic():
        CalendarDay.objects.create(day=date(2026, 4, 20), works=False, name="")


def test_a_notice_makes_the_year_certain() -> None:
    assert load().provisional(2027)
    actions.load_notice(by=BY, year=2027, document="国办发明电〔2026〕9号", rows=rows())
    calendar = load()
    assert not calendar.provisional(2027)
    assert not calendar.works(date(2027, 2, 11))
    assert calendar.works(date(2027, 2, 14))
    assert YearNotice.objects.get(year=2027).document == "国办发明电〔2026〕9号"


def test_a_corrected_notice_takes_the_place_of_the_first() -> None:
    actions.load_notice(by=BY, year=2027, document="第一版", rows=rows())
    actions.set_day(by=BY, day=date(2027, 8, 2), works=False, name="县庆", source="县政府通知")
    actions.load_notice(by=BY, year=2027, document="第二版", rows=rows(NOTICE_2027.replace("2月14日", "2月13日")))
    calendar = load()
    assert not calendar.works(date(2027, 2, 14))
    assert calendar.works(date(2027, 2, 13))
    assert not calendar.works(date(2027, 8, 2))
    assert YearNotice.objects.filter(year=2027).count() == 1


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"document": " "}, "notice_document"),
        ({"rows": []}, "notice_empty"),
        ({"year": 2026}, "notice_year"),
        ({"rows": rows(NOTICE_2027.replace("6月9日,放假,端午节\n", ""))}, "notice_incomplete"),
    ],
)
def test_a_bad_notice_is_refused(change: dict[str, Any], code: str) -> None:
    with pytest.raises(Refused) as refused:
        actions.load_notice(**{"by": BY, "year": 2027, "document": "通知", "rows": rows(), **change})
    assert refused.value.code == code
    assert not YearNotice.objects.filter(document="通知").exists()


def test_what_is_missing_is_named() -> None:
    with pytest.raises(Refused, match="端午节 2027-06-09"):
        actions.load_notice(
            by=BY, year=2027, document="通知", rows=rows(NOTICE_2027.replace("6月9日,放假,端午节\n", ""))
        )


def test_a_region_may_load_its_own_days_without_the_national_ones(started: Started) -> None:
    own = rows("2027-04-09,放假,三月三\n2027-04-12,放假,三月三")
    actions.load_notice(by=BY, year=2027, document="自治区通知", rows=own, region="450000")
    assert not load("450103").works(date(2027, 4, 9))
    assert load().works(date(2027, 4, 9))
