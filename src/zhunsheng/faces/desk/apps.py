"""The desk as a Django application: templates and static files, no models."""

from __future__ import annotations

from django.apps import AppConfig


class DeskConfig(AppConfig):
    """工作台: the pages of those who have signed in."""

    name = "zhunsheng.faces.desk"
    label = "desk"
    verbose_name = "工作台"
