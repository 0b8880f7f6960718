"""The journal as a Django application."""

from __future__ import annotations

from django.apps import AppConfig


class JournalConfig(AppConfig):
    """操作日志与访问日志."""

    name = "zhunsheng.kernel.journal"
    label = "journal"
    verbose_name = "操作日志"
