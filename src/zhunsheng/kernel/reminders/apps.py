"""The engine as a Django application."""

from __future__ import annotations

from django.apps import AppConfig


class RemindersConfig(AppConfig):
    """提醒."""

    name = "zhunsheng.kernel.reminders"
    label = "reminders"
    verbose_name = "提醒"

    def ready(self) -> None:
        """Give the worker the engine's own jobs."""
        from zhunsheng.kernel.reminders.worker import register_own

        register_own()
