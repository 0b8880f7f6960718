"""A document becomes a plan, or a further edition of one."""

from __future__ import annotations

from dataclasses import dataclass
from hashlib import sha256
from typing import Final, Literal

from zhunsheng.kernel.actor import Actor
from zhunsheng.kernel.documents.model import Document
from zhunsheng.kernel.errors import Refused
from zhunsheng.kernel.evidence import actions as evidence
from zhunsheng.kernel.evidence.content import kind_of
from zhunsheng.kernel.journal import change
from zhunsheng.people.models import Division, Unit
from zhunsheng.programmes.plans import drafting, matching, settling
from zhunsheng.programmes.plans.adopting import adopt
from zhunsheng.programmes.plans.models import Edition, Plan, Source, Task
from zhunsheng.programmes.plans.models.plan import UNTITLED
from zhunsheng.programmes.plans.reading import read_plan
from zhunsheng.programmes.plans.reading.fold import fold
from zhunsheng.programmes.plans.reading.model import Reading
from zhunsheng.programmes.plans.reading.reader import plan_year
from zhunsheng.programmes.plans.refs import ref_of_plan
from zhunsheng.programmes.plans.rights import may_prepare
from zhunsheng.programmes.plans.yearly import doubt_dates

Outcome = Literal["new", "edition", "known"]
LONGEST_PLAN: Final = 5
"""Years that a plan runs at most where nobody says how long: a date far ahead in its text is no end of it."""
NO_TASKS: Final = "这份文件里没有读到任务，不能作为方案导入。请核对是不是要导入的那一份，正文、附表是否完整。"


@dataclass(frozen=True, slots=True)
class Imported:
    """What became of a document: a new plan, a further edition of a known one, or nothing, for it is known already."""

    edition: Edition
    outcome: Outcome


@dataclass(frozen=True, slots=True)
class Terms:
    """What a person says about a plan on import; ``None`` and "" leave it to the document."""

    year_from: int | None = None
    year_to: int | None = None
    cycle: str = ""
    plan: Plan | None = None
    original: bytes = b""
    """The file as it came, to be kept beside the plan; the person has confirmed that it holds no secret."""


def import_plan(*, document: Document, name: str, office: Unit, by: Actor, terms: Terms = Terms()) -> Imported:
    """Read a document and lay it down as a draft for ``office``'s division.

    The same words again give the edition that has them. ``terms.plan`` makes it a further edition of that plan;
    without it a plan of the same title and first year is taken. Raises ``Refused`` for whom it is not for, what is no
    plan, a year that nobody states, or a plan whose last edition is still being prepared.
    """
    division = office.division
    if not (by.pk is None or may_prepare(by, division)):
        raise Refused("right", f"{division.name}的方案由该地依法治县办导入。")
    digest = sha256(document.text.encode()).hexdigest()
    if (known := known_edition(digest, division)) is not None:
        return Imported(known, "known")
    reading = read_plan(document)
    if not reading.tasks:
        said = (one.message for one in reading.warnings if one.code == "not_a_plan")
        raise Refused("not_a_plan", next(said, NO_TASKS))
    first, last = _years(reading, terms.year_from, terms.year_to)
    with change(by, "导入方案"):
        Division.objects.select_for_update().get(pk=division.pk)
        if (known := known_edition(digest, division)) is not None:  # somebody was quicker while we read
            return Imported(known, "known")
        plan = terms.plan or same_plan(reading, division, first)
        outcome: Outcome = "edition" if plan else "new"
        plan = plan or _founded(reading, office, first, last, terms.cycle)
        _keep(terms.original, name, plan, by)
        return Imported(_edition(plan, reading, _source(document, name, digest), by), outcome)


def _keep(original: bytes, name: str, plan: Plan, by: Actor) -> None:
    """Keep the file as evidence of the plan. Kinds that evidence does not take (web pages) are kept as text only."""
    if not original:
        return
    try:
        kind_of(original, name)
    except Refused:
        return
    stored = evidence.store(
        data=original, name=name, unit_id=by.unit_id or plan.office_id, note="方案原文", not_secret=True, by=by
    )
    evidence.attach(evidence=stored.evidence, ref=ref_of_plan(plan), by=by)


