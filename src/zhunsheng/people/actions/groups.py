"""What a person decides a group phrase 泛指 to mean, remembered for the next plan."""

from __future__ import annotations

from typing import TYPE_CHECKING

from zhunsheng.kernel.errors import Refused
from zhunsheng.kernel.journal import change
from zhunsheng.people.actions.saving import save
from zhunsheng.people.models import Division, GroupMember, GroupPhrase
from zhunsheng.people.phrases import key
from zhunsheng.people.references import division_ref
from zhunsheng.people.scope import Purpose, ensure

if TYPE_CHECKING:
    from collections.abc import Collection
    from datetime import date

    from zhunsheng.kernel.actor import Actor
    from zhunsheng.people.models import Unit


def decide_group(*, division: Division, phrase: str, units: Collection[Unit], day: date, by: Actor) -> GroupPhrase:
    """Decide that ``phrase`` means ``units`` in plans of ``division`` from ``day`` on, in place of what was decided before.

    The earlier decision is ended and kept; one of the same day is corrected. Only a person decides.
    """
    if by.pk is None:
        raise Refused("group_needs_a_person", f"“{phrase}”指哪些单位，要由人确定。")
    ensure(by, division, Purpose.OVERSEE)
    chosen = sorted(set(units), key=lambda unit: unit.pk)
    _check(division, phrase, chosen)
    with change(by, "确定泛指", about=[division_ref(division)]):
        row = _current(division, phrase, day)
        row.phrase, row.decided_by_id, row.decided_on = " ".join(phrase.split()), by.pk, day
        save(row)
        row.members.all().delete()
        for unit in chosen:
            save(GroupMember(phrase=row, unit=unit))
    return row


def _check(division: Division, phrase: str, units: Collection[Unit]) -> None:
    if not units:
        raise Refused("group_empty", f"“{phrase}”还没有选单位，请至少选一个。")
    outside = [unit.short_name for unit in units if not unit.division.path.startswith(division.path)]
    if outside:
        raise Refused("group_outside", f"{'、'.join(outside)}不在{division.name}，请去掉。")
    ended = [unit.short_name for unit in units if unit.ending]
    if ended:
        raise Refused("group_ended", f"{'、'.join(ended)}已经终止，请改选承接单位。")


def _current(division: Division, phrase: str, day: date) -> GroupPhrase:
    """The row to fill: the standing one if it began on this very day, else a new one that ends the standing one."""
    Division.objects.select_for_update().get(pk=division.pk)
    spelling = key(phrase)
    standing = GroupPhrase.objects.select_for_update().filter(division=division, key=spelling, valid_to=None).first()
    if standing is not None and standing.valid_from == day:
        return standing
    if standing is not None:
        standing.valid_to = day
        save(standing)
    return GroupPhrase(division=division, key=spelling, valid_from=day)
