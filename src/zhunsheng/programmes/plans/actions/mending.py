"""A person mends what was read: splits and joins tasks, moves their bounds, adds tasks and leaves them out."""

from __future__ import annotations

from contextlib import AbstractContextManager
from dataclasses import replace

from django.db.models import F

from zhunsheng.kernel.actor import Actor
from zhunsheng.kernel.errors import Refused
from zhunsheng.kernel.journal import change
from zhunsheng.programmes.plans import drafting, settling
from zhunsheng.programmes.plans.actions.drafts import held, opened
from zhunsheng.programmes.plans.days import later
from zhunsheng.programmes.plans.models import Edition, Mention, Task, Wording
from zhunsheng.programmes.plans.reading import model as read
from zhunsheng.programmes.plans.reading.slices import read_slice
from zhunsheng.programmes.plans.refs import ref_of_plan

LONGEST_NUMBER = 32


def split_task(*, wording: Wording, at: int, by: Actor, version: int | None = None) -> tuple[Wording, Wording]:
    """Part a task in two at an offset of the text; both parts are read anew. The first keeps number and progress.

    A part that names no unit keeps those of the whole: they mostly stand once, behind the last sentence.
    """
    with mending(wording.edition, "拆分任务", by):
        edition, wording = held(wording, by, version)
        if not wording.start < at < wording.end:
            raise Refused("place", "拆分的位置要在这项任务的文字中间。")
        end, units = wording.end, list(wording.mentions.order_by("pk"))
        first, second = _read(edition, wording.start, at), _read(edition, at, end)
        kept = _reread(edition, wording, wording.start, at, first)
        rest = _entered(edition, at, end, second, wording, order=wording.order + 1)
        for part in (kept, rest):
            _inherit(part, units)
        return kept, rest


def join_tasks(*, first: Wording, second: Wording, by: Actor, version: int | None = None) -> Wording:
    """Make one task of two neighbours; the second disappears from this edition."""
    with mending(first.edition, "合并任务", by):
        edition, first = held(first, by, version)
        other = edition.wordings.filter(pk=second.pk, order__gt=first.order).first()
        between = edition.wordings.filter(order__gt=first.order, order__lt=other.order) if other else None
        if other is None or between is None or between.exists():
            raise Refused("neighbours", "只能合并前后相邻的两项任务。")
        start, end = min(first.start, other.start), max(first.end, other.end)
        other.delete()
        return _reread(edition, first, start, end, _read(edition, start, end))


def add_task(
    *, edition: Edition, start: int, end: int, by: Actor, number: str = "", version: int | None = None
) -> Wording:
    """Make a task of a stretch of the text that was not read as one."""
    with mending(edition, "补一项任务", by):
        edition = opened(edition, by, version)
        start, end = _trimmed(edition, start, end)
        _refuse_taken(edition, start, end)
        before = edition.wordings.filter(start__lte=start).order_by("-start").first()
        after = edition.wordings.filter(start__gt=start).order_by("start").first()
        order = _between(before.order if before else 0, after.order if after else None)
        return _entered(edition, start, end, _read(edition, start, end), before, order=order, number=number)


def drop_task(*, wording: Wording, by: Actor, reason: str, version: int | None = None) -> None:
    """Leave a task out of this edition, and the doubts about it with it. What units did for it stays on file."""
    if not reason.strip():
        raise Refused("reason", "删去一项任务要写明理由。")
    with mending(wording.edition, "删去任务", by, reason):
        edition, wording = held(wording, by, version)
        doubts = edition.queries.filter(settled_by=None, start__gte=wording.start, end__lte=wording.end)
        if by.pk is not None:
            doubts.update(answer=f"任务已删去：{reason.strip()}"[:200], settled_by=by.pk)
        wording.delete()


def move_bounds(*, wording: Wording, start: int, end: int, by: Actor, version: int | None = None) -> Wording:
    """Correct where a task begins and ends; its values are read anew from the new words."""
    with mending(wording.edition, "改任务起止", by):
        edition, wording = held(wording, by, version)
        start, end = _trimmed(edition, start, end)
        _refuse_taken(edition, start, end, wording)
        return _reread(edition, wording, start, end, _read(edition, start, end))


