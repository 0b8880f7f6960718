"""What the suite promises: nothing is skipped in CI, and each database has its own tests."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
SUITE = """
import pytest

@pytest.mark.sqlite
def test_sqlite(): pass

@pytest.mark.postgresql
def test_postgresql(): pass

@pytest.mark.browser
def test_browser(): pass

@pytest.mark.skip(reason="why not")
def test_skipped(): pass

@pytest.mark.xfail
def test_known(): assert False

def test_pure(): pass
"""
MODULE = 'import pytest\npytest.skip("whole module", allow_module_level=True)\n'


@pytest.fixture
def suite(tmp_path: Path) -> Path:
    """A suite of its own under our ``conftest.py``."""
    (tmp_path / "conftest.py").write_text((ROOT / "tests/conftest.py").read_text("utf-8"), "utf-8")
    (tmp_path / "test_it.py").write_text(SUITE, "utf-8")
    (tmp_path / "test_module.py").write_text(MODULE, "utf-8")
    return tmp_path


def outcome(suite: Path, **environment: str) -> str:
    """The closing lines of a run of the suite on SQLite."""
    options = ["-c", str(ROOT / "pyproject.toml"), "--rootdir", str(suite), "-p", "no:cacheprovider"]
    variables = {"PYTHONPATH": f"{ROOT}:{ROOT / 'src'}", "DATABASE_URL": "", "PATH": "/usr/bin:/bin", **environment}
    line = [sys.executable, "-m", "pytest", *options, str(suite)]
    return subprocess.run(line, cwd=suite, env=variables, capture_output=True, text=True, check=False).stdout


def test_skips_have_a_reason_on_a_strangers_machine(suite: Path) -> None:
    closing = outcome(suite, PATH="/none")
    assert "2 passed, 3 skipped, 1 deselected, 1 xfailed" in closing
    assert "没有 Chromium" in closing


def test_a_skip_is_an_error_in_ci(suite: Path) -> None:
    closing = outcome(suite, PATH="/none", CI="true")
    assert "skipped" not in closing.splitlines()[-1]
    assert "CI 里不许跳过" in closing
    assert "2 failed" in closing or "1 error" in closing


@pytest.mark.postgresql
def test_what_needs_no_database_has_run_on_sqlite(suite: Path) -> None:
    assert "1 passed, 1 skipped, 5 deselected" in outcome(suite, DATABASE_URL=os.environ["DATABASE_URL"])
