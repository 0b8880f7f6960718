"""What was read from a plan, as a file to keep: an Excel workbook, CSV or JSON. Every format is made in memory."""

from __future__ import annotations

import csv
import json
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from io import BytesIO, StringIO

import xlsxwriter

from .reading import as_json
from .reading.model import Reading, Task
from .wording import ROLES, day, found, quantity, rhythm, sections_of, squeeze

LONGEST_CELL = 32_767  # what Excel takes
FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠")
SPACE = "　"

Row = tuple[str | int, ...]


@dataclass(frozen=True, slots=True)
class Sheet:
    """A table of a workbook: column titles with their widths in characters, and rows."""

    name: str
    columns: tuple[tuple[str, int], ...]
    rows: tuple[Row, ...]


@dataclass(frozen=True, slots=True)
class Format:
    """A kind of file: the end of its name, its media type, and what makes it."""

    suffix: str
    content_type: str
    make: Callable[[Reading], bytes]


def to_xlsx(reading: Reading) -> bytes:
    """A workbook with tasks, who does what, goals, doubts and the particulars of the document."""
    return workbook(sheets(reading))


def workbook(tables: Iterable[Sheet]) -> bytes:
    """An Excel workbook. All cells are written as text or as numbers, never as formulas or links."""
    buffer = BytesIO()
    options = {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with xlsxwriter.Workbook(buffer, options) as book:
        head = book.add_format({"bold": True, "bottom": 1, "text_wrap": True, "valign": "top"})
        body = book.add_format({"text_wrap": True, "valign": "top"})
        for sheet in tables:
            _write(book.add_worksheet(sheet.name), sheet, head, body)
    return buffer.getvalue()


def to_csv(reading: Reading) -> bytes:
    """The tasks as CSV in UTF-8 with a byte-order mark, as Excel expects it; nothing in it can act as a formula."""
    sheet = tasks_sheet(reading)
    buffer = StringIO(newline="")
    writer = csv.writer(buffer)
    writer.writerow(title for title, _ in sheet.columns)
    writer.writerows([inert(value) for value in row] for row in sheet.rows)
    return buffer.getvalue().encode("utf-8-sig")


def to_json(reading: Reading) -> bytes:
    """The contract of ``zhunsheng plan read --json`` (see ``reading/schema.json``)."""
    return (json.dumps(as_json(reading), ensure_ascii=False, indent=2) + "\n").encode()


FORMATS = {
    "xlsx": Format("xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", to_xlsx),
    "csv": Format("csv", "text/csv; charset=utf-8", to_csv),
    "json": Format("json", "application/json", to_json),
}


def inert(value: str | int) -> str | int:
    """Text that a spreadsheet will not run: a leading apostrophe where the first character would start a formula."""
    if isinstance(value, str) and value.lstrip(" \n\u3000\xa0").startswith(FORMULA_STARTS):
        return "'" + value
    return value


def sheets(reading: Reading) -> Iterator[Sheet]:
    """The sheets of the workbook, in order."""
    yield tasks_sheet(reading)
    yield _units_sheet(reading)
    yield _goals_sheet(reading)
    yield _doubts_sheet(reading)
    yield _particulars_sheet(reading)


def tasks_sheet(reading: Reading) -> Sheet:
    """One row for each task, with its words in full and where they stand in the text."""
    columns = (
        ("次序", 6), ("编号", 8), ("所在章节", 20), ("任务原文", 70), ("牵头单位", 24), ("责任单位", 36),
        ("责任标注", 10), ("名单未列全", 10), ("期限", 16), ("最迟日期", 14), ("频次", 24), ("目标", 32),
        ("起", 8), ("止", 8),
    )  # fmt: skip
    numbered = enumerate(zip(reading.tasks, sections_of(reading), strict=True), 1)
    return Sheet("任务", columns, tuple(_task_row(index, task, section) for index, (task, section) in numbered))


def _task_row(index: int, task: Task, section: str) -> Row:
    """A task as a row of ``tasks_sheet``."""
    return (
        index,
        task.number,
        section,
        task.text,
        _list(m.name for m in task.mentions if m.role == "lead"),
        _list(m.name for m in task.mentions if m.role == "responsible"),
        task.role_label,
        "是" if task.open_ended else "",
        "\n".join(squeeze(due.text) for due in task.due),
        "\n".join(filter(None, map(day, task.due))),
        "\n".join(f"{squeeze(f.text)}（{rhythm(f)}）" for f in task.frequency),
        "\n".join(f"{squeeze(t.text)}（{t.quantity}{SPACE if t.quantity else ''}{quantity(t)}）" for t in task.targets),
        task.start,
        task.end,
    )


def _units_sheet(reading: Reading) -> Sheet:
    """One row for each unit of each task: what a clerk filters to tell a unit its part."""
    columns = (("单位", 28), ("角色", 8), ("泛指", 8), ("任务次序", 10), ("任务编号", 10), ("任务原文", 80))
    rows = tuple(
        (mention.name, ROLES[mention.role], "是" if mention.collective else "", index, task.number, task.text)
        for index, task in enumerate(reading.tasks, 1)
        for mention in task.mentions
    )
    return Sheet("分工", columns, rows)


def _goals_sheet(reading: Reading) -> Sheet:
    """Targets that stand outside the tasks."""
    columns = (("目标原文", 40), ("指标", 28), ("数值", 20), ("期限", 16), ("最迟日期", 14), ("起", 8), ("止", 8))
    rows = tuple(
        (
            squeeze(goal.text), goal.quantity, quantity(goal), "\n".join(squeeze(due.text) for due in goal.due),
            "\n".join(filter(None, map(day, goal.due))), goal.start, goal.end,
        )
        for goal in reading.goals
    )  # fmt: skip
    return Sheet("目标", columns, rows)


def _doubts_sheet(reading: Reading) -> Sheet:
    """What a person has to settle."""
    columns = (("存疑", 60), ("原文", 40), ("起", 8), ("止", 8))
    rows = tuple((w.message, reading.text[w.start : w.end], w.start, w.end) for w in reading.warnings)
    return Sheet("存疑", columns, rows)


def _particulars_sheet(reading: Reading) -> Sheet:
    """The particulars of the document, and what its words mean."""
    rows: list[Row] = [
        ("标题", reading.title),
        ("发文机关", reading.issuer),
        ("文号", reading.document_number),
        ("成文日期", reading.signed_on.isoformat() if reading.signed_on else ""),
        ("发布日期", reading.published_on.isoformat() if reading.published_on else ""),
        ("读出", found(reading)),
    ]
    rows += [(f"“{meaning.phrase}”的意思", meaning.meaning) for meaning in reading.definitions]
    return Sheet("文件", (("项目", 24), ("内容", 80)), tuple(rows))


def _write(
    page: xlsxwriter.worksheet.Worksheet, sheet: Sheet, head: xlsxwriter.format.Format, body: xlsxwriter.format.Format
) -> None:
    """Write a sheet row by row, as constant memory demands."""
    for column, (title, width) in enumerate(sheet.columns):
        page.set_column(column, column, width)
        page.write_string(0, column, title, head)
    page.freeze_panes(1, 0)
    for number, row in enumerate(sheet.rows, 1):
        for column, value in enumerate(row):
            if isinstance(value, int):
                page.write_number(number, column, value, body)
            else:
                page.write_string(number, column, _fitting(value), body)
    if sheet.rows:
        page.autofilter(0, 0, len(sheet.rows), len(sheet.columns) - 1)


def _fitting(value: str) -> str:
    """Text as long as a cell takes; what is left out is said, not lost in silence (CSV and JSON have it all)."""
    if len(value) <= LONGEST_CELL:
        return value
    note = f"……（Excel 一格装不下，余下的见 CSV 或 JSON，全文 {len(value)} 字）"
    return value[: LONGEST_CELL - len(note)] + note


def _list(names: Iterable[str]) -> str:
    """Names of units in one cell, without repeats."""
    return "、".join(dict.fromkeys(names))
