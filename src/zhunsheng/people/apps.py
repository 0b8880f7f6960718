"""The people floor as a Django application."""

from __future__ import annotations

from django.apps import AppConfig


class PeopleConfig(AppConfig):
    """Divisions, units, persons, members and their roles. App label ``people``."""

    name = "zhunsheng.people"
    label = "people"
    verbose_name = "机构与人员"

    def ready(self) -> None:
        """Roles say who may do what with matters, and who is reminded of them."""
        from zhunsheng.kernel.matter.rights import register
        from zhunsheng.kernel.reminders import feeds, sources
        from zhunsheng.people import matter_dates
        from zhunsheng.people.matters import RolesAndScope

        register(RolesAndScope())
        sources.register(matter_dates.KIND, matter_dates.reminders)
        feeds.register("matters", matter_dates.events)
