"""The sentences that say why a file gave no text: what came, what is wrong, what to do."""

from __future__ import annotations

import re
from pathlib import PurePosixPath

from zhunsheng.kernel.documents.model import UnreadableDocument

SAVE_AS = "请用 Word 或 WPS 打开后“另存为”.docx，再交来读取"
_UNPRINTABLE = re.compile(r"[\x00-\x1f\x7f\u200e\u200f\u202a-\u202e\u2066-\u2069\ud800-\udfff]+")


def size_words(count: int) -> str:
    """A number of bytes as people say it (``512 字节``, ``12 KB``, ``3.4 MB``)."""
    if count < 1024:
        return f"{count} 字节"
    if count < 1024 * 1024:
        return f"{count // 1024} KB"
    return f"{count / 1024 / 1024:.1f} MB"


def describe(label: str, size: int, name: str = "") -> str:
    """What was received: ``Word 文档“要点.docx”（12 KB）``. ``name`` comes from outside and is cut and cleaned."""
    shown = _UNPRINTABLE.sub("", PurePosixPath(name.replace("\\", "/")).name).strip()
    if len(shown) > 60:
        shown = shown[:40] + "……" + shown[-16:]
    quoted = f"“{shown}”" if shown else ""
    return f"{label}{quoted}（{size_words(size)}）"


def refuse(code: str, what: str, wrong: str, advice: str) -> UnreadableDocument:
    """The error to raise for ``what`` (from :func:`describe`): one Chinese sentence each for the fault and the way out."""
    return UnreadableDocument(code, f"收到的是{what}，{wrong}。{advice}。")
