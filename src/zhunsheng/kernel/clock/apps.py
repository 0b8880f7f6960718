"""The engine as a Django application."""

from __future__ import annotations

from django.apps import AppConfig


class ClockConfig(AppConfig):
    """时钟与期限."""

    name = "zhunsheng.kernel.clock"
    label = "clock"
    verbose_name = "时钟与期限"
