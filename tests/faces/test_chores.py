"""What the worker does once a day."""

from __future__ import annotations

import os
from datetime import timedelta

import pytest
from axes.models import AccessAttempt
from django.contrib.sessions.models import Session
from django.db import connection

from zhunsheng.faces import chores
from zhunsheng.kernel.evidence import files
from zhunsheng.kernel.journal import anchors
from zhunsheng.kernel.journal.models import Block
from zhunsheng.kernel.now import unmoved
from zhunsheng.kernel.reminders import jobs
from zhunsheng.kernel.reminders.models import Job


@pytest.mark.django_db
def test_the_worker_does_all_of_them_without_a_problem() -> None:
    names = {"evidence.sweep", "sessions.sweep", "clock.recompute", "journal.close"}
    works = [work for work in jobs.registered() if work.name in names]
    assert jobs.run_due(works) == len(names)
    assert set(Job.objects.values_list("name", "problem")) == {(name, "") for name in names}
    assert jobs.run_due(works) == 0


@pytest.mark.django_db
def test_what_the_worker_notes_about_its_jobs_is_no_change_of_unknown_origin() -> None:
    jobs.run_due([work for work in jobs.registered() if work.name == "sessions.sweep"])
    chores.close_journal()
    assert not Block.objects.exists()


@pytest.mark.django_db
def test_sessions_that_are_over_and_old_counts_go() -> None:
    for key, days in (("a" * 32, -1), ("b" * 32, 1)):
        Session.objects.create(session_key=key, session_data="-", expire_date=unmoved() + timedelta(days=days))
    for name, days in (("old", 31), ("new", 29)):
        made = AccessAttempt.objects.create(username=name, failures_since_start=1)
        AccessAttempt.objects.filter(pk=made.pk).update(attempt_time=unmoved() - timedelta(days=days))
    chores.forget_sessions()
    assert list(Session.objects.values_list("session_key", flat=True)) == ["b" * 32]
    assert list(AccessAttempt.objects.values_list("username", flat=True)) == ["new"]


@pytest.mark.django_db
def test_a_change_past_the_journal_is_sealed_and_anchored() -> None:
    with connection.cursor() as cursor:
        cursor.execute("INSERT INTO people_person (name, office_phone) VALUES ('某人', '')")
    chores.close_journal()
    (block,) = Block.objects.all()
    assert block.source == "unknown"
    *_, last = anchors.kept()
    assert (last.number, last.digest) == (block.number, block.digest)


@pytest.mark.django_db
def test_a_file_that_no_row_names_is_laid_aside() -> None:
    path = files.path_of(files.put(b"nobody's"))
    os.utime(path, (0, 0))
    assert any(work.name == "evidence.sweep" and work.run() for work in jobs.registered())
    assert not path.exists()
