"""Dates of plans that move by whole years."""

from __future__ import annotations

from datetime import date


def later(day: date | None, years: int) -> date | None:
    """The same day so many years later; 29 February becomes the 28th where there is none."""
    if day is None:
        return None
    try:
        return day.replace(year=day.year + years)
    except ValueError:
        return day.replace(year=day.year + years, day=28)
