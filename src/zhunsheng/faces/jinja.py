"""The one Jinja2 environment: autoescape on, an undefined name is an error."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django.templatetags.static import static
from django.utils import timezone
from jinja2 import Environment, StrictUndefined

from zhunsheng.kernel.links import reverse


def environment(**options: Any) -> Environment:
    """Called by Django's Jinja2 backend with its options (``OPTIONS["environment"]`` in the settings)."""
    options |= {"undefined": StrictUndefined, "trim_blocks": True, "lstrip_blocks": True}
    made = Environment(**{**options, "autoescape": True})  # noqa: S701 - on, though ruff cannot see it
    made.globals.update(static=static, url=reverse)
    made.filters.update(thousands=thousands, day=day, weekday=weekday, minute=minute, clock=clock)
    return made


def thousands(value: int) -> str:
    """A whole number with half-width commas: 1,846."""
    return f"{value:,}"


def local(value: date) -> date:
    """An instant as China Standard Time reads it; a day as it is."""
    return timezone.localtime(value) if isinstance(value, datetime) else value


def day(value: date | None) -> str:
    """2026-11-23, of an instant or a day; — for none."""
    return f"{local(value):%Y-%m-%d}" if value else "—"


def weekday(value: date) -> str:
    """星期一."""
    return f"星期{'一二三四五六日'[local(value).weekday()]}"


def minute(value: datetime | None) -> str:
    """2026-11-23 10:20; — for none."""
    return f"{local(value):%Y-%m-%d %H:%M}" if value else "—"


def clock(value: datetime) -> str:
    """10:20."""
    return f"{local(value):%H:%M}"
