"""Plans as a Django application."""

from __future__ import annotations

from functools import partial

from django.apps import AppConfig


class PlansConfig(AppConfig):
    """工作方案: read, published, tracked."""

    name = "zhunsheng.programmes.plans"
    label = "plans"
    verbose_name = "工作方案"

    def ready(self) -> None:
        """Tell the engines what this room has: links, and what waits for people."""
        from zhunsheng.kernel import events, refs, waiting
        from zhunsheng.kernel.evidence import queries
        from zhunsheng.kernel.reminders import feeds, sources
        from zhunsheng.programmes.plans import dates, desk, reports, visible
        from zhunsheng.programmes.plans.refs import DUTY, PLAN, TASK

        for kind in (PLAN, TASK, DUTY):
            refs.register(kind, partial(visible.cards, kind))
        waiting.waits("plans", desk.answer)
        queries.register_reader(reports.REPORT, reports.readable)
        sources.register(dates.KIND, dates.reminders)
        feeds.register("plans", dates.events)
        for event in ("plans.submitted", "plans.decided"):
            events.on(event, dates.settled)
