"""Collect files that no row names: left by a crash between the file and its row, or by the removal of a piece.

A file is first laid aside for a day (reading brings it back), and only then removed: somebody may be storing the same
content at this very moment.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Final

from zhunsheng.kernel.evidence.files import digest_of, path_of, root, swept
from zhunsheng.kernel.evidence.models import StoredFile

AGE: Final = timedelta(days=1)


@dataclass(slots=True)
class Swept:
    """How many files were laid aside, removed, and brought back because a row names them after all."""

    aside: int = 0
    removed: int = 0
    restored: int = 0


@dataclass(frozen=True, slots=True)
class Faults:
    """Digests of rows whose file is missing, and of files that are not what their name says."""

    missing: list[str]
    damaged: list[str]


def sweep() -> Swept:
    """One round; run daily by the worker, and safe at any time."""
    done = Swept()
    if not root().is_dir():
        return done
    for path in _old(swept("x").parent.glob("*")):
        if StoredFile.objects.filter(digest=path.name).exists():
            _restore(path)
            done.restored += 1
        else:
            path.unlink()
            done.removed += 1
    for path in _old(root().glob("??/*")):
        if path.name.startswith("."):
            path.unlink()
            done.removed += 1
        elif not StoredFile.objects.filter(digest=path.parent.name + path.name).exists():
            _lay_aside(path)
            done.aside += 1
    return done


def _old(paths: Iterator[Path]) -> Iterator[Path]:
    """Files not touched for ``AGE``, by the clock of the disk: ours may be moved, and theirs may be another machine's."""
    marker = root() / ".swept"
    marker.touch(mode=0o600)
    oldest = marker.stat().st_mtime - AGE.total_seconds()
    for path in sorted(paths):
        if path.is_file() and path.stat().st_mtime < oldest:
            yield path


def _lay_aside(path: Path) -> None:
    """Out of its place, and young again, so that a day passes before it goes."""
    aside = swept(path.parent.name + path.name)
    aside.parent.mkdir(mode=0o700, exist_ok=True)
    path.replace(aside)
    aside.touch()


def _restore(path: Path) -> None:
    place = path_of(path.name)
    place.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    path.replace(place)


def faults() -> Faults:
    """Read every stored file and compare it with its digest (``zhunsheng verify``, ``restore --verify``)."""
    missing, damaged = [], []
    for digest in StoredFile.objects.order_by("pk").values_list("digest", flat=True).iterator():
        path = path_of(digest) if path_of(digest).is_file() else swept(digest)
        if not path.is_file():
            missing.append(digest)
        elif digest_of(path.read_bytes()) != digest:
            damaged.append(digest)
    return Faults(missing, damaged)
