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
        """Tell the engines what this room has: links, what waits for people, what falls due, whose history they see."""
        from zhunsheng.kernel import events, refs, waiting
        from zhunsheng.kernel.evidence import queries
        from zhunsheng.kernel.journal import latest
        from zhunsheng.kernel.reminders import feeds, sources
        from zhunsheng.programmes.plans import dates, desk, reports, visible
        from zhunsheng.programmes.plans.refs import DUTY, PLAN, TASK
        from zhunsheng.programmes.plans.rights import rights

        for kind in (PLAN, TASK, DUTY):
            refs.register(kind, partial(visible.cards, kind))
        waiting.waits("plans", desk.answer)
        waiting.falls("plans", desk.agenda)
        latest.watch(PLAN, rights, visible.plans_of)
        latest.watch(TASK, rights, visible.tasks_of)
        latest.watch(DUTY, rights, visible.duties_of)
        queries.register_reader(reports.REPORT, reports.readable)
        queries.register_reader(PLAN, visible.readable)
        sources.register(dates.KIND, dates.reminders)
        feeds.register("plans", dates.events)
        for event in ("plans.submitted", "plans.decided"):
            events.on(event, dates.settled)
