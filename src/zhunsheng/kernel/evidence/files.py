"""Files on the disk, by digest: ``files/ab/cdef…`` under the home. A file is whole and durable before a row names it.

A crash leaves at most a file without a row; ``sweep`` collects those. Nothing here asks what a file means.
"""

from __future__ import annotations

import errno
import hashlib
import logging
import os
import secrets
from pathlib import Path
from typing import Final

from django.conf import settings

from zhunsheng.kernel.errors import Refused
from zhunsheng.kernel.trouble import trouble

logger = logging.getLogger(__name__)

ALGORITHM: Final = "sm3"
"""GB/T 32905, as 商用密码 demands of government systems; 64 hexadecimal digits."""


def digest_of(data: bytes) -> str:
    """The digest under which ``data`` is stored. Whatever fails here fails the write."""
    return hashlib.new(ALGORITHM, data).hexdigest()


def root() -> Path:
    """Where the files lie."""
    return Path(settings.HOME) / "files"


def path_of(digest: str) -> Path:
    """The place of a file."""
    return root() / digest[:2] / digest[2:]


def put(data: bytes) -> str:
    """Store ``data`` durably and return its digest; storing the same twice is one file. Raises ``Refused``."""
    digest = digest_of(data)
    path = path_of(digest)
    try:
        _make_folder(path.parent)
        if not _stands(path, digest):
            _write(path, data)
        # A file that is wanted again is young again: ``sweep`` leaves young files alone.
        os.utime(path)
        _check_kept(path, digest)
    except OSError as error:
        logger.exception("evidence %s not stored", digest)
        raise _refusal(error) from error
    return digest


def get(digest: str) -> bytes:
    """The content of a stored file. Raises ``Refused``, and writes to the log, where it is not what was stored."""
    try:
        data = _found(digest).read_bytes()
    except OSError as error:
        logger.exception("evidence %s cannot be read", digest)
        raise Refused("evidence_lost", f"这份材料读不出来（摘要 {digest[:12]}…）。{_TELL}") from error
    if digest_of(data) != digest:
        logger.error("evidence %s is damaged", digest)
        raise Refused("evidence_damaged", f"这份材料和入库时不一样（摘要 {digest[:12]}…），没有打开。{_TELL}")
    return data


_TELL: Final = "请告诉系统管理员，用备份恢复。"


def swept(digest: str) -> Path:
    """Where ``sweep`` lays a file aside before it is removed."""
    return root() / "swept" / digest


def _found(digest: str) -> Path:
    """The file in its place, brought back if it was laid aside."""
    path, aside = path_of(digest), swept(digest)
    if not path.exists() and aside.exists():
        aside.replace(path)
    return path


def _stands(path: Path, digest: str) -> bool:
    """True where the very content is there already; a damaged copy is replaced."""
    return path.is_file() and digest_of(path.read_bytes()) == digest


def _check_kept(path: Path, digest: str) -> None:
    """Read back what was written. Raises ``OSError`` where the disk kept something else."""
    if not _stands(path, digest):
        raise OSError(errno.EIO, "read back differently")


def _make_folder(folder: Path) -> None:
    """The folder, known to the disk."""
    for one in (root(), folder):
        if not one.is_dir():
            one.mkdir(mode=0o700, parents=True, exist_ok=True)
            _sync_folder(one.parent)


def _write(path: Path, data: bytes) -> None:
    """The whole file or none: written beside its place, synced, moved there, the folder synced."""
    draft = path.with_name(f".{path.name}.{secrets.token_hex(8)}")
    try:
        descriptor = os.open(draft, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o400)
        try:
            _write_all(descriptor, data)
            os.fsync(descriptor)
        finally:
            os.close(descriptor)
        draft.replace(path)
        _sync_folder(path.parent)
    finally:
        draft.unlink(missing_ok=True)


def _write_all(descriptor: int, data: bytes) -> None:
    """``os.write`` may write less than it was given, as it does on a disk that fills up."""
    rest = memoryview(data)
    while rest:
        rest = rest[os.write(descriptor, rest) :]


def _sync_folder(folder: Path) -> None:
    """Make names in ``folder`` survive a power cut."""
    descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _refusal(error: OSError) -> Refused:
    """A full disk is told apart from other faults: somebody must make room."""
    if trouble(error) == "full":
        return Refused("disk_full", "服务器的磁盘满了，这份材料没有存下。请告诉系统管理员腾出空间，再交一次。")
    return Refused(
        "disk", f"服务器没能把材料写到磁盘（{error.strerror or error}），这份材料没有存下。请告诉系统管理员，再交一次。"
    )
