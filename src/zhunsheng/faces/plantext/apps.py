"""What faces share to draw a plan's text, as a Django application: templates, no models."""

from __future__ import annotations

from django.apps import AppConfig


class PlanTextConfig(AppConfig):
    """方案原文 as a page shows it."""

    name = "zhunsheng.faces.plantext"
    label = "plantext"
    verbose_name = "方案原文"
