"""Addresses of the desk. Each room (a folder) brings its own; each address has an entry (``entries.py``)."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver

app_name = "desk"
urlpatterns: list[URLPattern | URLResolver] = []
