from __future__ import annotations

import threading
from collections.abc import Callable
from datetime import date, timedelta

import pytest
from django.db import connection
from pytest_django import DjangoAssertNumQueries

from tests.kernel.reminders.conftest import DAY, DUE, KIND, wanting
from zhunsheng.kernel.now import now, on
from zhunsheng.kernel.reminders import actions, sources
from zhunsheng.kernel.reminders.catching_up import catch_up
from zhunsheng.kernel.reminders.models import Channel, Level, Mode, OutboxMessage, Reminder, State, Subscription
from zhunsheng.people.models import Member

pytestmark = pytest.mark.usefixtures("morning")
Want = Callable[..., None]


def subscribe(member: Member, mode: Mode = Mode.DIGEST) -> None:
    actions.subscribe(by=member, channel=Channel.MAIL, address=f"{member.username}@yunxi.example", mode=mode)


def lines(message: OutboxMessage) -> list[str]:
    return [line["text"] for line in message.payload["lines"]]


def test_the_same_reminder_is_never_made_twice(member: Member, want: Want) -> None:
    want(wanting(member))
    assert catch_up(DAY) == 1
    assert catch_up(DAY) == 0
    assert catch_up(DAY + timedelta(days=1)) == 0
    (made,) = Reminder.objects.all()
    assert (made.recipient, made.level, made.due, made.raised_on) == (member, Level.YELLOW, DUE, DAY)
    assert made.subject.key == "17"


def test_another_person_another_date_or_another_level_is_another_reminder(
    member: Member, other: Member, want: Want
) -> None:
    want(wanting(member), wanting(other), wanting(member, due=date(2026, 4, 30)))
    assert catch_up(DAY) == 3
    want(wanting(member), wanting(member, level=Level.ORANGE))
    assert catch_up(DAY) == 1


def test_a_higher_level_takes_the_place_of_the_lower(member: Member, other: Member, want: Want) -> None:
    want(wanting(member), wanting(other))
    catch_up(DAY)
    want(wanting(member), wanting(member, level=Level.RED), wanting(other))
    catch_up(DAY)
    assert [r.level for r in actions.unseen(member)] == [Level.RED]
    assert [r.level for r in actions.unseen(other)] == [Level.YELLOW]


def test_after_a_pause_only_the_most_pressing_is_made(member: Member, want: Want) -> None:
    subscribe(member)
    want(*(wanting(member, level=level) for level in (Level.RED, Level.YELLOW, Level.ORANGE)))
    assert catch_up(DAY) == 1
    assert Reminder.objects.get().level == Level.RED
    assert len(lines(OutboxMessage.objects.get())) == 1


def test_what_is_not_asked_for_any_more_is_done(member: Member, want: Want) -> None:
    first, second = wanting(member, "1"), wanting(member, "2")
    want(first, second)
    catch_up(DAY)
    want(second)
    catch_up(DAY)
    assert list(Reminder.objects.filter(done_at=None).values_list("subject_key", flat=True)) == ["2"]
    want(first, second)
    assert catch_up(DAY) == 0  # said once is said


def test_lines_of_one_person_on_one_day_are_one_message(member: Member, other: Member, want: Want) -> None:
    subscribe(member)
    subscribe(other)
    want(wanting(member, "1"), wanting(member, "2"), wanting(other, "3"))
    with on(now().replace(hour=1)):
        catch_up(DAY)
        want(wanting(member, "4"))
        catch_up(DAY)
    first, second = OutboxMessage.objects.order_by("subscription")
    assert lines(first) == ["任务1快到期", "任务2快到期", "任务4快到期"]
    assert lines(second) == ["任务3快到期"]
    assert first.state == State.WAITING


