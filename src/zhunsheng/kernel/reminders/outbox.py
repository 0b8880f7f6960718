"""The way of a message through its states. Each step is one short transaction that only the holder of the claim can make.

waiting → claimed → handing → sent, or back to waiting, or failed. What is found in ``handing`` after a crash is
``uncertain`` until a witness's note or a person says more. See docs/decisions/0017-reminders.md.
"""

from __future__ import annotations

import os
import socket
import uuid
from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any, Final

from django.db import connection
from django.db.models import Q, QuerySet

from zhunsheng.kernel.journal import change
from zhunsheng.kernel.now import now
from zhunsheng.kernel.reminders import hours
from zhunsheng.kernel.reminders.catching_up import WORKER
from zhunsheng.kernel.reminders.channels import UNDERSTOOD, Answer
from zhunsheng.kernel.reminders.models import Channel, OutboxMessage, Reminder, State
from zhunsheng.kernel.reminders.steps import Sending
from zhunsheng.kernel.reminders.witness import Note

FREE: Final[dict[str, Any]] = {"token": None, "leased_by": "", "leased_until": None}
MINUTE: Final = timedelta(minutes=1)
IN_DOUBT: Final = (
    "程序在交出这条消息的最后一刻被中断，对方收到没有，这里不能断定。请问一问收件人，再选“算已送到”或者“再发一次”。"
)
HEARD: Final = "程序在交出时被中断；整条消息已经交给对方，对方也有回音，只是读不出回音的内容，多半已经送到。"


def who() -> str:
    """Which process this is, for people who look for it."""
    return f"{socket.gethostname()}:{os.getpid()}"[:100]


def over(at: datetime) -> Q:
    """Leases that have run out; one that ends too far ahead was written by a clock that has been set back since."""
    return Q(leased_until__lt=at) | Q(leased_until__gt=at + hours.LEASED)


def due(at: datetime) -> Q:
    """Messages whose hour has come, or was set by such a clock."""
    return Q(next_try__lte=at) | Q(next_try__gt=at + hours.CREDIBLE)


def claim(rules: Sending) -> OutboxMessage | None:
    """Take the first message that may go now, for as long as the lease runs; ``None`` where there is none."""
    at = now()
    with change(WORKER, "领取待发提醒"):
        message = _first(Q(state=State.WAITING) & due(at) | Q(state=State.CLAIMED) & over(at))
        if message is None:
            return None
        message.attempts += message.state == State.CLAIMED  # whoever had it died over it
        message.state, message.token = State.CLAIMED, uuid.uuid4()
        message.leased_by, message.leased_until = who(), at + rules.lease
        message.payload = {**message.payload, "lines": _still_wanted(message.payload["lines"])}
        message.save(update_fields=["state", "token", "leased_by", "leased_until", "payload", "attempts"])
    return message


def _first(condition: Q) -> OutboxMessage | None:
    """The first such message, locked; other workers pass over it where the database can do that."""
    skip = bool(connection.features.has_select_for_update_skip_locked)
    rows = OutboxMessage.objects.select_for_update(skip_locked=skip, of=("self",) if skip else ())
    return rows.filter(condition).select_related("subscription").order_by("next_try", "pk").first()


