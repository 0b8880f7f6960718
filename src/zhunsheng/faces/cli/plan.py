"""``zhunsheng plan read``: a plan goes in, its tasks come out. No database, no Django, nothing stored."""

from __future__ import annotations

import argparse
import json
import os
import stat
import sys
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO, Final

from zhunsheng.faces.cli.chinese import BAD_INPUT
from zhunsheng.faces.cli.refusal import Refused
from zhunsheng.kernel.documents import MAX_BYTES, UnreadableDocument, read_document

if TYPE_CHECKING:
    from zhunsheng.faces.cli.commands import Commands
    from zhunsheng.programmes.plans.reading.model import Reading

FORMATS: Final = "能读 txt、html、docx 和有文字层的 pdf"


def add(commands: Commands) -> None:
    """Register the command."""
    parser = commands.add_parser("plan", help="工作方案：read 读出任务")
    verbs = parser.add_subparsers(title="要做的", metavar="动作", required=True)
    read = verbs.add_parser(
        "read",
        help="从方案里读出任务、单位、期限和目标",
        description=f"从一份工作方案里读出任务、单位、期限和目标。{FORMATS}。不碰数据库，不存任何东西。",
    )
    read.add_argument("file", metavar="文件", help="方案文件；写 - 从标准输入读")
    read.add_argument("--json", action="store_true", help="按 docs/reading.md 的格式输出 JSON")
    read.set_defaults(run=run)


def run(arguments: argparse.Namespace) -> int:
    """Read one document and print what it says; 2 for what is no plan or cannot be read."""
    content = _content(arguments.file)
    from zhunsheng.programmes.plans.reading import read_plan

    name = "" if arguments.file == "-" else Path(arguments.file).name
    try:
        document = read_document(content, name=name)
    except UnreadableDocument as error:
        raise Refused(str(error), status=BAD_INPUT) from error
    reading = read_plan(document)
    _print(reading, as_json=arguments.json)
    refusals = [warning.message for warning in reading.warnings if warning.code == "not_a_plan"]
    for message in refusals:
        print(message, file=sys.stderr)
    return BAD_INPUT if refusals else 0


def _print(reading: Reading, *, as_json: bool) -> None:
    if as_json:
        from zhunsheng.programmes.plans.reading import as_json as contract

        ascii_only = (sys.stdout.encoding or "").lower().replace("-", "") != "utf8"
        print(json.dumps(contract(reading), ensure_ascii=ascii_only, indent=2))
    else:
        from zhunsheng.faces.cli.summary import summary

        print(summary(reading))


def _content(file: str) -> bytes:
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
