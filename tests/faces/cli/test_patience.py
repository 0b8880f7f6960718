"""Connections that send or take almost nothing are given up."""

from __future__ import annotations

import socket
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from zhunsheng.faces.cli import patience as worker
from zhunsheng.faces.cli.patience import PatientSocket

Pair = tuple[PatientSocket, socket.socket]


@pytest.fixture
def pair(monkeypatch: pytest.MonkeyPatch) -> Iterator[Pair]:
    """Our end with a patience of 0.2 seconds, and the visitor's."""
    monkeypatch.setattr(worker, "PATIENCE", 0.2)
    plain, visitor = socket.socketpair()
    ours = PatientSocket.of(plain)
    with ours, visitor:
        yield ours, visitor


def test_what_comes_is_received(pair: Pair) -> None:
    ours, visitor = pair
    visitor.sendall(b"GET / HTTP/1.1\r\n")
    assert ours.recv(8192) == b"GET / HTTP/1.1\r\n"
    visitor.shutdown(socket.SHUT_WR)
    assert ours.recv(8192) == b""
    assert ours.getblocking()


def test_silence_is_a_reset(pair: Pair) -> None:
    ours, _ = pair
    begun = time.monotonic()
    with pytest.raises(ConnectionResetError):
        ours.recv(8192)
    assert 0.15 < time.monotonic() - begun < 5
    assert ours.getblocking()


def test_single_bytes_win_no_time(pair: Pair) -> None:
    ours, visitor = pair
    stop = threading.Event()

    def trickle() -> None:
        while not stop.wait(0.05):
            visitor.sendall(b"x")

    thread = threading.Thread(target=trickle)
    thread.start()
    try:
        with pytest.raises(ConnectionResetError):
            _drain(ours)
    finally:
        stop.set()
        thread.join()


def _drain(ours: PatientSocket) -> None:
    for _ in range(1000):
        ours.recv(8192)


def test_a_large_upload_earns_its_time(pair: Pair, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(worker, "RATE", 1000)
    ours, visitor = pair
    visitor.sendall(bytes(4000))  # four seconds more
    assert len(ours.recv(8192)) == 4000
    late = threading.Timer(0.5, visitor.sendall, [b"late"])
    late.start()
    assert ours.recv(8192) == b"late"
    late.join()


def test_every_request_is_waited_for_anew(pair: Pair) -> None:
    ours, visitor = pair
    with pytest.raises(ConnectionResetError):
        ours.recv(1)
    ours.restart()
    late = threading.Timer(0.05, visitor.sendall, [b"next"])
    late.start()
    assert ours.recv(8192) == b"next"
    late.join()


def test_a_visitor_who_does_not_take_the_answer_is_left(pair: Pair, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(worker, "RATE", 10**9)
    ours, _ = pair
    with pytest.raises(ConnectionResetError):
        ours.sendall(bytes(50_000_000))


def test_files_are_sent_and_given_up_likewise(pair: Pair, tmp_path: Path) -> None:
    ours, visitor = pair
    path = tmp_path / "file"
    path.write_bytes(b"abc")
    with path.open("rb") as file:
        assert ours.sendfile(file) == 3
    assert visitor.recv(10) == b"abc"
    path.write_bytes(bytes(50_000_000))
    with path.open("rb") as file, pytest.raises(ConnectionResetError):
        ours.sendfile(file)