def mending(edition: Edition, action: str, by: Actor, reason: str = "") -> AbstractContextManager[None]:
    """One change to an edition in preparation."""
    return change(by, action, about=[ref_of_plan(edition.plan)], reason=reason)


def _trimmed(edition: Edition, start: int, end: int) -> tuple[int, int]:
    """A stretch without the white space at its ends. Raises ``Refused`` for one that holds nothing."""
    text = edition.source.text
    words = text[start:end] if 0 <= start < end <= len(text) else ""
    if not words.strip():
        raise Refused("place", "选中的文字是空的，或者超出了原文。请在原文里重新选。")
    return start + len(words) - len(words.lstrip()), start + len(words.rstrip())


def _refuse_taken(edition: Edition, start: int, end: int, but: Wording | None = None) -> None:
    """No words belong to two tasks."""
    others = edition.wordings.filter(start__lt=end, end__gt=start).exclude(pk__in=[but.pk] if but else [])
    taken = others.first()
    if taken is not None:
        raise Refused("taken", f"这段文字有一部分已经是任务“{taken}”的。请先改那一项的起止，或者把它拆开。")


def _read(edition: Edition, start: int, end: int) -> read.Task:
    """A stretch read as a task; in a plan carried forward, dates of the year before move with it."""
    plan, (start, end) = edition.plan, _trimmed(edition, start, end)
    origin = plan.carried_from
    first, last = (origin.year_from, origin.year_to) if origin else (plan.year_from, plan.year_to)
    try:
        task = read_slice(edition.source.text, start, end, year=first, until=last, signed_on=(origin or plan).signed_on)
    except ValueError as error:
        raise Refused("place", "选中的文字里没有看得见的字。请在原文里重新选。") from error
    shift = plan.year_from - first
    return replace(task, due=tuple(replace(one, date=later(one.date, shift)) for one in task.due)) if shift else task


def _entered(
    edition: Edition, start: int, end: int, task: read.Task, neighbour: Wording | None, *, order: int, number: str = ""
) -> Wording:
    """A new task of this edition, read from a stretch of the text."""
    wording = drafting.worded(
        edition,
        task,
        Task.objects.create(plan=edition.plan),
        order=order,
        section=neighbour.section if neighbour else "",
        change="new",
    )
    wording.start, wording.end = _trimmed(edition, start, end)
    wording.number, wording.edited = number.strip()[:LONGEST_NUMBER] or wording.number, True
    _make_room(edition, order)
    wording.save()
    _lay_down(edition, wording, task)
    return wording


def _make_room(edition: Edition, order: int) -> None:
    """Push later tasks down where the place in the order is taken."""
    if edition.wordings.filter(order=order).exists():
        edition.wordings.filter(order__gte=order).update(order=F("order") + 100)


def _between(low: int, high: int | None) -> int:
    return low + 100 if high is None else max(low + 1, (low + high) // 2)


def _reread(edition: Edition, wording: Wording, start: int, end: int, task: read.Task) -> Wording:
    """Give a task other bounds and the values of its new words; number and title stay where a person has set them."""
    wording.start, wording.end = _trimmed(edition, start, end)
    wording.edited, wording.open_ended, wording.role_label = True, task.open_ended, task.role_label[:32]
    if wording.change == "same":
        wording.change = "changed"
    wording.save()
    for rows in (wording.mentions, wording.dues, wording.frequencies, wording.targets):
        rows.all().delete()
    _lay_down(edition, wording, task)
    return wording


def _inherit(part: Wording, units: list[Mention]) -> None:
    if not part.mentions.exists():
        Mention.objects.bulk_create(Mention(wording=part, name_id=one.name_id, role=one.role) for one in units)


def _lay_down(edition: Edition, wording: Wording, task: read.Task) -> None:
    """The values of a task, and what its new names mean as far as rules say."""
    drafting.lay_down_values([(wording, task)], drafting.ensure_names(edition, task.mentions))
    settling.settle_by_rule(edition)
