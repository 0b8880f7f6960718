"""Moves listed so far are those of clocks: each is told what its clock runs for."""

from typing import Any

from django.db import migrations


def fill(apps: Any, _: Any) -> None:
    """Subject, rule and unit from the clock."""
    for move in apps.get_model("clock", "ClockMove").objects.select_related("clock"):
        clock = move.clock
        move.subject_kind, move.subject_key = clock.subject_kind, clock.subject_key
        move.subject_label, move.what, move.unit_id = clock.subject_label, clock.rule, clock.unit_id
        move.save(update_fields=["subject_kind", "subject_key", "subject_label", "what", "unit"])


class Migration(migrations.Migration):
    dependencies = [("clock", "0002_moves")]

    operations = [migrations.RunPython(fill, migrations.RunPython.noop)]
