"""The plans programme as a Django application."""

from __future__ import annotations

from django.apps import AppConfig


class PlansConfig(AppConfig):
    """工作方案: plans read into tasks."""

    name = "zhunsheng.programmes.plans"
    label = "plans"
    verbose_name = "工作方案"
