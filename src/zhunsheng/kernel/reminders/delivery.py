"""Handing one message over. The order of the steps is what keeps a kill from sending it twice; do not rearrange.

1. Claim it. 2. Give the other side everything but the last bytes: nothing counts yet. 3. Let the witness hold the
connection. 4. Record, with the claim, that the last bytes go. 5. They go, and the answer is looked at. 6. Record it.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from typing import Final

from zhunsheng.kernel.now import now
from zhunsheng.kernel.reminders import hours, outbox
from zhunsheng.kernel.reminders.channels import ONE_BY_NAME, PREPARE, Handover, Unsendable
from zhunsheng.kernel.reminders.channels.handover import Unanswered
from zhunsheng.kernel.reminders.models import OutboxMessage
from zhunsheng.kernel.reminders.steps import Sending, sending
from zhunsheng.kernel.reminders.witness import Witness, notes

LOG: Final = logging.getLogger(__name__)


def send_due(witness: Witness, *, most: int = 200, stopping: Callable[[], bool] = lambda: False) -> int:
    """Send what may go now, ``most`` messages at a time; how many were taken up."""
    rules = sending()
    outbox.recover(notes(), rules)
    for number in range(most):
        message = None if stopping() else outbox.claim(rules)
        if message is None:
            return number
        _deliver(message, witness, rules)
    return most


def _deliver(message: OutboxMessage, witness: Witness, rules: Sending) -> None:
    if not message.payload["lines"] or not message.subscription.is_on:
        return outbox.drop(message)
    if message.attempts >= rules.attempts:
        return outbox.unsent(message, "每次发送到一半程序就被中断，不再自动重试。", rules)
    later = hours.after_quiet(now(), rules)
    if later > now():
        return outbox.put_off(message, later)
    if outbox.is_too_fast(message, rules):
        return outbox.put_off(message, now() + outbox.MINUTE)
    try:
        handover = PREPARE[message.channel](message)
    except Unsendable as error:
        LOG.warning("message %s: %s", message.dedupe, error)
        return outbox.unsent(message, str(error), rules, hopeless=error.hopeless)
    return _hand_over(message, handover, witness, rules)


def _hand_over(message: OutboxMessage, handover: Handover, witness: Witness, rules: Sending) -> None:
    answered = False
    try:
        if message.token is not None:
            witness.watch(message.token, handover.sock)
        if outbox.renewed(message, rules):
            answered = _finished(message, handover, rules)
        else:
            LOG.warning("message %s: taken over by another worker", message.dedupe)
    finally:
        witness.done()
        handover.close(answered=answered)


def _finished(message: OutboxMessage, handover: Handover, rules: Sending) -> bool:
    """Whether an answer came. The last bytes go. No answer: a letter may be handed over anew (its receivers know it again), a robot's not."""
    try:
        answer = handover.finish()
    except Unanswered as error:
        words = f"消息交出以后对方没有回音（{error}）。"
        if message.channel in ONE_BY_NAME:
            outbox.unsent(message, words, rules)
        else:
            outbox.uncertain(message, words + "请问一问收件人，再选“算已送到”或者“再发一次”。")
        return False
    outbox.answered(message, answer, rules)
    return True
