"""The people floor as a Django application."""

from __future__ import annotations

from django.apps import AppConfig


class PeopleConfig(AppConfig):
    """Divisions, units, persons, members and their roles. App label ``people``."""

    name = "zhunsheng.people"
    label = "people"
    verbose_name = "机构与人员"
