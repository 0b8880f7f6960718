"""备份与恢复: one file with the database at one moment, the stored files and the anchors; back only into what is empty.

The archive is a compressed tar. ``manifest.json``, its last member, names every other member with its SHA-256. The key of
the installation (``secret_key``) is not in it: it is kept apart from the data that it protects.
"""

from __future__ import annotations

import os
import shutil
import tarfile
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from django.conf import settings
from django.db import connection
from django.db.migrations.recorder import MigrationRecorder

import zhunsheng
from zhunsheng.kernel.backups import archive, postgresql, sqlite
from zhunsheng.kernel.backups.archive import BadArchive, Manifest
from zhunsheng.kernel.errors import Refused
from zhunsheng.kernel.journal import access, anchors, sealing
from zhunsheng.kernel.now import now

__all__ = ["BadArchive", "Manifest", "backup", "refuse_unless_empty", "restore"]

FILES: Final = "files"
ANCHORS: Final = "anchors/anchors.txt"
MADE_BY_MIGRATIONS: Final = frozenset({"django_migrations", "django_content_type", "auth_permission"})
"""Tables that are filled in an empty installation too."""


def backup(target: Path) -> Manifest:
    """Write a backup while everybody works on; ``target`` appears whole or not at all. Raises ``OSError``.

    What is not sealed yet is sealed first, so that the journal in the archive covers all that is in it.
    The anchors are read before the database, and the files after it: no anchor is newer than the journal in the
    archive, and no file that the database speaks of is missing.
    """
    sealing.sweep()
    access.seal()
    draft = target.with_name(f".{target.name}.{os.getpid()}")
    try:
        with _opened(draft) as tar, tempfile.TemporaryDirectory(dir=target.parent, prefix=".backup-") as work:
            made = archive.Writer(tar)
            anchored = Path(settings.HOME) / ANCHORS
            if anchored.is_file():
                made.add(anchored, ANCHORS)
            last = _dump(Path(work), made)
            for file in _files(Path(settings.HOME) / FILES):
                made.add(file, str(file.relative_to(settings.HOME)))
            manifest = _manifest(made, last)
            made.add_text(archive.MANIFEST, manifest.as_json())
        draft.replace(target)
    finally:
        draft.unlink(missing_ok=True)
    return manifest


def restore(source: Path) -> Manifest:
    """Put a backup into this empty installation, whose tables are migrated. Raises ``Refused``, ``BadArchive``, ``OSError``.

    Nothing of an archive is believed before its digests have been checked.
    """
    refuse_unless_empty()
    home = Path(settings.HOME)
    with tempfile.TemporaryDirectory(dir=home, prefix=".restore-") as work:
        manifest = archive.unpack(source, Path(work))
        _refuse_other_version(manifest)
        load = sqlite.load if connection.vendor == "sqlite" else postgresql.load
        load(Path(work) / archive.DATABASE)
        for name in (FILES, Path(ANCHORS).parent.name):
            if (Path(work) / name).is_dir():
                shutil.copytree(Path(work) / name, home / name, dirs_exist_ok=True)
    _forget_sessions()
    return manifest


def refuse_unless_empty() -> None:
    """Raise ``Refused`` where the home or the database holds anything of somebody's."""
    home = Path(settings.HOME)
    taken = [name for name in (FILES, ANCHORS) if (home / name).is_file() or any(_files(home / name))]
    with connection.cursor() as cursor:
        for table in sorted(set(connection.introspection.table_names(cursor)) - MADE_BY_MIGRATIONS):
            cursor.execute(f"SELECT EXISTS (SELECT 1 FROM {connection.ops.quote_name(table)})")  # noqa: S608 - listed tables
            if cursor.fetchone()[0]:
                taken.append(f"表 {table}")
    if taken:
        raise Refused(
            "not_empty",
            f"这里已有数据（{'、'.join(taken[:3])} 等），没有恢复。"
            "请把 ZHUNSHENG_HOME 和 DATABASE_URL 指到空的地方，再恢复。",
        )


def _refuse_other_version(manifest: Manifest) -> None:
    if manifest.vendor != connection.vendor:
        raise Refused(
            "vendor", f"备份来自 {manifest.vendor}，这里是 {connection.vendor}。请用 DATABASE_URL 指到同一种数据库。"
        )
    if set(manifest.migrations) != _migrations():
        raise Refused(
            "version",
            f"备份由准绳 {manifest.version} 作出，表结构和这一版不同。请用那一版程序恢复，再运行 zhunsheng upgrade。",
        )


def _dump(work: Path, made: archive.Writer) -> anchors.Anchor | None:
    """Add the database at one moment; its newest block."""
    dump = work / "dump"
    dump.mkdir()
    last = sqlite.dump(dump) if connection.vendor == "sqlite" else postgresql.dump(dump)
    for file in _files(dump):
        made.add(file, f"{archive.DATABASE}/{file.relative_to(dump)}")
    return last


def _manifest(made: archive.Writer, last: anchors.Anchor | None) -> Manifest:
    return Manifest(
        version=zhunsheng.__version__,
        vendor=connection.vendor,
        at=now().isoformat(timespec="seconds"),
        newest=str(last) if last else "",
        migrations=tuple(sorted(_migrations())),
        members=made.members,
    )


def _migrations() -> set[str]:
    """What was applied, as ``app.name``."""
    return {".".join(key) for key in MigrationRecorder(connection).applied_migrations()}


def _files(folder: Path) -> Iterator[Path]:
    """Every regular file below a folder; drafts of uploads (a leading dot) are none."""
    for path in sorted(folder.rglob("*")) if folder.is_dir() else ():
        if path.is_file() and not path.is_symlink() and not path.name.startswith("."):
            yield path


@contextmanager
def _opened(draft: Path) -> Iterator[tarfile.TarFile]:
    """A new archive, for its owner only, on the disk when this ends."""
    descriptor = os.open(draft, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600)
    with os.fdopen(descriptor, "wb") as file:
        with tarfile.open(fileobj=file, mode="w:gz", compresslevel=3) as tar:
            yield tar
        file.flush()
        os.fsync(file.fileno())


def _forget_sessions() -> None:
    """Nobody is signed in after a restore."""
    from django.contrib.sessions.models import Session

    Session.objects.all().delete()
