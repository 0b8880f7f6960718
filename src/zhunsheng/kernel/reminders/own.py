"""Whose reminders: the number of the member who acts."""

from __future__ import annotations

from zhunsheng.kernel.actor import Actor
from zhunsheng.kernel.errors import Refused


def number_of(actor: Actor) -> int:
    """The member's number. Raises ``Refused`` for a part of the program: it has no reminders of its own."""
    if actor.pk is None:
        raise Refused("no_member", "只有登录的成员才有自己的提醒。")
    return actor.pk
