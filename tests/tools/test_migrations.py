"""The migration check sees a model that changed."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from django.apps import apps

from tools import migrations

ROOT = Path(__file__).resolve().parents[2]


def test_models_and_migrations_agree() -> None:
    done = subprocess.run([sys.executable, "tools/migrations.py"], cwd=ROOT, capture_output=True, check=False)
    assert (done.returncode, done.stderr) == (0, b"")


@pytest.mark.django_db
def test_a_changed_model_is_seen(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    field = apps.get_model("people.Member")._meta.get_field("username")
    monkeypatch.setattr(field, "max_length", 63)
    assert migrations.missing() == 1
    assert "还没有迁移" in capsys.readouterr().err
