"""The address of the desk's first page."""

from __future__ import annotations

from django.urls import path

from . import views

urlpatterns = [path("", views.home, name="home"), path("desk.xlsx", views.export, name="home_export")]
