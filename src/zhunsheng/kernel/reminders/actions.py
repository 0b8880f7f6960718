"""What people do about reminders: see them, choose where they are sent, settle what could not be sent for certain."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Final

from django.contrib.auth.base_user import AbstractBaseUser
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db.models import QuerySet

from zhunsheng.kernel.actor import Actor
from zhunsheng.kernel.errors import Refused
from zhunsheng.kernel.journal import change
from zhunsheng.kernel.now import now
from zhunsheng.kernel.prepared import count, prepared
from zhunsheng.kernel.refs import Ref
from zhunsheng.kernel.reminders.channels.hosts import robot_of
from zhunsheng.kernel.reminders.models import Channel, Mode, OutboxMessage, Reminder, State, Subscription
from zhunsheng.kernel.reminders.own import number_of

MOST_SUBSCRIPTIONS: Final = 10
MANY: Final = 500


def mark_seen(*, by: Actor, keys: list[int]) -> int:
    """See those of one's own reminders; how many were new. Numbers of others' reminders are passed over."""
    with change(by, "看过提醒"):
        return unseen(by).filter(pk__in=keys).update(seen_at=now())


def settle(*, by: Actor, subject: Ref) -> int:
    """The thing is settled: its reminders are done, and what has not been sent yet is not sent any more."""
    with change(by, "了结提醒", about=[subject]):
        return Reminder.objects.filter(subject_kind=subject.kind, subject_key=subject.key, done_at__isnull=True).update(
            done_at=now()
        )


def settle_dates(*, by: Actor, kind: str, olds: Mapping[str, date]) -> int:
    """The dates of these records of a kind have moved: reminders of the old ones, by the records' keys, are done."""
    gone: list[int] = []
    keys = list(olds)
    for start in range(0, len(keys), MANY):
        rows = Reminder.objects.filter(
            subject_kind=kind, subject_key__in=keys[start : start + MANY], done_at__isnull=True
        )
        gone += [pk for pk, key, due in rows.values_list("pk", "subject_key", "due") if olds[key] == due]
    end(by=by, keys=gone)
    return len(gone)


def end(*, by: Actor, keys: Sequence[int]) -> None:
    """These reminders are done; nothing is entered where there are none."""
    if keys:
        with change(by, "了结提醒"):
            for start in range(0, len(keys), MANY):
                Reminder.objects.filter(pk__in=keys[start : start + MANY]).update(done_at=now())


def unseen(actor: Actor) -> QuerySet[Reminder]:
    """The actor's reminders that they have not seen and that still matter."""
    return _unseen(number_of(actor))


def _unseen(member: int) -> QuerySet[Reminder]:
    return Reminder.objects.filter(recipient_id=member, seen_at__isnull=True, done_at__isnull=True)


def unseen_count(actor: Actor) -> int:
    """How many of ``unseen`` there are: every page shows it."""
    return sum(_unseen_count(number_of(actor)))


@prepared
def _unseen_count(member: int) -> QuerySet[Reminder, int]:
    return count(_unseen(member))


def of(actor: Actor) -> QuerySet[Reminder]:
    """All reminders of the actor, newest first."""
    return Reminder.objects.filter(recipient_id=number_of(actor)).order_by("-created_at", "-pk")


def subscribe(
    *,
    by: Actor,
    channel: Channel,
    address: str,
    mode: Mode = Mode.DIGEST,
    secret: str = "",
    plain: bool = False,
) -> Subscription:
    """Send the actor's reminders there too. Raises ``Refused`` for an address that cannot be one."""
    wish = Subscription(
        member_id=number_of(by), channel=channel, address=address.strip(), mode=mode, secret=secret.strip(), plain=plain
    )
    _check(wish)
    with change(by, "添加推送"):
        if Subscription.objects.filter(member_id=number_of(by), channel=channel, address=wish.address).exists():
            raise Refused("subscription_twice", "这个地址已经设置过，在下面的列表里改就行。")
        if Subscription.objects.filter(member_id=number_of(by)).count() >= MOST_SUBSCRIPTIONS:
            raise Refused("subscription_many", f"每人至多设 {MOST_SUBSCRIPTIONS} 个推送地址。请先改用已有的。")
        try:
            wish.full_clean(exclude=["member"])
        except ValidationError as error:
            raise Refused("subscription", "".join(error.messages)) from error
        wish.save()
    return wish


def _check(wish: Subscription) -> None:
    if wish.channel == Channel.MAIL:
        try:
            validate_email(wish.address)
        except ValidationError as error:
            raise Refused("subscription_address", "邮箱地址写得不对，应当像 name@example.gov.cn。") from error
    else:
        robot_of(wish.address, wish.channel)


def alter_subscription(*, by: Actor, key: int, is_on: bool, mode: Mode) -> Subscription:
    """Switch one's own channel on or off, or change how it sends. Raises ``Refused``."""
    with change(by, "修改推送"):
        wish = Subscription.objects.select_for_update().filter(pk=key, member_id=number_of(by)).first()
        if wish is None:
            raise Refused("subscription_unknown", "没有这个推送设置，可能已经改过。请刷新页面再看。")
        wish.is_on, wish.mode = is_on, mode
        wish.full_clean(exclude=["member"])
        wish.save(update_fields=["is_on", "mode"])
    return wish


def to_look_at(members: QuerySet[AbstractBaseUser]) -> QuerySet[OutboxMessage]:
    """Messages to those members that a person must look at: not delivered, or perhaps delivered; oldest first."""
    return (
        OutboxMessage.objects.filter(state__in=[State.FAILED, State.UNCERTAIN], subscription__member__in=members)
        .select_related("subscription")
        .order_by("created_at", "pk")
    )


def count_as_sent(*, by: Actor, key: int) -> None:
    """A person has found out that the message arrived, or that nobody needs it any more."""
    _resolve(by, key, "认定已送到", state=State.SENT, sent_at=now())


def send_again(*, by: Actor, key: int) -> None:
    """A person has decided that the message is to be sent (once more)."""
    _resolve(by, key, "重新发送", state=State.WAITING, next_try=now(), attempts=0)


def _resolve(by: Actor, key: int, verb: str, **values: object) -> None:
    with change(by, verb):
        message = OutboxMessage.objects.select_for_update().filter(pk=key).first()
        if message is None or message.state not in {State.FAILED, State.UNCERTAIN}:
            raise Refused("outbox_not_open", "这条消息已经有了结果，不用再处理。请刷新页面再看。")
        OutboxMessage.objects.filter(pk=key).update(token=None, leased_by="", leased_until=None, **values)
