"""Addresses of the help inside the application."""

from __future__ import annotations

from django.urls import path

from . import views

urlpatterns = [path("help/", views.index, name="help"), path("help/<slug:slug>", views.show, name="help_text")]
