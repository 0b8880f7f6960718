"""From the bytes of a workbook to rows of values, with everything that cannot be read told."""

from __future__ import annotations

import zipfile
import zlib
from collections.abc import Sequence
from dataclasses import dataclass, field
from io import BytesIO
from typing import Final

from lxml import etree
from python_calamine import CalamineError, CalamineWorkbook

from zhunsheng.kernel.errors import Refused
from zhunsheng.people.sheets.columns import SHEETS, VERSION, VERSION_SHEET, Column, Sheet
from zhunsheng.people.sheets.extent import inflated, largest_area
from zhunsheng.people.sheets.findings import Bad, Finding, cell

LARGEST: Final = 5 * 1024 * 1024
LARGEST_INFLATED: Final = 60 * 1024 * 1024
MOST_ROWS: Final = 5_000
MOST_CELLS: Final = 2_000_000

Grid = Sequence[Sequence[object]]


@dataclass(frozen=True, slots=True)
class Row:
    """A row: its line (from 1, as Excel counts), its values by key, and where each stood."""

    sheet: str
    line: int
    values: dict[str, object]
    places: dict[str, int]

    def text(self, key: str) -> str:
        """A value that is text; empty where nothing was written."""
        value = self.values[key]
        return value if isinstance(value, str) else ""

    def finding(self, key: str, rule: str, message: str, remedy: str) -> Finding:
        """An error in one cell of this row."""
        return Finding(self.sheet, cell(self.places.get(key, 1), self.line), rule, message, remedy)


@dataclass(slots=True)
class Book:
    """All rows that can be read, by sheet, and the errors met on the way."""

    rows: dict[str, list[Row]] = field(default_factory=dict)
    findings: list[Finding] = field(default_factory=list)


def grids(content: bytes) -> dict[str, Grid]:
    """Every sheet as cells, as they are. Raises ``Refused`` for what is no workbook that we take."""
    check_size(content)
    try:
        book = CalamineWorkbook.from_filelike(BytesIO(content))
        return {name: book.get_sheet_by_name(name).to_python(skip_empty_area=False) for name in book.sheet_names}
    except (CalamineError, ValueError, OSError) as error:
        raise _no_workbook() from error


def read(content: bytes) -> Book:
    """The rows of the sheets that we know. Raises ``Refused`` as ``grids`` does, and where none of them is there."""
    found = grids(content)
    known = [sheet for sheet in SHEETS if sheet.name in found]
    if not known:
        names = "、".join(sheet.name for sheet in SHEETS)
        raise Refused("no_known_sheet", f"工作簿里没有名为{names}的工作表。请下载模板，在模板里填写。")
    book = Book()
    book.findings.extend(_version(found.get(VERSION_SHEET)))
    for sheet in known:
        _read_sheet(sheet, found[sheet.name], book)
    return book


def check_size(content: bytes) -> None:
    """Refuse what is no xlsx, and what would take far more room than a list of units and members."""
    if len(content) > LARGEST:
        raise Refused("too_large", "文件超过 5 兆字节。请分成几个文件导入。")
    try:
        small = inflated(content) <= LARGEST_INFLATED and largest_area(content) <= MOST_CELLS
    except (
        zipfile.BadZipFile,
        zlib.error,
        etree.LxmlError,
        NotImplementedError,
        RuntimeError,
        OSError,
        ValueError,
    ) as error:
        raise _no_workbook() from error
    if not small:
        raise Refused(
            "too_large",
            "文件解开后过大，或者很远的行、列里还有字，不像要导入的表格。请把要的几列贴到新的工作簿里，重新保存。",
        )


def _no_workbook() -> Refused:
    return Refused("not_a_workbook", "这个文件不是 xlsx 工作簿，或者已经损坏、加了密码。请另存为 xlsx 格式后再导入。")


def _version(grid: Grid | None) -> list[Finding]:
    """An error where the workbook was made from a template of another version; one made without it is taken."""
    written = str(grid[0][1]) if grid and len(grid[0]) > 1 else VERSION
    if written == VERSION:
        return []
    message = f"模板是第 {written} 版，现在用的是第 {VERSION} 版。"
    return [Finding(VERSION_SHEET, "B1", "template_version", message, "请下载新模板，把内容贴过去。")]


def _read_sheet(sheet: Sheet, grid: Grid, book: Book) -> None:
    if not any(str(value).strip() for values in grid for value in values):
        book.rows[sheet.name] = []
        return
    titles = ["".join(str(value).split()).rstrip("*＊") for value in (grid[0] if grid else [])]
    places = {column.key: titles.index(column.title) + 1 for column in sheet.columns if column.title in titles}
    problems = list(_head_problems(sheet, titles, places))
    body = [(line, values) for line, values in enumerate(grid[1:], 2) if any(str(value).strip() for value in values)]
    if len(body) > MOST_ROWS:
        remedy = "请分成几个文件导入。"
        problems.append(Finding(sheet.name, cell(1, MOST_ROWS + 2), "too_many_rows", f"超过 {MOST_ROWS} 行。", remedy))
    book.findings.extend(problems)
    if not problems:
        rows = [_row(sheet, line, values, places, book.findings) for line, values in body]
        book.rows[sheet.name] = [row for row in rows if row is not None]


def _head_problems(sheet: Sheet, titles: list[str], places: dict[str, int]) -> list[Finding]:
    missing = [column.title for column in sheet.columns if column.required and column.key not in places]
    known = {column.title for column in sheet.columns}
    found = [
        Finding(sheet.name, cell(1, 1), "missing_column", f"缺少“{title}”一列。", "请在第一行补上这一列，或者用模板。")
        for title in missing
    ]
    for number, title in enumerate(titles, 1):
        if title and title not in known:
            remedy = f"请删去这一列，或者改成：{'、'.join(column.title for column in sheet.columns)}。"
            found.append(Finding(sheet.name, cell(number, 1), "unknown_column", f"不认识“{title}”这一列。", remedy))
        elif title and title in titles[: number - 1]:
            found.append(
                Finding(sheet.name, cell(number, 1), "column_twice", f"“{title}”一列出现两次。", "请只留一列。")
            )
    return found


def _row(
    sheet: Sheet, line: int, values: Sequence[object], places: dict[str, int], findings: list[Finding]
) -> Row | None:
    """One row, ``None`` if a cell of it cannot be read."""
    row = Row(sheet.name, line, {}, places)
    for column in sheet.columns:
        place = places.get(column.key, 0)
        raw = values[place - 1] if 0 < place <= len(values) else ""
        try:
            row.values[column.key] = _value(column, raw)
        except Bad as bad:
            findings.append(row.finding(column.key, bad.rule, str(bad), bad.remedy))
    return row if len(row.values) == len(sheet.columns) else None


def _value(column: Column, raw: object) -> object:
    if not str(raw).strip():
        if column.required:
            raise Bad("required", f"“{column.title}”没有填。", column.note)
        return column.empty
    value = column.read(raw)
    if len(str(raw)) > column.longest:
        raise Bad("too_long", f"“{column.title}”超过 {column.longest} 个字。", "请缩短。")
    return value
