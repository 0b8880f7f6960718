"""Addresses of matters."""

from __future__ import annotations

from django.urls import path

from . import acting, drafting, listing, papers, proposing, showing

urlpatterns = [
    path("matters/", listing.show, name="matters"),
    path("matters.xlsx", listing.export, name="matters_export"),
    path("matters/new", drafting.new, name="matter_new"),
    path("matters/<int:pk>/", showing.show, name="matter"),
    path("matters/<int:pk>/paper.docx", papers.order, name="matter_paper"),
    path("matters/<int:pk>/revise", drafting.revise, name="matter_revise"),
    path("matters/<int:pk>/do/<slug:action>", acting.act, name="matter_act"),
    path("matters/<int:pk>/propose/<slug:what>", proposing.propose, name="matter_propose"),
    path("matters/<int:pk>/proposals/<int:proposal>/", proposing.decide, name="matter_decide"),
    path("matters/<int:pk>/proposals/<int:proposal>/paper.docx", papers.escalation, name="proposal_paper"),
]
