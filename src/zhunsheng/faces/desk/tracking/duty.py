"""What one unit owes for one period: reporting, confirming, sending back."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any
from urllib.parse import urlencode

from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect

from zhunsheng.faces.desk.clocks import Remaining
from zhunsheng.faces.desk.pages import desk_page
from zhunsheng.faces.desk.refusals import status_of
from zhunsheng.faces.desk.tracking.common import above, number
from zhunsheng.faces.desk.tracking.wording import words_of
from zhunsheng.faces.guard import member, permitted
from zhunsheng.kernel.errors import Refused
from zhunsheng.kernel.evidence.models import EvidenceUse
from zhunsheng.kernel.evidence.queries import of, reusable
from zhunsheng.kernel.journal.reading import history
from zhunsheng.kernel.links import reverse
from zhunsheng.kernel.now import today
from zhunsheng.kernel.prepared import prepared
from zhunsheng.people.models import Member
from zhunsheng.programmes.plans import visible
from zhunsheng.programmes.plans.actions import reporting
from zhunsheng.programmes.plans.actions.reporting import Typed
from zhunsheng.programmes.plans.flow import FLOW
from zhunsheng.programmes.plans.models import Duty, Report, Target
from zhunsheng.programmes.plans.refs import owed, ref_of_duty
from zhunsheng.programmes.plans.reports import ref_of_report
from zhunsheng.programmes.plans.rights import Rights, rights
from zhunsheng.programmes.plans.states import DUTY, WITH_UNIT

UNPROCESSABLE = 422
UNSAID = frozenset({"生成提醒", "了结提醒"})
"""What the program notes beside every step; the reminders have a page of their own."""
LARGEST = 50 * 1024 * 1024


@permitted
def show(request: HttpRequest, pk: int) -> HttpResponse:
    """The duty. Whoever has to confirm begins to look by opening it."""
    duty = _duty(request, pk)
    if request.method != "POST":
        reporting.look(duty=duty, by=member(request))
        return _page(request, duty)
    return _saved(request, duty)


def _duty(request: HttpRequest, pk: int) -> Duty:
    found = next(iter(_duties(rights(member(request)), pk)), None)
    if found is None:
        raise Http404
    return found


@prepared
def _duties(held: Rights, pk: int) -> QuerySet[Duty]:
    return (
        visible.duties_of(held)
        .filter(pk=pk)
        .select_related("task__wording__edition__source", "task__plan__division", "occurrence", "unit", "assignment")
    )


@prepared
def _reports(duty: int) -> QuerySet[Report]:
    rows = Report.objects.filter(duty_id=duty).select_related("author__person").order_by("number")
    return rows.prefetch_related("figures__target", "opinions__by__person")


@dataclass(frozen=True, slots=True)
class Line:
    """A target with what is typed or was reported against it."""

    target: Target
    value: str
    not_applicable: bool
    note: str


def _page(
    request: HttpRequest, duty: Duty, *, error: str = "", typed: dict[str, Any] | None = None, status: int = 200
) -> HttpResponse:
    by = member(request)
    reports = _reports(duty.pk)
    draft = next((one for one in reports if one.submitted_at is None), None)
    pieces = of([ref_of_report(one.pk) for one in reports])
    steps = FLOW.open_to(duty, by)
    writing = any(one.action == "save" for one in steps)
    context = {
        "duty": duty,
        "wording": duty.task.wording,
        "words": words_of(duty.task.wording).segments if duty.task.wording else [],
        "state": DUTY[duty.state],
        "left": Remaining(today()).of(duty.due, duty.state),
        "reports": [(one, pieces[ref_of_report(one.pk)]) for one in reports if one.submitted_at],
        "draft": draft,
        "pieces": pieces[ref_of_report(draft.pk)] if draft else [],
        "writing": writing,
        "lines": _lines(duty, draft, typed) if writing else [],
        "text": typed["text"] if typed else draft.text if draft else "",
        "reusable": reusable(by)[:20] if writing and by.unit_id == duty.unit_id else [],
        "buttons": [(one, one.missing(duty, by)) for one in steps if one.action not in {"save", "revise"}],
        "offered": any(one.action not in {"save", "revise", "submit"} for one in steps),
        "revise": next((one for one in steps if one.action == "revise"), None),
        "press": _press(duty, by),
        "error": error,
        "history": [one for one in history(ref_of_duty(duty), size=60) if one.action not in UNSAID],
    }
    return desk_page(request, "desk/tracking/duty.html", context, crumbs=_above(duty), status=status)


def _press(duty: Duty, by: Member) -> str:
    """Where an order is drafted for what is late; "" for whoever does not press, and for their own unit."""
    if duty.due is None or duty.due >= today() or not rights(by).over(duty.task.plan.division.path):
        return ""
    if duty.state not in WITH_UNIT or duty.unit_id == by.unit_id:
        return ""
    ref = ref_of_duty(duty)
    words = {
        "unit": str(duty.unit_id),
        "title": f"关于补报“{duty.task.wording.title if duty.task.wording else duty.task}”的督办",
        "demands": owed(duty),
        "origin": f"{ref.kind} {ref.key} {ref.label}",
    }
    return f"{reverse('desk:matter_new')}?{urlencode(words)}"


def _above(duty: Duty) -> list[tuple[str, str]]:
    task = duty.task
    number = task.wording.number if task.wording else ""
    return [*above(task.plan), (f"任务 {number}", reverse("desk:task", args=[task.pk]))]


def _lines(duty: Duty, draft: Report | None, typed: dict[str, Any] | None) -> list[Line]:
    """The targets with what was typed just now, else with what the draft has."""
    wording = duty.task.wording
    held = {one.target_id: one for one in draft.figures.all()} if draft else {}
    lines = []
    for target in wording.targets.filter(measure="") if wording else []:
        if typed:
            lines.append(
                Line(
                    target,
                    typed["values"].get(target.pk, ""),
                    target.pk in typed["none"],
                    typed["notes"].get(target.pk, ""),
                )
            )
        else:
            one = held.get(target.pk)
            value = "" if one is None or one.value is None else f"{one.value.normalize():f}"
            lines.append(Line(target, value, bool(one and one.not_applicable), one.note if one else ""))
    return lines


# --- writing


def _saved(request: HttpRequest, duty: Duty) -> HttpResponse:
    """Save the form, hand in a file with it, and go on as the button says. What was typed survives every refusal."""
    typed = _typed(request)
    by = member(request)
    try:
        reporting.save_draft(duty=duty, text=typed["text"], figures=_figures(typed), by=by, version=_version(request))
        _take_files(request, duty, by)
        if request.POST.get("go") == "submit":
            reporting.submit(duty=duty, by=by)
    except Refused as refusal:
        fresh = _duty(request, duty.pk)
        return _page(request, fresh, error=str(refusal), typed=typed, status=status_of(refusal))
    return HttpResponseRedirect(reverse("desk:duty", args=[duty.pk]))


def _version(request: HttpRequest) -> int | None:
    given = request.POST.get("version", "")
    return int(given) if given.isascii() and given.isdigit() and len(given) < 10 else None


def _typed(request: HttpRequest) -> dict[str, Any]:
    """The form as it came: words, and for each target a value, 不适用, a note."""
    values, notes, none = {}, {}, set()
    for name, value in request.POST.items():
        kind, _, pk = name.partition("-")
        if not (pk.isascii() and pk.isdigit() and len(pk) < 18) or not isinstance(value, str):
            continue
        if kind == "value":
            values[int(pk)] = value
        elif kind == "note":
            notes[int(pk)] = value
        elif kind == "none":
            none.add(int(pk))
    return {"text": request.POST.get("text", ""), "values": values, "notes": notes, "none": none}


def _figures(typed: dict[str, Any]) -> dict[int, Typed]:
    """Numbers out of what was typed. Raises ``Refused`` for what is no number."""
    targets = {*typed["values"], *typed["notes"], *typed["none"]}
    return {
        pk: Typed(
            decimal(typed["values"].get(pk, "")) if pk not in typed["none"] else None,
            pk in typed["none"],
            typed["notes"].get(pk, "").strip(),
        )
        for pk in targets
    }


_HALF = str.maketrans("０１２３４５６７８９．，－％", "0123456789.,-%")


def decimal(words: str) -> Decimal | None:
    """A number as people type it: full width, commas, a per cent sign; ``None`` for nothing. Raises ``Refused``."""
    plain = words.translate(_HALF).strip().replace(",", "").rstrip("%").strip()
    if not plain:
        return None
    try:
        found = Decimal(plain)
    except InvalidOperation as error:
        raise Refused(
            "number", f"“{words}”不是一个数。只填数字，单位已经印在后面；没有这项工作的，选“不适用”。"
        ) from error
    if not found.is_finite() or found.adjusted() >= 14 or -found.as_tuple().exponent > 4:  # type: ignore[operator]
        raise Refused("number", f"“{words}”太大或者小数太长，最多四位小数。")
    return found


def _take_files(request: HttpRequest, duty: Duty, by: Member) -> None:
    for upload in request.FILES.getlist("file"):
        if (upload.size or 0) > LARGEST:
            raise Refused("large", f"“{upload.name}”超过 50 MB，没有收。请压缩图片或者分开上传。")
        reporting.add_evidence(
            duty=duty, data=upload.read(), name=upload.name or "", not_secret="not_secret" in request.POST, by=by
        )


# --- the other steps


Step = Callable[[Duty, Member, HttpRequest], object]


def _reason(request: HttpRequest) -> str:
    return request.POST.get("reason", "").strip()


STEPS: dict[str, Step] = {
    "submit": lambda duty, by, _: reporting.submit(duty=duty, by=by),
    "recall": lambda duty, by, _: reporting.recall(duty=duty, by=by),
    "confirm": lambda duty, by, request: reporting.confirm(
        duty=duty, by=by, note=_reason(request), version=_version(request)
    ),
    "accept": lambda duty, by, request: reporting.accept(
        duty=duty, by=by, note=_reason(request), version=_version(request)
    ),
    "return": lambda duty, by, request: reporting.send_back(
        duty=duty, by=by, reason=_reason(request), version=_version(request)
    ),
    "revise": lambda duty, by, request: reporting.revise(duty=duty, by=by, reason=_reason(request)),
    "pause": lambda duty, by, request: reporting.put_off(duty=duty, action="pause", by=by, reason=_reason(request)),
    "resume": lambda duty, by, request: reporting.put_off(duty=duty, action="resume", by=by, reason=_reason(request)),
    "cancel": lambda duty, by, request: reporting.put_off(duty=duty, action="cancel", by=by, reason=_reason(request)),
    "move": lambda duty, by, request: reporting.move_due(
        duty=duty, due=_day(request.POST.get("due", "")), by=by, reason=_reason(request)
    ),
    "drop": lambda duty, by, request: reporting.drop_evidence(duty=duty, use=_use(request), by=by),
    "reuse": lambda duty, by, request: reporting.reuse_evidence(duty=duty, piece=_piece(request, by), by=by),
}


def _unknown(duty: Duty, by: Member, request: HttpRequest) -> object:
    raise Refused("action", "页面没有说要办哪一步。请用页面上的按钮。")


@permitted
def step(request: HttpRequest, pk: int) -> HttpResponse:
    """One step of the flow, as the button says; refused, the page says why and keeps the reason that was typed."""
    duty = _duty(request, pk)
    action = request.POST.get("action", "")
    name = {"accept_lead": "accept"}.get(action, "return" if action.startswith("return") else action)
    try:
        STEPS.get(name, _unknown)(duty, member(request), request)
    except Refused as refusal:
        return _page(request, _duty(request, pk), error=str(refusal), status=UNPROCESSABLE)
    return HttpResponseRedirect(reverse("desk:duty", args=[pk]))


def _day(words: str) -> date:
    try:
        return date.fromisoformat(words.strip())
    except ValueError as error:
        raise Refused("day", "新的期限要写成 2026-12-31 这样的日期。") from error


def _use(request: HttpRequest) -> EvidenceUse:
    given = number(request.POST.get("use")) or 0
    found = EvidenceUse.objects.filter(pk=given).select_related("evidence").first()
    if found is None:
        raise Refused("evidence", "没有这份材料，可能已经取下了。请刷新页面。")
    return found


def _piece(request: HttpRequest, by: Member) -> Any:
    found = reusable(by).filter(pk=number(request.POST.get("piece")) or 0).first()
    if found is None:
        raise Refused("evidence", "没有这份材料，或者不是本单位的。请重新选。")
    return found
