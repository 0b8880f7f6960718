"""Two counties' units, people with simple standings, and a home for files."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

import pytest
from django.db.models import Q
from pytest_django import Settings

from tests.people.acting import BY
from zhunsheng.kernel import now
from zhunsheng.kernel.actor import Actor
from zhunsheng.kernel.evidence.actions import store
from zhunsheng.kernel.evidence.models import Evidence
from zhunsheng.kernel.matter import rights
from zhunsheng.kernel.matter.rights import Standing
from zhunsheng.people import actions
from zhunsheng.people.models import Division, DivisionKind, Leadership, Member, Unit, UnitKind

TODAY = date(2026, 11, 23)  # a Monday


@dataclass
class Simple:
    """Standings by member; names are those of the units."""

    standings: dict[int, Standing] = field(default_factory=dict)

    def standing(self, actor: Actor) -> Standing:
        return self.standings.get(actor.pk or 0, Standing())

    def names(self, unit_ids: Collection[int]) -> Mapping[int, str]:
        return dict(Unit.objects.filter(pk__in=unit_ids).values_list("pk", "name"))


@dataclass(frozen=True)
class Cast:
    """The office with a clerk and a head, a second head, two towns with a person each."""

    office: Unit
    town: Unit
    other_town: Unit
    clerk: Member
    head: Member
    second: Member
    townsman: Member
    other: Member
    rights: Simple

    def paper(self, name: str = "说明.txt") -> Evidence:
        data = f"已经办结：{name}".encode()
        return store(data=data, name=name, unit_id=self.town.pk, not_secret=True, by=self.townsman).evidence


@pytest.fixture
def cast(db: None, tmp_path: Path, settings: Settings) -> Iterator[Cast]:
    settings.HOME = tmp_path
    with now.on(TODAY):
        made = _cast()
        before = rights._RIGHTS[0]
        rights.register(made.rights)
        yield made
        rights.register(before)


def _cast() -> Cast:
    county = actions.add_division(by=BY, parent=None, kind=DivisionKind.COUNTY, name="青石县", code="050022")
    sister = actions.add_division(by=BY, parent=county, kind=DivisionKind.TOWNSHIP, name="北关镇")
    office = _unit(county, "依法治县办")
    town, other_town = _unit(county, "南坪镇"), _unit(sister, "北关镇")
    people = [
        actions.add_member(by=BY, username=name, name=said, unit=unit)
        for name, said, unit in (
            ("zhou", "周敏", office),
            ("chen", "陈国安", office),
            ("li", "李文涛", office),
            ("he", "何秀兰", town),
            ("ma", "马成", other_town),
        )
    ]
    clerk, head, second, townsman, other = people

    def units(prefix: str = "") -> Q:
        return Q(**{f"{prefix}division__path__startswith": county.path})

    ours = frozenset({office.pk})
    standings = {
        clerk.pk: Standing(drafts=ours, units=units),
        head.pk: Standing(drafts=ours, approves=ours, units=units),
        second.pk: Standing(drafts=ours, approves=ours, units=units),
        townsman.pk: Standing(acts_for=frozenset({town.pk})),
        other.pk: Standing(acts_for=frozenset({other_town.pk})),
    }
    return Cast(office, town, other_town, clerk, head, second, townsman, other, Simple(standings))


def _unit(division: Division, name: str) -> Unit:
    return actions.add_unit(
        by=BY, division=division, kind=UnitKind.TOWNSHIP, name=f"青石县{name}", short_name=name,
        led_by=Leadership.PLACE,
    )  # fmt: skip
