"""The file of a backup: nothing in it is believed before it is checked."""

from __future__ import annotations

import io
import tarfile
from pathlib import Path

import pytest

from zhunsheng.kernel.backups.archive import MANIFEST, BadArchive, Manifest, Writer, unpack

EMPTY = Manifest("0.1", "sqlite", "2026-01-02T03:04:05+00:00", "", ("people.0001_initial",), {})


@pytest.fixture
def content(tmp_path: Path) -> Path:
    file = tmp_path / "content"
    file.write_bytes(b"evidence")
    return file


def packed(target: Path, content: Path, *names: str, manifest: Manifest | None = None) -> Path:
    """An archive of the same content under these names."""
    with tarfile.open(target, "w:gz") as tar:
        writer = Writer(tar)
        for name in names:
            writer.add(content, name)
        made = manifest or Manifest(EMPTY.version, EMPTY.vendor, EMPTY.at, "", EMPTY.migrations, writer.members)
        writer.add_text(MANIFEST, made.as_json())
    return target


def test_what_is_packed_comes_out(tmp_path: Path, content: Path) -> None:
    file = packed(tmp_path / "a", content, "files/ab/abcd", "database/zhunsheng.sqlite3")
    manifest = unpack(file, tmp_path / "out")
    assert (tmp_path / "out/files/ab/abcd").read_bytes() == b"evidence"
    assert set(manifest.members) == {"files/ab/abcd", "database/zhunsheng.sqlite3"}
    assert manifest.migrations == EMPTY.migrations


@pytest.mark.parametrize(
    "name",
    ["../evil", "files/../../evil", "/etc/evil", "evil", "files", "secret_key", "logs/evil", "database/../files/x"],
)
def test_names_that_lead_elsewhere_are_refused(tmp_path: Path, content: Path, name: str) -> None:
    with pytest.raises(BadArchive, match="不该有的内容"):
        unpack(packed(tmp_path / "a", content, name), tmp_path / "out")
    assert not (tmp_path / "evil").exists()


@pytest.mark.parametrize("kind", [tarfile.SYMTYPE, tarfile.LNKTYPE, tarfile.DIRTYPE, tarfile.CHRTYPE])
def test_only_files_are_unpacked(tmp_path: Path, kind: bytes) -> None:
    member = tarfile.TarInfo("files/link")
    member.type, member.linkname = kind, "/etc/passwd"
    with tarfile.open(tmp_path / "a", "w:gz") as tar:
        tar.addfile(member)
    with pytest.raises(BadArchive):
        unpack(tmp_path / "a", tmp_path / "out")


def test_a_member_too_few_too_many_or_changed_is_refused(tmp_path: Path, content: Path) -> None:
    whole = unpack(packed(tmp_path / "a", content, "files/a", "files/b"), tmp_path / "out")
    for place, names in enumerate((["files/a"], ["files/a", "files/b", "files/c"])):
        file = packed(tmp_path / f"b{place}", content, *names, manifest=whole)
        with pytest.raises(BadArchive, match="对不上"):
            unpack(file, tmp_path / f"out{place}")
    content.write_bytes(b"other")
    with pytest.raises(BadArchive, match="对不上"):
        unpack(packed(tmp_path / "c", content, "files/a", "files/b", manifest=whole), tmp_path / "out3")


def test_without_its_manifest_it_is_not_whole(tmp_path: Path, content: Path) -> None:
    with tarfile.open(tmp_path / "a", "w:gz") as tar:
        Writer(tar).add(content, "files/a")
    with pytest.raises(BadArchive, match="对不上"):
        unpack(tmp_path / "a", tmp_path / "out")


@pytest.mark.parametrize("text", ["", "[]", "{}", '{"format": 1}', '{"format": 2}', "nonsense"])
def test_a_manifest_that_is_none(text: str) -> None:
    with pytest.raises(BadArchive):
        Manifest.of(text)


@pytest.mark.parametrize("cut", [0, 1, 10, 50])
def test_a_file_that_is_cut_off(tmp_path: Path, content: Path, cut: int) -> None:
    file = packed(tmp_path / "a", content, "files/a")
    file.write_bytes(file.read_bytes()[:cut])
    with pytest.raises(BadArchive):
        unpack(file, tmp_path / "out")


def test_a_file_that_is_not_there_is_the_system_s_word(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        unpack(tmp_path / "missing", tmp_path / "out")


def test_the_manifest_is_json_and_back() -> None:
    assert Manifest.of(EMPTY.as_json()) == EMPTY
    assert io.StringIO(EMPTY.as_json()).readline() == "{\n"
