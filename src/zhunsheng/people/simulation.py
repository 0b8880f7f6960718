"""演示的时钟: in the demo, today can be moved through the year.

Whatever acts in the demo by itself (the worker) does its rounds inside ``with simulation.applied():``.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from datetime import date, timedelta

from django.conf import settings

from zhunsheng.kernel.actor import Actor
from zhunsheng.kernel.errors import Refused
from zhunsheng.kernel.journal import change
from zhunsheng.kernel.now import shifted, today, unmoved
from zhunsheng.people import installation
from zhunsheng.people.conditions import in_force
from zhunsheng.people.models import Member, MemberRole, Role, SimulatedClock

FURTHEST = 3660
FIRST = date(2020, 1, 1)
"""The first day on which the demo's members hold their roles: before it nobody could sign in, not even to come back."""


def on() -> bool:
    """Whether this is the demo: started by ``zhunsheng demo``, on the demo's database."""
    if not settings.DEMO:
        return False
    standing = installation.current()
    return standing is not None and standing.is_demo


@contextmanager
def applied() -> Iterator[None]:
    """Inside, it is the demo's time; anywhere else than in the demo nothing happens, without asking the database."""
    with shifted(timedelta(days=_days())) if settings.DEMO else nullcontext():
        yield


def _days() -> int:
    """By how many days the demo is ahead; 0 unless the database is the demo's."""
    return SimulatedClock.objects.values_list("days", flat=True).first() or 0 if on() else 0


def move(*, by: Actor, days: int) -> None:
    """Move the demo's today by ``days``; raises ``Refused`` outside the demo beyond ten years, and before ``FIRST``."""
    if not on():
        raise Refused("no_demo", "只有演示的时钟可以拨动。")
    with change(by, "拨动演示的时钟"):
        SimulatedClock.objects.get_or_create(id=1)
        clock = SimulatedClock.objects.select_for_update().get(id=1)
        if abs(clock.days + days) > FURTHEST:
            raise Refused("too_far", "演示的时钟最多拨前或者拨后十年，请选近一些的日子。")
        if today() + timedelta(days=days) < FIRST:
            raise Refused("too_early", f"演示的县从 {FIRST} 起才有人办事，请选这一天或者以后。")
        clock.days += days
        clock.save(update_fields=["days"])


def move_to(*, by: Actor, day: date) -> None:
    """Make it ``day`` in the demo."""
    move(by=by, days=(day - today()).days)


def reset(*, by: Actor) -> None:
    """Let the demo's today be the real one again."""
    from django.utils import timezone

    move_to(by=by, day=timezone.localdate(unmoved()))


def players() -> list[tuple[Role, Member]]:
    """For each role the first enabled member who holds it today: whom a visitor of the demo can be."""
    held = (
        MemberRole.objects.filter(in_force(today()), member__is_active=True)
        .select_related("member__person", "member__unit")
        .order_by("-pk")
    )
    first = {Role(row.role): row.member for row in held}
    return [(role, first[role]) for role in Role if role in first]
