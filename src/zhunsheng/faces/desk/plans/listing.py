"""工作方案: the list of plans, filtered by what stands in the address, and the same as an Excel workbook."""

from __future__ import annotations

from dataclasses import dataclass

from django.core.paginator import Paginator
from django.db.models import Count, Prefetch, Q, QuerySet
from django.http import HttpRequest, HttpResponse, QueryDict
from django.utils.http import content_disposition_header

from zhunsheng.faces.desk.pages import desk_page
from zhunsheng.faces.guard import member, permitted
from zhunsheng.kernel.now import today
from zhunsheng.programmes.plans import visible
from zhunsheng.programmes.plans.export import FORMATS, Sheet, workbook
from zhunsheng.programmes.plans.models import Edition, Plan
from zhunsheng.programmes.plans.rights import rights
from zhunsheng.programmes.plans.states import EDITION, PLAN

from .finding import number_of

PER_PAGE = 30


@dataclass(frozen=True, slots=True)
class Filters:
    """What the address asks for: words, a year, a state; "" for any."""

    q: str
    year: str
    state: str

    @property
    def query(self) -> str:
        """As written into an address, without the page."""
        made = QueryDict(mutable=True)
        made.update({name: getattr(self, name) for name in ("q", "year", "state") if getattr(self, name)})
        return made.urlencode()


@dataclass(frozen=True, slots=True)
class Row:
    """A plan as shown: ``state`` is the kind and words of its badge; ``edition`` the one that is being prepared."""

    plan: Plan
    years: str
    state: tuple[str, str]
    tasks: int
    edition: tuple[str, str]


def filters(request: HttpRequest) -> Filters:
    """What an address asks for; what it may not ask for is left out."""
    year, state = request.GET.get("year", ""), request.GET.get("state", "")
    return Filters(
        q=request.GET.get("q", "").replace("\0", "").strip()[:50],
        year=year if number_of(year) else "",
        state=state if state in PLAN else "",
    )


def found(plans: QuerySet[Plan], wanted: Filters) -> QuerySet[Plan]:
    """The plans that the filters leave, the latest first."""
    if wanted.q:
        plans = plans.filter(Q(title__icontains=wanted.q) | Q(document_number__icontains=wanted.q))
    if wanted.year:
        plans = plans.filter(year_from__lte=int(wanted.year), year_to__gte=int(wanted.year))
    if wanted.state:
        plans = plans.filter(state=wanted.state)
    editions = Edition.objects.exclude(state__in=["dropped", "superseded"]).order_by("number")
    shown = plans.select_related("office").prefetch_related(Prefetch("editions", editions, to_attr="live"))
    return shown.annotate(current=Count("tasks", Q(tasks__wording__isnull=False))).order_by("-year_from", "-pk")


def row(plan: Plan) -> Row:
    """A plan as shown."""
    live: list[Edition] = getattr(plan, "live", [])
    open_ = next((one for one in live if one.state != "published"), None)
    state = PLAN[plan.state]
    return Row(
        plan,
        years(plan),
        (state.shape, state.label),
        getattr(plan, "current", 0),
        (EDITION[open_.state].shape, f"第 {open_.number} 版{EDITION[open_.state].label}") if open_ else ("", ""),
    )


def years(plan: Plan) -> str:
    """2026 or 2025—2027."""
    return str(plan.year_from) if plan.year_from == plan.year_to else f"{plan.year_from}—{plan.year_to}"


@permitted
def plans(request: HttpRequest) -> HttpResponse:
    """The plans that the person may see."""
    seen, wanted = visible.plans(member(request)), filters(request)
    page = Paginator(found(seen, wanted), PER_PAGE).get_page(request.GET.get("page", ""))
    known = sorted({year for pair in seen.values_list("year_from", "year_to") for year in range(pair[0], pair[1] + 1)})
    context = {
        "wanted": wanted,
        "page": page,
        "rows": [row(plan) for plan in page],
        "years": [("", "各年"), *((year, f"{year} 年") for year in reversed(known))],
        "states": [("", "全部状态"), *((key, state.label) for key, state in PLAN.items())],
        "may_import": bool(rights(member(request)).oversees),
    }
    return desk_page(request, "desk/plans/plans.html", context)


@permitted
def export(request: HttpRequest) -> HttpResponse:
    """The same list as an Excel workbook."""
    columns = (
        ("年度", 12), ("方案", 60), ("文号", 24), ("主管单位", 20), ("状态", 10), ("执行中的任务", 14), ("在核对的版次", 18),
    )  # fmt: skip
    rows = tuple(
        (one.years, one.plan.title, one.plan.document_number, one.plan.office.short_name, one.state[1], one.tasks,
         one.edition[1])
        for one in map(row, found(visible.plans(member(request)), filters(request)))
    )  # fmt: skip
    response = HttpResponse(workbook([Sheet("工作方案", columns, rows)]), content_type=FORMATS["xlsx"].content_type)
    response["Content-Disposition"] = content_disposition_header(True, f"工作方案-{today()}.xlsx") or "attachment"
    return response
