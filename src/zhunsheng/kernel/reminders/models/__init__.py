"""The tables of the engine: reminders, where they are sent, the outbox, the jobs of the worker, addresses of feeds."""

from zhunsheng.kernel.reminders.models.feed import FeedToken
from zhunsheng.kernel.reminders.models.job import Job
from zhunsheng.kernel.reminders.models.outbox import OutboxMessage, State
from zhunsheng.kernel.reminders.models.reminder import LEVEL_ORDER, Level, Reminder
from zhunsheng.kernel.reminders.models.subscription import Channel, Mode, Subscription

__all__ = [
    "LEVEL_ORDER",
    "Channel",
    "FeedToken",
    "Job",
    "Level",
    "Mode",
    "OutboxMessage",
    "Reminder",
    "State",
    "Subscription",
]
