"""The report of lengths counts right and fails where it must."""

from __future__ import annotations

from pathlib import Path

import pytest

from tools import shape

SHORT = 'def one() -> int:\n    """One."""\n    return 1\n\n\nclass Two:\n    @property\n    def two(self) -> int:\n        return 2\n'


@pytest.fixture
def root(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    """A repository of its own with one short file."""
    monkeypatch.setattr(shape, "ROOT", tmp_path)
    (tmp_path / "src").mkdir()
    (tmp_path / "src" / "a.py").write_text(SHORT, "utf-8")
    (tmp_path / "src" / "__init__.py").touch()
    return tmp_path


def long_function(lines: int) -> str:
    """A function of so many lines."""
    return "def long() -> None:\n" + "    pass\n" * (lines - 1)


def test_lengths(root: Path) -> None:
    assert [(piece.lines, piece.name) for piece in shape.files("src")] == [(9, "src/a.py")]
    assert [(piece.lines, piece.name) for piece in shape.functions("src")] == [
        (3, "src/a.py:1 one"),
        (2, "src/a.py:8 two"),
    ]


def test_short_code_passes_with_its_medians(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert shape.main() == 0
    said = capsys.readouterr().out
    assert "src   文件    1 个，     9 行，中位 9" in said
    assert "src   函数    2 个，     5 行，中位 2.5" in said


@pytest.mark.parametrize(
    ("name", "content", "status"),
    [
        ("b.py", "x = 1\n" * 500, 0),
        ("b.py", "x = 1\n" * 501, 1),
        ("b.py", long_function(60), 0),
        ("b.py", long_function(61), 1),
        ("migrations/0001.py", long_function(600), 0),
    ],
)
def test_limits(root: Path, capsys: pytest.CaptureFixture[str], name: str, content: str, status: int) -> None:
    path = root / "src" / name
    path.parent.mkdir(exist_ok=True)
    path.write_text(content, "utf-8")
    assert shape.main() == status
    assert (name in capsys.readouterr().err) is bool(status)


def test_limits_are_those_of_src_only(root: Path) -> None:
    (root / "tests").mkdir()
    (root / "tests" / "b.py").write_text(long_function(700), "utf-8")
    assert shape.main() == 0
