"""The engine as a Django application."""

from __future__ import annotations

from django.apps import AppConfig


class ClockConfig(AppConfig):
    """时钟与期限."""

    name = "zhunsheng.kernel.clock"
    label = "clock"
    verbose_name = "时钟与期限"

    def ready(self) -> None:
        """Reminders count working days by the country's calendar."""
        from zhunsheng.kernel.clock.calendar import load
        from zhunsheng.kernel.reminders.steps import count_working_days_by

        count_working_days_by(lambda: load().add)
