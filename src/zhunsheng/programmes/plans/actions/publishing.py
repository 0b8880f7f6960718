"""An edition is handed over, published by a second person, and becomes what units are asked to do."""

from __future__ import annotations

import hashlib
import json
from collections import defaultdict
from collections.abc import Iterable
from datetime import date

from django.db import connection
from django.db.models import OuterRef, Q, Subquery
from django.db.models.expressions import F

from zhunsheng.kernel.actor import Actor
from zhunsheng.kernel.errors import Refused
from zhunsheng.kernel.events import emit
from zhunsheng.kernel.journal import change
from zhunsheng.kernel.now import now, today
from zhunsheng.programmes.plans import counting
from zhunsheng.programmes.plans.actions.drafts import opened
from zhunsheng.programmes.plans.actions.settling import unsettled
from zhunsheng.programmes.plans.models import Assignment, Duty, Edition, Mention, Occurrence, Plan, Task, Wording
from zhunsheng.programmes.plans.refs import ref_of_plan
from zhunsheng.programmes.plans.rights import may_prepare
from zhunsheng.programmes.plans.schedule import Period, WrittenDue, WrittenFrequency, Years, periods, shortened
from zhunsheng.programmes.plans.states import OPEN
from zhunsheng.programmes.plans.yearly import Move


def send_round(*, edition: Edition, by: Actor) -> Edition:
    """Ask the units for their opinion on the draft (征求意见): they can read it, the office goes on mending."""
    with change(by, "征求意见", about=[ref_of_plan(edition.plan)]):
        edition = opened(edition, by, None)
        edition.state = "consulting"
        edition.save(update_fields=["state"])
    return edition


def hand_over(*, edition: Edition, by: Actor, version: int | None = None) -> Edition:
    """Hand a settled draft to a second person (送复核). Raises ``Refused`` with what is still open."""
    with change(by, "送复核", about=[ref_of_plan(edition.plan)]):
        edition = opened(edition, by, version)
        if lacking := unsettled(edition):
            raise Refused("missing", f"还不能送复核：{'；'.join(lacking)}。")
        edition.state, edition.prepared_by_id, edition.prepared_at = "ready", by.pk, now()
        edition.save(update_fields=["state", "prepared_by", "prepared_at"])
    return edition


def take_back(*, edition: Edition, by: Actor, reason: str) -> Edition:
    """Return an edition that waits for publication to its draft (退回核对)."""
    with change(by, "退回核对", about=[ref_of_plan(edition.plan)], reason=reason):
        edition = _locked(edition, by)
        if edition.state != "ready":
            raise Refused("state", "只有待复核的一版可以退回核对。")
        if not reason.strip():
            raise Refused("reason", "退回核对要写明理由。")
        edition.state, edition.prepared_by, edition.prepared_at = "draft", None, None
        edition.save(update_fields=["state", "prepared_by", "prepared_at"])
    return edition


def give_up(*, edition: Edition, by: Actor, reason: str) -> Edition:
    """Give an edition in preparation up; the published one, if any, goes on."""
    with change(by, "放弃这一版", about=[ref_of_plan(edition.plan)], reason=reason):
        edition = _locked(edition, by)
        if edition.state not in {"draft", "consulting", "ready"}:
            raise Refused("state", "只有还没有发布的一版可以放弃。")
        edition.state = "dropped"
        edition.save(update_fields=["state"])
    return edition


def publish(*, edition: Edition, by: Actor) -> Edition:
    """Publish an edition: freeze it, end the one before, and lay out what every unit owes. A second person does it."""
    with change(by, "发布方案", about=[ref_of_plan(edition.plan)]):
        edition = _locked(edition, by)
        if edition.state != "ready":
            raise Refused("state", "只有送了复核的一版可以发布。")
        if edition.prepared_by_id is not None and edition.prepared_by_id == by.pk:
            raise Refused("two_persons", "核对和复核要由两个人办：这一版是你送的复核，请换一个人发布。")
        if lacking := unsettled(edition):
            raise Refused("missing", f"还不能发布：{'；'.join(lacking)}。")
        _enact(edition, by)
        emit("plans.published", ref_of_plan(edition.plan), edition=edition.pk)
    return edition


def _locked(edition: Edition, by: Actor) -> Edition:
    edition = (
        Edition.objects.select_for_update(of=("self",)).select_related("plan__division", "source").get(pk=edition.pk)
    )
    if not may_prepare(by, edition.plan.division):
        raise Refused("right", "这一步由依法治县办办理。")
    return edition


