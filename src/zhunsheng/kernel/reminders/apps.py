"""The engine as a Django application."""

from __future__ import annotations

from django.apps import AppConfig


class RemindersConfig(AppConfig):
    """提醒."""

    name = "zhunsheng.kernel.reminders"
    label = "reminders"
    verbose_name = "提醒"
