"""What was counted before the columns were there is read out of its arithmetic."""

from __future__ import annotations

from datetime import date
from importlib import import_module

from django.apps import apps

from tests.kernel.matter.conftest import Cast
from tests.kernel.matter.scenes import closed, issued, returned
from zhunsheng.kernel.matter.models import Matter

FILL = import_module("zhunsheng.kernel.matter.migrations.0003_counted_from").fill
EMPTY = {"due_from": None, "due_days": None, "due_count": ""}


def test_the_arithmetic_says_what_a_date_was_counted_from(cast: Cast) -> None:
    working, calendar, again = issued(cast), issued(cast, kind="supervision_opinion"), returned(cast)
    typed, over = issued(cast, due=date(2026, 12, 7)), closed(cast)
    Matter.objects.filter(pk=again.pk).update(arithmetic="退回重办：自 2026-11-30 的次日起 5 个工作日，到 2026-12-07")
    Matter.objects.update(**EMPTY)
    FILL(apps, None)
    columns = ("due_from", "due_days", "due_count")
    found = {row[0]: row[1:] for row in Matter.objects.values_list("pk", *columns)}
    assert found[working.pk] == (date(2026, 11, 23), 10, "working")
    assert found[calendar.pk] == (date(2026, 11, 23), 30, "calendar")
    assert found[again.pk] == (date(2026, 11, 30), 5, "working")
    assert found[typed.pk] == found[over.pk] == (None, None, "")
