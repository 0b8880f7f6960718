"""Units, divisions, persons and members as cards for other rooms (``kernel/refs``)."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from zhunsheng.faces.desk import typed
from zhunsheng.kernel.actor import Actor
from zhunsheng.kernel.links import reverse
from zhunsheng.kernel.now import today
from zhunsheng.kernel.refs import Card, register
from zhunsheng.people.models import Member, Person, Unit
from zhunsheng.people.scope import Purpose, scope


def units(keys: Collection[str], who: Actor) -> Mapping[str, Card]:
    """Units that ``who`` reads or keeps; three queries."""
    condition = scope(who, Purpose.READ, today()).units() | scope(who, Purpose.MANAGE_UNITS, today()).units()
    found = Unit.objects.filter(condition, pk__in=_numbers(keys))
    return {str(one.pk): Card(one.short_name, reverse("desk:unit", args=[one.pk]), one.name) for one in found}


def members(keys: Collection[str], who: Actor) -> Mapping[str, Card]:
    """Members: to the administrators of their accounts the account, to whoever reads business the person."""
    day, numbers = today(), _numbers(keys)
    reads = scope(who, Purpose.READ, day).units("unit__")
    kept = scope(who, Purpose.MANAGE_ACCOUNTS, day).units("unit__") | scope(who, Purpose.MANAGE_RIGHTS, day).units(
        "unit__"
    )
    rows = Member.objects.select_related("person", "unit").filter(pk__in=numbers)
    cards = {str(one.pk): _card(one, reverse("desk:person", args=[one.person_id])) for one in rows.filter(reads)}
    return cards | {str(one.pk): _card(one, reverse("desk:account_of", args=[one.pk])) for one in rows.filter(kept)}


def persons(keys: Collection[str], who: Actor) -> Mapping[str, Card]:
    """Persons with an account in a unit that ``who`` reads; two queries."""
    reads = scope(who, Purpose.READ, today()).units("member__unit__")
    found = Person.objects.select_related("member__unit").filter(reads, pk__in=_numbers(keys))
    return {str(one.pk): _card(one.member, reverse("desk:person", args=[one.pk])) for one in found}


def _card(member: Member, address: str) -> Card:
    return Card(member.full_name, address, member.unit_name)


def _numbers(keys: Collection[str]) -> list[int]:
    return [number for key in keys if (number := typed.number(key)) is not None]


def ready() -> None:
    """Let other rooms draw them."""
    register("people.unit", units)
    register("people.member", members)
    register("people.person", persons)
