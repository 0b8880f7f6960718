"""The kernel as a Django application."""

from __future__ import annotations

from django.apps import AppConfig


class KernelConfig(AppConfig):
    """内核: the engines; it knows no business word."""

    name = "zhunsheng.kernel"
    label = "kernel"
    verbose_name = "内核"
