"""``zhunsheng plan read``: every way in, every way to be refused, and both forms of output."""

from __future__ import annotations

import io
import json
import os
import subprocess
import sys
import threading
from collections.abc import Callable
from pathlib import Path

import pytest

from zhunsheng.faces.cli import incoming, main

PLAN = """云溪县2025年法治政府建设工作要点

一、依法决策
1.完善重大行政决策程序，2025年底前合法性审查率达到100%。（县司法局牵头，县政府办公室负责）
2.加强行政执法监督，每季度通报1次。（县司法局负责）
"""
Capture = pytest.CaptureFixture[str]


class Bytes(io.TextIOWrapper):
    """Standard input with these bytes."""

    def __init__(self, content: bytes) -> None:
        super().__init__(io.BytesIO(content))


@pytest.fixture
def write(tmp_path: Path) -> Callable[[bytes], str]:
    """Write a file and return its path."""

    def written(content: bytes) -> str:
        path = tmp_path / "方案.txt"
        path.write_bytes(content)
        return str(path)

    return written


def test_a_plan_is_printed_for_a_person(capsys: Capture, write: Callable[[bytes], str]) -> None:
    assert main(["plan", "read", write(PLAN.encode())]) == 0
    said = capsys.readouterr()
    assert said.err == ""
    assert said.out.startswith("云溪县2025年法治政府建设工作要点\n")
    assert "任务 2" in said.out
    assert "县司法局" in said.out
    assert "2025-12-31" in said.out
    assert "100%" in said.out


def test_json_is_the_contract(capsys: Capture, write: Callable[[bytes], str]) -> None:
    assert main(["plan", "read", "--json", write(PLAN.encode())]) == 0
    read = json.loads(capsys.readouterr().out)
    assert [task["number"] for task in read["tasks"]] == ["1", "2"]
    assert read["tasks"][0]["lead_units"] == ["县司法局"]
    assert read["tasks"][0]["responsible_units"] == ["县政府办公室"]


def test_standard_input(monkeypatch: pytest.MonkeyPatch, capsys: Capture) -> None:
    monkeypatch.setattr("sys.stdin", Bytes(PLAN.encode()))
    assert main(["plan", "read", "-"]) == 0
    assert "任务 2" in capsys.readouterr().out


def test_a_terminal_as_standard_input_is_told_how_to_end(monkeypatch: pytest.MonkeyPatch, capsys: Capture) -> None:
    typed = Bytes(PLAN.encode())
    monkeypatch.setattr(typed, "isatty", lambda: True)
    monkeypatch.setattr("sys.stdin", typed)
    assert main(["plan", "read", "-"]) == 0
    assert "Ctrl-D" in capsys.readouterr().err


def test_json_is_ascii_where_the_terminal_is_not_utf_8(
    monkeypatch: pytest.MonkeyPatch, write: Callable[[bytes], str]
) -> None:
    written = io.BytesIO()
    monkeypatch.setattr("sys.stdout", io.TextIOWrapper(written, "gbk"))
    assert main(["plan", "read", "--json", write(PLAN.encode())]) == 0
    assert json.loads(written.getvalue().decode("ascii"))["title"].startswith("云溪县")


def test_what_is_no_plan_is_said_on_stderr_and_still_given_as_json(
    capsys: Capture, write: Callable[[bytes], str]
) -> None:
    assert (
        main(["plan", "read", "--json", write("云溪县司法局2024年工作总结\n\n全年受理复议案件57件。\n".encode())]) == 2
    )
    said = capsys.readouterr()
    assert json.loads(said.out)["tasks"] == []
    assert said.err.strip()


@pytest.mark.parametrize("content", [b"", b"   \n\n", b"\x89PNG\r\n\x1a\n" + bytes(2000), b"PK\x03\x04" + bytes(500)])
def test_what_cannot_be_read_is_refused(capsys: Capture, write: Callable[[bytes], str], content: bytes) -> None:
    assert main(["plan", "read", write(content)]) == 2
    said = capsys.readouterr()
    assert said.err.strip()
    assert "Traceback" not in said.err


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        ("/none/方案.docx", "没有“/none/方案.docx”这个文件"),
        ("/tmp", "“/tmp”是目录"),
        ("/etc/passwd/方案.txt", "打不开"),
        ("a\0b", "打不开"),
        ("方" * 300, "打不开"),
    ],
)
def test_a_bad_path_is_answered(capsys: Capture, path: str, expected: str) -> None:
    assert main(["plan", "read", path]) == 2
    said = capsys.readouterr()
    assert said.out == ""
    assert expected in said.err


def test_a_file_without_right_to_read_is_answered(capsys: Capture, monkeypatch: pytest.MonkeyPatch) -> None:
    def locked(*_: object) -> io.BytesIO:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "open", locked)
    assert main(["plan", "read", "方案.docx"]) == 2
    assert "“方案.docx”打不开（Permission denied）。请检查路径和读取权限。" in capsys.readouterr().err


def test_more_than_50_mb_is_refused_before_it_is_loaded(
    capsys: Capture, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    huge = tmp_path / "huge.txt"
    with huge.open("wb") as sparse:
        sparse.truncate(400 * 1024**3)
    monkeypatch.setattr(incoming, "_limited", lambda *_: pytest.fail("it was loaded"))
    assert main(["plan", "read", str(huge)]) == 2
    assert "有 409600 MB，超过 50 MB，没有读" in capsys.readouterr().err


def test_an_endless_file_is_refused(capsys: Capture, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(incoming, "MAX_BYTES", 1000)
    assert main(["plan", "read", "/dev/zero"]) == 2
    assert "超过 50 MB，没有读" in capsys.readouterr().err


@pytest.mark.parametrize(("excess", "status"), [(0, 0), (1, 2)])
def test_standard_input_is_limited_to_the_byte(
    monkeypatch: pytest.MonkeyPatch, capsys: Capture, excess: int, status: int
) -> None:
    content = PLAN.encode()
    monkeypatch.setattr(incoming, "MAX_BYTES", len(content) - excess)
    monkeypatch.setattr("sys.stdin", Bytes(content))
    assert main(["plan", "read", "-"]) == status
    assert ("标准输入超过 50 MB" in capsys.readouterr().err) is bool(excess)


def test_a_named_pipe_is_read(capsys: Capture, tmp_path: Path) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    writer = threading.Thread(target=lambda: pipe.write_bytes(PLAN.encode()))
    writer.start()
    assert main(["plan", "read", str(pipe)]) == 0
    writer.join()
    assert "任务 2" in capsys.readouterr().out


def test_a_name_that_is_not_utf_8_is_answered(capsysbinary: pytest.CaptureFixture[bytes]) -> None:
    assert main(["plan", "read", os.fsdecode(b"/none/\xff\xfe.txt")]) == 2
    assert "没有“".encode() in capsysbinary.readouterr().err


def test_a_cold_start_loads_neither_django_nor_what_it_brings(write: Callable[[bytes], str]) -> None:
    """What makes it quick; how quick it is, the bench prints."""
    ask = "import sys; from zhunsheng.faces.cli import main; main(['plan', 'read', sys.argv[1]]); print(*sys.modules)"
    line = [sys.executable, "-c", ask, write((PLAN * 20).encode())]
    unwatched = {name: value for name, value in os.environ.items() if not name.startswith("COV")}
    said = subprocess.run(line, env=unwatched, capture_output=True, check=True, text=True).stdout
    loaded = set(said.splitlines()[-1].split())
    assert "zhunsheng.programmes.plans.reading" in loaded
    assert not loaded & {"django", "psycopg", "jinja2", "docx", "authlib"}
