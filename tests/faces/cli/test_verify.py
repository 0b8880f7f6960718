"""``verify`` as a command: silent and 0 about honest work, Chinese findings and 1 after tampering."""

from __future__ import annotations

import json
import subprocess
import sys

from tests.faces.cli.conftest import Place, tamper


def test_verify_before_and_after_tampering(demo_place: Place) -> None:
    anchored = demo_place.run("verify", "--anchor")
    assert (anchored.returncode, anchored.stderr) == (0, "")
    printed = anchored.stdout.partition("锚点：")[2].splitlines()[0]
    assert (demo_place.home / "anchors/anchors.txt").read_text().splitlines()[-1] == printed
    clean = demo_place.run("verify", "--json")
    answer = json.loads(clean.stdout)
    assert (clean.returncode, answer["ok"], answer["findings"]) == (0, True, [])
    assert answer["newest"]["number"] >= 1
    tamper(demo_place, "UPDATE people_person SET name = '冒名' WHERE id = 1")
    found = demo_place.run("verify")
    assert found.returncode == 1
    assert "不行  和日志不一样的列：name：表 people_person，第 1 行" in found.stdout
    assert "      → 这一行绕过日志被改动过。" in found.stdout
    assert found.stdout.rstrip().endswith("处对不上。")
    assert json.loads(demo_place.run("verify", "--json").stdout)["ok"] is False


def test_verify_of_a_database_that_is_behind(place: Place) -> None:
    refused = place.run("verify")
    assert refused.returncode == 1
    assert "升级的请运行 zhunsheng upgrade" in refused.stderr


def test_an_empty_journal_has_no_anchor(place: Place) -> None:
    """Tables without anything in them: an upgrade would enter the holidays."""
    migrate = [sys.executable, "-m", "django", "migrate", "--verbosity=0"]
    subprocess.run(migrate, env=place.environment(), check=True)
    said = place.run("verify", "--anchor")
    assert (said.returncode, said.stdout) == (0, "核验通过，日志还是空的。\n日志还是空的，没有可以写的锚点。\n")
    assert json.loads(place.run("verify", "--json", "--anchor").stdout) == {"ok": True, "newest": None, "findings": []}


STORE = """
import os, django
os.environ["DJANGO_SETTINGS_MODULE"] = "zhunsheng.settings"
django.setup()
from zhunsheng.kernel.evidence.actions import store
from zhunsheng.people.models import Member
me = Member.objects.get(username="zhoumin")
print(store(data="签到表".encode(), name="签到表.txt", unit_id=me.unit_id, not_secret=True, by=me).evidence.file.digest)
"""


def test_a_stored_file_that_was_changed_or_lost_is_found(demo_place: Place) -> None:
    line = [sys.executable, "-c", STORE]
    done = subprocess.run(line, capture_output=True, text=True, check=True, env=demo_place.environment())
    digest = done.stdout.strip()
    assert demo_place.run("verify").returncode == 0
    path = demo_place.home / "files" / digest[:2] / digest[2:]
    path.chmod(0o600)
    path.write_bytes(b"another")
    changed = demo_place.run("verify")
    assert (changed.returncode, f"佐证材料的文件被改动过：摘要 {digest}" in changed.stdout) == (1, True)
    path.unlink()
    assert f"佐证材料的文件不见了：摘要 {digest}" in demo_place.run("verify").stdout