def _enact(edition: Edition, by: Actor) -> None:
    plan = edition.plan
    plan.editions.filter(state="published").update(state="superseded")
    edition.state, edition.published_by_id, edition.published_at = "published", by.pk, now()
    edition.digest = digest(edition)
    edition.save()
    Plan.objects.filter(pk=plan.pk).update(state="running")
    _take_wordings(edition)
    _assign(edition)
    _lay_periods(edition)
    lay_duties(plan)
    counting.refresh(Assignment.objects.filter(task__plan=plan))


def digest(edition: Edition) -> str:
    """SM3 over everything that an edition says: words, units, dates, targets, in canonical order."""
    content = [
        edition.source.sha256,
        list(edition.wordings.values_list("task_id", "number", "title", "start", "end", "product")),
        list(
            Mention.objects.filter(wording__edition=edition)
            .order_by("pk")
            .values_list("wording__task_id", "name__printed", "role")
        ),
        list(edition.names.order_by("printed", "units").values_list("printed", "units")),
        list(
            edition.wordings.order_by("order", "dues").values_list(
                "task_id", "dues__printed", "dues__date", "dues__recurs"
            )
        ),
        list(
            edition.wordings.order_by("order", "targets").values_list(
                "task_id", "targets__printed", "targets__op", "targets__low"
            )
        ),
    ]
    canonical = json.dumps(content, ensure_ascii=False, default=str, separators=(",", ":"))
    return hashlib.new("sm3", canonical.encode()).hexdigest()


def _take_wordings(edition: Edition) -> None:
    """Point every task of the plan at its wording in this edition, tasks that it leaves out at none."""
    Task.objects.filter(plan=edition.plan).update(wording=None)
    rows = [Task(pk=task, wording_id=wording) for wording, task in edition.wordings.values_list("pk", "task_id")]
    Task.objects.bulk_update(rows, ["wording"], batch_size=500)


# --- who


def _assign(edition: Edition) -> None:
    """Bring assignments to what this edition says: new ones begin, dropped ones end, kept ones go on."""
    wanted = _wanted(edition)
    held = {(one.task_id, one.unit_id): one for one in Assignment.objects.filter(task__plan=edition.plan)}
    Assignment.objects.bulk_create(
        Assignment(task_id=task, unit_id=unit, role=role)
        for (task, unit), role in wanted.items()
        if (task, unit) not in held
    )
    kept = [one for key, one in held.items() if key in wanted and (one.ended or one.role != wanted[key])]
    for one in kept:
        one.ended, one.role = False, wanted[one.task_id, one.unit_id]
    Assignment.objects.bulk_update(kept, ["ended", "role"], batch_size=500)
    gone = [one.pk for key, one in held.items() if key not in wanted and not one.ended]
    Assignment.objects.filter(pk__in=gone).update(ended=True)
    Duty.objects.filter(assignment__in=gone, state__in=[*OPEN, "paused"]).update(state="cancelled", dropped=True)


def _wanted(edition: Edition) -> dict[tuple[int, int], str]:
    """Task and unit to role; a unit that is named twice leads."""
    rows = Mention.objects.filter(wording__edition=edition, name__units__isnull=False).values_list(
        "wording__task_id", "name__units", "role"
    )
    found: dict[tuple[int, int], str] = {}
    for task, unit, role in rows:
        if found.get((task, unit)) != "lead":
            found[task, unit] = role
    return found


# --- when


def _lay_periods(edition: Edition) -> None:
    """Bring the periods of every task to what this edition says; what units have begun stays."""
    wanted = periods_of(edition)
    held: defaultdict[int, dict[tuple[date, date], Occurrence]] = defaultdict(dict)
    for one in Occurrence.objects.filter(task__plan=edition.plan):
        held[one.task_id][one.begins, one.ends] = one
    fresh, changed, gone = [], [], []
    for task, found in wanted.items():
        last = max((one.number for one in held[task].values()), default=0)
        known = held.pop(task)
        for period in found:
            row = known.pop((period.begins, period.ends), None)
            if row is None:
                last += 1
                fresh.append(_occurrence(task, last, period))
            elif _differs(row, period):
                changed.append(_follow(row, period))
        gone += [one.pk for one in known.values() if not one.ended]
    gone += [one.pk for rows in held.values() for one in rows.values() if not one.ended]
    Occurrence.objects.bulk_create(fresh)
    following = _following(changed)
    Occurrence.objects.bulk_update(changed, ["label", "due", "basis", "ended"], batch_size=500)
    _end_periods(gone)
    Duty.objects.filter(pk__in=following).update(due=_due_of_period())