def test_lines_that_come_after_the_digest_has_been_taken_up_are_a_second_message(member: Member, want: Want) -> None:
    subscribe(member)
    want(wanting(member, "1"))
    catch_up(DAY)
    OutboxMessage.objects.update(state=State.SENT, sent_at=now())
    want(wanting(member, "2"))
    catch_up(DAY)
    assert [lines(m) for m in OutboxMessage.objects.order_by("pk")] == [["任务1快到期"], ["任务2快到期"]]


def test_whoever_wants_each_at_once_gets_each(member: Member, want: Want) -> None:
    subscribe(member, Mode.IMMEDIATE)
    want(wanting(member, "1"), wanting(member, "2"))
    catch_up(DAY)
    assert [len(lines(m)) for m in OutboxMessage.objects.all()] == [1, 1]


def test_nothing_is_sent_where_nobody_wants_it(member: Member, want: Want) -> None:
    subscribe(member)
    key = Subscription.objects.get().pk
    actions.alter_subscription(by=member, key=key, is_on=False, mode=Mode.DIGEST)
    want(wanting(member))
    assert catch_up(DAY) == 1
    assert not OutboxMessage.objects.exists()


def test_reminder_and_message_are_made_together_or_not_at_all(
    member: Member, want: Want, monkeypatch: pytest.MonkeyPatch
) -> None:
    subscribe(member)
    want(wanting(member))
    with monkeypatch.context() as patch:
        patch.setattr("zhunsheng.kernel.reminders.hours.first_try", lambda *_: None)
        with pytest.raises(Exception, match="next_try"):
            catch_up(DAY)
    assert not Reminder.objects.exists()
    assert catch_up(DAY) == 1
    assert OutboxMessage.objects.count() == 1


def test_a_kind_has_one_source(want: Want) -> None:
    with pytest.raises(ValueError, match=KIND):
        sources.register(KIND, lambda day: [])


@pytest.mark.parametrize("number", [1, 3])
def test_queries_do_not_grow_with_the_reminders(
    member: Member,
    want: Want,
    number: int,
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    subscribe(member)
    want(*(wanting(member, str(key)) for key in range(number)))
    # Look; savepoint twice; insert, read, replace; wishes, open digests, one message; what is open; and those of the journal:
    # entries, head, block and mentions, on PostgreSQL its mark twice.
    with django_assert_num_queries({"sqlite": 14, "postgresql": 16}[connection.vendor]):
        catch_up(DAY)
    with django_assert_num_queries(2):
        catch_up(DAY)


@pytest.mark.django_db(transaction=True)
def test_workers_at_the_same_time_make_each_once(member: Member, want: Want) -> None:
    subscribe(member)
    want(*(wanting(member, str(key)) for key in range(50)))
    made: list[int] = []

    def work() -> None:
        try:
            with on(DAY):
                made.append(catch_up(DAY))
        finally:
            connection.close()

    threads = [threading.Thread(target=work) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sum(made) == 50
    assert Reminder.objects.count() == 50
    assert sorted(line for m in OutboxMessage.objects.all() for line in lines(m)) == sorted(
        r.text for r in Reminder.objects.all()
    )


@pytest.mark.parametrize("step", [timedelta(days=2), -timedelta(days=2)])
def test_a_clock_that_steps_reminds_of_nothing_twice_and_leaves_out_no_day(
    step: timedelta, member: Member, want: Want
) -> None:
    """Each day has a thing of its own, due on it; for two days the clock is wrong, then right again."""
    subscribe(member)
    days = [DAY + timedelta(days=number) for number in range(-2, 6)]
    seen = [DAY, DAY + step, DAY + step + timedelta(days=1), DAY + timedelta(days=2), DAY + timedelta(days=3)]
    for day in seen:
        want(*(wanting(member, str(one), due=one) for one in days if one <= day))
        with on(day):
            catch_up(day)
            catch_up(day)
    said = [line["text"] for message in OutboxMessage.objects.all() for line in message.payload["lines"]]
    assert sorted(said) == sorted(f"任务{one}快到期" for one in days if one <= max(seen))
    assert Reminder.objects.count() == len(said)