def _still_wanted(lines: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """The lines of things that are not settled meanwhile."""
    numbers = [line["reminder"] for line in lines]
    wanted = set(Reminder.objects.filter(pk__in=numbers, done_at__isnull=True).values_list("pk", flat=True))
    return [line for line in lines if line["reminder"] in wanted]


def renewed(message: OutboxMessage, rules: Sending) -> bool:
    """Say that the last bytes go now; false where another worker has taken the message over: then they must not go."""
    with change(WORKER, "交出提醒"):
        return bool(
            _held(message, State.CLAIMED).update(
                state=State.HANDING, attempts=message.attempts + 1, leased_until=now() + rules.lease
            )
        )


def _held(message: OutboxMessage, *states: State) -> QuerySet[OutboxMessage]:
    return OutboxMessage.objects.filter(pk=message.pk, token=message.token, state__in=states)


def drop(message: OutboxMessage) -> None:
    """Nothing in it matters any more, or its channel has been switched off."""
    with change(WORKER, "不再发送提醒"):
        _held(message, State.CLAIMED).update(state=State.DROPPED, **FREE)


def put_off(message: OutboxMessage, until: datetime) -> None:
    """Not now (quiet hours, too many for one robot); no attempt is counted."""
    with change(WORKER, "推迟提醒"):
        _held(message, State.CLAIMED).update(state=State.WAITING, next_try=until, **FREE)


def unsent(message: OutboxMessage, words: str, rules: Sending, *, hopeless: bool = False, wait: bool = True) -> None:
    """It has certainly not been delivered: (wait and) try again, or give up where a person can see it."""
    with change(WORKER, "提醒没有送到"):
        current = OutboxMessage.objects.select_for_update().filter(pk=message.pk, token=message.token).first()
        if current is None or current.state not in {State.CLAIMED, State.HANDING, State.UNCERTAIN}:
            return
        current.attempts += current.state == State.CLAIMED
        given_up = hopeless or current.attempts >= rules.attempts
        current.state = State.FAILED if given_up else State.WAITING
        current.next_try = now() + hours.wait(current.attempts, rules) * wait
        current.problem, current.token, current.leased_by, current.leased_until = words[:300], None, "", None
        current.save()


def sent(message: OutboxMessage) -> None:
    """The other side has taken it. True also after the lease has run out: it is what happened."""
    with change(WORKER, "已交出提醒"):
        _held(message, State.HANDING, State.UNCERTAIN).update(state=State.SENT, sent_at=now(), problem="", **FREE)


def uncertain(message: OutboxMessage, words: str) -> None:
    """It may have arrived. The token stays, so that a note that comes later still finds it."""
    with change(WORKER, "提醒说不准"):
        _held(message, State.HANDING, State.UNCERTAIN).update(
            state=State.UNCERTAIN, problem=words[:300], leased_by="", leased_until=None
        )


def answered(message: OutboxMessage, answer: Answer, rules: Sending) -> None:
    """Record what the other side said."""
    if answer.taken:
        sent(message)
    else:
        unsent(message, f"对方不收：{answer.words}", rules, hopeless=answer.hopeless)


def recover(notes: Iterable[Note], rules: Sending) -> int:
    """After a crash: apply what witnesses know, and mark the rest for a person; how many were found."""
    found = 0
    for note in notes:
        message = OutboxMessage.objects.filter(token=note.token).first()
        if message is not None:
            found += 1
            _apply(message, note, rules)
        note.path.unlink(missing_ok=True)
    for message in OutboxMessage.objects.filter(over(now()), state=State.HANDING).order_by("pk"):
        found += 1
        uncertain(message, IN_DOUBT)
    return found


def _apply(message: OutboxMessage, note: Note, rules: Sending) -> None:
    answer = UNDERSTOOD[message.channel](note.answer)
    if note.left is False:
        unsent(message, "程序在交出以前被中断，没有送到，会重新发送。", rules, wait=False)
    elif answer is not None:
        answered(message, answer, rules)
    else:
        uncertain(message, HEARD if note.answer else IN_DOUBT)


def is_too_fast(message: OutboxMessage, rules: Sending) -> bool:
    """Whether this robot has had as many messages within a minute as it takes."""
    if message.channel == Channel.MAIL:
        return False
    minute = (now() - MINUTE, now() + MINUTE)  # what a clock sent that has been set back since is no hindrance
    lately = Q(sent_at__range=minute) | Q(state__in=[State.HANDING, State.UNCERTAIN], next_try__range=minute)
    return OutboxMessage.objects.filter(lately, address=message.address).count() >= rules.robot_per_minute
