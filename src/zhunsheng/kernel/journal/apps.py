"""The journal as a Django application."""

from __future__ import annotations

from django.apps import AppConfig
from django.db.backends.signals import connection_created
from django.db.models.signals import post_migrate, pre_migrate


class JournalConfig(AppConfig):
    """操作日志与访问日志."""

    name = "zhunsheng.kernel.journal"
    label = "journal"
    verbose_name = "操作日志"

    def ready(self) -> None:
        """Every connection gets the functions that the triggers call; every migration the triggers."""
        from zhunsheng.kernel.journal import scope, upgrades

        connection_created.connect(scope.register)
        pre_migrate.connect(upgrades.before, sender=self)
        post_migrate.connect(upgrades.after, sender=self)
