"""Addresses of the pages by which a plan goes from upload to publication."""

from __future__ import annotations

from django.urls import path

from . import carrying, changes, detail, listing, mending, naming, new, publishing, terms

urlpatterns = [
    path("plans/", listing.plans, name="plans"),
    path("plans/export", listing.export, name="plans_export"),
    path("plans/new", new.plan_new, name="plan_new"),
    path("plans/<int:pk>/editions", detail.plan, name="plan_editions"),
    path("plans/<int:pk>/mend", mending.mend, name="plan_mend"),
    path("plans/<int:pk>/mend/add", mending.add, name="plan_task_add"),
    path("plans/<int:pk>/mend/task/<int:wording>", mending.change, name="plan_task_change"),
    path("plans/<int:pk>/mend/doubt/<int:query>", mending.settle, name="plan_doubt"),
    path("plans/<int:pk>/names", naming.names, name="plan_names"),
    path("plans/<int:pk>/names/<int:name>", naming.settle, name="plan_name"),
    path("plans/<int:pk>/terms", terms.terms, name="plan_terms"),
    path("plans/<int:pk>/publish", publishing.publish, name="plan_publish"),
    path("plans/<int:pk>/changes", changes.changes, name="plan_changes"),
    path("plans/<int:pk>/carry", carrying.carry, name="plan_carry"),
    path("plans/<int:pk>/archive", carrying.archive, name="plan_archive"),
]
