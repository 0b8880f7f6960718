"""What is wrong with a workbook, as data: where, by which rule, and what to do about it."""

from __future__ import annotations

from dataclasses import dataclass


class Bad(ValueError):
    """A cell that cannot be taken. ``str(error)`` says what is wrong, ``remedy`` what to do, ``rule`` is stable."""

    def __init__(self, rule: str, message: str, remedy: str) -> None:
        super().__init__(message)
        self.rule, self.remedy = rule, remedy


@dataclass(frozen=True, slots=True)
class Finding:
    """One error: sheet, cell (``C5``), stable code of the rule, what is wrong, what to do."""

    sheet: str
    cell: str
    rule: str
    message: str
    remedy: str

    def __str__(self) -> str:
        return f"{self.sheet} {self.cell}：{self.message}{self.remedy}"


def cell(column: int, line: int) -> str:
    """The name of a cell; both are counted from 1."""
    letters = ""
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return f"{letters}{line}"
