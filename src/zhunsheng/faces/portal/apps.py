"""The portal as a Django application: templates and static files, no models."""

from __future__ import annotations

from django.apps import AppConfig


class PortalConfig(AppConfig):
    """公开平台: the pages that anyone may open."""

    name = "zhunsheng.faces.portal"
    label = "portal"
    verbose_name = "公开平台"
