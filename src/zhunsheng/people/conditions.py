"""Conditions that every query on this floor shares: by day and by place."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import Q

if TYPE_CHECKING:
    from datetime import date

    from zhunsheng.people.models.division import Division


def in_force(day: date, prefix: str = "") -> Q:
    """Rows of a dated table that hold on ``day``; ``prefix`` reaches them over a join (``"roles__"``).

    ``valid_from`` is the first day, ``valid_to`` the first day after; an open end is ``NULL``.
    """
    begun = Q(**{f"{prefix}valid_from__isnull": True}) | Q(**{f"{prefix}valid_from__lte": day})
    return begun & lasting(day, prefix)


def lasting(day: date, prefix: str = "") -> Q:
    """The same, and rows that begin to hold later."""
    return Q(**{f"{prefix}valid_to__isnull": True}) | Q(**{f"{prefix}valid_to__gt": day})


def admitted(day: date, prefix: str = "") -> Q:
    """Members whose account lets them in on ``day`` (``backends.usable``); ``prefix`` reaches them over a join."""
    expiry = f"{prefix}account__expires_on"
    unexpired = Q(**{f"{expiry}__isnull": True}) | Q(**{f"{expiry}__gt": day})
    return Q(**{f"{prefix}is_active": True}) & unexpired


def within(division: Division, prefix: str = "") -> Q:
    """Divisions at or below ``division``; ``prefix`` reaches them over a join (``"unit__division__"``)."""
    return Q(**{f"{prefix}path__startswith": division.path})
