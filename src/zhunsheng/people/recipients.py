"""Who is reminded of what a unit owes: the words of the pack (owner, head, superior, office) as members of today."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection
from typing import TYPE_CHECKING

from zhunsheng.people.conditions import in_force
from zhunsheng.people.models import MemberRole, Role, Unit

if TYPE_CHECKING:
    from datetime import date

    from zhunsheng.kernel.reminders.steps import To

OFFICE = frozenset({Role.OFFICE_CLERK, Role.OFFICE_HEAD})


class Recipients:
    """The people behind some units on a day. Three queries, whatever the number of units."""

    def __init__(self, units: Collection[int], day: date) -> None:
        held = Unit.objects.filter(pk__in=units).values_list("pk", "superior", "division__path")
        self._superiors = {pk: superior for pk, superior, _ in held}
        self._paths = {pk: path for pk, _, path in held}
        self._by_unit: defaultdict[tuple[int, str], list[int]] = defaultdict(list)
        self._offices: defaultdict[str, list[int]] = defaultdict(list)
        self._read([*self._superiors, *filter(None, self._superiors.values())], day)

    def _read(self, units: Collection[int], day: date) -> None:
        live = MemberRole.objects.filter(in_force(day), member__is_active=True)
        rows = live.filter(unit__in=units).values_list("unit_id", "role", "member_id").order_by("pk")
        for unit, role, member in rows:
            self._by_unit[unit, role].append(member)
        offices = live.filter(role__in=OFFICE).values_list("division__path", "member_id").order_by("pk")
        for path, member in offices:
            self._offices[path].append(member)

    def of(self, unit: int, to: Collection[To]) -> list[int]:
        """The members meant by the words, each once."""
        found: dict[int, None] = {}
        for word in to:
            found |= dict.fromkeys(self._meant(unit, word))
        return list(found)

    def _meant(self, unit: int, word: To) -> list[int]:
        if word == "owner":
            return self._owners(unit)
        if word == "head":
            return self._heads(unit)
        return self._above(unit) if word == "superior" else self._overseers(unit)

    def _owners(self, unit: int) -> list[int]:
        return self._by_unit[unit, Role.LIAISON_OFFICER]

    def _heads(self, unit: int) -> list[int]:
        return self._by_unit[unit, Role.UNIT_HEAD]

    def _above(self, unit: int) -> list[int]:
        superior = self._superiors.get(unit)
        return self._heads(superior) if superior else []

    def _overseers(self, unit: int) -> list[int]:
        """The office of the place, and those of the places above it."""
        path = self._paths.get(unit, "")
        return [member for place, some in self._offices.items() if path.startswith(place) for member in some]
