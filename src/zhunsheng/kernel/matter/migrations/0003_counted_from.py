"""What the dates of matters that are still open were counted from, out of their arithmetic."""

import re
from datetime import date
from typing import Any

from django.db import migrations

SAID = re.compile(r"(?:退回重办：)?自 (\d{4}-\d\d-\d\d) 的次日起 (\d+) (个工作日|日)，到 \d{4}-\d\d-\d\d")


def fill(apps: Any, _: Any) -> None:
    """Dates that were typed or granted have another arithmetic, and stay. A date to sign by is over in two days."""
    matters = apps.get_model("matter", "Matter").objects
    for matter in matters.filter(state__in=["issued", "signed", "answered", "returned"], due__isnull=False):
        found = SAID.fullmatch(matter.arithmetic)
        if found:
            matter.due_from, matter.due_days = date.fromisoformat(found[1]), int(found[2])
            matter.due_count = "working" if found[3] == "个工作日" else "calendar"
            matter.save(update_fields=["due_from", "due_days", "due_count"])


class Migration(migrations.Migration):
    dependencies = [("matter", "0002_moves")]

    operations = [migrations.RunPython(fill, migrations.RunPython.noop)]
