"""Addresses of evidence."""

from __future__ import annotations

from django.urls import path

from . import views

urlpatterns = [
    path("evidence/", views.show, name="evidence"),
    path("evidence/<int:pk>/file", views.file, name="evidence_file"),
    path("evidence/<int:pk>/delete", views.delete, name="evidence_delete"),
]
