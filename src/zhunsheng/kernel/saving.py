"""Saving a row that satisfies its own constraints."""

from __future__ import annotations

from typing import TypeVar

from django.core.exceptions import ValidationError
from django.db import models

from zhunsheng.kernel.errors import Refused

M = TypeVar("M", bound=models.Model)


def saved(row: M) -> M:
    """``row``, saved. Raises ``Refused`` in the words of the constraints that it breaks."""
    try:
        row.full_clean()
    except ValidationError as error:
        fields = {field.name: str(getattr(field, "verbose_name", "")) for field in row._meta.get_fields()}
        said = [f"{fields.get(name, '')}{'' if name == '__all__' else '：'}{text}" for name, text in _sentences(error)]
        raise Refused("invalid", f"{row._meta.verbose_name}没有保存。{''.join(said)}") from error
    row.save()
    return row


def _sentences(error: ValidationError) -> list[tuple[str, str]]:
    """Pairs of a field's name and what is wrong with it."""
    return [(name, text) for name, texts in error.message_dict.items() for text in texts]
