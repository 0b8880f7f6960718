"""A file named on the command line, or standard input, as bytes; never more than the reader takes."""

from __future__ import annotations

import os
import stat
import sys
from pathlib import Path
from typing import BinaryIO

from zhunsheng.faces.cli.chinese import BAD_INPUT
from zhunsheng.faces.cli.refusal import Refused
from zhunsheng.kernel.documents import MAX_BYTES, Document, UnreadableDocument, read_document


def document(file: str) -> Document:
    """The document in a file or on standard input. Raises ``Refused``."""
    data = content(file)
    try:
        return read_document(data, name=name_of(file))
    except UnreadableDocument as error:
        raise Refused(str(error), status=BAD_INPUT) from error


def name_of(file: str) -> str:
    """The name under which it came, "" for standard input."""
    return "" if file == "-" else Path(file).name


def content(file: str) -> bytes:
    """The bytes of a file or of standard input, never more than ``MAX_BYTES``. Raises ``Refused``."""
    if file == "-":
        if sys.stdin.isatty():
            print("请粘贴方案的文字，另起一行按 Ctrl-D 结束。", file=sys.stderr)
        return _limited(sys.stdin.buffer, "标准输入")
    path = Path(file)
    try:
        with path.open("rb") as opened:
            size = os.fstat(opened.fileno())
            if stat.S_ISREG(size.st_mode) and size.st_size > MAX_BYTES:
                raise Refused(_too_large(f"“{file}”", size.st_size), status=BAD_INPUT)
            return _limited(opened, f"“{file}”")
    except FileNotFoundError as error:
        raise Refused(f"没有“{file}”这个文件。请检查路径和文件名。", status=BAD_INPUT) from error
    except IsADirectoryError as error:
        raise Refused(f"“{file}”是目录，不是文件。请写出目录里的那一份方案。", status=BAD_INPUT) from error
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or error
        raise Refused(f"“{file}”打不开（{reason}）。请检查路径和读取权限。", status=BAD_INPUT) from error


def _limited(opened: BinaryIO, what: str) -> bytes:
    content = opened.read(MAX_BYTES + 1)
    if len(content) > MAX_BYTES:
        raise Refused(_too_large(what), status=BAD_INPUT)
    return content


def _too_large(what: str, size: int | None = None) -> str:
    known = f"有 {size / 1024 / 1024:.0f} MB，" if size else ""
    return f"{what}{known}超过 50 MB，没有读。方案的文字通常不到 1 MB，请删去图片和附件，或只把正文另存为 txt。"
