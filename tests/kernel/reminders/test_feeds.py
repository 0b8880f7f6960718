from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from icalendar import Calendar
from pytest_django import Settings

from tests.kernel.reminders.conftest import DAY
from zhunsheng.kernel.actor import SYSTEM
from zhunsheng.kernel.errors import Refused
from zhunsheng.kernel.reminders import feeds
from zhunsheng.kernel.reminders.feeds import Event
from zhunsheng.kernel.reminders.models import FeedToken
from zhunsheng.people.models import Member

EVENT = Event(
    uid="plans.task-17",
    day=date(2026, 3, 31),
    summary="报送一季度执法数据，含附件；三份",
    changed_at=datetime(2026, 1, 5, 2, tzinfo=UTC),
    description="牵头：县司法局\n依据：云政发〔2026〕1号",
    url="/desk/tasks/17",
    warn_days=(10, 1),
)


def read(*events: Event) -> Calendar:
    return Calendar.from_ical(feeds.calendar_of(events))


def test_an_event_is_a_whole_day_under_a_lasting_name(settings: Settings) -> None:
    settings.SITE_URL = "https://zs.example"
    (entry,) = read(EVENT).walk("VEVENT")
    assert str(entry["UID"]) == "plans.task-17@zhunsheng"
    assert entry.decoded("DTSTART") == date(2026, 3, 31)
    assert entry.decoded("DTEND") == date(2026, 4, 1)
    assert entry.decoded("DTSTAMP") == EVENT.changed_at
    assert str(entry["SUMMARY"]) == EVENT.summary
    assert str(entry["DESCRIPTION"]) == EVENT.description
    assert str(entry["URL"]) == "https://zs.example/desk/tasks/17"
    assert str(entry["STATUS"]) == "CONFIRMED"
    assert [alarm.decoded("TRIGGER") for alarm in entry.walk("VALARM")] == [
        timedelta(hours=9) - timedelta(days=days) for days in (10, 1)
    ]


def test_the_last_day_of_all_does_not_break_the_calendar() -> None:
    """People type 9999-12-31 for what has no end; a whole day may stand without the day after it."""
    (entry,) = read(replace(EVENT, day=date.max)).walk("VEVENT")
    assert entry.decoded("DTSTART") == date.max
    assert "DTEND" not in entry


def test_what_is_off_is_cancelled_and_silent() -> None:
    (entry,) = read(replace(EVENT, cancelled=True, sequence=2)).walk("VEVENT")
    assert str(entry["STATUS"]) == "CANCELLED"
    assert entry.decoded("SEQUENCE") == 2
    assert not entry.walk("VALARM")
    assert "URL" not in entry


def test_the_same_events_are_the_same_bytes_with_lines_of_the_right_length() -> None:
    made = feeds.calendar_of([EVENT])
    assert made == feeds.calendar_of([EVENT])
    assert all(len(line) <= 75 for line in made.split(b"\r\n"))
    assert made.endswith(b"END:VCALENDAR\r\n")


def test_an_empty_calendar_is_a_calendar() -> None:
    assert not read().walk("VEVENT")


def test_an_address_is_secret_single_and_revocable(member: Member, other: Member) -> None:
    first = feeds.create_address(by=member)
    assert len(first) >= 43
    assert feeds.holder_of(first) == member.pk
    assert not FeedToken.objects.filter(digest__contains=first[:20]).exists()
    second = feeds.create_address(by=member)
    assert feeds.holder_of(first) is None
    assert feeds.holder_of(second) == member.pk
    assert feeds.address_of(member) is not None
    assert feeds.address_of(other) is None
    feeds.revoke_address(by=member)
    assert feeds.holder_of(second) is None
    with pytest.raises(Refused, match="没有在用的订阅地址"):
        feeds.revoke_address(by=member)


def test_the_program_has_no_feed(db: None) -> None:
    with pytest.raises(Refused, match="只有登录的成员"):
        feeds.create_address(by=SYSTEM)


@pytest.fixture
def source() -> Iterator[None]:
    """The only one: those of the floors above are set aside."""
    kept = dict(feeds._SOURCES)
    feeds._SOURCES.clear()
    feeds.register("test", lambda member, day: [EVENT, replace(EVENT, uid=f"m-{member}", day=day)])
    yield
    feeds.unregister("test")
    feeds._SOURCES.update(kept)


@pytest.mark.usefixtures("source")
def test_sources_bring_events_in_the_order_of_days() -> None:
    assert [event.uid for event in feeds.events(5, DAY)] == ["m-5", "plans.task-17"]
    with pytest.raises(ValueError, match="two sources"):
        feeds.register("test", lambda member, day: [])
