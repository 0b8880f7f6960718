"""What a morning with regular expressions gives: the reader that the grammar must be worth its words against.

Items are lines that begin with a number, units stand behind 牵头单位 or 责任单位 and a colon, parted by 、 or a comma.
"""

from __future__ import annotations

import re
from typing import Any

FIELDS = ("tasks", "lead_units", "responsible_units")
"""The fields that this reader reads at all."""
_ITEM = re.compile(r"^[ \t\u3000]*(\d{1,3})[.．、]", re.MULTILINE)
_UNITS = re.compile(r"(牵头|责任|配合)单位[：:]([^\n】）)；;。]*)")
_COMMA = re.compile(r"[、，,]")


def read(text: str) -> dict[str, Any]:
    """The tasks of a text in the shape of the reader's JSON; everything else is empty."""
    starts = list(_ITEM.finditer(text))
    ends = [*(match.start() for match in starts[1:]), len(text)]
    tasks = [_task(match[1], text[match.start() : end]) for match, end in zip(starts, ends, strict=False)]
    blank = dict.fromkeys(("title", "issuer", "document_number", "signed_on", "published_on"))
    return {**blank, "sections": [], "tasks": tasks, "goals": [], "definitions": []}


def _task(number: str, text: str) -> dict[str, Any]:
    units: dict[str, list[str]] = {"牵头": [], "责任": [], "配合": []}
    for label, names in _UNITS.findall(text):
        units[label] += ["".join(name.split()) for name in _COMMA.split(names) if name.strip()]
    empty: dict[str, Any] = {"collective": [], "open_ended": False, "due": [], "frequency": [], "targets": []}
    named = {"lead_units": units["牵头"], "responsible_units": units["责任"] + units["配合"]}
    return {"number": number, "text": text, **named, **empty}
