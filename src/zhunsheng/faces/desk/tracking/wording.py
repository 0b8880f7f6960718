"""The words of a task as printed, with what was read from them: units, dates, targets."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from django.db.models import QuerySet

from zhunsheng.faces.marked import Mark, Segment, marked
from zhunsheng.kernel.prepared import prepared
from zhunsheng.programmes.plans.models import Mention, Target, WordedDue, WordedFrequency, Wording


@dataclass(frozen=True, slots=True)
class Words:
    """What was read from one wording, each in the order in which it stands there."""

    mentions: list[Mention]
    dues: list[WordedDue]
    frequencies: list[WordedFrequency]
    targets: list[Target]
    segments: list[Segment]


def words_of(wording: Wording) -> Words:
    """All of it; four queries. ``wording`` comes with its edition and source."""
    found = _mentions(wording.pk), _dues(wording.pk), _frequencies(wording.pk), _targets(wording.pk)
    text = wording.edition.source.text
    return Words(*found, segments=marked(text, wording.start, wording.end, list(_marks(*found))))


def _marks(
    mentions: list[Mention], dues: list[WordedDue], frequencies: list[WordedFrequency], targets: list[Target]
) -> Iterator[Mark]:
    """What a person added has no place in the text."""
    spans = [
        *((one.start, one.end, "lead" if one.role == "lead" else "resp") for one in mentions),
        *((one.start, one.end, "due") for one in dues),
        *((one.start, one.end, "due") for one in frequencies),
        *((one.start, one.end, "goal") for one in targets),
    ]
    return (Mark(start, end, kind) for start, end, kind in spans if start is not None and end is not None)


@prepared
def _mentions(wording: int) -> QuerySet[Mention]:
    return Mention.objects.filter(wording_id=wording).select_related("name").order_by("pk")


@prepared
def _dues(wording: int) -> QuerySet[WordedDue]:
    return WordedDue.objects.filter(wording_id=wording).order_by("pk")


@prepared
def _frequencies(wording: int) -> QuerySet[WordedFrequency]:
    return WordedFrequency.objects.filter(wording_id=wording).order_by("pk")


@prepared
def _targets(wording: int) -> QuerySet[Target]:
    return Target.objects.filter(wording_id=wording).order_by("pk")
