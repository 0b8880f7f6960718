"""载入放假安排: pasted or uploaded, every bad row told, looked at before it is entered; then the dates that moved."""

from __future__ import annotations

from dataclasses import dataclass
from io import BytesIO
from typing import Final

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.http import urlencode
from python_calamine import CalamineError, CalamineWorkbook

from zhunsheng.faces.desk import typed
from zhunsheng.faces.desk.calendar.sheets import Festival, festivals
from zhunsheng.faces.desk.calendar.views import FIRST, LAST, regions, year_page
from zhunsheng.faces.desk.pages import desk_page
from zhunsheng.faces.guard import member, permitted
from zhunsheng.kernel.clock import actions
from zhunsheng.kernel.clock.calendar import load
from zhunsheng.kernel.clock.days import Calendar, DayNote, statutory
from zhunsheng.kernel.clock.notice import NoticeRow, RowError, missing, parse_rows, parse_text
from zhunsheng.kernel.errors import Refused
from zhunsheng.kernel.links import reverse
from zhunsheng.kernel.now import today
from zhunsheng.people.calendars import ensure_calendar
from zhunsheng.people.sheets.reading import check_size

UNPROCESSABLE: Final = 422
LARGEST: Final = 2 * 1024 * 1024
LONGEST: Final = 20_000
FIELDS: Final = ("year", "region", "document", "text")


@dataclass(frozen=True, slots=True)
class Read:
    """A notice as read: its days, what is wrong with its rows, what the form itself lacks."""

    year: int
    region: str
    document: str
    text: str
    rows: list[NoticeRow]
    errors: list[RowError]
    missing: list[str]

    @property
    def right(self) -> bool:
        """Whether it can be entered."""
        return bool(self.rows) and not self.errors and not self.missing


@permitted
def notice(request: HttpRequest) -> HttpResponse:
    """The form; the look at what was read; the entering."""
    if request.method != "POST":
        return _form(request)
    try:
        read = _read(request)
        ensure_calendar(member(request), read.region)
        if not read.right or "sure" not in request.POST:
            return _form(request, read=read, status=200 if read.right else UNPROCESSABLE)
        moved = actions.load_notice(
            by=member(request), year=read.year, document=read.document, rows=read.rows, region=read.region
        )
    except Refused as error:
        return _form(request, error=str(error), status=UNPROCESSABLE)
    query = urlencode({"q": f"{read.document}载入"[:50], "done": str(len(moved))})
    return HttpResponseRedirect(f"{reverse('desk:calendar_moves')}?{query}")


def _read(request: HttpRequest) -> Read:
    """What the form brings. Raises ``Refused`` for what no row is to blame for."""
    year = typed.number(request.POST.get("year"))
    if year is None or not FIRST <= year <= LAST:
        raise Refused("notice_year", f"“{request.POST.get('year', '')}”不是年份，请写四位数字，如 {today().year + 1}。")
    region = request.POST.get("region", "")
    if region not in dict(regions(member(request))):
        raise Refused("region_unknown", "没有这个地区，请从列表里选一个。")
    document = " ".join(request.POST.get("document", "").split())[:120]
    if not document:
        raise Refused("notice_document", "请写明放假安排的文件名称和文号，以后查得到依据。")
    upload = request.FILES.get("file")
    if upload is not None:
        rows, errors = _from_file(upload.read(LARGEST + 1), year)
    else:
        text = request.POST.get("text", "")[:LONGEST].replace("\0", "")
        rows, errors = parse_text(text, year)
    if not rows and not errors:
        raise Refused("notice_empty", "放假安排里一天也没有。请粘贴三列：日期、放假或者上班、名称；或者选一个文件。")
    absent = missing(rows, statutory(year)) if not region and not errors else []
    kept = _written(rows) if not errors or upload is not None else request.POST.get("text", "")[:LONGEST]
    return Read(year, region, document, kept, rows, errors, absent)


