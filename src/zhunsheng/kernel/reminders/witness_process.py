"""见证: a small process that outlives a worker which is killed while it hands a message over.

The worker gives it a copy of the connection before the last bytes go. When the worker dies, the connection stays open
here; the kernel tells whether the last bytes have left, the other side whether it took them. What is known is written
to a note that the next worker reads. Standard library only, started by path: it must be small and quick.

Talk: one JSON line with one descriptor, or "done"; each is acknowledged with one byte. Usage: witness_process.py FD DIR
"""

from __future__ import annotations

import json
import os
import select
import signal
import socket
import struct
import sys
import time
from pathlib import Path
from typing import Any

WAIT = 60.0
"""Seconds for which the other side may be silent after the worker has died."""
QUIET = 2.0
"""Seconds of silence after which an answer is taken to be whole."""


def main(descriptor: int, folder: str) -> None:
    """Serve one worker until it goes."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    worker = socket.socket(fileno=descriptor)
    held: socket.socket | None = None
    about: dict[str, Any] = {}
    while True:
        try:
            line, descriptors, _, _ = socket.recv_fds(worker, 4096, 1)
        except OSError:
            line, descriptors = b"", []
        if not line:
            break
        if held is not None:
            held.close()
            held = None
        if descriptors:
            held, about = socket.socket(fileno=descriptors[0]), json.loads(line)
        try:
            worker.sendall(b"k")
        except OSError:
            break
    if held is not None:
        write(folder, about["token"], found_out(held, about))


def found_out(held: socket.socket, about: dict[str, Any]) -> dict[str, Any]:
    """``left``: whether the last bytes left (``None``: cannot be told); ``answer``: what came back, in hexadecimal."""
    held.settimeout(WAIT)
    written = bytes_written(held)
    if written is not None and about["written"] is not None and written <= about["written"]:
        return {"token": about["token"], "left": False, "answer": ""}
    left = None if written is None or about["written"] is None else True
    return {"token": about["token"], "left": left, "answer": answer(held).hex()}


def answer(held: socket.socket) -> bytes:
    """What the other side says, until it hangs up or falls silent."""
    raw, ends = b"", time.monotonic() + WAIT
    while time.monotonic() < ends and len(raw) < 16384:
        ready, _, _ = select.select([held], [], [], QUIET if raw else max(0.0, ends - time.monotonic()))
        try:
            more = held.recv(4096) if ready else b""
        except OSError:
            more = b""
        if not more:
            break
        raw += more
        if raw[:3].isdigit() and raw.endswith(b"\r\n"):
            break
    return raw


def bytes_written(sock: socket.socket) -> int | None:
    """How many bytes were ever written to a connection, whoever wrote them; ``None`` where the system does not say.

    Linux' tcp_info: bytes_sent (offset 200) counts repetitions (208), and not what still waits to go (144).
    """
    if not sys.platform.startswith("linux") or sock.family not in {socket.AF_INET, socket.AF_INET6}:
        return None
    try:
        info = sock.getsockopt(socket.IPPROTO_TCP, socket.TCP_INFO, 256)
    except OSError:
        return None
    if len(info) < 216:
        return None
    sent, repeated = struct.unpack_from("=QQ", info, 200)
    (waiting,) = struct.unpack_from("=I", info, 144)
    return int(sent - repeated + waiting)


def write(folder: str, token: str, note: dict[str, Any]) -> None:
    """The whole note or none, on the disk before it can be seen."""
    draft = Path(folder) / f".{token}.{os.getpid()}"
    with draft.open("w", encoding="ascii") as file:
        json.dump(note, file)
        file.flush()
        os.fsync(file.fileno())
    draft.replace(draft.with_name(f"{token}.json"))


if __name__ == "__main__":
    main(int(sys.argv[1]), sys.argv[2])
