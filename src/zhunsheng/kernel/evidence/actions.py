"""Changes to evidence: one change, one function. Files are durable before the rows that name them are committed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from zhunsheng.kernel.actor import Actor
from zhunsheng.kernel.errors import Refused
from zhunsheng.kernel.evidence import files
from zhunsheng.kernel.evidence.content import clean_name, kind_of
from zhunsheng.kernel.evidence.models import Evidence, EvidenceUse, StoredFile
from zhunsheng.kernel.journal import change
from zhunsheng.kernel.now import now
from zhunsheng.kernel.refs import Ref
from zhunsheng.kernel.saving import saved

KIND = "evidence.piece"
NOT_SECRET = "本系统不得存放涉密材料：请先确认这份材料不涉密（勾选“不涉密”），再上传。"  # noqa: S105 - no password


@dataclass(frozen=True, slots=True)
class Period:
    """The days that a piece speaks for, both included."""

    first: date
    last: date


@dataclass(frozen=True, slots=True)
class Stored:
    """A piece as handed in; ``known`` where the unit had handed in the very same before and got that one back."""

    evidence: Evidence
    known: bool


def ref_of(evidence: Evidence) -> Ref:
    """The link to a piece."""
    return Ref(KIND, str(evidence.pk), evidence.name)


def store(
    *,
    data: bytes,
    name: str,
    unit_id: int,
    period: Period | None = None,
    note: str = "",
    not_secret: bool,
    by: Actor,
) -> Stored:
    """Take a file in for the actor's unit. The same content for the same period is recognised. Raises ``Refused``."""
    if not not_secret:
        raise Refused("evidence_secret", NOT_SECRET)
    _check_own(unit_id, by)
    kind = kind_of(data, name)
    shown = clean_name(name) or f"未命名.{kind.endings[0]}"
    digest = files.put(data)
    with change(by, "上传材料"):
        file = _row(digest, len(data), kind.name)
        first, last = (period.first, period.last) if period else (None, None)
        same = Evidence.objects.filter(
            file=file, unit_id=unit_id, period_from=first, period_to=last, withdrawn_at=None
        ).first()
        if same is not None:
            return Stored(same, known=True)
        made = Evidence(
            file=file, name=shown, period_from=first, period_to=last, unit_id=unit_id, uploaded_by_id=by.pk,
            uploader=by.full_name, at=now(), note=note.strip(), not_secret=not_secret,
        )  # fmt: skip
        return Stored(saved(made), known=False)


def _row(digest: str, size: int, kind: str) -> StoredFile:
    """The row of a content, locked, so that it is not removed before it is used; whoever comes first enters it."""
    row = StoredFile(digest=digest, size=size, kind=kind, at=now())
    StoredFile.objects.bulk_create([row], ignore_conflicts=True)
    return StoredFile.objects.select_for_update().get(digest=digest)


def attach(*, evidence: Evidence, ref: Ref, by: Actor) -> EvidenceUse:
    """Use a piece of the actor's unit for ``ref``; a second time changes nothing. Raises ``Refused``.

    Whether the actor may add to ``ref`` is for its room to say.
    """
    with change(by, "引用材料", about=[ref, ref_of(evidence)]):
        evidence = Evidence.objects.select_for_update().get(pk=evidence.pk)
        _check_own(evidence.unit_id, by)
        if evidence.withdrawn_at:
            raise Refused("evidence_withdrawn", f"“{evidence.name}”已经作废，不能再用。请选另一份，或者重新上传。")
        standing = evidence.uses.filter(kind=ref.kind, key=ref.key, removed_at=None).first()
        return standing or saved(
            EvidenceUse(evidence=evidence, kind=ref.kind, key=ref.key, label=ref.label[:300], since=now())
        )


def detach(*, use: EvidenceUse, by: Actor, reason: str = "") -> EvidenceUse:
    """Take a piece off its record; that it was there stays known. Raises ``Refused``."""
    with change(by, "取下材料", about=[Ref(use.kind, use.key, use.label), ref_of(use.evidence)], reason=reason):
        use = EvidenceUse.objects.select_for_update().get(pk=use.pk)
        if use.removed_at:
            raise Refused("evidence_removed", "这份材料已经取下了。请刷新页面。")
        use.removed_at = now()
        return saved(use)


def delete(*, evidence: Evidence, by: Actor, reason: str = "") -> None:
    """Remove a piece of the actor's unit that was never used; one that was is withdrawn and kept. Raises ``Refused``."""
    with change(by, "删除材料", about=[ref_of(evidence)], reason=reason):
        evidence = Evidence.objects.select_for_update().get(pk=evidence.pk)
        _check_own(evidence.unit_id, by)
        uses = list(evidence.uses.all())
        if standing := [use.label for use in uses if use.removed_at is None]:
            raise Refused(
                "evidence_used", f"“{evidence.name}”还用在：{'、'.join(standing[:3])}，不能删除。请先在那里取下。"
            )
        if uses:
            evidence.withdrawn_at = now()
            saved(evidence)
        else:
            _remove(evidence)


def _remove(evidence: Evidence) -> None:
    """The row, and that of its content where nobody else has it; the file itself is left to ``sweep``."""
    file = StoredFile.objects.select_for_update().get(pk=evidence.file_id)
    evidence.delete()
    if not file.evidence.exists():
        file.delete()


def _check_own(unit_id: int, by: Actor) -> None:
    """People handle the evidence of the unit that they act for."""
    if by.pk is not None and by.unit_id != unit_id:
        raise Refused("right", "只能办理本单位的材料。")
