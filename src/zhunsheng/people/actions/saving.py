"""How a row is stored: only if it satisfies its own constraints."""

from __future__ import annotations

from typing import TypeVar

from django.core.exceptions import ValidationError
from django.db import models

from zhunsheng.kernel.errors import Refused

M = TypeVar("M", bound=models.Model)


def save(row: M) -> M:
    """Save a row that satisfies its own constraints; otherwise refuse it in the words of the constraints."""
    try:
        row.full_clean()
    except ValidationError as error:
        kind = row._meta.verbose_name
        raise Refused("invalid", f"{kind}“{row}”：{''.join(error.messages)}") from error
    row.save()
    return row
