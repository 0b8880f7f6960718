from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import nullcontext
from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.db import OperationalError, connection
from hypothesis import given
from hypothesis import strategies as st

from zhunsheng.kernel.now import now, on, today
from zhunsheng.kernel.reminders import jobs
from zhunsheng.kernel.reminders.jobs import Daily, Every, Work
from zhunsheng.kernel.reminders.models import Job
from zhunsheng.kernel.reminders.worker import Worker

CHINA = ZoneInfo("Asia/Shanghai")
BEGIN = datetime(2020, 1, 1)  # noqa: DTZ001 - hypothesis adds the zone
INSTANTS = st.datetimes(BEGIN, BEGIN.replace(year=2040), timezones=st.just(CHINA))


def at(hour: int, minute: int = 0, day: int = 2) -> datetime:
    return datetime(2026, 3, day, hour, minute, tzinfo=CHINA)


def test_turns_have_names() -> None:
    assert Every(10).turn(at(9, 47)) == "2026-03-02 09:40"
    assert Daily(time(6)).turn(at(5, 59)) == "2026-03-01"
    assert Daily(time(6)).turn(at(6)) == "2026-03-02"


@given(INSTANTS, st.sampled_from([1, 5, 10, 60]), st.integers(0, 3600))
def test_a_turn_lasts_as_long_as_it_says(instant: datetime, minutes: int, seconds: int) -> None:
    later = instant + timedelta(seconds=seconds)
    same = Every(minutes).turn(instant) == Every(minutes).turn(later)
    assert not same or seconds < minutes * 60
    assert same or Every(minutes).turn(instant) < Every(minutes).turn(later)


@pytest.fixture
def runs() -> list[datetime]:
    return []


@pytest.fixture
def work(runs: list[datetime]) -> Work:
    return Work("test.work", Daily(time(6)), lambda: runs.append(now()))


@pytest.mark.django_db
def test_a_job_runs_once_in_each_turn(work: Work, runs: list[datetime]) -> None:
    for hour, expected in ((5, 1), (6, 2), (7, 2), (23, 2)):
        with on(at(hour)):
            jobs.run_due([work])
        assert len(runs) == expected
    job = Job.objects.get()
    assert (job.done_slot, job.token, job.problem) == ("2026-03-02", None, "")


@pytest.mark.django_db
def test_a_morning_that_was_slept_through_is_caught_up(work: Work, runs: list[datetime]) -> None:
    with on(at(22, day=9)):
        assert jobs.run_due([work]) == 1
    assert len(runs) == 1


@pytest.mark.django_db
def test_a_job_whose_worker_died_is_done_again_when_the_lease_has_run_out(work: Work, runs: list[datetime]) -> None:
    with on(at(9)):
        assert jobs._claimed(work)
        assert jobs.run_due([work]) == 0
    with on(at(9, 11)):
        assert jobs.run_due([work]) == 1
    assert len(runs) == 1


@pytest.mark.django_db
@pytest.mark.parametrize(
    "step", [timedelta(days=500), timedelta(days=2), -timedelta(hours=9), -timedelta(hours=47), -timedelta(days=500)]
)
def test_a_clock_that_jumps_stops_no_job(step: timedelta, work: Work, runs: list[datetime]) -> None:
    with on(at(9)):
        assert jobs._claimed(work)
    with on(at(9) + step):
        assert jobs.run_due([work]) == 1
    with on(at(9)):
        assert jobs.run_due([work]) == 1


@pytest.mark.django_db
def test_a_job_that_fails_stops_no_other_and_says_why(
    work: Work, runs: list[datetime], caplog: pytest.LogCaptureFixture
) -> None:
    broken = Work("test.broken", Every(5), lambda: 1 / 0)
    with on(at(9)):
        assert jobs.run_due([broken, work]) == 2
        assert jobs.run_due([broken, work]) == 0
    assert len(runs) == 1
    assert Job.objects.get(name="test.broken").problem == "ZeroDivisionError: division by zero"
    assert "test.broken" in caplog.text


@pytest.mark.django_db(transaction=True)
def test_many_workers_do_it_once(work: Work, runs: list[datetime]) -> None:
    def go() -> None:
        try:
            with on(at(9)):
                jobs.run_due([work])
        finally:
            connection.close()

    threads = [threading.Thread(target=go) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(runs) == 1


@pytest.fixture
def next_year() -> Iterator[None]:
    jobs.run_inside(lambda: on(datetime(2027, 5, 4, 12, tzinfo=CHINA)))
    yield
    jobs._INSIDE[:] = [nullcontext]


@pytest.mark.django_db(transaction=True)
@pytest.mark.usefixtures("next_year")
def test_a_round_runs_at_the_time_of_the_demo(monkeypatch: pytest.MonkeyPatch) -> None:
    days: list[str] = []
    monkeypatch.setattr(jobs, "_WORKS", {"x": Work("x", Daily(), lambda: days.append(today().isoformat()))})
    Worker().round()
    assert days == ["2027-05-04"]


@pytest.mark.django_db
def test_a_database_that_is_away_is_met_with_patience(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def away(_: object) -> int:
        raise OperationalError("server closed the connection")

    closed: list[bool] = []
    monkeypatch.setattr("django.db.connections.close_all", lambda: closed.append(True))
    monkeypatch.setattr(jobs, "run_due", away)
    assert Worker().round() == 0
    assert closed == [True]
    assert "the database is away" in caplog.text


def test_the_engine_brings_its_own_jobs() -> None:
    assert {"reminders.catch_up", "reminders.sweep"} <= {work.name for work in jobs.registered()}
