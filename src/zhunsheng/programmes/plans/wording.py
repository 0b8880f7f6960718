"""How values of a reading are written on a page and in a spreadsheet: numbers, comparisons, periods, counts."""

from __future__ import annotations

from decimal import Decimal

from zhunsheng.programmes.plans.reading.model import Due, Frequency, Op, Per, Reading, Section, Target, UnitRole

COMPARISONS: dict[Op, str] = {"=": "=", ">=": "≥", "<=": "≤", ">": ">", "<": "<", "between": ""}
PERIODS: dict[Per, str] = {
    "day": "日", "week": "周", "two_weeks": "两周", "month": "月", "quarter": "季度", "half_year": "半年", "year": "年",
    "two_years": "两年", "three_years": "三年", "five_years": "五年", "term_of_office": "届",
}  # fmt: skip

ROLES: dict[UnitRole, str] = {"lead": "牵头", "responsible": "责任"}


def squeeze(words: str) -> str:
    """The words without white space, as names of units are compared."""
    return "".join(words.split())


def number(value: Decimal) -> str:
    """A decimal without an exponent and without trailing zeros."""
    plain = f"{value:f}"
    return plain.rstrip("0").rstrip(".") if "." in plain else plain


def quantity(target: Target) -> str:
    """A target in figures: ``≥ 40 学时``, ``= 100%``, ``15—20%``, ``< 全省平均水平``."""
    if isinstance(target.value, tuple):
        value = "—".join(number(part) for part in target.value)
    else:
        value = number(target.value) if isinstance(target.value, Decimal) else target.value
    gap = " " if target.unit and target.unit[0] not in "%％‰" else ""
    return f"{COMPARISONS[target.op]} {value}{gap}{target.unit}".strip()


def rhythm(frequency: Frequency) -> str:
    """A frequency in figures: ``≥ 2 次/年``, with its spread as printed."""
    sign = "" if frequency.op == "=" else COMPARISONS[frequency.op] + " "
    spread = f"，{frequency.spread}" if frequency.spread else ""
    return f"{sign}{number(frequency.count)} 次/{PERIODS[frequency.per]}{spread}"


def day(due: Due) -> str:
    """The last day that still meets a due date, or "" where the document gives no ground for a date."""
    return due.date.isoformat() if due.date else ""


def units(reading: Reading) -> dict[str, None]:
    """The names of units and groups, each once, in the order of the document."""
    return {mention.name: None for task in reading.tasks for mention in task.mentions}


def counts(reading: Reading) -> dict[str, int]:
    """How many values were read, those of goals with those of tasks; units by their names."""
    return {
        "单位": len(units(reading)),
        "期限": sum(len(task.due) for task in reading.tasks) + sum(len(goal.due) for goal in reading.goals),
        "频次": sum(len(task.frequency) for task in reading.tasks),
        "目标": sum(len(task.targets) for task in reading.tasks) + len(reading.goals),
    }


def found(reading: Reading) -> str:
    """What was read, counted in one sentence. What was not found is left out."""
    chapters = sum(section.level == 1 for section in reading.sections)
    head = f"读到 {chapters} 章 {len(reading.tasks)} 项任务" if chapters else f"读到 {len(reading.tasks)} 项任务"
    rest = [
        f"单位称谓 {count} 个" if name == "单位" else f"{name} {count} 处"
        for name, count in counts(reading).items()
        if count
    ]
    return "，".join([head, *rest])


def heading(section: Section) -> str:
    """A heading in one line, with the separator that its number lost: ``二、重点任务``, ``(一)目标``, ``第二章 职责``."""
    number = section.number
    if not number or not section.title or number[-1] in "）)〕】":
        return number + section.title
    return f"{number}{' ' if number.startswith('第') else '.' if number.isdigit() else '、'}{section.title}"


def sections_of(reading: Reading) -> tuple[str, ...]:
    """For each task the innermost heading that it stands under, number and title, "" for none.

    One sweep over the document: sections and tasks both come in the order of the text.
    """
    waiting, above, found = list(reversed(reading.sections)), list[Section](), []
    for task in reading.tasks:
        while waiting and waiting[-1].start < task.start:
            above.append(waiting.pop())
        while above and above[-1].end <= task.start:
            above.pop()
        found.append(heading(above[-1]) if above else "")
    return tuple(found)
