"""A clock that is set back or ahead: blocks keep their order by number, and ``verify`` does not mind their times."""

from __future__ import annotations

from datetime import timedelta

from tests.kernel.journal.conftest import Clerk
from zhunsheng.kernel.journal import access, change, sealing, verifying
from zhunsheng.kernel.journal.models import Block
from zhunsheng.kernel.now import shifted
from zhunsheng.people.models import Person


def test_times_may_go_back(persons: list[Person], li: Clerk) -> None:
    for hours in (0, 5, -30, 24 * 400, -1):
        with shifted(timedelta(hours=hours)), change(li, "更正"):
            Person.objects.filter(pk=persons[0].pk).update(name=f"赵{hours}")
    with shifted(timedelta(days=-3)):
        sealing.sweep()
        access.seal()
        verifying.anchor()
    times = list(Block.objects.order_by("number").values_list("at", flat=True))[-5:]
    assert times != sorted(times)
    assert list(verifying.verify()) == []
