"""导入方案: a file or pasted text becomes a draft; the same document leads to its edition, a changed one says so."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect

from zhunsheng.faces.desk.pages import desk_page
from zhunsheng.faces.guard import member, permitted
from zhunsheng.faces.plantext.handed_in import Submission, received
from zhunsheng.faces.plantext.sealed import seal
from zhunsheng.kernel.documents.model import UnreadableDocument
from zhunsheng.kernel.errors import Refused
from zhunsheng.kernel.links import reverse
from zhunsheng.people.models import Unit
from zhunsheng.programmes.plans import visible
from zhunsheng.programmes.plans.actions.importing import Imported, Terms, import_plan
from zhunsheng.programmes.plans.models import Cycle, Plan
from zhunsheng.programmes.plans.rights import may_prepare

from .finding import crumbs, number_of, offices

FIELDS = ("text", "year_from", "year_to", "office", "cycle", "plan")
UNPROCESSABLE = 422


@dataclass(frozen=True, slots=True)
class Wish:
    """A form that can be carried out."""

    submission: Submission
    office: Unit
    terms: Terms


class Wrong(Exception):
    """What is wrong with the fields, by name; ``submission`` is what was handed in, if that could be read."""

    def __init__(self, errors: dict[str, str], submission: Submission | None = None) -> None:
        super().__init__(errors)
        self.errors = errors
        self.submission = submission


@permitted
def plan_new(request: HttpRequest) -> HttpResponse:
    """The form, and what comes of it."""
    if request.method != "POST":
        return _form(request, {"plan": request.GET.get("plan", "")})
    typed = {field: request.POST.get(field, "").strip() for field in FIELDS}
    try:
        wish = _wish(request, typed)
        imported = _imported(wish, request)
    except Wrong as wrong:
        return _form(request, typed, wrong.errors, wrong.submission, status=UNPROCESSABLE)
    return HttpResponseRedirect(_next(imported))


def _wish(request: HttpRequest, typed: dict[str, str]) -> Wish:
    """What the form asks for. Raises ``Wrong`` with everything that is wrong, not only the first."""
    errors = _errors(request, typed)
    office = next((unit for unit in offices(request) if str(unit.pk) == typed["office"]), None)
    if office is None:
        errors["office"] = "请选由哪个单位主管这份方案。"
    submission = None
    try:
        submission = received(request)
    except UnreadableDocument as error:
        errors["file"] = str(error).replace("读方案", "导入")
    plan = _plan(request, typed["plan"])
    if errors or office is None or submission is None:
        raise Wrong(errors, submission)
    years = number_of(typed["year_from"]), number_of(typed["year_to"])
    terms = Terms(*years, typed["cycle"], plan, submission.data)
    return Wish(submission, office, terms)


def _errors(request: HttpRequest, typed: dict[str, str]) -> dict[str, str]:
    errors = {}
    for field in ("year_from", "year_to"):
        year = number_of(typed[field])
        if typed[field] and (year is None or not 2000 <= year <= 2100):
            errors[field] = f"“{typed[field]}”不是年度，请写四位数字，如 2026；不知道就空着。"
    if typed["cycle"] not in Cycle.values:
        errors["cycle"] = "上报周期不在规定的范围内，请重新选。"
    if request.POST.get("not_secret") != "1":
        errors["not_secret"] = "还没有确认不涉密。本系统不得存放国家秘密和工作秘密，请确认后勾选。"  # noqa: S105 - no password
    return errors


def _plan(request: HttpRequest, pk: str) -> Plan | None:
    """The plan of which the document is said to be a further edition."""
    wanted = number_of(pk)
    found = visible.plans(member(request)).select_related("division").filter(pk=wanted).first() if wanted else None
    return found if found is not None and may_prepare(member(request), found.division) else None


def _imported(wish: Wish, request: HttpRequest) -> Imported:
    try:
        return import_plan(
            document=wish.submission.document,
            name=wish.submission.name,
            office=wish.office,
            by=member(request),
            terms=wish.terms,
        )
    except Refused as error:
        field = {"year": "year_from", "right": "office"}.get(error.code, "file")
        raise Wrong({field: str(error)}, wish.submission) from error


def _next(imported: Imported) -> str:
    """Where the document leads: a new plan to its tasks, a further edition to what it changes, a known one to itself."""
    edition = imported.edition
    if imported.outcome == "known":
        return f"{reverse('desk:plan_editions', args=[edition.plan_id])}?done=known&edition={edition.number}"
    page = "desk:plan_mend" if imported.outcome == "new" else "desk:plan_changes"
    return f"{reverse(page, args=[edition.plan_id])}?done={imported.outcome}"


def _form(
    request: HttpRequest,
    typed: dict[str, str],
    errors: dict[str, str] | None = None,
    submission: Submission | None = None,
    *,
    status: int = 200,
) -> HttpResponse:
    """The form with what was typed; a file that could be read need not be handed in again."""
    plan = _plan(request, typed.get("plan", ""))
    kept = submission is not None and not typed.get("text")
    context = {
        "typed": {"text": "", "year_from": "", "year_to": "", "cycle": "", "office": "", **typed},
        "errors": errors or {},
        "offices": [(unit.pk, unit.short_name) for unit in offices(request)],
        "cycles": Cycle.choices,
        "plan": plan,
        "not_secret": request.POST.get("not_secret") == "1",
        "kept": submission.name if submission and kept else "",
        "sealed": seal(submission.document, submission.name) if submission and kept else "",
    }
    return desk_page(request, "desk/plans/new.html", context, crumbs=crumbs(plan), status=status)
