"""The forms of one task: every field has a name of its own, so that what was typed can be kept beside the others."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Final

from zhunsheng.faces.plantext.sentences import Sentence, sentences
from zhunsheng.kernel.actor import Actor
from zhunsheng.kernel.errors import Refused
from zhunsheng.programmes.plans.actions import correcting, mending
from zhunsheng.programmes.plans.actions.correcting import GivenDue, GivenFrequency
from zhunsheng.programmes.plans.models import Wording
from zhunsheng.programmes.plans.wording import COMPARISONS, PERIODS, number

from .finding import number_of

Fields = dict[str, str]
LABELS: Final = {
    "number": "编号", "title": "任务名称", "product": "成果形式", "lead": "牵头单位", "responsible": "责任单位",
    "date": "期限", "recurs": "期限的周期", "count": "次数", "per": "频次的周期", "spread": "频次的分布",
    "quantity": "指标", "op": "比较", "low": "值", "high": "上限", "words": "值（文字）", "unit": "计量单位",
    "start": "起", "end": "止",
}  # fmt: skip
TARGET: Final = ("quantity", "op", "low", "high", "words", "unit")
OPS: Final = (*((op, sign) for op, sign in COMPARISONS.items() if sign), ("between", "之间"))
PERIOD_CHOICES: Final = tuple((key, f"每{words}") for key, words in PERIODS.items())
MOST_PLACES: Final = 80


def initial(wording: Wording) -> Fields:
    """Every field of every form with what is stored."""
    found = {name: str(getattr(wording, name)) for name in ("number", "title", "product", "start", "end")}
    for role in ("lead", "responsible"):
        found[role] = "\n".join(one.name.printed for one in wording.mentions.all() if one.role == role)
    for due in [*wording.dues.all(), None]:
        key = f"due_{due.pk if due else 'new'}"
        found[f"{key}_date"] = due.date.isoformat() if due and due.date else ""
        found[f"{key}_recurs"] = due.recurs if due else ""
    for often in [*wording.frequencies.all(), None]:
        key = f"often_{often.pk if often else 'new'}"
        found[f"{key}_count"] = number(often.count) if often else ""
        found[f"{key}_per"], found[f"{key}_spread"] = (often.per, often.spread) if often else ("year", "")
    for target in [*wording.targets.all(), None]:
        key = f"target_{target.pk if target else 'new'}"
        for name in TARGET:
            value = getattr(target, name) if target else ">=" if name == "op" else ""
            found[f"{key}_{name}"] = number(value) if isinstance(value, Decimal) else value or ""
    return found


def label_of(field: str) -> str:
    """What a field is called."""
    return LABELS.get(field.rsplit("_", 1)[-1], field)


def was(fields: Mapping[str, str]) -> str:
    """The fields as they were when the page was drawn, to be sent along with a form."""
    return json.dumps(fields, ensure_ascii=False, separators=(",", ":"), sort_keys=True)


def changed_since(sent: str, fields: Mapping[str, str]) -> list[tuple[str, str, str]]:
    """What somebody else changed: label, what it was, what it is. ``sent`` comes back from a page and may be anything."""
    try:
        old = json.loads(sent)
    except (ValueError, RecursionError):
        return []
    if not isinstance(old, dict):
        return []
    return [
        (label_of(name), str(old.get(name, "")), fields.get(name, ""))
        for name in dict.fromkeys([*old, *fields])
        if str(old.get(name, "")) != fields.get(name, "") and isinstance(name, str)
    ]


def carry_out(do: str, sent: Mapping[str, str], wording: Wording, by: Actor, version: int | None) -> int | None:
    """Do what a form asks for; the task to show then, ``None`` for none. Raises ``Refused``."""
    if do == "text":
        texts = {name: sent.get(name, "") for name in ("number", "title", "product")}
        correcting.correct(wording=wording, by=by, version=version, **texts)
    elif do == "units":
        lead, others = (sent.get(name, "").splitlines() for name in ("lead", "responsible"))
        correcting.set_units(wording=wording, lead=lead, responsible=others, by=by, version=version)
    elif do == "times":
        correcting.set_times(
            wording=wording, dues=_dues(sent, wording), often=_often(sent, wording), by=by, version=version
        )
    elif do.startswith(("target_", "untarget_")):
        _target(do, sent, wording, by, version)
    else:
        return _reshape(do, sent, wording, by, version)
    return wording.pk


def _reshape(do: str, sent: Mapping[str, str], wording: Wording, by: Actor, version: int | None) -> int | None:
    if do == "split":
        at = number_of(sent.get("at", ""))
        if at is None:
            raise Refused("place", "还没有选从哪一句拆开。请选一句，那一句起就是新的一项。")
        return mending.split_task(wording=wording, at=at, by=by, version=version)[1].pk
    if do == "join":
        second = wording.edition.wordings.filter(pk=number_of(sent.get("second", "")) or 0).first()
        if second is None:
            raise Refused("neighbours", "后面没有可以合并的任务。")
        return mending.join_tasks(first=wording, second=second, by=by, version=version).pk
    if do == "bounds":
        start, end = stretch(sent)
        return mending.move_bounds(wording=wording, start=start, end=end, by=by, version=version).pk
    if do == "drop":
        mending.drop_task(wording=wording, by=by, reason=sent.get("reason", ""), version=version)
        return None
    raise Refused("unknown", "没有说明要做什么，请用页面上的按钮。")


def stretch(sent: Mapping[str, str], prefix: str = "") -> tuple[int, int]:
    """The two ends of a stretch of the text that a form names. Raises ``Refused``."""
    start, end = (number_of(sent.get(prefix + name, "")) for name in ("start", "end"))
    if start is None or end is None:
        raise Refused("place", "请选从哪一句起、到哪一句止。")
    return start, end


def _dues(sent: Mapping[str, str], wording: Wording) -> list[GivenDue]:
    found = []
    for due in wording.dues.all():
        if sent.get(f"due_{due.pk}_drop") != "1":
            day, recurs = _day(sent.get(f"due_{due.pk}_date", "")), sent.get(f"due_{due.pk}_recurs", "")
            found.append(GivenDue(day, _period(recurs), due.printed, due.pk))
    day, recurs = _day(sent.get("due_new_date", "")), _period(sent.get("due_new_recurs", ""))
    return [*found, GivenDue(day, recurs)] if day or recurs else found


def _often(sent: Mapping[str, str], wording: Wording) -> list[GivenFrequency]:
    keys = [(f"often_{one.pk}", one.pk) for one in wording.frequencies.all()]
    found = []
    for key, pk in [*keys, ("often_new", None)]:
        count = sent.get(f"{key}_count", "")
        if sent.get(f"{key}_drop") != "1" and count:
            per, spread = _period(sent.get(f"{key}_per", "")), sent.get(f"{key}_spread", "")
            found.append(GivenFrequency(_decimal(count, "次数"), per or "year", spread, pk))
    return found


def _target(do: str, sent: Mapping[str, str], wording: Wording, by: Actor, version: int | None) -> None:
    action, key = do.split("_", 1)
    target = wording.targets.filter(pk=number_of(key) or 0).first() if key != "new" else None
    if key != "new" and target is None:
        raise Refused("gone", "这个目标已经被去掉了。请刷新看过再改。")
    if action == "untarget":
        correcting.set_target(wording=wording, target=target, by=by, version=version)
        return
    texts = {name: sent.get(f"target_{key}_{name}", "") for name in TARGET}
    if texts["op"] not in COMPARISONS:
        raise Refused("op", "比较不在规定的范围内，请重新选。")
    numbers = {name: _decimal(texts[name], LABELS[name]) if texts[name] else None for name in ("low", "high")}
    values = {"quantity": texts["quantity"], "op": texts["op"], "words": texts["words"], "unit": texts["unit"]}
    correcting.set_target(wording=wording, target=target, values={**values, **numbers}, by=by, version=version)  # type: ignore[dict-item]


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text) if text else None
    except ValueError as error:
        raise Refused("due", f"“{text}”不是日期，请写成 2026-09-30 的样子。") from error


def _period(text: str) -> str:
    if text and text not in PERIODS:
        raise Refused("per", "周期不在规定的范围内，请重新选。")
    return text


def _decimal(text: str, label: str) -> Decimal:
    try:
        value = Decimal(text.replace(",", "").replace("，", ""))
    except InvalidOperation as error:
        raise Refused("number", f"{label}“{text}”不是数。请只写数，单位写在“计量单位”里。") from error
    if not value.is_finite() or value.adjusted() >= 14:
        raise Refused("number", f"{label}“{text}”太大。")
    return value


# --- places to choose among


def cuts(text: str, wording: Wording) -> list[Sentence]:
    """Where a task can be split: before each of its sentences but the first."""
    return list(sentences(text, wording.start, wording.end))[1:]


def bounds(text: str, wordings: Sequence[Wording], wording: Wording) -> tuple[list[Sentence], list[Sentence]]:
    """Where a task can begin and end without taking words of its neighbours, those nearest to it."""
    low = max((one.end for one in wordings if one.end <= wording.start), default=0)
    high = min((one.start for one in wordings if one.start >= wording.end), default=len(text))
    first = list(sentences(text, low, wording.end))[-MOST_PLACES:]
    last = list(sentences(text, wording.start, high))[:MOST_PLACES]
    return first, last


def unread(text: str, wordings: Iterable[Wording]) -> list[Sentence]:
    """The sentences that no task has."""
    found, at = [], 0
    for one in wordings:
        found += list(sentences(text, at, one.start))
        at = max(at, one.end)
    return [*found, *sentences(text, at, len(text))]
