"""Addresses of the public pages. Each has an entry in ``zhunsheng.faces.permissions.TABLE``."""

from __future__ import annotations

from django.urls import path

from . import due, feeds, views

app_name = "portal"
urlpatterns = [
    path("", views.home, name="home"),
    path("read/", views.read, name="read"),
    path("read/example", views.example, name="example"),
    path("read/export", views.export, name="export"),
    path("due", due.due, name="due"),
    path("help/reading", views.help_reading, name="help"),
    path("display", views.display, name="display"),
    path("calendar/<str:token>.ics", feeds.calendar, name="calendar"),
    path("healthz", views.healthz, name="healthz"),
]
