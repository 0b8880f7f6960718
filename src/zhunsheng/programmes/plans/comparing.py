"""What an edition changes against the one before: tasks, words, units, dates; and the progress that stays."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Literal

from django.db.models import Count, Q, QuerySet, Sum

from zhunsheng.programmes.plans.models import Assignment, Edition, Wording
from zhunsheng.programmes.plans.wording import PERIODS, number

Kind = Literal["new", "changed", "same", "gone"]
SHORTEST_COMMON = 2
"""Common runs shorter than that are taken into the change beside them: single characters agree by chance."""


@dataclass(frozen=True, slots=True)
class Part:
    """A run of words; ``changed`` where the other side does not have it."""

    text: str
    changed: bool


@dataclass(frozen=True, slots=True)
class Kept:
    """What stays on file of a task: units that have it, periods done and periods in all."""

    units: int
    done: int
    total: int


@dataclass(frozen=True, slots=True)
class TaskChange:
    """A task in both editions. ``old`` or ``new`` is missing where it is new or gone.

    ``units`` and ``times`` are what is left out and what is added, as words.
    """

    kind: Kind
    old: Wording | None
    new: Wording | None
    old_words: tuple[Part, ...]
    new_words: tuple[Part, ...]
    units: tuple[tuple[str, ...], tuple[str, ...]]
    times: tuple[tuple[str, ...], tuple[str, ...]]
    kept: Kept | None


def before(edition: Edition) -> Edition | None:
    """The edition that this one takes the place of: the last one published before it."""
    earlier = edition.plan.editions.filter(number__lt=edition.number, published_at__isnull=False)
    return earlier.select_related("source").order_by("-number").first()


def compared(edition: Edition) -> list[TaskChange]:
    """Every task of this edition and the one before: new, changed, gone, then unchanged. Twelve queries at most."""
    earlier = before(edition)
    old = {one.task_id: one for one in _wordings(earlier)} if earlier else {}
    new = {one.task_id: one for one in _wordings(edition)}
    kept = _kept(edition)
    texts = (earlier.source.text if earlier else "", edition.source.text)
    found = [_change(old.get(task), new.get(task), texts, kept.get(task)) for task in {**new, **old}]
    order: Sequence[Kind] = ("changed", "new", "gone", "same")
    return sorted(found, key=lambda one: (order.index(one.kind), (one.new or one.old or Wording(order=0)).order))


def _wordings(edition: Edition) -> QuerySet[Wording]:
    return edition.wordings.prefetch_related("mentions__name__units", "dues", "frequencies")


def _kept(edition: Edition) -> dict[int, Kept]:
    rows = (
        Assignment.objects.filter(task__plan=edition.plan, ended=False)
        .values("task_id")
        .annotate(units=Count("pk"), finished=Sum("done"), all=Sum("total"))
    )
    return {row["task_id"]: Kept(row["units"], row["finished"], row["all"]) for row in rows}


def _change(old: Wording | None, new: Wording | None, texts: tuple[str, str], kept: Kept | None) -> TaskChange:
    was = texts[0][old.start : old.end] if old else ""
    now = texts[1][new.start : new.end] if new else ""
    units = _differing(_units(old), _units(new))
    times = _differing(_times(old), _times(new))
    differs = "".join(was.split()) != "".join(now.split()) or any((*units, *times))
    kind: Kind = "new" if old is None else "gone" if new is None else "changed" if differs else "same"
    words = parted(was, now) if kind == "changed" else (_whole(was), _whole(now))
    return TaskChange(kind, old, new, *words, units, times, kept)


def _whole(words: str) -> tuple[Part, ...]:
    return (Part(words, False),) if words else ()


def _differing(old: Iterable[str], new: Iterable[str]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """What only the one has, and what only the other has, each once in its order."""
    first, second = dict.fromkeys(old), dict.fromkeys(new)
    return tuple(one for one in first if one not in second), tuple(one for one in second if one not in first)


def _units(wording: Wording | None) -> list[str]:
    """牵头 县司法局, 责任 县教育局: the units that a task has, as they are called now."""
    if wording is None:
        return []
    return [
        f"{mention.get_role_display()} {unit.short_name}"
        for mention in wording.mentions.all()
        for unit in mention.name.units.all()
    ]


def _times(wording: Wording | None) -> list[str]:
    if wording is None:
        return []
    dues = [one.date.isoformat() if one.date else one.printed for one in wording.dues.all()]
    often = [f"{number(one.count)} 次/{PERIODS.get(one.per, one.per)}" for one in wording.frequencies.all()]  # type: ignore[call-overload]
    return dues + often


def parted(old: str, new: str) -> tuple[tuple[Part, ...], tuple[Part, ...]]:
    """Both texts in runs that they share and runs that only one has; each side put together again is the text."""
    left: list[Part] = []
    right: list[Part] = []
    for tag, a, b, c, d in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        changed = tag != "equal" or (b - a < SHORTEST_COMMON and a > 0 and b < len(old))
        _append(left, old[a:b], changed)
        _append(right, new[c:d], changed)
    return tuple(left), tuple(right)


def _append(parts: list[Part], text: str, changed: bool) -> None:
    if text and parts and parts[-1].changed == changed:
        parts[-1] = Part(parts[-1].text + text, changed)
    elif text:
        parts.append(Part(text, changed))


def is_further(edition: Edition) -> bool:
    """Whether there is an edition to compare with."""
    return edition.plan.editions.filter(Q(number__lt=edition.number), published_at__isnull=False).exists()
