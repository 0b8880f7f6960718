"""Addresses of the working-day calendar."""

from __future__ import annotations

from django.urls import path

from . import notice, views

urlpatterns = [
    path("calendar/", views.show, name="calendar"),
    path("calendar/notice", notice.notice, name="calendar_notice"),
    path("calendar/day", notice.day, name="calendar_day"),
    path("calendar/moves/", views.moves, name="calendar_moves"),
]
