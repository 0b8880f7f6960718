"""What a stretch of a plan says as a task of its own: after a person has split, joined or moved its bounds."""

from __future__ import annotations

from datetime import date

from .dates import Calendar
from .drafts import Draft
from .fold import prepare
from .markers import Block
from .model import Task
from .ranges import Ranges
from .tasks import find_attributions
from .values import Values


def read_slice(text: str, start: int, end: int, *, year: int | None, until: int | None, signed_on: date | None) -> Task:
    """The task that ``text[start:end]`` is, its offsets those of ``text``; the rest only serves to read it alike.

    ``year`` is the plan's first year and ``until`` its last. The words may begin with the number of an item or not.
    Raises ``ValueError`` for a stretch without a visible character.
    """
    script = prepare(text)
    low, high = script.place(start), script.place(end)
    if low >= high:
        raise ValueError("empty")
    block = Block("item", 1, "", low, low, 1, high, high)
    owned = find_attributions(script, [block], Ranges([]))
    draft = Draft("", low, high, low, sources=owned[low])
    return Values(script, Calendar(year, until, signed_on)).task(draft)
