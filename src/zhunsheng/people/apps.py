"""The people floor as a Django application."""

from __future__ import annotations

from django.apps import AppConfig


class PeopleConfig(AppConfig):
    """Divisions, units, persons, members and their roles. App label ``people``."""

    name = "zhunsheng.people"
    label = "people"
    verbose_name = "机构与人员"

    def ready(self) -> None:
        """Roles say who may do what with matters, who is reminded of them; what waits for administrators is on their desk."""
        from zhunsheng.kernel import events, waiting
        from zhunsheng.kernel.matter.rights import register
        from zhunsheng.kernel.reminders import feeds, sources
        from zhunsheng.people import desk, matter_dates, moved_dates
        from zhunsheng.people.matters import RolesAndScope

        register(RolesAndScope())
        waiting.waits("people", desk.answer)
        sources.register(matter_dates.KIND, matter_dates.reminders)
        sources.register(moved_dates.KIND, moved_dates.reminders)
        events.on("calendar.moved", moved_dates.settled)
        feeds.register("matters", matter_dates.events)
        for event in ("matter.answered", "matter.closed", "matter.cancelled", "matter.recalled"):
            events.on(event, matter_dates.settled)
