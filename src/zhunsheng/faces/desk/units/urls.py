"""Addresses of units, persons, group phrases and role proposals."""

from __future__ import annotations

from django.urls import path

from . import certificates, changes, divisions, groups, incoming, listing, person, proposals, unit

urlpatterns = [
    path("units/", listing.units, name="units"),
    path("units.xlsx", listing.plain, name="units_list"),
    path("units/workbook.xlsx", listing.whole, name="units_workbook"),
    path("units/new", changes.new, name="unit_new"),
    path("units/import/", incoming.show, name="units_import"),
    path("units/import/template.xlsx", incoming.empty, name="units_template"),
    path("units/import/marked.xlsx", incoming.marked, name="units_marked"),
    path("units/<int:pk>/", unit.show, name="unit"),
    path("units/<int:pk>/members.xlsx", listing.members, name="unit_members"),
    path("units/<int:pk>/amend", changes.amend, name="unit_amend"),
    path("units/<int:pk>/rename", changes.rename, name="unit_rename"),
    path("units/<int:pk>/end", changes.end, name="unit_end"),
    path("units/<int:pk>/absorb", changes.absorb, name="unit_absorb"),
    path("units/<int:pk>/aliases", changes.alias_add, name="unit_alias"),
    path("units/<int:pk>/aliases/<int:alias>/forget", changes.alias_forget, name="unit_alias_forget"),
    path("divisions/", divisions.show, name="divisions"),
    path("divisions/new", divisions.new, name="division_new"),
    path("divisions/<int:pk>/code", divisions.code, name="division_code"),
    path("qualifications/", certificates.show, name="qualifications"),
    path("qualifications.xlsx", certificates.export, name="qualifications_list"),
    path("persons/<int:pk>/", person.show, name="person"),
    path("persons/<int:pk>/qualifications", person.qualify, name="person_qualify"),
    path("persons/<int:pk>/qualifications/<int:held>/revoke", person.revoke, name="qualification_revoke"),
    path("persons/<int:pk>/appointments", person.appoint, name="person_appoint"),
    path("persons/<int:pk>/appointments/<int:post>/end", person.dismiss, name="appointment_end"),
    path("groups/", groups.groups, name="groups"),
    path("groups/decide", groups.decide, name="group_decide"),
    path("role-proposals/", proposals.show, name="proposals"),
]