def _from_file(data: bytes, year: int) -> tuple[list[NoticeRow], list[RowError]]:
    """CSV, or the first sheet of a workbook. Raises ``Refused``."""
    if len(data) > LARGEST:
        raise Refused("too_large", "文件超过 2 兆字节，不像是放假安排。请只留三列：日期、放假或者上班、名称。")
    if not data.startswith(b"PK"):
        return parse_text(_decoded(data), year)
    check_size(data)
    try:
        book = CalamineWorkbook.from_filelike(BytesIO(data))
        sheet = book.get_sheet_by_index(0).to_python()
    except (CalamineError, ValueError, OSError) as error:
        raise Refused("not_a_workbook", "这个文件不是 xlsx 工作簿，或者已经损坏。请另存为 xlsx 或者 CSV。") from error
    return parse_rows(sheet[:2000], year)


def _decoded(data: bytes) -> str:
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            return data.decode(encoding).replace("\0", "")
        except UnicodeDecodeError:
            continue
    raise Refused("encoding", "文件的文字编码认不出来。请另存为 UTF-8 的 CSV，或者 xlsx。")


def _written(rows: list[NoticeRow]) -> str:
    """The days as text that is read again in the same way."""
    return "\n".join(f"{row.day},{'上班' if row.works else '放假'},{row.name.replace(',', '，')}" for row in rows)


def _form(request: HttpRequest, *, read: Read | None = None, error: str = "", status: int = 200) -> HttpResponse:
    """The form with what was typed; below it what was read."""
    entered = {name: request.POST.get(name, "")[:LONGEST] for name in FIELDS}
    if read is not None:
        entered["text"] = read.text
    if request.method != "POST":
        entered["year"] = str(today().year + 1)
    context = {
        "typed": entered,
        "read": read,
        "festivals": _foreseen(read) if read else (),
        "changes": _changes(read) if read and read.right else (0, 0),
        "error": error,
        "regions": regions(member(request)),
    }
    crumbs = [("工作日历", reverse("desk:calendar"))]
    return desk_page(request, "desk/calendar/notice.html", context, crumbs=crumbs, status=status)


def _foreseen(read: Read) -> tuple[Festival, ...]:
    """The festivals as the notice has them."""
    notes = {row.day: DayNote(row.works, row.name, read.document) for row in read.rows}
    return festivals(read.year, Calendar(read.region, notes, frozenset({read.year})))


def _changes(read: Read) -> tuple[int, int]:
    """How many days will be worked that are not now, and the other way round."""
    calendar = load(read.region)
    more = sum(row.works and not calendar.works(row.day) for row in read.rows)
    return more, sum(not row.works and calendar.works(row.day) for row in read.rows)


@permitted
def day(request: HttpRequest) -> HttpResponse:
    """改一天: say of one day that it is worked or not, or take that back."""
    entered = {name: request.POST.get(name, "")[:120] for name in ("day", "works", "name", "source")}
    region = request.POST.get("region", "")
    clearing = request.POST.get("do") == "clear"
    try:
        ensure_calendar(member(request), region)
        which = typed.needed_day(entered["day"], "日期")
        if clearing:
            moved = actions.clear_day(by=member(request), day=which, region=region)
        else:
            _complete(entered)
            moved = actions.set_day(
                by=member(request), day=which, works=entered["works"] == "1", name=entered["name"][:40], region=region,
                source=entered["source"],
            )  # fmt: skip
    except Refused as error:
        return year_page(request, error=str(error), typed_in=entered)
    query = urlencode(
        {"year": which.year, "region": region, "done": "cleared" if clearing else "day", "moved": len(moved)}
    )
    return HttpResponseRedirect(f"{reverse('desk:calendar')}?{query}")


def _complete(entered: dict[str, str]) -> None:
    if entered["works"] not in {"0", "1"}:
        raise Refused("day_works", "请选这一天放假还是上班。")
    if not entered["source"].strip():
        raise Refused("day_source", "请写明依据，例如文件名称和文号；日历改了，到期日会跟着变，以后要查得到为什么。")
