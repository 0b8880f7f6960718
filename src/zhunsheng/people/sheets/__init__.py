"""Divisions, units and members as an Excel workbook: a template, a check of every row, one import, and the way back."""

from zhunsheng.people.sheets.entering import import_workbook
from zhunsheng.people.sheets.export import export, member_list, unit_list
from zhunsheng.people.sheets.findings import Finding
from zhunsheng.people.sheets.staging import Staged, stage
from zhunsheng.people.sheets.writing import annotated, template

__all__ = [
    "Finding",
    "Staged",
    "annotated",
    "export",
    "import_workbook",
    "member_list",
    "stage",
    "template",
    "unit_list",
]
