"""Lists as Excel workbooks: a head that stays, widths, dates and numbers as such, words never as formulas."""

from __future__ import annotations

import io
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

import xlsxwriter
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.http import content_disposition_header

from zhunsheng.kernel.now import now

KIND = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
Value = str | int | Decimal | date | datetime | None


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its head and its width in characters."""

    head: str
    width: int


def workbook(
    request: HttpRequest, title: str, columns: Sequence[Column], rows: Iterable[Sequence[Value]]
) -> HttpResponse:
    """A list as a file to keep; its second sheet says when it was made, by whom, and from which address."""
    response = HttpResponse(_made(request, columns, rows), content_type=KIND)
    name = "".join(one for one in title if one.isprintable() and one not in '\\/:*?"<>|')[:80]
    response["Content-Disposition"] = content_disposition_header(True, f"{name}.xlsx") or "attachment"
    return response


def _made(request: HttpRequest, columns: Sequence[Column], rows: Iterable[Sequence[Value]]) -> bytes:
    target = io.BytesIO()
    book = xlsxwriter.Workbook(
        target, {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    )
    head = book.add_format({"bold": True, "bottom": 1, "text_wrap": True, "valign": "vcenter"})
    day = book.add_format({"num_format": "yyyy-mm-dd", "valign": "top"})
    plain = book.add_format({"text_wrap": True, "valign": "top"})
    sheet = book.add_worksheet("清单")
    sheet.freeze_panes(1, 0)
    for index, column in enumerate(columns):
        sheet.set_column(index, index, column.width)
        sheet.write_string(0, index, column.head, head)
    last = 0
    for last, row in enumerate(rows, 1):
        for index, value in enumerate(row):
            _write(sheet, (last, index), value, plain=plain, day=day)
    sheet.autofilter(0, 0, max(last, 1), len(columns) - 1)
    about = book.add_worksheet("说明")
    about.set_column(0, 1, 24)
    facts = (
        ("导出时间", f"{timezone.localtime(now()):%Y-%m-%d %H:%M}"),
        ("导出人", str(request.user)),
        ("地址", request.get_full_path()),
        ("行数", str(last)),
    )
    for index, (name, value) in enumerate(facts):
        about.write_string(index, 0, name)
        about.write_string(index, 1, value)
    book.close()
    return target.getvalue()


def _write(sheet: object, place: tuple[int, int], value: Value, *, plain: object, day: object) -> None:
    if value is None:
        return
    if isinstance(value, datetime):
        sheet.write_string(*place, f"{timezone.localtime(value):%Y-%m-%d %H:%M}", plain)  # type: ignore[attr-defined]
    elif isinstance(value, date):
        sheet.write_datetime(*place, datetime(value.year, value.month, value.day), day)  # type: ignore[attr-defined]  # noqa: DTZ001
    elif isinstance(value, int | Decimal):
        sheet.write_number(*place, value, plain)  # type: ignore[attr-defined]
    else:
        sheet.write_string(*place, value, plain)  # type: ignore[attr-defined]
