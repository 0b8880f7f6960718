"""Does everything stand that was acknowledged, and nothing by half? After kills, on the place that the environment names.

``python -m tools.benches.proof`` reads what was acknowledged as JSON and prints what is wrong, one fault a line.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterator
from hashlib import sha256

from tools.benches.writers import PLAN

ORDERED = ("draft", "issued", "signed", "answered", "closed")
STATE_OF = {"issue": "issued", "sign": "signed", "answer": "answered", "close": "closed"}


def main() -> int:
    """Print faults; 1 where there are any."""
    import django

    django.setup()
    faults = [*lost(json.load(sys.stdin)), *halves()]
    print(*faults, sep="\n", end="\n" if faults else "")
    return 1 if faults else 0


# --- what was acknowledged


def lost(known: list[list[str]]) -> Iterator[str]:
    """Whatever somebody was told is done, and is not there."""
    checks: dict[str, Callable[..., bool]] = {
        "report": _reported, "piece": _stored, "import": _imported, "ready": _handed_over, "publish": _published,
        "order": _ordered, "step": _stepped,
    }  # fmt: skip
    yield from (f"lost: {kind} {what}" for kind, *what in known if not checks[kind](*what))


def _reported(duty: str, mark: str, digest: str) -> bool:
    from zhunsheng.kernel.evidence.models import EvidenceUse
    from zhunsheng.programmes.plans.models import Report
    from zhunsheng.programmes.plans.reports import REPORT

    found = Report.objects.filter(duty=int(duty), text=mark, submitted_at__isnull=False).first()
    uses = EvidenceUse.objects.filter(kind=REPORT, removed_at=None, evidence__file__digest=digest)
    return found is not None and uses.filter(key=str(found.pk)).exists()


def _stored(mark: str, digest: str) -> bool:
    from zhunsheng.kernel.evidence.models import Evidence

    return Evidence.objects.filter(note=mark, file__digest=digest).exists()


def _imported(mark: str) -> bool:
    from zhunsheng.programmes.plans.models import Edition

    return Edition.objects.filter(source__text=PLAN.format(number=mark)).count() == 1


def _handed_over(plan: str) -> bool:
    from zhunsheng.programmes.plans.models import Edition

    return Edition.objects.filter(plan=int(plan), state__in=["ready", "published"]).exists()


def _published(plan: str) -> bool:
    from zhunsheng.programmes.plans.models import Edition

    return Edition.objects.filter(plan=int(plan), state="published", plan__state="running").exists()


def _ordered(mark: str) -> bool:
    from zhunsheng.kernel.matter.models import Matter

    return Matter.objects.filter(title=mark).count() == 1


def _stepped(order: str, action: str) -> bool:
    from zhunsheng.kernel.matter.models import Matter

    state = Matter.objects.get(pk=order).state
    return state in ORDERED and ORDERED.index(state) >= ORDERED.index(STATE_OF[action])


# --- nothing by half


def halves() -> Iterator[str]:
    """Records that do not agree with each other."""
    yield from _duties()
    yield from _files()
    yield from _editions()
    yield from _matters()
    yield from _strays()


def _strays() -> Iterator[str]:
    """Changes that went past the journal."""
    from zhunsheng.kernel.journal.kinds import Source
    from zhunsheng.kernel.journal.models import Block, Entry

    marks = Block.objects.filter(source=Source.UNKNOWN.value).values("mark")
    strays = Entry.objects.filter(mark__in=marks) | Entry.objects.filter(mark=None)
    rows = strays.values_list("table", "operation", "origin", "after").order_by("pk")
    yield from (f"half: stray {' '.join(row)[:300]}" for row in rows)


def _duties() -> Iterator[str]:
    """The state of every duty agrees with its reports."""
    from django.db.models import Exists, OuterRef

    from zhunsheng.programmes.plans.models import Duty, Report

    draft = Exists(Report.objects.filter(duty=OuterRef("pk"), submitted_at__isnull=True))
    sent = Exists(Report.objects.filter(duty=OuterRef("pk"), submitted_at__isnull=False))
    rows = Duty.objects.alias(draft=draft, sent=sent)
    for name, wrong in {
        "submitted without a report": rows.filter(state__in=["head", "lead", "office"]).exclude(sent=True),
        "submitted with a draft": rows.filter(state__in=["head", "lead", "office"], draft=True),
        "not begun with a report": rows.filter(state="new").exclude(draft=False, sent=False),
        "begun without a draft": rows.filter(state__in=["run", "back"], draft=False),
    }.items():
        yield from (f"half: duty {pk} {name}" for pk in wrong.values_list("pk", flat=True))


def _files() -> Iterator[str]:
    """Every row has its file, unchanged; every piece that hangs on a report hangs on one that there is."""
    from zhunsheng.kernel.evidence.models import EvidenceUse
    from zhunsheng.kernel.evidence.sweep import faults
    from zhunsheng.programmes.plans.models import Report
    from zhunsheng.programmes.plans.reports import REPORT

    found = faults()
    yield from (f"half: file {digest} missing" for digest in found.missing)
    yield from (f"half: file {digest} damaged" for digest in found.damaged)
    reports = {str(pk) for pk in Report.objects.values_list("pk", flat=True)}
    keys = EvidenceUse.objects.filter(kind=REPORT).values_list("key", flat=True)
    yield from (f"half: evidence of no report {key}" for key in keys if key not in reports)


def _editions() -> Iterator[str]:
    """An edition has all tasks of its text; a published one asks for all that it says, an unpublished one for nothing."""
    from zhunsheng.kernel.documents import Document
    from zhunsheng.programmes.plans.models import Assignment, Edition, Plan
    from zhunsheng.programmes.plans.reading import read_plan

    text = PLAN.format(number=0)
    expected = len(read_plan(Document(text, "text")).tasks)
    ours = Edition.objects.filter(source__text__startswith=text[:10]).select_related("plan", "source")
    for one in ours:
        if one.source.sha256 != sha256(one.source.text.encode()).hexdigest() or one.wordings.count() != expected:
            yield f"half: edition {one.pk} lacks tasks"
        if one.state == "published":
            yield from _enacted(one)
        elif Assignment.objects.filter(task__plan=one.plan_id).exists():
            yield f"half: edition {one.pk} is {one.state} and assigned"
    yield from (
        f"half: plan {pk} without edition" for pk in Plan.objects.filter(editions=None).values_list("pk", flat=True)
    )


def _enacted(edition: object) -> Iterator[str]:
    """Digest, assignments, periods and duties of a published edition are complete."""
    from zhunsheng.programmes.plans.actions import publishing
    from zhunsheng.programmes.plans.models import Assignment, Duty, Edition, Mention, Occurrence

    assert isinstance(edition, Edition)  # noqa: S101 - for the checker of types
    asked = set(
        Mention.objects.filter(wording__edition=edition, name__units__isnull=False)
        .values_list("wording__task_id", "name__units")
    )  # fmt: skip
    given = set(Assignment.objects.filter(task__plan=edition.plan_id, ended=False).values_list("task_id", "unit_id"))
    periods = {task: len(some) for task, some in publishing.periods_of(edition).items()}
    laid = {task: Occurrence.objects.filter(task=task, ended=False).count() for task in periods}
    duties = Duty.objects.filter(task__plan=edition.plan_id).count()
    if edition.digest != publishing.digest(edition):
        yield f"half: edition {edition.pk} has another digest"
    if asked != given or periods != laid or duties != sum(periods[task] for task, _ in given):
        yield f"half: edition {edition.pk} is published in part"


def _matters() -> Iterator[str]:
    """Numbers without gaps; an answered matter has its answer; the last step led to the state."""
    from zhunsheng.kernel.matter.models import Matter

    issued = Matter.objects.exclude(state="draft")
    numbers = list(issued.values_list("document_number", flat=True))
    if "" in numbers or len(set(numbers)) != len(numbers):
        yield "half: matters without a number of their own"
    for one in Matter.objects.prefetch_related("steps", "answers"):
        if (one.state in {"answered", "closed"}) != bool(one.answers.all()):
            yield f"half: matter {one.pk} {one.state} and its answers"
        steps = sorted(one.steps.all(), key=lambda step: step.pk)
        if one.state != "draft" and (not steps or STATE_OF.get(steps[-1].action) != one.state):
            yield f"half: matter {one.pk} {one.state} and its steps"


if __name__ == "__main__":
    raise SystemExit(main())
