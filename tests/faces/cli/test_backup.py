"""``backup`` and ``restore`` as commands: the drill that a tester asks for, on both databases."""

from __future__ import annotations

import hashlib
import json
import stat
import tarfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.faces.cli.conftest import Place, fresh


@pytest.fixture
def elsewhere(tmp_path: Path) -> Iterator[Place]:
    """A second fresh place."""
    with fresh(tmp_path / "elsewhere") as made:
        yield made


@pytest.fixture
def county(demo_place: Place) -> Place:
    """The demo county with one more stored file."""
    digest = hashlib.sha256(b"evidence").hexdigest()
    (demo_place.home / "files" / digest[:2]).mkdir(parents=True)
    (demo_place.home / "files" / digest[:2] / digest).write_bytes(b"evidence")
    return demo_place


def stored(place: Place) -> dict[str, bytes]:
    """The stored files of a place by their names."""
    return {path.name: path.read_bytes() for path in (place.home / "files").rglob("*") if path.is_file()}


def test_the_drill(county: Place, elsewhere: Place, tmp_path: Path) -> None:
    assert county.run("verify", "--anchor").returncode == 0
    file = tmp_path / "copy.tar.gz"
    made = county.run("backup", str(file))
    assert (made.returncode, made.stderr) == (0, "")
    assert f"已备份到 {file}" in made.stdout
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    drill = elsewhere.run("restore", str(file), "--verify")
    assert (drill.returncode, drill.stderr) == (0, "")
    assert "核验通过" in drill.stdout
    record = drill.stdout.splitlines()[-1]
    assert record.startswith("恢复演练记录：")
    assert hashlib.sha256(file.read_bytes()).hexdigest() in record
    assert stored(elsewhere) == stored(county)
    assert stored(elsewhere)[hashlib.sha256(b"evidence").hexdigest()] == b"evidence"
    kept = (county.home / "anchors/anchors.txt").read_text()
    assert (elsewhere.home / "anchors/anchors.txt").read_text().startswith(kept.splitlines()[0])
    again = elsewhere.run("demo", "--no-serve")
    assert "早已建好，没有改动：40 家单位" in again.stdout
    assert elsewhere.run("verify").returncode == 0


def test_a_restored_county_goes_on_where_it_stopped(county: Place, elsewhere: Place, tmp_path: Path) -> None:
    county.run("backup", str(tmp_path / "copy"))
    elsewhere.run("restore", str(tmp_path / "copy"))
    assert elsewhere.run("backup").returncode == 0
    (second,) = (elsewhere.home / "backups").glob("*.tar.gz")
    with tarfile.open(second) as tar:
        content = tar.extractfile("manifest.json")
        assert content
        manifest = json.loads(content.read())
    assert manifest["newest"]
    assert elsewhere.run("verify", "--json").returncode == 0


def test_nothing_is_restored_over_data(county: Place, tmp_path: Path) -> None:
    county.run("backup", str(tmp_path / "copy"))
    refused = county.run("restore", str(tmp_path / "copy"))
    assert refused.returncode == 1
    assert "这里已有数据" in refused.stderr


def test_a_backup_is_not_written_over_another(county: Place, tmp_path: Path) -> None:
    (tmp_path / "copy").write_text("kept")
    refused = county.run("backup", str(tmp_path / "copy"))
    assert refused.returncode == 1
    assert (tmp_path / "copy").read_text() == "kept"


def test_a_damaged_backup_is_refused(county: Place, elsewhere: Place, tmp_path: Path) -> None:
    file = tmp_path / "copy"
    county.run("backup", str(file))
    file.write_bytes(file.read_bytes()[:-200])
    refused = elsewhere.run("restore", str(file), "--verify")
    assert refused.returncode == 1
    assert "不是完整的备份文件" in refused.stderr or "对不上" in refused.stderr
    assert not (elsewhere.home / "files").exists()
    file.write_text("nonsense")
    assert "不是完整的备份文件" in elsewhere.run("restore", str(file)).stderr
    assert elsewhere.run("restore", str(tmp_path / "missing")).returncode == 2
