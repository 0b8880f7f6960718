"""The engine as a Django application."""

from __future__ import annotations

from django.apps import AppConfig


class EvidenceConfig(AppConfig):
    """佐证材料."""

    name = "zhunsheng.kernel.evidence"
    label = "evidence"
    verbose_name = "佐证材料"
