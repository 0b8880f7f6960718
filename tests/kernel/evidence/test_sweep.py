from __future__ import annotations

import os
from pathlib import Path

from tests.kernel.evidence import samples
from tests.kernel.evidence.test_actions import given
from zhunsheng.kernel.evidence import files
from zhunsheng.kernel.evidence.models import StoredFile
from zhunsheng.kernel.evidence.sweep import Faults, Swept, faults, sweep
from zhunsheng.people.models import Member


def aged(path: Path) -> Path:
    old = path.stat().st_mtime - 2 * 24 * 3600
    os.utime(path, (old, old))
    return path


def test_a_file_without_a_row_is_laid_aside_and_a_day_later_removed(clerk: Member) -> None:
    kept = files.path_of(given(clerk).file.digest)
    orphan = files.put(b"orphan")
    aged(kept)
    assert sweep() == Swept()  # the orphan is young
    aged(files.path_of(orphan))
    assert sweep() == Swept(aside=1)
    assert sweep() == Swept()
    aged(files.swept(orphan))
    assert sweep() == Swept(removed=1)
    assert kept.exists()
    assert not files.swept(orphan).exists()


def test_what_was_laid_aside_comes_back_when_it_is_read(clerk: Member) -> None:
    digest = files.put(samples.PDF)
    aged(files.path_of(digest))
    sweep()
    assert not files.path_of(digest).exists()
    assert files.get(digest) == samples.PDF
    assert files.path_of(digest).exists()


def test_what_was_laid_aside_while_somebody_stored_it_comes_back_by_itself(clerk: Member) -> None:
    digest = given(clerk).file.digest
    aside = files.swept(digest)
    aside.parent.mkdir()
    files.path_of(digest).replace(aside)
    aged(aside)
    assert sweep() == Swept(restored=1)
    assert files.path_of(digest).exists()


def test_drafts_left_by_a_crash_go(clerk: Member) -> None:
    path = files.path_of(given(clerk).file.digest)
    draft = path.with_name(f".{path.name}.0011")
    draft.write_bytes(b"half")
    assert sweep() == Swept()
    aged(draft)
    assert sweep() == Swept(removed=1)


def test_nothing_to_sweep(home: Path) -> None:
    assert sweep() == Swept()


def test_faults_are_found(clerk: Member) -> None:
    good, lost, bad = (given(clerk, data, name) for data, name in FILES)
    assert faults() == Faults([], [])
    files.path_of(lost.file.digest).unlink()
    files.path_of(bad.file.digest).chmod(0o600)
    files.path_of(bad.file.digest).write_bytes(b"x")
    assert faults() == Faults([lost.file.digest], [bad.file.digest])
    assert StoredFile.objects.filter(digest=good.file.digest).exists()


FILES = ((samples.PDF, "a.pdf"), (samples.PNG, "b.png"), (samples.JPG, "c.jpg"))
