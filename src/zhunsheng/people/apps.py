"""The people floor as a Django application."""

from django.apps import AppConfig


class PeopleConfig(AppConfig):
    """Divisions, units, persons, members and their roles. App label ``people``."""

    name = "zhunsheng.people"
    label = "people"
    verbose_name = "机构与人员"
    default_auto_field = "django.db.models.BigAutoField"
