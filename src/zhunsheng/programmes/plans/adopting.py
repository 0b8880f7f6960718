"""What persons did to the edition before is kept in a new one, as far as the words are the same."""

from __future__ import annotations

from typing import TypeVar

from zhunsheng.programmes.plans import drafting
from zhunsheng.programmes.plans.models import (
    Edition,
    Mention,
    Name,
    Query,
    Target,
    WordedDue,
    WordedFrequency,
    Wording,
)
from zhunsheng.programmes.plans.settling import enter, settle_by_rule

V = TypeVar("V", WordedDue, WordedFrequency, Target)


def adopt(edition: Edition, before: Edition | None) -> None:
    """Corrections of unchanged tasks, decisions about names that the rules leave open, answers to the same doubts."""
    if before is None:
        return
    _adopt_corrections(edition, before)
    settle_by_rule(edition)
    _adopt_decisions(edition, before)
    _adopt_answers(edition, before)


def _adopt_corrections(edition: Edition, before: Edition) -> None:
    corrected = {one.task_id: one for one in before.wordings.filter(edited=True)}
    for wording in edition.wordings.filter(change="same", task__in=list(corrected)):
        _take_over(wording, corrected[wording.task_id])


def _take_over(wording: Wording, old: Wording) -> None:
    """What ``old`` says, at the place where the same words stand now."""
    wording.number, wording.title, wording.product, wording.edited = old.number, old.title, old.product, True
    wording.save(update_fields=["number", "title", "product", "edited"])
    shift = wording.start - old.start if wording.end - wording.start == old.end - old.start else None
    _mentions(wording, old, shift)
    wording.dues.all().delete()
    WordedDue.objects.bulk_create(_copies(list(old.dues.order_by("pk")), wording, shift))
    wording.frequencies.all().delete()
    WordedFrequency.objects.bulk_create(_copies(list(old.frequencies.order_by("pk")), wording, shift))
    wording.targets.all().delete()
    Target.objects.bulk_create(_copies(list(old.targets.order_by("pk")), wording, shift))


def _copies(rows: list[V], wording: Wording, shift: int | None) -> list[V]:
    for one in rows:
        one.pk, one.wording = None, wording
        one.start, one.end = _placed(one.start, one.end, shift)
    return rows


def _placed(start: int | None, end: int | None, shift: int | None) -> tuple[int | None, int | None]:
    """Where the words stand now; nowhere where a person wrote them, or the words are parted otherwise."""
    return (None, None) if start is None or end is None or shift is None else (start + shift, end + shift)


def _mentions(wording: Wording, old: Wording, shift: int | None) -> None:
    rows = list(old.mentions.select_related("name").order_by("pk"))
    known = drafting.names_of(wording.edition)
    fresh = {one.name.printed: one.name.collective for one in rows if one.name.printed not in known}
    made = Name.objects.bulk_create(
        Name(edition=wording.edition, printed=name, collective=group) for name, group in fresh.items()
    )
    known |= {name.printed: name for name in made}
    wording.mentions.all().delete()
    placed = [(one, *_placed(one.start, one.end, shift)) for one in rows]
    Mention.objects.bulk_create(
        Mention(wording=wording, name=known[one.name.printed], role=one.role, start=start, end=end)
        for one, start, end in placed
    )


def _adopt_decisions(edition: Edition, before: Edition) -> None:
    waiting = list(edition.names.filter(settled=""))
    decided = before.names.filter(settled__in=["person", "none"], printed__in=[one.printed for one in waiting])
    known = {one.printed: one for one in decided.prefetch_related("units")}
    for settled in ("person", "none"):
        found = {name: tuple(one.units.all()) for name, one in known.items() if one.settled == settled}
        enter([one for one in waiting if one.printed in found], found, settled)


def _adopt_answers(edition: Edition, before: Edition) -> None:
    """Doubts of the same kind about the same words keep their answers."""
    old, new = before.source.text, edition.source.text
    answers = {
        (one.code, one.message, old[one.start : one.end]): one for one in before.queries.exclude(settled_by=None)
    }
    same = []
    for one in edition.queries.filter(settled_by=None):
        match = answers.get((one.code, one.message, new[one.start : one.end]))
        if match is not None and one.end > one.start:
            one.answer, one.settled_by_id = match.answer, match.settled_by_id
            same.append(one)
    Query.objects.bulk_update(same, ["answer", "settled_by"])
