"""A reading as the JSON object that ``schema.json`` describes."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import fields
from datetime import date
from decimal import Decimal
from hashlib import sha256
from typing import Any

from .model import Definition, Doubt, Due, Frequency, Goal, Mention, Reading, Section, Target, Task, UnitRole

_Flat = Section | Mention | Due | Frequency | Target | Goal | Definition | Doubt


def _value(value: object) -> Any:
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Decimal):
        return int(value) if value == value.to_integral_value() else float(value)
    if isinstance(value, tuple):
        return [_object(one) if hasattr(one, "__dataclass_fields__") else _value(one) for one in value]
    return value


def _object(one: _Flat) -> dict[str, Any]:
    return {field.name: _value(getattr(one, field.name)) for field in fields(one)}


def _names(mentions: Iterable[Mention], role: UnitRole) -> list[str]:
    return [one.name for one in mentions if one.role == role]


def _task(task: Task) -> dict[str, Any]:
    return {
        "number": task.number,
        "section": task.section,
        "title": task.title,
        "text": task.text,
        "start": task.start,
        "end": task.end,
        "lead_units": _names(task.mentions, "lead"),
        "responsible_units": _names(task.mentions, "responsible"),
        "role_label": task.role_label,
        "collective": [one.name for one in task.mentions if one.collective],
        "open_ended": task.open_ended,
        "mentions": [_object(one) for one in task.mentions],
        "due": [_object(one) for one in task.due],
        "frequency": [_object(one) for one in task.frequency],
        "targets": [_object(one) for one in task.targets],
    }


def as_json(reading: Reading) -> dict[str, Any]:
    """The contract object: plain values only, every list in reading order."""
    return {
        "title": reading.title,
        "issuer": reading.issuer,
        "document_number": reading.document_number,
        "signed_on": _value(reading.signed_on),
        "published_on": _value(reading.published_on),
        "sections": [_object(one) for one in reading.sections],
        "tasks": [_task(one) for one in reading.tasks],
        "goals": [_object(one) for one in reading.goals],
        "definitions": [_object(one) for one in reading.definitions],
        "warnings": [_object(one) for one in reading.warnings],
        "text_sha256": sha256(reading.text.encode()).hexdigest(),
        "text": reading.text,
    }
