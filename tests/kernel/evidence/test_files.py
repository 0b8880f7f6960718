from __future__ import annotations

import errno
import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given
from hypothesis import settings as profile
from hypothesis import strategies as st
from pytest_django import Settings

from zhunsheng.kernel.errors import Refused
from zhunsheng.kernel.evidence import files


@pytest.fixture(autouse=True)
def home(tmp_path: Path, settings: Settings) -> Path:
    settings.HOME = tmp_path
    return tmp_path


def everything(home: Path) -> list[str]:
    return sorted(path.name for path in home.rglob("*") if path.is_file())


def test_the_digest_is_sm3() -> None:
    """The example of GB/T 32905-2016 A.1."""
    assert files.digest_of(b"abc") == "66c7f0f462eeedd9d1f2d46bdc10e4e24167c4875cf2f7a2297da02b8f4ba8e0"


def test_a_file_lies_under_its_digest_for_its_owner_to_read_only(home: Path) -> None:
    digest = files.put(b"abc")
    path = home / "files" / "66" / digest[2:]
    assert path.read_bytes() == b"abc"
    assert path.stat().st_mode & 0o777 == 0o400
    assert files.get(digest) == b"abc"
    assert everything(home) == [digest[2:]]


@profile(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.binary(min_size=1, max_size=2000))
def test_what_is_put_is_got(data: bytes) -> None:
    assert files.get(files.put(data)) == data


def test_the_same_twice_is_one_file(home: Path) -> None:
    assert files.put(b"abc") == files.put(b"abc")
    assert len(everything(home)) == 1


def test_a_damaged_file_is_not_given_out_but_told(caplog: pytest.LogCaptureFixture) -> None:
    digest = files.put(b"abc")
    path = files.path_of(digest)
    path.chmod(0o600)
    path.write_bytes(b"abd")
    with pytest.raises(Refused, match="和入库时不一样") as refused:
        files.get(digest)
    assert refused.value.code == "evidence_damaged"
    assert "is damaged" in caplog.text


def test_a_damaged_copy_is_mended_when_the_content_comes_again() -> None:
    digest = files.put(b"abc")
    files.path_of(digest).chmod(0o600)
    files.path_of(digest).write_bytes(b"")
    files.put(b"abc")
    assert files.get(digest) == b"abc"


def test_a_lost_file_is_told(caplog: pytest.LogCaptureFixture) -> None:
    digest = files.put(b"abc")
    files.path_of(digest).unlink()
    with pytest.raises(Refused, match="读不出来"):
        files.get(digest)
    assert "cannot be read" in caplog.text


def test_a_digest_that_fails_fails_the_write(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(files, "ALGORITHM", "no-such-digest")
    with pytest.raises(ValueError, match="no-such-digest"):
        files.put(b"abc")
    assert everything(home) == []


def test_a_disk_that_keeps_something_else_fails_the_write(monkeypatch: pytest.MonkeyPatch) -> None:
    write = os.write
    monkeypatch.setattr(os, "write", lambda where, data: write(where, bytes(len(data))))
    with pytest.raises(Refused, match="没能把材料写到磁盘"):
        files.put(b"abc")


def test_short_writes_are_finished(monkeypatch: pytest.MonkeyPatch) -> None:
    write = os.write
    monkeypatch.setattr(os, "write", lambda where, data: write(where, data[:3]))
    assert files.get(files.put(b"0123456789")) == b"0123456789"


def full(calls: int, real: Callable[..., Any]) -> Callable[..., Any]:
    """``real``, until the disk is full at call number ``calls``."""
    left = [calls]

    def call(*args: Any, **kwargs: Any) -> Any:
        left[0] -= 1
        if left[0] < 0:
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        return real(*args, **kwargs)

    return call


@pytest.mark.parametrize(
    ("step", "calls"), [("mkdir", 0), ("mkdir", 1), ("open", 0), ("open", 2), ("write", 0), ("write", 2),
                        ("fsync", 0), ("fsync", 2), ("fsync", 3), ("replace", 0), ("utime", 0)]
)  # fmt: skip
def test_a_full_disk_at_any_step_leaves_nothing_by_half(
    home: Path, monkeypatch: pytest.MonkeyPatch, step: str, calls: int
) -> None:
    if step == "write":
        real = os.write
        monkeypatch.setattr(os, "write", full(calls, lambda where, data: real(where, data[:4])))
    else:
        monkeypatch.setattr(os, step, full(calls, getattr(os, step)))
    with pytest.raises(Refused, match="磁盘满了") as refused:
        files.put(b"0123456789")
    assert refused.value.code == "disk_full"
    monkeypatch.undo()
    stored = everything(home)
    assert stored in ([], [files.digest_of(b"0123456789")[2:]])
    assert all(path.read_bytes() == b"0123456789" for path in home.rglob("*") if path.is_file())


def test_the_steps_of_that_test_are_the_steps_taken(monkeypatch: pytest.MonkeyPatch) -> None:
    counted: dict[str, int] = {}

    def counting(step: str) -> Callable[..., Any]:
        real = getattr(os, step)

        def call(*args: Any, **kwargs: Any) -> Any:
            counted[step] = counted.get(step, 0) + 1
            return real(*args, **kwargs)

        return call

    for step in ("mkdir", "open", "write", "fsync", "replace", "utime"):
        monkeypatch.setattr(os, step, counting(step))
    files.put(b"0123456789")
    assert counted["fsync"] == 4
    assert all(counted[step] >= 1 for step in ("mkdir", "write", "replace", "utime", "open"))
