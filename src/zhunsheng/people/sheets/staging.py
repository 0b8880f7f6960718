"""Every row of a workbook checked against every rule, and against the database; nothing is stored here."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from zhunsheng.people.sheets import checks_of_divisions, checks_of_members, checks_of_units
from zhunsheng.people.sheets.reading import Book, read
from zhunsheng.people.sheets.world import World, load

if TYPE_CHECKING:
    from datetime import date

    from zhunsheng.people.models import Division
    from zhunsheng.people.sheets.checks_of_divisions import NewDivision
    from zhunsheng.people.sheets.checks_of_members import PlannedMember
    from zhunsheng.people.sheets.checks_of_units import PlannedUnit
    from zhunsheng.people.sheets.findings import Finding


@dataclass(frozen=True, slots=True)
class Counts:
    """Rows of one sheet: new, changed, as they stand already."""

    new: int
    changed: int
    same: int


@dataclass(slots=True)
class Staged:
    """A workbook as checked: what is wrong (nothing may be stored then), or what would be done."""

    world: World
    findings: list[Finding]
    divisions: list[NewDivision] = field(default_factory=list)
    units: list[PlannedUnit] = field(default_factory=list)
    members: list[PlannedMember] = field(default_factory=list)
    seen_divisions: int = 0

    @property
    def right(self) -> bool:
        """Whether every row of every sheet is right."""
        return not self.findings

    def counts(self) -> dict[str, Counts]:
        """What would be done, by sheet."""
        new = len(self.divisions)
        return {
            "区划": Counts(new, 0, self.seen_divisions - new),
            "单位": _counts([(unit.standing is None, unit.changed) for unit in self.units]),
            "成员": _counts([(member.standing is None, member.changed) for member in self.members]),
        }


def _counts(rows: list[tuple[bool, bool]]) -> Counts:
    new = sum(is_new for is_new, _ in rows)
    changed = sum(changed for is_new, changed in rows if not is_new)
    return Counts(new, changed, len(rows) - new - changed)


def stage(content: bytes, *, division: Division, day: date) -> Staged:
    """Check a workbook for ``division`` and all below it. Raises ``Refused`` for a file that is no such workbook.

    Queries do not depend on the number of rows.
    """
    book = read(content)
    world = load(division, day, usernames=_texts(book, "成员", "username"), codes=_texts(book, "区划", "code"))
    staged = Staged(world, book.findings)
    labels, staged.divisions = checks_of_divisions.check(book.rows.get("区划", []), world, staged.findings)
    names, staged.units = checks_of_units.check(book.rows.get("单位", []), world, labels, staged.findings)
    staged.members = checks_of_members.check(book.rows.get("成员", []), world, names, staged.findings)
    staged.seen_divisions = len(book.rows.get("区划", []))
    order = {name: number for number, name in enumerate(("版本", "区划", "单位", "成员"))}
    staged.findings.sort(key=lambda one: (order[one.sheet], int("".join(filter(str.isdigit, one.cell))), one.cell))
    return staged


def _texts(book: Book, sheet: str, key: str) -> set[str]:
    return {row.text(key) for row in book.rows.get(sheet, [])} - {""}
