"""A verification in the background: asked for, done, kept."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

from tests.kernel.journal.conftest import Clerk, Tampering
from zhunsheng.kernel import now
from zhunsheng.kernel.journal import checks
from zhunsheng.kernel.journal.models import Verification
from zhunsheng.kernel.journal.verifying import Finding
from zhunsheng.people.models import Person

DAY = date(2026, 3, 2)


def test_asked_twice_is_asked_once_until_it_is_done(persons: list[Person], li: Clerk, wang: Clerk) -> None:
    first = checks.ask(by=li)
    assert checks.ask(by=wang) == first
    done = checks.due()
    assert done == first
    assert (done.bad, done.asked_by, done.newest >= len(persons)) == (0, "李娜", True)
    assert checks.last() == done
    assert checks.ask(by=wang) != first


def test_once_a_day_without_being_asked(persons: list[Person]) -> None:
    with now.on(DAY):
        assert checks.due() is not None
        assert checks.due() is None, "a minute later there is nothing to do"
    with now.on(DAY + timedelta(days=1)):
        found = checks.due()
    assert found is not None
    assert found.asked_by == "每日核验"
    assert Verification.objects.count() == 2


def test_a_clock_that_was_ahead_leaves_out_no_day(persons: list[Person]) -> None:
    for days in (0, 2, 0, 1, 2):
        with now.on(DAY + timedelta(days=days)):
            found = checks.due()
            assert found is not None, days
            assert checks.last() == found
            assert checks.due() is None


def test_what_it_finds_is_kept(persons: list[Person], li: Clerk) -> None:
    with Tampering() as tamper:
        tamper("UPDATE journal_block SET actor_name = '别人' WHERE number = 2")
    checks.ask(by=li)
    found = checks.due()
    assert found is not None
    assert found.bad == 1
    assert found.findings[0]["code"] == "chain"


def test_too_many_findings_are_counted(home: Path, db: None) -> None:
    line = Finding("rows", "bad", "某行", "某表", "比对")
    kept = checks.keep((line for _ in range(checks.KEPT + 3)), checks.begun("试"))
    assert (kept.bad, kept.notes, len(kept.findings)) == (checks.KEPT + 3, 0, checks.KEPT)
