"""操作日志 and 访问日志 as lists: filters that live in the address, pages, and the same as files."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Final

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, QueryDict

from zhunsheng.faces.desk import typed
from zhunsheng.faces.desk.journal.seen import audited
from zhunsheng.faces.desk.pages import desk_page
from zhunsheng.faces.guard import member, permitted
from zhunsheng.faces.sheets import Column, workbook
from zhunsheng.kernel.errors import Refused
from zhunsheng.kernel.journal import checks
from zhunsheng.kernel.journal.kinds import AccessKind, Source
from zhunsheng.kernel.journal.reading import Wanted, accesses_found, blocks_found
from zhunsheng.kernel.refs import Ref

SIZE: Final = 50
MOST: Final = 50_000
"""Lines of one file; a longer time is taken out in parts."""
FIELDS: Final = ("q", "since", "until", "person", "unit", "source", "kind", "key")
RECORDS: Final = {
    "people.division": "区划",
    "people.unit": "单位",
    "people.member": "账号",
    "people.person": "人员",
    "plans.plan": "工作方案",
    "plans.task": "任务",
    "plans.duty": "任务的一期",
    "matter.matter": "交办事项",
    "evidence.evidence": "佐证材料",
    "clock.clock": "期限",
}
"""Kinds of records to look for; those of other rooms are found by typing their kind into the address."""


@dataclass(frozen=True, slots=True)
class Asked:
    """What the address asks for; ``error`` says what of it cannot be read."""

    values: dict[str, str]
    wanted: Wanted
    error: str = ""

    @property
    def any(self) -> bool:
        """Whether anything is left out."""
        return any(self.values.values())

    @property
    def query(self) -> str:
        """As written into an address, without the page."""
        made = QueryDict(mutable=True)
        made.update({name: value for name, value in self.values.items() if value})
        return made.urlencode()

    @property
    def about(self) -> Ref | None:
        """The record, or every record of a kind."""
        kind = self.values["kind"]
        return Ref(kind, self.values["key"], "") if kind else None


def asked(request: HttpRequest) -> Asked:
    """What the address asks for; a day that is none narrows nothing and is told."""
    values = {name: typed.words(request.GET.get(name), 64) for name in FIELDS}
    days: dict[str, date | None] = {}
    error = ""
    for name in ("since", "until"):
        try:
            days[name] = typed.day(values[name])
        except Refused as refused:
            error, days[name] = str(refused), None
    wanted = Wanted(
        since=days["since"],
        until=days["until"],
        words=values["q"],
        person=values["person"],
        unit=values["unit"],
        seen=audited(member(request)),
    )
    return Asked(values, wanted, error)


def _source(given: Asked) -> Source | None:
    return Source(given.values["source"]) if given.values["source"] in Source.values else None


def _kind(given: Asked) -> AccessKind | None:
    return AccessKind(given.values["kind"]) if given.values["kind"] in AccessKind.values else None


@permitted
def blocks(request: HttpRequest) -> HttpResponse:
    """操作日志: the blocks, the newest first, and how the last verification ended."""
    given = asked(request)
    found = blocks_found(given.wanted, source=_source(given), about=given.about)
    context = {
        "asked": given,
        "page": Paginator(found, SIZE).get_page(request.GET.get("page")),
        "sources": [("", "全部"), *Source.choices],
        "records": [("", "全部"), *RECORDS.items()],
        "last": checks.last(),
        "waiting": checks.waiting(),
    }
    return desk_page(request, "desk/journal/blocks.html", context)


@permitted
def blocks_export(request: HttpRequest) -> HttpResponse:
    """The same list as a workbook."""
    given = asked(request)
    found = blocks_found(given.wanted, source=_source(given), about=given.about)[:MOST]
    columns = (
        Column("块号", 8), Column("时间", 18), Column("经办人", 12), Column("单位", 20), Column("操作", 24),
        Column("理由", 40), Column("变动行数", 8), Column("来源", 10), Column("摘要算法", 8), Column("摘要", 70),
    )  # fmt: skip
    rows = (
        (one.number, one.at, one.actor_name, one.unit_name, one.action, one.reason, one.entries,
         one.get_source_display(), one.algorithm, one.digest)
        for one in found.iterator(chunk_size=2000)
    )  # fmt: skip
    return workbook(request, "操作日志", columns, rows)


@permitted
def accesses(request: HttpRequest) -> HttpResponse:
    """访问日志: sign-ins, refusals, files taken away, the newest first."""
    given = asked(request)
    found = accesses_found(given.wanted, kind=_kind(given))
    context = {
        "asked": given,
        "page": Paginator(found, SIZE).get_page(request.GET.get("page")),
        "kinds": [("", "全部"), *AccessKind.choices],
        "shapes": SHAPES,
    }
    return desk_page(request, "desk/journal/accesses.html", context)


SHAPES: Final = {
    AccessKind.SIGN_IN: "done",
    AccessKind.SIGN_IN_REFUSED: "back",
    AccessKind.SIGN_OUT: "na",
    AccessKind.UNMASK: "soon",
    AccessKind.EXPORT: "run",
    AccessKind.PRINT: "run",
    AccessKind.REFUSAL: "late",
    AccessKind.VIEW: "new",
}


@permitted
def accesses_export(request: HttpRequest) -> HttpResponse:
    """The same list as a workbook."""
    given = asked(request)
    found = accesses_found(given.wanted, kind=_kind(given))[:MOST]
    columns = (
        Column("编号", 8), Column("时间", 18), Column("类别", 12), Column("姓名", 12), Column("单位", 20),
        Column("账号", 16), Column("地址", 16), Column("说明", 60),
    )  # fmt: skip
    rows = (
        (one.pk, one.at, one.get_kind_display(), one.actor_name, one.unit_name, one.username, one.address, one.detail)
        for one in found.iterator(chunk_size=2000)
    )
    return workbook(request, "访问日志", columns, rows)
