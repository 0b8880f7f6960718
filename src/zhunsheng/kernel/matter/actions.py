"""Changes to matters: one change, one function. ``seen`` is the version that the person had before them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Final

from django.apps import apps
from django.conf import settings

from zhunsheng.kernel.actor import Actor
from zhunsheng.kernel.clock.calendar import hold
from zhunsheng.kernel.errors import Refused
from zhunsheng.kernel.events import emit
from zhunsheng.kernel.evidence.actions import attach
from zhunsheng.kernel.evidence.models import Evidence
from zhunsheng.kernel.journal import change
from zhunsheng.kernel.matter import deadlines, moving
from zhunsheng.kernel.matter.flow import FLOW, to_itself
from zhunsheng.kernel.matter.kinds import kind as kind_of
from zhunsheng.kernel.matter.models import Matter, MatterAnswer, MatterOrigin
from zhunsheng.kernel.matter.records import kept, locked
from zhunsheng.kernel.matter.rights import printed_name, seated, standing
from zhunsheng.kernel.now import now, today
from zhunsheng.kernel.numbers.taking import shown, take
from zhunsheng.kernel.refs import Ref
from zhunsheng.kernel.saving import saved

TYPED: Final = "照来文或者决定填写"
"""The arithmetic of a date that somebody typed."""


def open(  # noqa: A001 - the word of the design: matter.open
    *,
    kind: str,
    origins: Iterable[Ref],
    unit_id: int,
    issuer_id: int,
    title: str,
    demands: str = "",
    basis: str = "",
    due: date | None = None,
    outside: tuple[str, str] = ("", ""),
    by: Actor,
) -> Matter:
    """Draft a matter for a unit. Raises ``Refused``.

    ``due`` is given where the kind has no days of its own, or to set another date; ``outside`` are organ and number of a
    paper that came from outside. A part of the program (an alert) may draft; issuing is for people.
    """
    settled = kind_of(kind)
    if to_itself(kind, unit_id, issuer_id):
        raise Refused("own_unit", own_unit(settled.label))
    _check_may_draft(issuer_id, unit_id, by)
    deadlines.check_typed(due, today())
    with change(by, f"拟{settled.label}", about=list(origins := list(origins))):
        made = Matter(
            kind=kind, title=title.strip(), demands=demands.strip(), basis=basis.strip() or settled.basis,
            unit_id=unit_id, issuer_id=issuer_id, due=due, arithmetic=TYPED if due else "", drafted_by_id=by.pk,
            drafted_at=now(), issuer_name=outside[0].strip(), document_number=outside[1].strip(),
        )  # fmt: skip
        kept(made, "open", "拟稿", by)
        for origin in dict.fromkeys(origins):
            saved(MatterOrigin(matter=made, kind=origin.kind, key=origin.key, label=origin.label[:300]))
        emit("matter.opened", made.ref, kind=kind, unit_id=unit_id, origins=origins)
    return made


def own_unit(label: str) -> str:
    """Why a unit does not press itself, and who does."""
    return (
        f"承办的就是本单位，自己不能给自己发{label}：发的和核查的会是同一家。"
        "请由上级单位，或者政府办公室等负责督查的单位的经办来拟；只是催本单位补报的，请单位负责人督促。"
    )


def _check_may_draft(issuer_id: int, unit_id: int, by: Actor) -> None:
    """Drafting is for the issuing unit, and towards units that it oversees."""
    if by.pk is None:
        return
    held = standing(by)
    if issuer_id not in held.drafts:
        raise Refused("right", "只有交办单位的人才能拟稿。")
    units = apps.get_model(settings.UNIT_MODEL)._default_manager  # noqa: SLF001 - Django's name for it
    if not units.filter(held.units(""), pk=unit_id).exists():
        raise Refused("right", "这个单位不在你管的范围里，不能交办给它。")


def revise(
    *,
    matter: Matter,
    title: str,
    demands: str,
    basis: str,
    due: date | None,
    outside: tuple[str, str] = ("", ""),
    by: Actor,
    seen: int | None = None,
) -> Matter:
    """Change a draft. Raises ``Refused``."""
    with change(by, "改稿", about=[matter.ref]):
        matter = locked(matter, seen)
        if matter.state != "draft":
            raise Refused("state", "发出以后不能再改。要改的先撤回；已经签收的，撤销以后另发一件。")
        if matter.issuer_id not in standing(by).drafts:
            raise Refused("right", "只有交办单位的人才能改稿。")
        deadlines.check_typed(due, today())
        matter.title, matter.demands, matter.basis = title.strip(), demands.strip(), basis.strip()
        matter.due, matter.arithmetic = due, TYPED if due else ""
        if kind_of(matter.kind).incoming:
            matter.issuer_name, matter.document_number = outside[0].strip(), outside[1].strip()
        return kept(matter, "revise", "改稿", by)


def issue(*, matter: Matter, by: Actor, seen: int | None = None) -> Matter:
    """Give it to the unit: number, names of the day, dates. A recalled one keeps its number. Raises ``Refused``."""
    with change(by, "签发", about=[matter.ref]):
        matter = locked(matter, seen)
        step = FLOW.step(matter, "issue", seated(by))
        settled, day = kind_of(matter.kind), today()
        if not settled.incoming:
            matter.issuer_name = printed_name(matter.issuer_id)
        matter.unit_name = printed_name(matter.unit_id)
        matter.issued_at = now()
        hold()
        moving.count_signing(matter, day, settled.sign)
        _set_due(matter, day)
        if not matter.document_number:
            matter.year = day.year
            matter.number = take(matter.kind, f"{settled.word} {matter.issuer_id}", day.year, ref=matter.ref)
            matter.document_number = shown(settled.word, day.year, matter.number)
        kept(matter, "issue", step.label, by)
        emit("matter.issued", matter.ref, kind=matter.kind, unit_id=matter.unit_id, due=matter.due)
    return matter


def _set_due(matter: Matter, day: date) -> None:
    """The date typed, if there is one; else the one that the kind gives."""
    if matter.due is None:
        moving.count(matter, day, kind_of(matter.kind).answer)
    else:
        deadlines.check_typed(matter.due, day)


def sign(*, matter: Matter, by: Actor, seen: int | None = None) -> Matter:
    """The unit confirms that it has it in hand. Raises ``Refused``."""
    with change(by, "签收", about=[matter.ref]):
        matter = locked(matter, seen)
        step = FLOW.step(matter, "sign", seated(by))
        matter.signed_at = now()
        kept(matter, "sign", step.label, by)
        emit("matter.signed", matter.ref, unit_id=matter.unit_id)
    return matter


def answer(
    *, matter: Matter, text: str, evidence: Sequence[Evidence] = (), by: Actor, seen: int | None = None
) -> MatterAnswer:
    """What the unit has done, with evidence. Raises ``Refused``."""
    with change(by, "报办理情况", about=[matter.ref]):
        matter = locked(matter, seen)
        step = FLOW.step(matter, "answer", seated(by))
        if kind_of(matter.kind).evidence and not evidence:
            raise Refused("evidence", "报办理情况要附佐证材料：请上传至少一份，或者从本单位的材料里选。")
        made = saved(_answer(matter, text, by))
        for piece in evidence:
            attach(evidence=piece, ref=made.ref, by=by)
        matter.answered_at = made.at
        kept(matter, "answer", step.label, by)
        emit("matter.answered", matter.ref, unit_id=matter.unit_id, in_time=made.in_time)
    return made


def _answer(matter: Matter, text: str, by: Actor) -> MatterAnswer:
    """The next version, measured against the date of this moment."""
    due = matter.due or today()
    return MatterAnswer(
        matter=matter, version=matter.answers.count() + 1, text=text.strip(), by_id=by.pk, by_name=by.full_name,
        at=now(), due=due, in_time=today() <= due,
    )  # fmt: skip


def close(*, matter: Matter, opinion: str, by: Actor, seen: int | None = None) -> Matter:
    """Strike it off after the check 销号. Raises ``Refused``."""
    with change(by, "销号", about=[matter.ref], reason=opinion):
        matter = _checked(matter, "close", opinion, by, seen)
        matter.closed_at = now()
        kept(matter, "close", "销号", by, opinion)
        emit("matter.closed", matter.ref, kind=matter.kind, unit_id=matter.unit_id)
    return matter


def send_back(*, matter: Matter, opinion: str, by: Actor, seen: int | None = None) -> Matter:
    """Return it to be done again, with time to do so where its own has run out. Raises ``Refused``."""
    with change(by, "退回重办", about=[matter.ref], reason=opinion):
        matter = _checked(matter, "return", opinion, by, seen)
        hold()
        moving.count_again(matter, today(), kind_of(matter.kind).again)
        kept(matter, "return", "退回重办", by, opinion)
        emit("matter.returned", matter.ref, unit_id=matter.unit_id)
    return matter


def _checked(matter: Matter, action: str, opinion: str, by: Actor, seen: int | None) -> Matter:
    """Take the step of a check, and write the verdict on the last answer."""
    matter = locked(matter, seen)
    FLOW.step(matter, action, seated(by), reason=opinion)
    last = matter.answers.latest("version")
    if by.pk is not None and last.by_id == by.pk:
        raise Refused("right", "报情况的人不能核查自己报的，请换一人。")
    last.verdict, last.opinion = matter.state, opinion.strip()
    saved(last)
    return matter


def recall(*, matter: Matter, reason: str, by: Actor, seen: int | None = None) -> Matter:
    """Take it back before the unit has signed for it; it is a draft again and keeps its number. Raises ``Refused``."""
    with change(by, "撤回", about=[matter.ref], reason=reason):
        matter = locked(matter, seen)
        FLOW.step(matter, "recall", seated(by), reason=reason)
        matter.issued_at = matter.sign_by = matter.sign_days = None
        matter.sign_count = ""
        if matter.arithmetic != TYPED:
            moving.set_by_hand(matter, None, "")
        kept(matter, "recall", "撤回", by, reason)
        emit("matter.recalled", matter.ref, unit_id=matter.unit_id)
    return matter


def cancel(*, matter: Matter, reason: str, by: Actor, seen: int | None = None) -> Matter:
    """Call it off for good; its number stays used. Raises ``Refused``."""
    with change(by, "撤销", about=[matter.ref], reason=reason):
        matter = locked(matter, seen)
        FLOW.step(matter, "cancel", seated(by), reason=reason)
        kept(matter, "cancel", "撤销", by, reason)
        emit("matter.cancelled", matter.ref, unit_id=matter.unit_id)
    return matter