def _following(changed: Iterable[Occurrence]) -> list[int]:
    """The open duties whose date is still that of their period: a date that the office has moved stays moved."""
    same = Q(due=F("occurrence__due")) | Q(due__isnull=True, occurrence__due__isnull=True)
    rows = Duty.objects.filter(same, occurrence__in=[one.pk for one in changed], state__in=OPEN)
    return list(rows.values_list("pk", flat=True))


def _due_of_period() -> Subquery:
    """The date of the period that a duty is for."""
    return Subquery(Occurrence.objects.filter(pk=OuterRef("occurrence_id")).values("due")[:1])


def _differs(row: Occurrence, period: Period) -> bool:
    return row.ended or (row.label, row.due, row.basis) != (period.label[:40], period.due, period.basis[:200])


def _follow(row: Occurrence, period: Period) -> Occurrence:
    row.label, row.due, row.basis, row.ended = period.label[:40], period.due, period.basis[:200], False
    return row


def _occurrence(task: int, number: int, period: Period) -> Occurrence:
    return Occurrence(
        task_id=task,
        number=number,
        label=period.label[:40],
        begins=period.begins,
        ends=period.ends,
        due=period.due,
        basis=period.basis[:200],
    )


def _end_periods(gone: Iterable[int]) -> None:
    """Periods that are asked for no longer: what was not begun is cancelled, what was reported stays as it is."""
    gone = list(gone)
    Occurrence.objects.filter(pk__in=gone).update(ended=True)
    Duty.objects.filter(occurrence__in=gone, state__in=["new", "run", "back", "paused"]).update(
        state="cancelled", dropped=True
    )


def periods_of(edition: Edition, move: Move | None = None) -> dict[int, list[Period]]:
    """The periods of every task of an edition, by task; four queries. ``move``: as if its dates had followed already."""
    plan = edition.plan
    years = Years(plan.year_from, plan.year_to, plan.default_due, plan.cycle)
    since = min(
        plan.signed_on or date.max,
        edition.plan.editions.order_by("number").values_list("published_at__date", flat=True).first() or today(),
    )
    wordings = list(edition.wordings.prefetch_related("dues", "frequencies"))
    return {one.task_id: shortened(_periods(one, years, move), since) for one in wordings}


def _periods(wording: Wording, years: Years, move: Move | None) -> list[Period]:
    dues = [WrittenDue(one.date, one.recurs, one.printed) for one in wording.dues.all()]
    dues = [move.of(one) for one in dues] if move else dues
    often = [
        WrittenFrequency(int(one.count), one.per, one.spread, one.printed or f"每{one.per}{one.count}次")
        for one in wording.frequencies.all()
    ]
    return periods(dues, often, years)


# --- duties


def lay_duties(plan: Plan) -> None:
    """One duty for every assignment and period that has none yet; one statement, in the database."""
    duty, assignment, occurrence, task = (model._meta.db_table for model in (Duty, Assignment, Occurrence, Task))
    with connection.cursor() as cursor:
        cursor.execute(
            f"INSERT INTO {duty} (assignment_id, occurrence_id, task_id, unit_id, state, begins, due, version, dropped)"  # noqa: S608
            f" SELECT a.id, o.id, a.task_id, a.unit_id, 'new', o.begins, o.due, 0, FALSE FROM {assignment} a"
            f" JOIN {task} t ON t.id = a.task_id JOIN {occurrence} o ON o.task_id = a.task_id"
            f" WHERE t.plan_id = %s AND NOT a.ended AND NOT o.ended AND NOT EXISTS"
            f" (SELECT 1 FROM {duty} d WHERE d.assignment_id = a.id AND d.occurrence_id = o.id)"
            f" ORDER BY a.id, o.number",
            [plan.pk],
        )
    _revive(plan)


def _revive(plan: Plan) -> None:
    """What an earlier edition cancelled and this one asks for again: begun where something was saved, else new."""
    again = Duty.objects.filter(assignment__ended=False, occurrence__ended=False, task__plan=plan, dropped=True)
    begun = again.filter(reports__isnull=False).values("pk")
    again.filter(pk__in=list(begun.values_list("pk", flat=True))).update(state="run", submitted_at=None, dropped=False)
    again.update(state="new", dropped=False)
