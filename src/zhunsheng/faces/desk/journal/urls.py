"""Addresses of the two logs."""

from __future__ import annotations

from django.urls import path

from . import block, listing

urlpatterns = [
    path("journal/", listing.blocks, name="journal"),
    path("journal.xlsx", listing.blocks_export, name="journal_export"),
    path("journal/verify", block.verify, name="journal_verify"),
    path("journal/<int:number>/", block.show, name="journal_block"),
    path("access-log/", listing.accesses, name="access_log"),
    path("access-log.xlsx", listing.accesses_export, name="access_log_export"),
]
