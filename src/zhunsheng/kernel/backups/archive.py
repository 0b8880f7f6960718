"""The file of a backup: members, each with its digest, and the manifest that names them."""

from __future__ import annotations

import hashlib
import io
import json
import tarfile
import zlib
from dataclasses import asdict, dataclass
from pathlib import Path, PurePosixPath
from typing import Any, Final

MANIFEST: Final = "manifest.json"
DATABASE: Final = "database"
FORMAT: Final = 1
_FOLDERS: Final = frozenset({DATABASE, "files", "anchors"})


class BadArchive(ValueError):
    """A file that is no whole backup. ``str(error)`` is Chinese: what is wrong with it."""


@dataclass(frozen=True, slots=True)
class Manifest:
    """What a backup holds: program version, kind of database, time, newest block, migrations, SHA-256 by member."""

    version: str
    vendor: str
    at: str
    newest: str
    migrations: tuple[str, ...]
    members: dict[str, str]

    def as_json(self) -> str:
        """The manifest as it is written."""
        return json.dumps({"format": FORMAT, **asdict(self)}, ensure_ascii=False, indent=1)

    @classmethod
    def of(cls, text: str) -> Manifest:
        """The manifest as it was written. Raises ``BadArchive``."""
        try:
            found: dict[str, Any] = json.loads(text)
            if found.pop("format") != FORMAT:
                raise BadArchive("备份的格式比这一版程序新，请用作出它的那一版程序恢复。")
            return cls(**found | {"migrations": tuple(found["migrations"])})
        except (ValueError, KeyError, TypeError, AttributeError) as error:
            if isinstance(error, BadArchive):
                raise
            raise BadArchive("备份里的清单读不了，文件不完整或者被改过。") from error


class Writer:
    """Adds members and remembers their digests."""

    def __init__(self, tar: tarfile.TarFile) -> None:
        self._tar = tar
        self.members: dict[str, str] = {}

    def add(self, file: Path, name: str) -> None:
        """Add a file under a name."""
        with file.open("rb") as content:
            digest = hashlib.file_digest(content, "sha256").hexdigest()
            size = content.tell()
            content.seek(0)
            self._tar.addfile(_member(name, size), content)
        self.members[name] = digest

    def add_text(self, name: str, text: str) -> None:
        """Add a text that the manifest does not name: the manifest itself."""
        content = text.encode()
        self._tar.addfile(_member(name, len(content)), io.BytesIO(content))


def _member(name: str, size: int) -> tarfile.TarInfo:
    member = tarfile.TarInfo(name)
    member.size, member.mode = size, 0o600
    return member


def unpack(source: Path, target: Path) -> Manifest:
    """Unpack a whole and unchanged archive; anything else is a ``BadArchive``, and ``target`` is to be thrown away."""
    found: dict[str, str] = {}
    manifest = None
    try:
        with tarfile.open(source, mode="r:gz") as tar:
            for member in tar:
                content = tar.extractfile(member) if member.isreg() else None
                if content is None or not _expected(member.name):
                    raise BadArchive(f"备份里有不该有的内容：{member.name!r}。")
                if member.name == MANIFEST:
                    manifest = Manifest.of(content.read().decode("utf-8", "replace"))
                else:
                    found[member.name] = _written(content, target / member.name)
    except (tarfile.TarError, EOFError, zlib.error, OSError) as error:
        if isinstance(error, OSError) and error.errno is not None:
            raise
        raise BadArchive(f"{source.name} 不是完整的备份文件。") from error
    if manifest is None or manifest.members != found:
        raise BadArchive(f"{source.name} 和它自己的清单对不上，不完整或者被改过。请换一份备份。")
    return manifest


def _expected(name: str) -> bool:
    """Whether a member may have this name: a file of ours in a folder of ours."""
    path = PurePosixPath(name)
    return name == MANIFEST or (
        path.parts[:1] != () and path.parts[0] in _FOLDERS and ".." not in path.parts and len(path.parts) > 1
    )


def _written(content: Any, target: Path) -> str:
    """Write a member; its digest."""
    digest = hashlib.sha256()
    target.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    with target.open("xb") as file:
        while piece := content.read(1 << 20):
            digest.update(piece)
            file.write(piece)
    target.chmod(0o600)
    return digest.hexdigest()
