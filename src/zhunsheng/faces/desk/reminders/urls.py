"""Addresses of reminders."""

from __future__ import annotations

from django.urls import path

from . import settings, views

urlpatterns = [
    path("reminders/", views.reminders, name="reminders"),
    path("reminders/seen", views.seen, name="reminders_seen"),
    path("reminders/channels", settings.channels, name="channels"),
    path("reminders/channels/change", settings.channel, name="channel"),
    path("reminders/feed", settings.feed, name="feed"),
    path("outbox/", views.outbox, name="outbox"),
    path("outbox/resolve", views.resolve, name="outbox_resolve"),
]
