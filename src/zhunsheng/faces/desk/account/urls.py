"""Addresses of one's own account."""

from __future__ import annotations

from django.urls import path

from . import views

urlpatterns = [
    path("account/", views.account, name="account"),
    path("account/display", views.display, name="display"),
    path("account/password", views.password, name="password"),
    path("account/second-factor", views.two_steps, name="second_factor"),
    path("account/second-factor/confirm", views.confirm, name="second_factor_confirm"),
]
