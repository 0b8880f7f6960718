"""The engine as a Django application."""

from __future__ import annotations

from django.apps import AppConfig


class MatterConfig(AppConfig):
    """交办事项."""

    name = "zhunsheng.kernel.matter"
    label = "matter"
    verbose_name = "交办事项"
