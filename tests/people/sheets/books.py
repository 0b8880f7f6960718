"""Workbooks for tests: rows by sheet and title, written and read without the code under test."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from io import BytesIO
from typing import Any

import xlsxwriter
from python_calamine import CalamineWorkbook

OURS = ("区划", "单位", "成员")


def book(sheets: Mapping[str, Sequence[Mapping[str, Any]]], **hidden: str) -> bytes:
    """A workbook with these rows; values that are no text are written as what they are."""
    buffer = BytesIO()
    with xlsxwriter.Workbook(buffer, {"in_memory": True, "default_date_format": "yyyy-mm-dd"}) as made:
        for name, rows in sheets.items():
            page = made.add_worksheet(name)
            titles = list(dict.fromkeys(title for row in rows for title in row))
            page.write_row(0, 0, titles)
            for line, row in enumerate(rows, 1):
                for place, title in enumerate(titles):
                    _write(page, line, place, row.get(title, ""))
        for name, text in hidden.items():
            made.add_worksheet(name).write_row(0, 0, ["", text])
    return buffer.getvalue()


def _write(page: Any, line: int, place: int, value: object) -> None:
    if isinstance(value, str):
        page.write_string(line, place, value)
    else:
        page.write(line, place, value)


def rows_of(content: bytes) -> dict[str, list[dict[str, str]]]:
    """The rows of our sheets by title, every cell as text."""
    found = CalamineWorkbook.from_filelike(BytesIO(content))
    result = {}
    for name in found.sheet_names:
        if name in OURS:
            head, *rows = found.get_sheet_by_name(name).to_python()
            titles = [str(title).rstrip("*") for title in head]
            result[name] = [dict(zip(titles, map(str, row), strict=True)) for row in rows]
    return result
