"""The engine as a Django application."""

from __future__ import annotations

from django.apps import AppConfig


class MatterConfig(AppConfig):
    """交办事项."""

    name = "zhunsheng.kernel.matter"
    label = "matter"
    verbose_name = "交办事项"

    def ready(self) -> None:
        """Whoever may see a matter may read what its answers rest on; its dates follow the calendar."""
        from zhunsheng.kernel.clock.actions import recomputing
        from zhunsheng.kernel.evidence.queries import register_reader
        from zhunsheng.kernel.matter import moving
        from zhunsheng.kernel.matter.queries import may_read_answers

        register_reader("matter.answer", may_read_answers)
        recomputing.follow(moving.follow)
