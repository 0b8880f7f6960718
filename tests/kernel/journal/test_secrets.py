"""Nothing that lets somebody in stands in the journal: a column that sounds like a secret is redacted."""

from __future__ import annotations

import re

from django.apps import apps

from zhunsheng.kernel.journal.coverage import journalled

SOUNDS_SECRET = re.compile("password|secret|token|recovery|credential|private", re.IGNORECASE)


def test_columns_that_sound_secret_are_redacted() -> None:
    open_ = [
        f"{model._meta.label}.{field.name}"
        for model in journalled()
        for field in model._meta.concrete_fields
        if (SOUNDS_SECRET.search(field.name) or (SOUNDS_SECRET.search(model.__name__) and field.name == "digest"))
        and field.name not in getattr(model, "journal_redacted", ())
        and not field.is_relation
        and field.name != "not_secret"
        and not field.name.endswith(("_at", "_on"))
    ]
    assert open_ == ["reminders.OutboxMessage.token"], "names the claim of a worker, and lets nobody in"
    assert len(list(apps.get_models())) > 50