def known_edition(digest: str, division: Division) -> Edition | None:
    """The edition of that division that was first read from exactly this text, unless it was given up."""
    return (
        Edition.objects.filter(source__sha256=digest, plan__division=division)
        .exclude(state="dropped")
        .select_related("plan")
        .order_by("pk")
        .first()
    )


def same_plan(reading: Reading, division: Division, first: int) -> Plan | None:
    """The plan of that title and first year, in whatever spelling; a revision may move its end."""
    title = _key(reading.title)
    plans = Plan.objects.filter(division=division, year_from=first).order_by("-pk")
    return next((plan for plan in plans if title and _key(plan.title) == title), None)


def _key(title: str) -> str:
    plain = "".join(fold(title).split())
    for mark in ("(修订)", "(修订稿)", "(征求意见稿)", "(送审稿)", "(修订版)"):
        plain = plain.replace(mark, "")
    return plain


def _years(reading: Reading, first: int | None, last: int | None) -> tuple[int, int]:
    """The years a plan runs: as said by a person, else as its title, number and day say."""
    read_first, read_last = plan_year(
        fold(reading.title), fold(reading.document_number), reading.signed_on or reading.published_on
    )
    begins = first or read_first
    if begins is None:
        raise Refused("year", "看不出这份方案管哪一年：标题、文号和成文日期里都没有年份。请写明年度再导入。")
    if last is not None:
        if last < begins:
            raise Refused("year", f"结束年度 {last} 早于起始年度 {begins}，请改其中一个。")
        return begins, last
    ends = max(begins, read_last or begins) if not first or first == read_first else begins
    latest = max((due.date.year for task in reading.tasks for due in task.due if due.date), default=ends)
    return begins, max(ends, min(latest, begins + LONGEST_PLAN - 1))


def _founded(reading: Reading, office: Unit, first: int, last: int, cycle: str) -> Plan:
    return Plan.objects.create(
        division=office.division,
        office=office,
        title=(" ".join(reading.title.split()) or UNTITLED)[:200],
        document_number=reading.document_number[:64],
        issuer=reading.issuer[:100],
        signed_on=reading.signed_on,
        year_from=first,
        year_to=last,
        cycle=cycle,
    )


def _source(document: Document, name: str, digest: str) -> Source:
    found, _ = Source.objects.get_or_create(
        sha256=digest,
        defaults={"name": name[:255], "kind": document.kind, "text": document.text, "tables": _cells(document)},
    )
    return found


def _cells(document: Document) -> list[list[list[list[int]]]]:
    """The tables of a document: for each cell its span, its column, and 1 where it continues the cell above."""
    return [
        [[[cell.start, cell.end, cell.column, int(cell.merged)] for cell in row] for row in table.rows]
        for table in document.tables
    ]


def _edition(plan: Plan, reading: Reading, source: Source, by: Actor) -> Edition:
    last = plan.editions.select_for_update().order_by("-number").first()
    if last is not None and last.state in {"draft", "consulting", "ready"}:
        raise Refused("preparing", f"《{plan.title}》第 {last.number} 版还在核对。请先发布或者放弃那一版，再导入新的。")
    if plan.state == "archived":
        raise Refused("archived", f"《{plan.title}》已经归档，不能再出新版。")
    before = plan.editions.filter(state="published").select_related("source").first()
    edition = Edition.objects.create(plan=plan, source=source, number=last.number + 1 if last else 1)
    with change(by, "导入方案", about=[ref_of_plan(plan)]):
        drafting.lay_down(edition, reading, _tasks(plan, reading, before))
        doubt_dates(edition)
        settling.settle_by_rule(edition)
        adopt(edition, before)
    return edition


def _tasks(plan: Plan, reading: Reading, before: Edition | None) -> dict[int, tuple[Task, str]]:
    """For each read task the task that it words: one of the published edition, or a new one."""
    old = list(before.wordings.select_related("task")) if before else []
    text = before.source.text if before else ""
    pairs = matching.matched(
        [matching.Words(one.number, one.title, text[one.start : one.end]) for one in old],
        [matching.Words(one.number, one.title, one.text) for one in reading.tasks],
    )
    fresh = [index for index in range(len(reading.tasks)) if index not in pairs]
    made = dict(zip(fresh, Task.objects.bulk_create(Task(plan=plan) for _ in fresh), strict=True))
    kept = {index: (old[match].task, kind) for index, (match, kind) in pairs.items()}
    return {**kept, **{index: (task, "new") for index, task in made.items()}}
