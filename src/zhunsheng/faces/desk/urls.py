"""Addresses of the desk. Each room (a folder) brings its own; each address has an entry (``entries.py``)."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver, include, path

app_name = "desk"
urlpatterns: list[URLPattern | URLResolver] = [
    path("", include("zhunsheng.faces.desk.home.urls")),
    path("", include("zhunsheng.faces.desk.help.urls")),
    path("", include("zhunsheng.faces.desk.entrance.urls")),
    path("", include("zhunsheng.faces.desk.matters.urls")),
    path("", include("zhunsheng.faces.desk.evidence.urls")),
    path("", include("zhunsheng.faces.desk.tracking.urls")),
    path("", include("zhunsheng.faces.desk.account.urls")),
    path("", include("zhunsheng.faces.desk.administration.urls")),
    path("", include("zhunsheng.faces.desk.reminders.urls")),
    path("", include("zhunsheng.faces.desk.plans.urls")),
]
