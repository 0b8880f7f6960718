from __future__ import annotations

import uuid
from datetime import date, timedelta

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from tests.faces.world import World
from zhunsheng.kernel.now import now, today
from zhunsheng.kernel.reminders import actions, feeds
from zhunsheng.kernel.reminders.models import (
    Channel,
    FeedToken,
    Level,
    Mode,
    OutboxMessage,
    Reminder,
    State,
    Subscription,
)
from zhunsheng.people.models import Account, Member, Role

BACKEND = "zhunsheng.people.backends.MemberBackend"
QUERIES_LIST = 7
QUERIES_OUTBOX = 11


@pytest.fixture
def me(world: World) -> Member:
    return world.home.members[Role.LIAISON_OFFICER]


@pytest.fixture
def signed_in(me: Member) -> Client:
    return entered(me)


def entered(member: Member) -> Client:
    client = Client()
    client.force_login(member, backend=BACKEND)
    return client


def remind(member: Member, text: str, level: Level = Level.YELLOW) -> Reminder:
    return Reminder.objects.create(
        key=uuid.uuid4().hex,
        kind="task_due",
        subject_kind="plans.task",
        subject_key="1",
        recipient=member,
        level=level,
        text=text,
        url="/desk/tasks/1",
        due=date(2026, 3, 31),
        raised_on=date(2026, 3, 2),
        batch=uuid.uuid4(),
    )


def stuck(member: Member, state: State = State.UNCERTAIN) -> OutboxMessage:
    wish = Subscription.objects.create(member=member, channel=Channel.MAIL, address=f"{uuid.uuid4().hex}@yunxi.example")
    return OutboxMessage.objects.create(
        subscription=wish,
        channel=wish.channel,
        address=wish.address,
        payload={"lines": []},
        day=date(2026, 3, 2),
        next_try=now(),
        state=state,
        problem="说不清",
    )


def text_of(client: Client, name: str, query: str = "") -> str:
    return client.get(reverse(name) + query).content.decode()


def test_one_sees_ones_own_by_filters_and_marks_them(world: World, me: Member, signed_in: Client) -> None:
    first, second = remind(me, "报送数据"), remind(me, "修订办法", Level.RED)
    remind(world.home.members[Role.UNIT_HEAD], "别人的事")
    page = text_of(signed_in, "desk:reminders")
    assert "2 条提醒没有看过" in page
    assert "别人的事" not in page
    assert "提醒<i>2</i>" in page
    assert "报送数据" not in text_of(signed_in, "desk:reminders", "?level=red")
    assert "修订办法" in text_of(signed_in, "desk:reminders", "?level=red&state=nonsense")
    assert signed_in.post(reverse("desk:reminders_seen"), {"key": [first.pk, "x", "9" * 30]}).status_code == 302
    assert "报送数据" not in text_of(signed_in, "desk:reminders")
    assert "报送数据" in text_of(signed_in, "desk:reminders", "?state=seen")
    actions.settle(by=me, subject=second.subject)
    assert "提醒都看过了" in text_of(signed_in, "desk:reminders")
    assert "修订办法" in text_of(signed_in, "desk:reminders", "?state=done")


def test_nobody_marks_what_is_anothers(world: World, signed_in: Client) -> None:
    theirs = remind(world.home.members[Role.UNIT_HEAD], "别人的事")
    signed_in.post(reverse("desk:reminders_seen"), {"key": theirs.pk})
    theirs.refresh_from_db()
    assert theirs.seen_at is None


