"""Addresses of the administrators."""

from __future__ import annotations

from django.urls import path

from . import changes, roles, views

urlpatterns = [
    path("accounts/", views.accounts, name="accounts"),
    path("accounts/new", changes.new, name="account_new"),
    path("accounts/<int:pk>/", views.account, name="account_of"),
    path("accounts/<int:pk>/edit", changes.edit, name="account_edit"),
    path("accounts/<int:pk>/reset", changes.reset, name="account_reset"),
    path("accounts/<int:pk>/enable", changes.enable, name="account_enable"),
    path("accounts/<int:pk>/disable", changes.disable, name="account_disable"),
    path("accounts/<int:pk>/unlock", changes.unlock, name="account_unlock"),
    path("accounts/<int:pk>/second-factor", changes.factor, name="account_factor"),
    path("accounts/<int:pk>/roles", roles.grant, name="role_grant"),
    path("accounts/<int:pk>/roles/<int:role>/end", roles.end, name="role_end"),
    path("security-policy/", views.security_policy, name="security_policy"),
]
