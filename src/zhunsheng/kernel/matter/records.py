"""What every change to a matter has in common: it is locked, it is not stale, its step is written down."""

from __future__ import annotations

from zhunsheng.kernel.actor import Actor
from zhunsheng.kernel.errors import Refused
from zhunsheng.kernel.matter.models import Matter, MatterStep
from zhunsheng.kernel.now import now
from zhunsheng.kernel.saving import saved


def locked(matter: Matter, seen: int | None) -> Matter:
    """The matter as it stands now, locked. Raises ``Refused`` where it has changed since version ``seen``."""
    current = Matter.objects.select_for_update().get(pk=matter.pk)
    if seen is not None and seen != current.version:
        last = current.steps.last()
        said = f"{last.by_name}刚刚办了“{last.label}”" if last else "刚刚有人改过"
        raise Refused("stale", f"这件事在你打开以后变了：{said}。请看过现在的情况再办；你写的都还在。")
    return current


def kept(matter: Matter, action: str, label: str, by: Actor, reason: str = "") -> Matter:
    """Save the matter and the step that was taken."""
    matter.version += 1
    saved(matter)
    MatterStep.objects.create(
        matter=matter, action=action, label=label, by_id=by.pk, by_name=by.full_name, by_unit=by.unit_name, at=now(),
        reason=reason.strip()[:1000],
    )  # fmt: skip
    return matter
