"""我的案头: what waits for the person who has signed in, what falls due, what has just happened."""

from __future__ import annotations

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse

from zhunsheng.faces.access import BUSINESS
from zhunsheng.faces.desk.clocks import Remaining
from zhunsheng.faces.desk.home.first_use import steps
from zhunsheng.faces.desk.home.happened import happened
from zhunsheng.faces.desk.home.panels import panels
from zhunsheng.faces.desk.home.question import (
    IN_WORKBOOK,
    MOST,
    NEARNESS,
    PILES,
    SIZE,
    Wish,
    grouped,
    page_of,
    total,
    wish,
)
from zhunsheng.faces.desk.home.strip import strip
from zhunsheng.faces.desk.links import open_to
from zhunsheng.faces.desk.pages import desk_page
from zhunsheng.faces.guard import member, permitted, roles_of
from zhunsheng.faces.sheets import Column, workbook
from zhunsheng.kernel.now import today
from zhunsheng.kernel.prepared import prepared
from zhunsheng.kernel.waiting import Answer, ask
from zhunsheng.people.models import Unit, UnitKind
from zhunsheng.programmes.plans.rights import rights


@permitted
def home(request: HttpRequest) -> HttpResponse:
    """The desk, narrowed as the address says."""
    wanted = wish(request)
    question = wanted.question(request, wanted.page * SIZE)
    answer = ask(question)
    shown, items = page_of(wanted, answer)
    context = {
        "wish": wanted,
        "heading": heading(wanted, answer),
        "piles": [(key, words, answer.piles[key]) for key, words in PILES.items()],
        "near": answer.nearness,
        "nearness": NEARNESS,
        "groups": sorted(answer.groups),
        "units": _units(request),
        "page": shown,
        "total": total(answer),
        "most": MOST,
        "bands": list(grouped(question, items)),
        "by_date": wanted.pile in {"mine", "back"},
        "remaining": Remaining(today()),
        "strip": strip(member(request), today()) if roles_of(request) & BUSINESS else [],
        "feed": open_to(request, "desk:channels"),
        "panels": panels(request),
        "happened": happened(member(request)),
        "steps": steps(request),
    }
    return desk_page(request, "desk/home/home.html", context)


def heading(wanted: Wish, answer: Answer) -> str:
    """The conclusion: 等你办 14 件，2 件已经逾期."""
    count, late = total(answer), answer.nearness["late"]
    if wanted.pile == "mine" and not count:
        return "没有符合条件的事" if wanted.filtered else "现在没有等你办的事"
    words = {"mine": "等你办", "back": "退回来", "handed": "交出去等别人办", "done": "本周办完"}[wanted.pile]
    if wanted.filtered:
        words = f"{words}的筛出"
    said = f"{words} {count} 件"
    return f"{said}，{late} 件已经逾期" if late and wanted.pile in {"mine", "back"} else said


def _units(request: HttpRequest) -> list[Unit]:
    """The units to choose from, for those who oversee many; one query, none for the others."""
    held = rights(member(request))
    if not held.oversees:
        return []
    return [unit for unit in _lasting() if held.over(unit.division.path)]


@prepared
def _lasting() -> QuerySet[Unit]:
    rows = Unit.objects.filter(valid_to__isnull=True).exclude(kind=UnitKind.VILLAGE).select_related("division")
    return rows.order_by("kind", "pk")


@permitted
def export(request: HttpRequest) -> HttpResponse:
    """The pile as it is filtered, as a workbook."""
    wanted = wish(request)
    answer = ask(wanted.question(request, IN_WORKBOOK))
    columns = [Column("类别", 12), Column("事项", 48), Column("来自", 18), Column("要办的", 30), Column("期限", 12)]
    rows = ((one.group, one.ref.label, one.origin, one.to_do, one.due) for one in answer.items)
    return workbook(request, f"我的案头-{PILES[wanted.pile]}", columns, rows)
