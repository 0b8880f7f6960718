"""A person corrects what was read of a task: its number and title, its units, its dates, its targets."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Final, Literal

from django.core.exceptions import ValidationError
from django.db.models import Model, QuerySet

from zhunsheng.kernel.actor import Actor
from zhunsheng.kernel.errors import Refused
from zhunsheng.programmes.plans import drafting, settling
from zhunsheng.programmes.plans.actions.drafts import held
from zhunsheng.programmes.plans.actions.mending import mending
from zhunsheng.programmes.plans.models import Mention, Target, WordedDue, WordedFrequency, Wording
from zhunsheng.programmes.plans.reading import model as read
from zhunsheng.programmes.plans.yearly import OUTSIDE, check_typed

LENGTHS: Final = {"number": 32, "title": 200, "product": 200}
WORDS: Final = {"number": "编号", "title": "任务名称", "product": "成果形式"}
LONGEST_NAME: Final = 200


@dataclass(frozen=True, slots=True)
class GivenDue:
    """A due date as a person gives it: a day or a period in which it recurs; ``pk`` names the one that it corrects."""

    date: date | None
    recurs: str = ""
    printed: str = ""
    pk: int | None = None


@dataclass(frozen=True, slots=True)
class GivenFrequency:
    """``count`` times ``per`` period; ``pk`` names the one that it corrects."""

    count: Decimal
    per: str
    spread: str = ""
    pk: int | None = None


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
    given = {"number": number, "title": title, "product": product}
    values = {field: " ".join(value.split()) for field, value in given.items() if value is not None}
    for field, value in values.items():
        if len(value) > LENGTHS[field]:
            raise Refused(field, f"{WORDS[field]}至多 {LENGTHS[field]} 个字，现在有 {len(value)} 个。请写短些。")
    if values.get("title") == "":
        raise Refused("title", "任务名称不能空着。")
    with mending(wording.edition, "改任务", by):
        _, wording = held(wording, by, version)
        for field, value in values.items():
            setattr(wording, field, value)
        wording.edited = True
        wording.save(update_fields=[*values, "edited"])
    return wording


def set_units(
    *, wording: Wording, lead: Collection[str], responsible: Collection[str], by: Actor, version: int | None = None
) -> Wording:
    """Say anew who leads a task and who is responsible, by names as printed or as a person writes them.

    A name in both leads. Names that the edition does not have yet are settled by rule, or wait for a person.
    """
    roles: dict[str, read.UnitRole] = {}
    for name in responsible:
        roles[" ".join(name.split())] = "responsible"
    for name in lead:
        roles[" ".join(name.split())] = "lead"
    roles.pop("", None)
    if long := next((name for name in roles if len(name) > LONGEST_NAME), None):
        raise Refused("name", f"“{long[:20]}……”有 {len(long)} 个字，不像一个单位。请一行写一个。")
    with mending(wording.edition, "改任务单位", by):
        edition, wording = held(wording, by, version)
        spans = {one.name.printed: (one.start, one.end) for one in wording.mentions.select_related("name")}
        given = [read.Mention(name, 0, 0, name, role, "", collective(name)) for name, role in roles.items()]
        names = drafting.ensure_names(edition, given)
        wording.mentions.all().delete()
        nowhere = (None, None)
        Mention.objects.bulk_create(
            Mention(
                wording=wording,
                name=names[name],
                role=role,
                start=spans.get(name, nowhere)[0],
                end=spans.get(name, nowhere)[1],
            )
            for name, role in roles.items()
        )
        settling.settle_by_rule(edition)
        if roles:
            _answered(wording, {"no_units"}, "已补上单位", by)
        _mark(wording)
    return wording


def collective(name: str) -> bool:
    """Whether a name that a person wrote stands for a group: 各乡镇, 县直有关部门, 全县各学校."""
    return name.startswith(("各", "全县", "全区", "全市")) or any(
        word in name for word in ("有关", "相关", "其他", "各部门", "各单位")
    )


def set_times(
    *,
    wording: Wording,
    dues: Collection[GivenDue],
    often: Collection[GivenFrequency],
    by: Actor,
    version: int | None = None,
) -> Wording:
    """Say anew by when a task is due and how often it recurs. What is not given any more goes; the rest keeps its place.

    Periods are those of ``reading.model.Per``.
    """
    for due in dues:
        if (due.date is None) == (not due.recurs) and not due.printed:
            raise Refused("due", "一个期限写一个日期，或者选一个周期，写一样。")
    for one in often:
        if one.count <= 0:
            raise Refused("count", "次数要大于 0；不要的一行，请清空或者勾上去掉。")
    with mending(wording.edition, "改任务期限", by):
        _, wording = held(wording, by, version)
        _replace_dues(wording, dues)
        _replace_frequencies(wording, often)
        _answered(wording, {"date_unknown", "year_assumed", "date_past", OUTSIDE}, "期限已由人改定", by)
        _mark(wording)
    return wording


def _replace_dues(wording: Wording, given: Collection[GivenDue]) -> None:
    old = {one.pk: one for one in wording.dues.all()}
    for due in given:
        row = old.pop(due.pk, None) if due.pk else None
        row = row or WordedDue(wording=wording, printed=due.printed[:200])
        if due.date is not None and due.date != row.date:  # one that was read stays as it is printed
            check_typed(wording.edition.plan, due.date)
        row.date, row.recurs = due.date, due.recurs
        _saved(row)
    _gone(wording.dues.all(), old)


def _replace_frequencies(wording: Wording, given: Collection[GivenFrequency]) -> None:
    old = {one.pk: one for one in wording.frequencies.all()}
    for one in given:
        row = old.pop(one.pk, None) if one.pk else None
        row = row or WordedFrequency(wording=wording, op="=")
        row.count, row.per, row.spread = one.count, one.per, one.spread[:100]
        _saved(row)
    _gone(wording.frequencies.all(), old)


def _gone(rows: QuerySet[WordedDue] | QuerySet[WordedFrequency], old: Mapping[int, object]) -> None:
    rows.filter(pk__in=list(old)).delete()


def set_target(
    *,
    wording: Wording,
    by: Actor,
    target: Target | None = None,
    values: Mapping[Literal["quantity", "op", "low", "high", "words", "unit"], str | Decimal | None] | None = None,
    version: int | None = None,
) -> Target | None:
    """Add a target (``target`` is ``None``), correct one, or with no ``values`` take it away."""
    with mending(wording.edition, "改任务目标", by):
        _, wording = held(wording, by, version)
        _mark(wording)
        if values is None:
            wording.targets.filter(pk__in=[target.pk] if target else []).delete()
            return None
        row = wording.targets.filter(pk=target.pk).first() if target else Target(wording=wording)
        if row is None:
            raise Refused("gone", "这个目标已经被去掉了。请刷新看过再改。")
        for field, value in values.items():
            setattr(row, field, value if value is not None or field in {"low", "high"} else "")
        _check_target(row)
        row.printed = row.printed or _in_words(row)[:300]
        _saved(row)
    return row


def _check_target(row: Target) -> None:
    """A target says how much: a number, two in order for a range, or words."""
    if row.low is None and not row.words:
        raise Refused("value", "目标要写一个数；不是数的，在“值（文字）”里写。")
    if row.op == "between" and (row.low is None or row.high is None or row.low > row.high):
        raise Refused("range", "范围要写两个数，前一个不大于后一个。")


def _in_words(row: Target) -> str:
    value = row.words or f"{row.low.normalize():f}" if row.low is not None else row.words
    return f"{row.quantity}{value}{row.unit}"


def _saved(row: Model) -> None:
    """Save a row that keeps its own rules. Raises ``Refused`` in their words."""
    try:
        row.full_clean(exclude=["wording"])
    except ValidationError as error:
        raise Refused("invalid", "".join(error.messages)) from error
    row.save()


def _answered(wording: Wording, codes: Collection[str], answer: str, by: Actor) -> None:
    """What a person has mended is no doubt any more."""
    if by.pk is not None:
        doubts = wording.edition.queries.filter(code__in=codes, start__gte=wording.start, end__lte=wording.end)
        doubts.filter(settled_by=None).update(answer=answer, settled_by=by.pk)


def _mark(wording: Wording) -> None:
    if not wording.edited:
        wording.edited = True
        wording.save(update_fields=["edited"])
