"""Changes to units: founded, amended, renamed, merged, ended; and the names by which documents call them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from zhunsheng.kernel.errors import Refused
from zhunsheng.kernel.journal import change
from zhunsheng.people import naming
from zhunsheng.people.actions.saving import save
from zhunsheng.people.models import Division, DivisionKind, Ending, Leadership, Unit, UnitAlias, UnitKind
from zhunsheng.people.models.division import paths_to
from zhunsheng.people.references import division_ref, unit_ref
from zhunsheng.people.scope import Purpose, ensure

if TYPE_CHECKING:
    from collections.abc import Collection
    from datetime import date

    from zhunsheng.kernel.actor import Actor


def add_unit(
    *,
    division: Division,
    kind: UnitKind,
    name: str,
    short_name: str,
    by: Actor,
    led_by: Leadership = Leadership.PLACE,
    superior: Unit | None = None,
    assessed_by: Unit | None = None,
    valid_from: date | None = None,
) -> Unit:
    """Add a unit to a division; its names must be free among the division's live units."""
    ensure(by, division, Purpose.MANAGE_UNITS)
    unit = Unit(
        division=division,
        kind=kind,
        name=name,
        short_name=short_name,
        led_by=led_by,
        superior=superior,
        assessed_by=assessed_by,
        valid_from=valid_from,
    )
    with change(by, "新增单位", about=[division_ref(division)]):
        return save(unit)


def amend_unit(
    *,
    unit: Unit,
    kind: UnitKind,
    led_by: Leadership,
    superior: Unit | None,
    assessed_by: Unit | None,
    by: Actor,
) -> Unit:
    """Say anew what a living unit is, who leads and who assesses it. Names are changed by ``rename_unit``."""
    ensure(by, unit.division, Purpose.MANAGE_UNITS)
    with change(by, "修改单位", about=[unit_ref(unit)]):
        unit = _alive(unit)
        unit.kind, unit.led_by, unit.superior, unit.assessed_by = kind, led_by, superior, assessed_by
        return save(unit)


def rename_unit(*, unit: Unit, name: str, short_name: str, day: date, by: Actor) -> Unit:
    """Give a unit new names from ``day`` on; the old ones are kept as aliases that end on that day."""
    ensure(by, unit.division, Purpose.MANAGE_UNITS)
    with change(by, "单位更名", about=[unit_ref(unit)]):
        unit = Unit.objects.select_for_update().get(pk=unit.pk)
        for old in sorted({unit.name, unit.short_name} - {name, short_name}):
            if not unit.aliases.filter(name=old).exists():
                save(UnitAlias(unit=unit, name=old, valid_to=day))
        unit.name, unit.short_name = name, short_name
        return save(unit)


def end_unit(*, unit: Unit, day: date, ending: Ending, by: Actor, successor: Unit | None = None) -> Unit:
    """Let a unit cease from ``day`` on, into ``successor`` unless it is abolished. It keeps all its rows."""
    ensure(by, unit.division, Purpose.MANAGE_UNITS)
    about = [unit_ref(one) for one in (unit, successor) if one is not None]
    with change(by, f"单位{ending.label}", about=about):
        unit = _alive(unit)
        successor = successor and Unit.objects.select_for_update().get(pk=successor.pk)
        if successor is not None and successor.ending:
            raise Refused("successor_ended", f"承接单位{successor.name}已经终止，请选现有单位。")
        unit.valid_to, unit.ending, unit.successor = day, ending, successor
        return save(unit)


def merge_units(*, predecessors: Collection[Unit], successor: Unit, day: date, by: Actor) -> tuple[Unit, ...]:
    """Let several units cease into one from ``day`` on: all of them, or none. The successor is a unit already added."""
    if not predecessors:
        raise Refused("nothing_to_merge", f"没有选并入{successor.short_name}的单位，请至少选一个。")
    if successor in predecessors:
        raise Refused("merge_into_itself", f"{successor.short_name}不能并入自己，请从并入的单位中去掉它。")
    with change(by, "单位合并", about=[unit_ref(unit) for unit in (*predecessors, successor)]):
        ordered = sorted(set(predecessors), key=lambda unit: unit.pk)
        return tuple(end_unit(unit=unit, day=day, ending=Ending.MERGED, successor=successor, by=by) for unit in ordered)


def learn_alias(*, unit: Unit, name: str, by: Actor) -> UnitAlias | None:
    """Remember that documents call ``unit`` by ``name``; ``None`` where that was known already.

    Raises ``Refused`` where the name already means another unit of the same county: then the name alone would be
    ambiguous for every later plan.
    """
    name = "".join(name.split())
    if re.search("[、,，;；]", name):
        raise Refused("alias_is_a_list", f"“{name}”像是几个名称，不能作为一个单位的别名。请先把它们分开。")
    ensure(by, unit.division, Purpose.MANAGE_UNITS, Purpose.OVERSEE)
    with change(by, "记住别名", about=[unit_ref(unit)]):
        county = Division.objects.select_for_update().get(pk=_county_of(unit.division).pk)
        known = naming.units_named([name], county)[name]
        others = [other.short_name for other in known if other.pk != unit.pk]
        if others:
            raise Refused("alias_taken", f"“{name}”已是{'、'.join(others)}的名称，不能再作{unit.short_name}的别名。")
        if known:
            return None
        return save(UnitAlias(unit=unit, name=name))


def forget_alias(*, alias: UnitAlias, day: date, by: Actor) -> UnitAlias:
    """End a name that is no longer used from ``day`` on; documents from before still find the unit by it."""
    ensure(by, alias.unit.division, Purpose.MANAGE_UNITS, Purpose.OVERSEE)
    with change(by, "停用别名", about=[unit_ref(alias.unit)]):
        alias = UnitAlias.objects.select_for_update().get(pk=alias.pk)
        if alias.valid_to is not None:
            raise Refused("alias_ended", f"别名“{alias.name}”已于 {alias.valid_to} 停用。")
        alias.valid_to = day
        return save(alias)


def _alive(unit: Unit) -> Unit:
    """The unit, locked. Raises ``Refused`` for one that has ended."""
    unit = Unit.objects.select_for_update().get(pk=unit.pk)
    if unit.ending:
        raise Refused("unit_ended", f"{unit.name}已于 {unit.valid_to} {unit.get_ending_display()}，不能再改。")
    return unit


def _county_of(division: Division) -> Division:
    """The county that a division lies in or is; where there is none, the division itself."""
    paths = paths_to(division.path)
    return Division.objects.filter(path__in=paths, kind=DivisionKind.COUNTY).first() or division
