"""Addresses of plans that run: lists, the matrix, tasks, duties, units."""

from __future__ import annotations

from django.urls import path

from . import bulk, duty, figures, matrix, plan, pressing, task, unit

urlpatterns = [
    path("plans/<int:pk>/", plan.show, name="plan"),
    path("plans/<int:pk>/tasks.xlsx", plan.export, name="plan_export"),
    path("plans/<int:pk>/matrix/", matrix.show, name="plan_matrix"),
    path("plans/<int:pk>/matrix.xlsx", matrix.export, name="plan_matrix_export"),
    path("plans/<int:pk>/figures", figures.show, name="plan_figures"),
    path("plans/<int:pk>/figures.xlsx", figures.export, name="plan_figures_export"),
    path("plans/<int:pk>/press", pressing.show, name="plan_press"),
    path("tasks/<int:pk>/", task.show, name="task"),
    path("duties/<int:pk>/", duty.show, name="duty"),
    path("duties/<int:pk>/step", duty.step, name="duty_step"),
    path("duties/bulk", bulk.show, name="duties_bulk"),
    path("units/<int:pk>/tasks/", unit.show, name="unit_tasks"),
    path("units/<int:pk>/tasks.xlsx", unit.export, name="unit_tasks_export"),
]
