"""The engine as a Django application."""

from __future__ import annotations

from django.apps import AppConfig


class NumbersConfig(AppConfig):
    """编号."""

    name = "zhunsheng.kernel.numbers"
    label = "numbers"
    verbose_name = "编号"
