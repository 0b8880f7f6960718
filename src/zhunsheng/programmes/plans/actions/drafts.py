"""What every change to an edition in preparation begins with: it is still one, and nobody has changed it meanwhile."""

from __future__ import annotations

from zhunsheng.kernel.actor import Actor
from zhunsheng.kernel.errors import Refused
from zhunsheng.programmes.plans.models import Edition, Wording
from zhunsheng.programmes.plans.rights import may_prepare
from zhunsheng.programmes.plans.states import EDITION


def opened(edition: Edition, by: Actor, version: int | None) -> Edition:
    """The edition, locked, and counted as changed once more.

    ``version`` is that of the page on which the change was made. Raises ``Refused`` where the edition is no draft,
    the person has no right to it, or somebody else was quicker.
    """
    edition = (
        Edition.objects.select_for_update(of=("self",)).select_related("plan__division", "source").get(pk=edition.pk)
    )
    if not (by.pk is None or may_prepare(by, edition.plan.division)):
        raise Refused("right", "核对方案由依法治县办办理。")
    if edition.state not in {"draft", "consulting"}:
        raise Refused("state", f"这一版现在是“{EDITION[edition.state].label}”，不能再改。要改，请先退回核对。")
    if version is not None and version != edition.version:
        raise Refused("stale", "这一页打开以后，别人改过这一版。你填的还在，请刷新看过再改。")
    edition.version += 1
    edition.save(update_fields=["version"])
    return edition


def held(wording: Wording, by: Actor, version: int | None) -> tuple[Edition, Wording]:
    """The edition as ``opened``, and the wording as it stands now that nobody else can change it."""
    edition = opened(wording.edition, by, version)
    found = edition.wordings.filter(pk=wording.pk).first()
    if found is None:
        raise Refused("gone", "这项任务已经被合并或者删去了。请刷新看过再改。")
    found.edition = edition
    return edition, found
