"""A person mends what was read: splits and joins tasks, moves their bounds, corrects their values."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from contextlib import AbstractContextManager
from datetime import date
from decimal import Decimal
from typing import Literal

from django.db.models import F

from zhunsheng.kernel.actor import Actor
from zhunsheng.kernel.errors import Refused
from zhunsheng.kernel.journal import change
from zhunsheng.programmes.plans import drafting
from zhunsheng.programmes.plans.actions.drafts import opened
from zhunsheng.programmes.plans.models import (
    Edition,
    Mention,
    Name,
    Target,
    Task,
    WordedDue,
    WordedFrequency,
    Wording,
)
from zhunsheng.programmes.plans.reading import model as read
from zhunsheng.programmes.plans.reading.slices import read_slice
from zhunsheng.programmes.plans.refs import ref_of_plan


def split_task(*, wording: Wording, at: int, by: Actor, version: int | None = None) -> tuple[Wording, Wording]:
    """Part a task in two at an offset of the text; both parts are read anew. The first keeps number and progress."""
    with _mending(wording.edition, "拆分任务", by):
        edition = opened(wording.edition, by, version)
        if not wording.start < at < wording.end:
            raise Refused("place", "拆分的位置要在这项任务的文字中间。")
        rest = _entered(edition, at, wording.end, wording, order=wording.order + 1)
        return _moved(edition, wording, wording.start, at), rest


def join_tasks(*, first: Wording, second: Wording, by: Actor, version: int | None = None) -> Wording:
    """Make one task of two neighbours; the second disappears from this edition."""
    with _mending(first.edition, "合并任务", by):
        edition = opened(first.edition, by, version)
        between = edition.wordings.filter(order__gt=first.order, order__lt=second.order)
        if first.edition_id != second.edition_id or first.order >= second.order or between.exists():
            raise Refused("neighbours", "只能合并前后相邻的两项任务。")
        start, end = min(first.start, second.start), max(first.end, second.end)
        second.delete()
        return _moved(edition, first, start, end)


def add_task(
    *, edition: Edition, start: int, end: int, by: Actor, number: str = "", version: int | None = None
) -> Wording:
    """Make a task of a stretch of the text that was not read as one."""
    with _mending(edition, "补一项任务", by):
        edition = opened(edition, by, version)
        before = edition.wordings.filter(start__lte=start).order_by("-order").first()
        after = edition.wordings.filter(start__gt=start).order_by("order").first()
        order = _between(before.order if before else 0, after.order if after else None)
        return _entered(edition, start, end, before, order=order, number=number)


def drop_task(*, wording: Wording, by: Actor, reason: str, version: int | None = None) -> None:
    """Leave a task out of this edition. What units did for it in earlier editions stays on file."""
    if not reason.strip():
        raise Refused("reason", "删去一项任务要写明理由。")
    with _mending(wording.edition, "删去任务", by, reason):
        opened(wording.edition, by, version)
        wording.delete()


def move_bounds(*, wording: Wording, start: int, end: int, by: Actor, version: int | None = None) -> Wording:
    """Correct where a task begins and ends; its values are read anew from the new words."""
    with _mending(wording.edition, "改任务起止", by):
        return _moved(opened(wording.edition, by, version), wording, start, end)


def correct(
    *,
    wording: Wording,
    by: Actor,
    version: int | None = None,
    number: str | None = None,
    title: str | None = None,
    product: str | None = None,
) -> Wording:
    """Correct number, title or form of result of a task."""
    with _mending(wording.edition, "改任务", by):
        opened(wording.edition, by, version)
        for field, value in (("number", number), ("title", title), ("product", product)):
            if value is not None:
                setattr(wording, field, value.strip()[:200])
        if not wording.title:
            raise Refused("title", "任务名称不能空着。")
        wording.edited = True
        wording.save()
    return wording


def set_units(
    *, wording: Wording, lead: Collection[str], responsible: Collection[str], by: Actor, version: int | None = None
) -> Wording:
    """Say anew who leads a task and who is responsible, by names as printed or as a person writes them."""
    with _mending(wording.edition, "改任务单位", by):
        edition = opened(wording.edition, by, version)
        roles = {**{name.strip(): "responsible" for name in responsible}, **{name.strip(): "lead" for name in lead}}
        roles.pop("", None)
        names = _ensured(edition, roles)
        spans = {one.name.printed: (one.start, one.end) for one in wording.mentions.select_related("name")}
        wording.mentions.all().delete()
        Mention.objects.bulk_create(
            Mention(
                wording=wording,
                name=names[name],
                role=role,
                start=spans.get(name, (None, None))[0],
                end=spans.get(name, (None, None))[1],
            )
            for name, role in roles.items()
        )
        _mark(wording)
    return wording


def set_times(
    *,
    wording: Wording,
    dates: Collection[date],
    often: Collection[tuple[int, str]],
    by: Actor,
    version: int | None = None,
) -> Wording:
    """Say anew by which days a task is due, and how often it recurs: (times, period) as ``reading.model.Per``."""
    with _mending(wording.edition, "改任务期限", by):
        opened(wording.edition, by, version)
        kept = {one.date: one for one in wording.dues.filter(date__in=dates)}
        wording.dues.exclude(pk__in=[one.pk for one in kept.values()]).delete()
        WordedDue.objects.bulk_create(WordedDue(wording=wording, date=day) for day in dates if day not in kept)
        known = {(int(one.count), one.per): one for one in wording.frequencies.all()}
        wording.frequencies.exclude(pk__in=[one.pk for key, one in known.items() if key in set(often)]).delete()
        WordedFrequency.objects.bulk_create(
            WordedFrequency(wording=wording, count=count, per=per) for count, per in often if (count, per) not in known
        )
        _mark(wording)
    return wording


def set_target(
    *,
    wording: Wording,
    by: Actor,
    target: Target | None = None,
    values: Mapping[Literal["quantity", "op", "low", "high", "words", "unit"], str | Decimal | None] | None = None,
    version: int | None = None,
) -> Target | None:
    """Add a target (``target`` is ``None``), correct one, or with no ``values`` take it away."""
    with _mending(wording.edition, "改任务目标", by):
        opened(wording.edition, by, version)
        _mark(wording)
        if values is None:
            if target is not None:
                target.delete()
            return None
        target = target or Target(wording=wording)
        for field, value in values.items():
            setattr(target, field, value if value is not None or field in {"low", "high"} else "")
        target.printed = target.printed or f"{target.quantity}{target.words or target.low}{target.unit}"
        target.full_clean(exclude=["wording"])
        target.save()
    return target


def _mending(edition: Edition, action: str, by: Actor, reason: str = "") -> AbstractContextManager[None]:
    return change(by, action, about=[ref_of_plan(edition.plan)], reason=reason)


def _mark(wording: Wording) -> None:
    if not wording.edited:
        wording.edited = True
        wording.save(update_fields=["edited"])


def _read(edition: Edition, start: int, end: int) -> read.Task:
    text, plan = edition.source.text, edition.plan
    if not 0 <= start < end <= len(text) or not text[start:end].strip():
        raise Refused("place", "选中的文字是空的，或者超出了原文。请在原文里重新选。")
    return read_slice(text, start, end, year=plan.year_from, until=plan.year_to, signed_on=plan.signed_on)


def _entered(
    edition: Edition, start: int, end: int, neighbour: Wording | None, *, order: int, number: str = ""
) -> Wording:
    """A new task of this edition, read from a stretch of the text."""
    task = _read(edition, start, end)
    wording = drafting.worded(
        edition,
        task,
        Task.objects.create(plan=edition.plan),
        order=order,
        section=neighbour.section if neighbour else "",
        change="new",
    )
    wording.number, wording.edited = number[:32], True
    _make_room(edition, order)
    wording.save()
    drafting.lay_down_values([(wording, task)], drafting.ensure_names(edition, task.mentions))
    return wording


def _make_room(edition: Edition, order: int) -> None:
    """Push later tasks down where the place in the order is taken."""
    if edition.wordings.filter(order=order).exists():
        edition.wordings.filter(order__gte=order).update(order=F("order") + 100)


def _between(low: int, high: int | None) -> int:
    return low + 100 if high is None else max(low + 1, (low + high) // 2)


def _moved(edition: Edition, wording: Wording, start: int, end: int) -> Wording:
    """Give a task other bounds and read its values anew; number and title stay where a person has set them."""
    task = _read(edition, start, end)
    wording.start, wording.end, wording.edited = task.start, task.end, True
    wording.open_ended, wording.role_label = task.open_ended, task.role_label[:32]
    if wording.change == "same":
        wording.change = "changed"
    wording.save()
    for rows in (wording.mentions, wording.dues, wording.frequencies, wording.targets):
        rows.all().delete()
    drafting.lay_down_values([(wording, task)], drafting.ensure_names(edition, task.mentions))
    return wording


def _ensured(edition: Edition, printed: Collection[str]) -> dict[str, Name]:
    known = drafting.names_of(edition)
    fresh = [
        Name(edition=edition, printed=name[:200], collective=name.startswith("各"))
        for name in printed
        if name not in known
    ]
    Name.objects.bulk_create(fresh)
    return {**known, **{name.printed: name for name in fresh}}
