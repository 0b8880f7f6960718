"""Anchors: when they are kept, how they are read, and that a full disk does not undo what was committed."""

from __future__ import annotations

import stat
from pathlib import Path

import pytest

from tests.kernel.journal.conftest import Clerk
from zhunsheng.kernel.journal import anchors, change
from zhunsheng.kernel.journal.models import Block
from zhunsheng.people.models import Person

DIGEST = "a" * 64
AT = "2026-01-02T03:04:05.000006+00:00"


def anchor(number: int) -> anchors.Anchor:
    return anchors.Anchor(number, DIGEST, AT)


def test_a_line_is_number_digest_and_time(home: Path) -> None:
    anchors.append(anchor(7))
    anchors.append(anchor(8))
    file = home / "anchors/anchors.txt"
    assert file.read_text() == f"7 {DIGEST} {AT}\n8 {DIGEST} {AT}\n"
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert list(anchors.kept()) == [anchor(7), anchor(8)]


def test_one_a_minute_and_every_hundredth(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    clock = [1000.0]
    monkeypatch.setattr("time.monotonic", lambda: clock[0])
    for number, seconds in ((1, 0), (2, 1), (99, 50), (100, 51), (101, 52), (102, 112), (103, 113)):
        clock[0] = 1000.0 + seconds
        anchors.keep(anchor(number))
    assert [one.number for one in anchors.kept()] == [1, 100, 102]


def test_without_a_file_there_are_none(home: Path) -> None:
    assert list(anchors.kept()) == []


@pytest.mark.parametrize("line", ["", "x y z", "1 2", "-1 a b", "锚点"])
def test_a_line_that_is_none_is_named(home: Path, line: str) -> None:
    anchors.append(anchor(1))
    with anchors.path().open("a", encoding="utf-8") as file:
        file.write(f"{line}\n")
    with pytest.raises(anchors.BadAnchor, match="第 2 行不是锚点"):
        list(anchors.kept())


@pytest.mark.django_db(transaction=True)
def test_the_first_commit_is_anchored(home: Path, li: Clerk) -> None:
    with change(li, "登记"):
        Person.objects.create(name="赵一")
    (kept,) = anchors.kept()
    assert (kept.number, kept.digest) == Block.objects.values_list("number", "digest").get()


@pytest.mark.django_db(transaction=True)
def test_a_file_that_cannot_be_written_is_logged(home: Path, li: Clerk, caplog: pytest.LogCaptureFixture) -> None:
    (home / "anchors").write_text("in the way")
    with change(li, "登记"):
        Person.objects.create(name="赵一")
    assert Person.objects.exists()
    assert "写不了" in caplog.text
