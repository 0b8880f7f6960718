"""Addresses through which the desk is entered and left."""

from __future__ import annotations

from django.urls import path

from . import demo, oidc, views

urlpatterns = [
    path("sign-in", views.sign_in, name="sign_in"),
    path("sign-in/code", views.second_step, name="second_step"),
    path("sign-in/oidc", oidc.oidc_start, name="oidc_start"),
    path("sign-in/oidc/return", oidc.oidc_return, name="oidc_return"),
    path("sign-in/demo", demo.demo_sign_in, name="demo_sign_in"),
    path("sign-out", views.sign_out, name="sign_out"),
    path("demo-clock", demo.demo_clock, name="demo_clock"),
]
