from __future__ import annotations

import socket
import threading
import uuid
from collections.abc import Iterator
from pathlib import Path

import pytest
from pytest_django import Settings

from zhunsheng.kernel.reminders.channels.answers import of_mail
from zhunsheng.kernel.reminders.channels.handover import Handover, Unanswered
from zhunsheng.kernel.reminders.witness import Note, Witness, notes
from zhunsheng.kernel.reminders.witness_process import bytes_written

TOKEN = uuid.UUID(int=7)


@pytest.fixture
def wire() -> Iterator[tuple[socket.socket, socket.socket]]:
    """Both ends of a connection."""
    with socket.socket() as listening:
        listening.bind(("127.0.0.1", 0))
        listening.listen()
        with socket.create_connection(listening.getsockname()) as ours:
            theirs, _ = listening.accept()
            with theirs:
                yield ours, theirs


def test_bytes_are_counted_whoever_wrote_them(wire: tuple[socket.socket, socket.socket]) -> None:
    ours, theirs = wire
    assert bytes_written(ours) == 0
    ours.sendall(b"x" * 1000)
    with ours.dup() as copy:
        copy.sendall(b"y")
        assert bytes_written(copy) == bytes_written(ours) == 1001
    left, right = socket.socketpair()
    with left, right:
        assert bytes_written(left) is None
    assert theirs.recv(1) == b"x"


def left_note(place: Path) -> Note:
    (note,) = notes()
    assert note.path.parent == place / "outbox"
    return note


@pytest.fixture
def place(tmp_path: Path, settings: Settings) -> Path:
    settings.HOME = tmp_path
    return tmp_path


def test_a_worker_that_dies_before_the_last_bytes(wire: tuple[socket.socket, socket.socket], place: Path) -> None:
    ours, _ = wire
    with Witness() as witness:
        assert witness.watch(TOKEN, ours)
    note = left_note(place)
    assert (note.token, note.left, note.answer) == (TOKEN, False, b"")


def test_a_worker_that_dies_after_the_last_bytes(wire: tuple[socket.socket, socket.socket], place: Path) -> None:
    ours, theirs = wire
    threading.Timer(0.3, theirs.sendall, [b"250 taken\r\n"]).start()
    with Witness() as witness:
        assert witness.watch(TOKEN, ours)
        ours.sendall(b".\r\n")
    note = left_note(place)
    assert (note.left, note.answer) == (True, b"250 taken\r\n")


def test_an_answer_that_was_looked_at_can_still_be_read(wire: tuple[socket.socket, socket.socket], place: Path) -> None:
    ours, theirs = wire
    theirs.sendall(b"250 taken\r\n")
    with Witness() as witness:
        witness.watch(TOKEN, ours)
        assert Handover(ours, b".\r\n", of_mail).finish().taken
    assert left_note(place).answer == b"250 taken\r\n"


def test_the_other_side_hangs_up(wire: tuple[socket.socket, socket.socket], place: Path) -> None:
    ours, theirs = wire
    with Witness() as witness:
        witness.watch(TOKEN, ours)
        ours.sendall(b".\r\n")
        assert theirs.recv(3) == b".\r\n"
        theirs.close()
        with pytest.raises(Unanswered, match="挂断"):
            Handover(ours, b"", of_mail).finish()
    assert left_note(place).answer == b""


def test_what_is_done_leaves_no_note(wire: tuple[socket.socket, socket.socket], place: Path) -> None:
    with Witness() as witness:
        for _ in range(3):
            assert witness.watch(TOKEN, wire[0])
            witness.done()
    assert list(notes()) == []
