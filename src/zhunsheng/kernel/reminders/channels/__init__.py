"""The ways out of the house: each prepares a message up to its last bytes, and understands the answer."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from zhunsheng.kernel.reminders.channels import answers, mail, robots
from zhunsheng.kernel.reminders.channels.answers import Answer
from zhunsheng.kernel.reminders.channels.handover import Handover, Unsendable
from zhunsheng.kernel.reminders.models import Channel, OutboxMessage

PREPARE: Final[dict[str, Callable[[OutboxMessage], Handover]]] = {
    Channel.MAIL: mail.prepare,
    Channel.WECOM: robots.prepare,
    Channel.DINGTALK: robots.prepare,
}
UNDERSTOOD: Final[dict[str, Callable[[bytes], Answer | None]]] = {
    Channel.MAIL: answers.of_mail,
    Channel.WECOM: answers.of_robot,
    Channel.DINGTALK: answers.of_robot,
}
ONE_BY_NAME: Final = frozenset({Channel.MAIL.value})
"""Channels whose receivers know a message again (Message-ID): there an unanswered message may be handed over anew."""

__all__ = ["ONE_BY_NAME", "PREPARE", "UNDERSTOOD", "Answer", "Handover", "Unsendable"]
