"""The one Jinja2 environment: autoescape on, an undefined name is an error."""

from __future__ import annotations

from typing import Any

from django.templatetags.static import static
from django.urls import reverse
from jinja2 import Environment, StrictUndefined


def environment(**options: Any) -> Environment:
    """Called by Django's Jinja2 backend with its options (``OPTIONS["environment"]`` in the settings)."""
    options |= {"undefined": StrictUndefined, "trim_blocks": True, "lstrip_blocks": True}
    made = Environment(**{**options, "autoescape": True})  # noqa: S701 - on, though ruff cannot see it
    made.globals.update(static=static, url=reverse)
    made.filters["thousands"] = thousands
    return made


def thousands(value: int) -> str:
    """A whole number with half-width commas: 1,846."""
    return f"{value:,}"
