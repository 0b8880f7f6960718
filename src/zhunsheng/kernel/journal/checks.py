"""核验 in the background: asked for on a page or due by the day, done by the worker or the command, kept for who asks.

``verify`` reads the whole database, which takes minutes on a large one; no page waits for it.
"""

from __future__ import annotations

from dataclasses import asdict
from itertools import islice
from typing import TYPE_CHECKING, Final

from zhunsheng.kernel.journal.models import Verification
from zhunsheng.kernel.journal.verifying import Finding, newest, verify
from zhunsheng.kernel.now import local_day, now, today

if TYPE_CHECKING:
    from collections.abc import Iterable

    from zhunsheng.kernel.actor import Actor

KEPT: Final = 200
"""Findings kept of one verification; the rest is only counted."""


def ask(*, by: Actor) -> Verification:
    """Ask for a verification; one that is asked for already and not begun is that one."""
    standing = waiting()
    if standing is None:
        standing = begun(by.full_name)
        standing.save()
    return standing


def waiting() -> Verification | None:
    """The one that somebody asked for and nobody has done."""
    return Verification.objects.filter(ended_at=None).order_by("pk").first()


def begun(who: str) -> Verification:
    """One to be done, not stored yet."""
    return Verification(asked_at=now(), asked_by=who[:64])


def last() -> Verification | None:
    """The last one that was done."""
    return Verification.objects.exclude(ended_at=None).order_by("-pk").first()


def due() -> Verification | None:
    """Verify where somebody asked, or it has not been done today; what was found. The worker calls it every minute."""
    asked = waiting()
    before = last()
    if asked is None and before is not None and before.ended_at and local_day(before.ended_at) == today():
        return None
    return keep(verify(), asked or begun("每日核验"))


def keep(found: Iterable[Finding], into: Verification) -> Verification:
    """Store what a verification finds; findings beyond ``KEPT`` are counted and not kept."""
    findings = iter(found)
    kept = list(islice(findings, KEPT))
    rest = list(findings)
    into.bad = sum(one.state == "bad" for one in (*kept, *rest))
    into.notes = sum(one.state == "note" for one in (*kept, *rest))
    into.findings = [asdict(one) for one in kept]
    block = newest()
    into.newest = block.number if block else 0
    into.ended_at = now()
    into.save()
    return into
