"""What the worker does about reminders: make those that are missing, with their messages, in one transaction each."""

from __future__ import annotations

import time
import uuid
from collections import defaultdict
from collections.abc import Sequence
from datetime import date
from typing import Any, Final

from zhunsheng.kernel.actor import Program
from zhunsheng.kernel.journal import change
from zhunsheng.kernel.now import now
from zhunsheng.kernel.reminders import hours
from zhunsheng.kernel.reminders.actions import end
from zhunsheng.kernel.reminders.models import LEVEL_ORDER, Mode, OutboxMessage, Reminder, State, Subscription
from zhunsheng.kernel.reminders.sources import Wanted, highest, wanted

WORKER: Final = Program("系统")
BATCH: Final = 100
LONGEST: Final = 0.5


def catch_up(day: date) -> int:
    """Make every reminder that should be there on ``day`` and is not; how many were made.

    What was missed during a pause is made now. Any number of workers may do this at the same time.
    """
    made = 0
    for kind, several in wanted(day):
        pressing = sorted(highest(several), key=lambda one: (one.recipient, one.due, one.key))
        for start in range(0, len(pressing), BATCH):
            made += _make(kind, pressing[start : start + BATCH], day, more=start + BATCH < len(pressing))
        _retire(kind, {thing_of(kind, one) for one in several}, day)
    return made


def _retire(kind: str, wanted_still: set[str], day: date) -> None:
    """What no source asks for any more is done: the date was moved, the plan ended, the member has another post."""
    open_ones = Reminder.objects.filter(kind=kind, done_at__isnull=True, raised_on__lte=day).values_list("pk", "key")
    end(by=WORKER, keys=[pk for pk, key in open_ones if key.rpartition("/")[0] not in wanted_still])


def _give_way(seconds: float) -> None:
    """Leave the writers' place free for as long as it was taken: SQLite has one, and no queue before it.

    People who write wait with growing pauses of up to a tenth of a second; without a gap they could wait for minutes.
    """
    time.sleep(min(max(seconds, 0.1), LONGEST))


def thing_of(kind: str, one: Wanted) -> str:
    """What is reminded of, and who: what the levels of a reminder have in common."""
    return f"{kind}/{one.key}/{one.recipient}"


def key_of(kind: str, one: Wanted, level: str = "") -> str:
    """What makes a reminder the one it is."""
    return f"{thing_of(kind, one)}/{level or one.level}"


def _make(kind: str, several: Sequence[Wanted], day: date, *, more: bool) -> int:
    """One batch: reminders that are new, the lower levels that they replace, their messages. Reads before it writes."""
    keys = {key_of(kind, one): one for one in several}
    there = set(Reminder.objects.filter(key__in=keys).values_list("key", flat=True))
    missing = {key: one for key, one in keys.items() if key not in there}
    if not missing:
        return 0
    batch, began = uuid.uuid4(), time.monotonic()
    with change(WORKER, "提醒", about={one.subject for one in missing.values()}):
        Reminder.objects.bulk_create(
            [_row(key, kind, one, day, batch) for key, one in missing.items()], ignore_conflicts=True
        )
        made = list(Reminder.objects.filter(batch=batch).order_by("recipient", "due", "pk"))
        _replace([key_of(kind, one, low) for one in missing.values() for low in _below(one.level)])
        _enqueue(made, day)
    if more:
        _give_way(time.monotonic() - began)
    return len(made)


def _row(key: str, kind: str, one: Wanted, day: date, batch: uuid.UUID) -> Reminder:
    subject = one.subject
    return Reminder(
        key=key,
        kind=kind,
        subject_kind=subject.kind,
        subject_key=subject.key,
        subject_label=subject.label[:300],
        recipient_id=one.recipient,
        level=one.level,
        text=one.text[:500],
        url=one.url,
        due=one.due,
        raised_on=day,
        batch=batch,
    )


def _below(level: str) -> list[str]:
    return [low for low, order in LEVEL_ORDER.items() if order < LEVEL_ORDER[level]]


def _replace(keys: list[str]) -> None:
    """A higher level has come: the lower ones of the same thing need no further attention."""
    Reminder.objects.filter(key__in=keys, done_at__isnull=True).update(done_at=now())


def _enqueue(made: Sequence[Reminder], day: date) -> None:
    """Messages for those who want them elsewhere too; lines of a day join the digest that has not gone yet."""
    recipients = {reminder.recipient_id for reminder in made}
    wishes = list(Subscription.objects.filter(member__in=recipients, is_on=True).order_by("pk"))
    if not wishes:
        return
    lines: defaultdict[int, list[dict[str, Any]]] = defaultdict(list)
    for reminder in made:
        lines[reminder.recipient_id].append(_line(reminder))
    digests = [wish for wish in wishes if wish.mode == Mode.DIGEST]
    open_ones = _open_digests([wish.pk for wish in digests], day)
    fresh: list[OutboxMessage] = []
    for wish in wishes:
        own = lines[wish.member_id]
        if wish.mode == Mode.IMMEDIATE:
            fresh += [_message(wish, [line], day) for line in own]
        elif wish.pk in open_ones:
            open_ones[wish.pk].payload["lines"] += own
        else:
            fresh.append(_message(wish, own, day))
    OutboxMessage.objects.bulk_update(open_ones.values(), ["payload"])
    OutboxMessage.objects.bulk_create(fresh)


def _open_digests(wishes: list[int], day: date) -> dict[int, OutboxMessage]:
    """Digests of the day that no worker has taken up yet, locked, by subscription."""
    waiting = OutboxMessage.objects.select_for_update().filter(
        subscription__in=wishes, day=day, state=State.WAITING, attempts=0
    )
    return {message.subscription_id: message for message in waiting.order_by("pk")}


def _line(reminder: Reminder) -> dict[str, Any]:
    return {
        "reminder": reminder.pk,
        "level": reminder.level,
        "text": reminder.text,
        "url": reminder.url,
        "due": reminder.due.isoformat(),
    }


def _message(wish: Subscription, lines: list[dict[str, Any]], day: date) -> OutboxMessage:
    return OutboxMessage(
        subscription=wish,
        channel=wish.channel,
        address=wish.address,
        payload={"lines": lines},
        day=day,
        next_try=hours.first_try(wish.mode, day, now()),
    )