@pytest.mark.parametrize("number", [1, 3])
def test_the_list_takes_as_many_queries_for_one_as_for_three(
    me: Member, signed_in: Client, number: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for key in range(number):
        remind(me, f"第{key}件")
    text_of(signed_in, "desk:reminders")
    with django_assert_num_queries(QUERIES_LIST):
        text_of(signed_in, "desk:reminders")


@pytest.mark.parametrize("number", [1, 3])
def test_the_outbox_takes_as_many_queries_for_one_as_for_three(
    world: World, me: Member, number: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for _ in range(number):
        stuck(me)
    client = entered(world.home.members[Role.SYSTEM_ADMINISTRATOR])
    text_of(client, "desk:outbox")
    with django_assert_num_queries(QUERIES_OUTBOX):
        text_of(client, "desk:outbox")


def test_a_channel_is_added_switched_and_kept_hidden(me: Member, signed_in: Client) -> None:
    robot = "https://qyapi.weixin.qq.com/cgi-bin/webhook/send?key=693a91f6-7xyz"
    given = {"channel": "wecom", "address": robot, "mode": "digest", "secret": "", "plain": "1"}
    assert signed_in.post(reverse("desk:channels"), given).status_code == 302
    wish = Subscription.objects.get()
    assert (wish.member, wish.plain, wish.is_on) == (me, True, True)
    page = text_of(signed_in, "desk:channels")
    assert "key=…7xyz" in page
    assert "693a91f6" not in page
    signed_in.post(reverse("desk:channel"), {"key": wish.pk, "mode": Mode.DIGEST, "is_on": "0"})
    wish.refresh_from_db()
    assert not wish.is_on


def test_what_was_typed_wrong_is_still_there(signed_in: Client) -> None:
    response = signed_in.post(reverse("desk:channels"), {"channel": "mail", "address": "周敏邮箱", "mode": "immediate"})
    assert response.status_code == 422
    page = response.content.decode()
    assert 'value="周敏邮箱"' in page
    assert "邮箱地址写得不对" in page
    assert signed_in.post(reverse("desk:channels"), {"channel": "fax"}).status_code == 422
    assert signed_in.post(reverse("desk:channel"), {"key": "1", "mode": "digest"}).status_code == 422
    assert signed_in.post(reverse("desk:channel"), {"key": "x"}).status_code == 422


def test_the_address_of_the_feed_is_shown_once_works_and_can_be_revoked(me: Member, signed_in: Client) -> None:
    page = signed_in.post(reverse("desk:feed"), {"what": "create"}).content.decode()
    address = page.partition("<code>http://testserver")[2].partition("</code>")[0]
    answer = Client().get(address)
    assert answer.status_code == 200
    assert answer["Content-Type"] == "text/calendar; charset=utf-8"
    assert answer.content.startswith(b"BEGIN:VCALENDAR")
    assert address not in text_of(signed_in, "desk:channels")
    assert signed_in.post(reverse("desk:feed"), {"what": "revoke"}).status_code == 302
    assert Client().get(address).status_code == 404
    assert signed_in.post(reverse("desk:feed"), {"what": "revoke"}).status_code == 422


def test_a_feed_ends_when_its_holder_can_no_longer_sign_in(me: Member) -> None:
    address = reverse("portal:calendar", kwargs={"token": feeds.create_address(by=me)})
    account, _ = Account.objects.get_or_create(member=me)

    def status() -> int:
        return Client().get(address).status_code

    assert status() == 200
    Account.objects.filter(pk=account.pk).update(expires_on=today() + timedelta(days=1))
    assert status() == 200, "the last day"
    Account.objects.filter(pk=account.pk).update(expires_on=today())
    assert status() == 404
    Account.objects.filter(pk=account.pk).update(expires_on=None)
    Member.objects.filter(pk=me.pk).update(is_active=False)
    assert status() == 404


def test_a_person_decides_about_what_is_stuck(world: World, me: Member) -> None:
    client = entered(world.home.members[Role.SYSTEM_ADMINISTRATOR])
    first, second = stuck(me), stuck(me, State.FAILED)
    page = text_of(client, "desk:outbox")
    assert "2 条消息要人看一眼" in page
    assert me.full_name in page
    client.post(reverse("desk:outbox_resolve"), {"key": first.pk, "what": "sent"})
    client.post(reverse("desk:outbox_resolve"), {"key": second.pk, "what": "again"})
    first.refresh_from_db()
    second.refresh_from_db()
    assert (first.state, second.state) == (State.SENT, State.WAITING)
    again = client.post(reverse("desk:outbox_resolve"), {"key": first.pk, "what": "again"})
    assert again.status_code == 422
    assert "已经有了结果" in again.content.decode()
    assert client.post(reverse("desk:outbox_resolve"), {"key": "x"}).status_code == 422
    assert "消息都送到了" in text_of(client, "desk:outbox")


def test_nobody_decides_about_the_messages_of_the_sister_county(world: World, me: Member) -> None:
    message = stuck(me)
    stranger = entered(world.sister.members[Role.SYSTEM_ADMINISTRATOR])
    assert "消息都送到了" in text_of(stranger, "desk:outbox")
    assert stranger.post(reverse("desk:outbox_resolve"), {"key": message.pk, "what": "sent"}).status_code == 422
    message.refresh_from_db()
    assert message.state == State.UNCERTAIN


def test_guessing_is_made_slow(db: None, me: Member) -> None:
    from django.core.cache import cache

    cache.clear()
    secret = feeds.create_address(by=me)
    where = reverse("portal:calendar", kwargs={"token": secret})
    assert Client().get(where).status_code == 200
    guess = reverse("portal:calendar", kwargs={"token": "guess"})
    assert {Client().get(guess).status_code for _ in range(20)} == {404}
    slow = Client().get(where)
    assert slow.status_code == 429
    assert slow["Retry-After"] == "60"
    cache.clear()
    assert [Client().get(where).status_code for _ in range(31)].count(429) == 1
    cache.clear()
    assert FeedToken.objects.count() == 1
