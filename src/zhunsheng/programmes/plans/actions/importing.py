"""A document becomes a plan, or a further edition of one."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from hashlib import sha256
from typing import Literal

from zhunsheng.kernel.actor import Actor
from zhunsheng.kernel.documents.model import Document
from zhunsheng.kernel.errors import Refused
from zhunsheng.kernel.journal import change
from zhunsheng.people.models import Division, Unit
from zhunsheng.programmes.plans import drafting, matching, settling
from zhunsheng.programmes.plans.models import Edition, Plan, Source, Task, Wording
from zhunsheng.programmes.plans.reading import read_plan
from zhunsheng.programmes.plans.reading.fold import fold
from zhunsheng.programmes.plans.reading.model import Reading
from zhunsheng.programmes.plans.reading.reader import plan_year
from zhunsheng.programmes.plans.refs import ref_of_plan

Outcome = Literal["new", "edition", "known"]


@dataclass(frozen=True, slots=True)
class Imported:
    """What became of a document: a new plan, a further edition of a known one, or nothing, for it is known already."""

    edition: Edition
    outcome: Outcome


def import_plan(
    *,
    document: Document,
    name: str,
    office: Unit,
    by: Actor,
    year_from: int | None = None,
    year_to: int | None = None,
    plan: Plan | None = None,
) -> Imported:
    """Read a document and lay it down as a draft for ``office``'s division.

    The same words again give the edition that has them. ``plan`` makes it a further edition of that plan; without it
    a plan of the same title and years is taken. Raises ``Refused`` for what is no plan, a year that nobody states, or
    a plan whose last edition is still being prepared.
    """
    digest = sha256(document.text.encode()).hexdigest()
    known = known_edition(digest, office.division)
    if known is not None:
        return Imported(known, "known")
    reading = read_plan(document)
    if not reading.tasks:
        raise Refused("not_a_plan", next(one.message for one in reading.warnings if one.code == "not_a_plan"))
    first, last = _years(reading, year_from, year_to)
    with change(by, "导入方案", about=[]):
        plan = plan or same_plan(reading, office.division, first, last)
        outcome: Outcome = "edition" if plan else "new"
        plan = plan or _founded(reading, office, first, last)
        return Imported(_edition(plan, reading, _source(document, name, digest), by), outcome)


def known_edition(digest: str, division: Division) -> Edition | None:
    """The edition of that division that was first read from exactly this text, unless it was given up."""
    return (
        Edition.objects.filter(source__sha256=digest, plan__division=division)
        .exclude(state="dropped")
        .select_related("plan")
        .order_by("pk")
        .first()
    )


def same_plan(reading: Reading, division: Division, first: int, last: int) -> Plan | None:
    """The plan of that title and those years, in whatever spelling."""
    title = _key(reading.title)
    plans = Plan.objects.filter(division=division, year_from=first, year_to=last)
    return next((plan for plan in plans if title and _key(plan.title) == title), None)


def _key(title: str) -> str:
    return "".join(fold(title).split()).replace("(修订)", "").replace("(修订稿)", "")


def _years(reading: Reading, first: int | None, last: int | None) -> tuple[int, int]:
    """The years a plan runs: as said by a person, else as its title, number and day say."""
    read_first, read_last = plan_year(
        fold(reading.title), fold(reading.document_number), reading.signed_on or reading.published_on
    )
    begins = first or read_first
    if begins is None:
        raise Refused("year", "看不出这份方案管哪一年：标题、文号和成文日期里都没有年份。请写明年度再导入。")
    ends = last or (first or read_last) or begins
    latest = max((due.date.year for task in reading.tasks for due in task.due if due.date), default=ends)
    return begins, ends if last else max(ends, min(latest, begins + 4))


def _founded(reading: Reading, office: Unit, first: int, last: int) -> Plan:
    return Plan.objects.create(
        division=office.division,
        office=office,
        title=(reading.title or "未写标题的方案")[:200],
        document_number=reading.document_number[:64],
        issuer=reading.issuer[:100],
        signed_on=reading.signed_on,
        year_from=first,
        year_to=last,
    )


def _source(document: Document, name: str, digest: str) -> Source:
    tables = [[[list(cell) for cell in row] for row in table] for table in _cells(document)]
    found, _ = Source.objects.get_or_create(
        sha256=digest,
        defaults={"name": name[:255], "kind": document.kind, "text": document.text, "tables": tables},
    )
    return found


def _cells(document: Document) -> list[list[list[tuple[int, int]]]]:
    """The tables of a document as plain spans."""
    return [[[(cell.start, cell.end) for cell in row] for row in table.rows] for table in document.tables]


def _edition(plan: Plan, reading: Reading, source: Source, by: Actor) -> Edition:
    last = plan.editions.select_for_update().order_by("-number").first()
    if last is not None and last.state in {"draft", "consulting", "ready"}:
        raise Refused("preparing", f"《{plan.title}》第 {last.number} 版还在核对。请先发布或者放弃那一版，再导入新的。")
    edition = Edition.objects.create(plan=plan, source=source, number=last.number + 1 if last else 1)
    with change(by, "导入方案", about=[ref_of_plan(plan)]):
        drafting.lay_down(edition, reading, _tasks(plan, reading))
        settling.settle_by_rule(edition, date(plan.year_from, 1, 1))
    return edition


def _tasks(plan: Plan, reading: Reading) -> dict[int, tuple[Task, str]]:
    """For each read task the task that it words: one of the published edition, or a new one."""
    old = list(
        Wording.objects.filter(edition__plan=plan, edition__state="published").select_related("task", "edition__source")
    )
    pairs = matching.matched(
        [matching.Words(one.number, one.title, one.edition.source.text[one.start : one.end]) for one in old],
        [matching.Words(one.number, one.title, one.text) for one in reading.tasks],
    )
    fresh = [index for index in range(len(reading.tasks)) if index not in pairs]
    made = dict(zip(fresh, Task.objects.bulk_create(Task(plan=plan) for _ in fresh), strict=True))
    kept = {index: (old[match].task, kind) for index, (match, kind) in pairs.items()}
    return {**kept, **{index: (task, "new") for index, task in made.items()}}
