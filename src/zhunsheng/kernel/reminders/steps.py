"""When a reminder is due, at which level and to whom; and how messages are sent: the pack ``reminders``."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, time, timedelta
from typing import Final, Literal

from zhunsheng.kernel import packs
from zhunsheng.kernel.reminders.models import Level

To = Literal["owner", "head", "superior", "office"]
"""To whom, in words that the floor above resolves to members."""
Shift = Callable[[date, int], date]
"""The n-th working day after a day (before it, where n is negative); the day itself for 0."""
Counting = Callable[[], Shift]
"""Gives the shift by the calendar as it stands; asked once for each step."""
DAY: Final = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Step:
    """``days`` after the due date (before it, where negative), counted in ``count`` days."""

    days: int
    count: Literal["calendar", "working"]
    level: Level
    to: tuple[To, ...]


@dataclass(frozen=True, slots=True)
class Sending:
    """Parameters of the outbox; times are those of China Standard Time. No quiet hours where both ends are equal."""

    digest_at: time
    quiet_from: time
    quiet_until: time
    attempts: int
    first_wait: timedelta
    longest_wait: timedelta
    lease: timedelta
    robot_per_minute: int
    robot_hosts: frozenset[str]


def steps(kind: str) -> tuple[Step, ...]:
    """The steps of a kind, lowest level first; none where the pack does not know it. Raises ``BadPack``."""
    known = packs.load("reminders").content["kinds"].get(kind, {"steps": ()})["steps"]
    return tuple(Step(s["days"], s["count"], Level(s["level"]), tuple(s["to"])) for s in known)


def sending() -> Sending:
    """How messages are sent. Raises ``BadPack``."""
    given = packs.load("reminders").content["sending"]
    return Sending(
        digest_at=time.fromisoformat(given["digest_at"]),
        quiet_from=time.fromisoformat(given["quiet"]["from"]),
        quiet_until=time.fromisoformat(given["quiet"]["until"]),
        attempts=given["attempts"],
        first_wait=timedelta(minutes=given["first_wait_minutes"]),
        longest_wait=timedelta(minutes=given["longest_wait_minutes"]),
        lease=timedelta(seconds=given["lease_seconds"]),
        robot_per_minute=given["robot_per_minute"],
        robot_hosts=frozenset(given["robot_hosts"]),
    )


def reached(step: Step, day: date) -> date:
    """The last due date for which ``step`` has come on ``day``: whatever is due by then is to be reminded of.

    ``due <= reached(step, day)`` catches up after a pause; a step is never tied to one morning.
    """
    if step.count == "calendar":
        return day - timedelta(days=step.days)
    shift = _COUNTING()
    last = shift(day, -step.days)
    while shift(last, step.days) > day:
        last -= DAY
    while shift(last + DAY, step.days) <= day:
        last += DAY
    return last


def weekdays(day: date, number: int) -> date:
    """Working days without a calendar: Monday to Friday."""
    forward = DAY if number > 0 else -DAY
    left = abs(number)
    while left:
        day += forward
        left -= day.weekday() < 5
    return day


def _without_calendar() -> Shift:
    return weekdays


_COUNTING: Counting = _without_calendar


def count_working_days_by(counting: Counting) -> None:
    """Count by the county's calendar from now on (the clock engine registers its own)."""
    global _COUNTING  # noqa: PLW0603 - one calendar for the process, set once when the applications are ready
    _COUNTING = counting
