"""Workbooks written: the template, filled or empty, and a workbook that comes back with its errors marked.

All cells are written as text, so that nothing in them can act as a formula or a link.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from io import BytesIO
from typing import Any, Final

import xlsxwriter

from zhunsheng.people.sheets import cells
from zhunsheng.people.sheets.columns import SHEETS, VERSION, VERSION_SHEET, Column, Sheet
from zhunsheng.people.sheets.findings import Finding
from zhunsheng.people.sheets.findings import cell as cell_name
from zhunsheng.people.sheets.reading import MOST_ROWS, Grid, grids

OPTIONS: Final = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
ERRORS_SHEET: Final = "错误清单"
HELP_SHEET: Final = "填写说明"
HELP: Final = (
    "按“区划、单位、成员”的顺序填；用不着的工作表可以空着。第一行的列名不要改，列可以换位置。",
    "标 * 的列必须填。把光标停在列名上，可以看到这一列怎么填。",
    "系统里已有的行照样留着没有关系：没有变化的不动，同一份表导入两次也不会重复。",
    "单位更名、合并、撤销，成员调动，都要写明日期，不能用表格办，请在系统里办理。",
    "成员导入后是停用的，由安全管理员启用；“申请的角色”经安全管理员批准后才有。",
    "有一处错误就都不导入；错误会逐处标出来，改好再导入。",
)

Rows = Mapping[str, Sequence[Mapping[str, str]]]
"""Rows by sheet, each with text by the key of its column."""


def template() -> bytes:
    """An empty workbook to fill: notes on every column, drop-downs, and the version of the template hidden in it."""
    return workbook({})


def workbook(rows: Rows) -> bytes:
    """The template with these rows in it."""
    buffer = BytesIO()
    with xlsxwriter.Workbook(buffer, OPTIONS) as book:
        text = book.add_format({"num_format": "@", "valign": "top"})
        head = book.add_format({"bold": True, "bottom": 1, "bg_color": "#F3EFE6", "valign": "top"})
        for sheet in SHEETS:
            page = book.add_worksheet(sheet.name)
            _head(page, sheet, head, text)
            for line, row in enumerate(rows.get(sheet.name, ()), 1):
                for place, column in enumerate(sheet.columns):
                    page.write_string(line, place, row.get(column.key, ""), text)
        _help(book)
    return buffer.getvalue()


def _head(page: Any, sheet: Sheet, head: Any, text: Any) -> None:
    page.freeze_panes(1, 0)
    for place, column in enumerate(sheet.columns):
        page.set_column(place, place, column.width, text)
        page.write_string(0, place, f"{column.title}{'*' if column.required else ''}", head)
        page.write_comment(0, place, column.note, {"x_scale": 2})
        if column.choices:
            page.data_validation(1, place, MOST_ROWS, place, _drop_down(column))


def _drop_down(column: Column) -> dict[str, Any]:
    return {
        "validate": "list",
        "source": list(column.choices),
        "error_title": column.title,
        "error_message": "请从下拉中选一项。",
    }


def _help(book: Any) -> None:
    page = book.add_worksheet(HELP_SHEET)
    page.set_column(0, 0, 100)
    for line, sentence in enumerate(HELP):
        page.write_string(line, 0, sentence, book.add_format({"text_wrap": True}))
    version = book.add_worksheet(VERSION_SHEET)
    version.write_row(0, 0, ["准绳 单位和成员", VERSION])
    version.very_hidden()


def annotated(content: bytes, findings: Iterable[Finding]) -> bytes:
    """The workbook as it came, with each wrong cell red and its error as a comment, and all errors on a first sheet.

    It can be mended and imported again as it is. Raises ``Refused`` for what is no workbook.
    """
    marks: defaultdict[tuple[str, str], list[Finding]] = defaultdict(list)
    for finding in findings:
        marks[finding.sheet, finding.cell].append(finding)
    found = grids(content)
    buffer = BytesIO()
    with xlsxwriter.Workbook(buffer, OPTIONS) as book:
        _errors(book, [one for several in marks.values() for one in several])
        for sheet in SHEETS:
            if sheet.name in found:
                _marked(book, sheet, found[sheet.name], marks)
        _help(book)
    return buffer.getvalue()


def _errors(book: Any, findings: Sequence[Finding]) -> None:
    columns = (("工作表", 10), ("单元格", 10), ("问题", 50), ("怎么改", 70))
    rows = [(one.sheet, one.cell, str(one.message), one.remedy) for one in findings]
    write_table(book, ERRORS_SHEET, columns, rows)


def _marked(book: Any, sheet: Sheet, grid: Grid, marks: Mapping[tuple[str, str], Sequence[Finding]]) -> None:
    page = book.add_worksheet(sheet.name)
    text = book.add_format({"num_format": "@", "valign": "top"})
    wrong = book.add_format(
        {"num_format": "@", "valign": "top", "bg_color": "#FBE3E1", "border": 1, "border_color": "#B3261E"}
    )
    page.freeze_panes(1, 0)
    for place, column in enumerate(sheet.columns):
        page.set_column(place, place, column.width, text)
    for line, row in enumerate(grid):
        for place, value in enumerate(row):
            here = marks.get((sheet.name, cell_name(place + 1, line + 1)), ())
            page.write_string(line, place, cells.words(value), wrong if here else text)
    for (name, where), here in marks.items():
        if name == sheet.name:
            page.write_comment(where, "\n".join(f"{one.message}{one.remedy}" for one in here), {"x_scale": 2})


def write_table(
    book: Any, name: str, columns: Sequence[tuple[str, int]], rows: Iterable[Sequence[str | int | date | None]]
) -> None:
    """A plain sheet: titles with widths in characters, then rows."""
    page = book.add_worksheet(name)
    head = book.add_format({"bold": True, "bottom": 1, "valign": "top"})
    body = book.add_format({"text_wrap": True, "valign": "top"})
    page.freeze_panes(1, 0)
    for place, (title, width) in enumerate(columns):
        page.set_column(place, place, width)
        page.write_string(0, place, title, head)
    for line, row in enumerate(rows, 1):
        for place, value in enumerate(row):
            page.write_string(line, place, "" if value is None else str(value), body)


def table(name: str, columns: Sequence[tuple[str, int]], rows: Iterable[Sequence[str | int | date | None]]) -> bytes:
    """A workbook with one plain sheet."""
    buffer = BytesIO()
    with xlsxwriter.Workbook(buffer, OPTIONS) as book:
        write_table(book, name, columns, rows)
    return buffer.getvalue()
