"""交办事项 as a list, and as a workbook."""

from __future__ import annotations

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse

from zhunsheng.faces.desk.matters.common import clocks, labels, seat, typed_number
from zhunsheng.faces.desk.pages import desk_page
from zhunsheng.faces.guard import permitted
from zhunsheng.faces.sheets import Column, workbook
from zhunsheng.kernel.matter.flow import FLOW
from zhunsheng.kernel.matter.queries import Filters, matters_for, seen_by
from zhunsheng.people.models import Unit

SORTED = (("due", "按期限先后"), ("new", "新的在前"), ("unit", "按单位"))
PAGE = 40


def _asked(request: HttpRequest) -> Filters:
    """What the address narrows the list to; nonsense narrows nothing."""
    get = request.GET.get
    states = FLOW.states
    return Filters(
        kind=get("kind", "") if get("kind") in labels() else "",
        state=get("state", "") if get("state") in states else "",
        unit=typed_number(get("unit")),
        late=get("late") == "1",
        text=get("q", "").strip()[:60],
        sort=get("sort", "due") if get("sort") in dict(SORTED) else "due",
    )


@permitted
def show(request: HttpRequest) -> HttpResponse:
    """The matters that concern the person, filtered as the address says."""
    who, asked = seat(request), _asked(request)
    found = matters_for(seen_by(who.standing), asked)
    shown = Paginator(found, PAGE).get_page(request.GET.get("page"))
    query = request.GET.copy()
    query.pop("page", None)
    context = {
        "shown": shown,
        "asked": asked,
        "narrowed": asked != Filters(sort=asked.sort),
        "kinds": labels(),
        "states": FLOW.states,
        "units": Unit.objects.filter(who.standing.units("")).order_by("kind", "pk"),
        "clock": clocks(),
        "sorts": SORTED,
        "query": query.urlencode(),
        "drafts": bool(who.standing.drafts),
    }
    return desk_page(request, "desk/matters/list.html", context)


COLUMNS = (
    Column("文号", 20), Column("种类", 14), Column("标题", 40), Column("承办单位", 20), Column("交办单位", 20),
    Column("状态", 12), Column("签发日期", 18), Column("签收日期", 18), Column("办结期限", 12), Column("逾期", 8),
    Column("销号日期", 18), Column("升级", 8),
)  # fmt: skip


@permitted
def export(request: HttpRequest) -> HttpResponse:
    """The same list, all of it."""
    named = labels()
    rows = (
        (
            one.document_number, named.get(one.kind, one.kind), one.title, str(one.unit), str(one.issuer),
            one.get_state_display(), one.issued_at, one.signed_at, one.due, "逾期" if one.late else "",
            one.closed_at, one.get_escalated_display() if one.escalated else "",
        )
        for one in matters_for(seen_by(seat(request).standing), _asked(request))
    )  # fmt: skip
    return workbook(request, "交办事项", COLUMNS, rows)
