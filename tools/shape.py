"""How long the files and functions are. Fails over 500 lines a file or 60 a function in ``src``."""

from __future__ import annotations

import ast
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from statistics import median

ROOT = Path(__file__).resolve().parents[1]
LONGEST_FILE = 500
LONGEST_FUNCTION = 60
FOLDERS = ("src", "tools", "tests")


@dataclass(frozen=True, slots=True, order=True)
class Piece:
    """A file or a function and its lines; ``name`` says where it is."""

    lines: int
    name: str


def main() -> int:
    """Print the shape of each folder; exit status 1 where ``src`` breaks a limit."""
    for folder in FOLDERS:
        report(folder)
    too_long = [
        *over(files("src"), LONGEST_FILE, "文件"),
        *over(functions("src"), LONGEST_FUNCTION, "函数"),
    ]
    for sentence in too_long:
        print(sentence, file=sys.stderr)
    return 1 if too_long else 0


def report(folder: str) -> None:
    """Counts, medians and the longest of one folder."""
    for kind, pieces in (("文件", sorted(files(folder))), ("函数", sorted(functions(folder)))):
        if pieces:
            lengths = [piece.lines for piece in pieces]
            print(
                f"{folder:6}{kind} {len(lengths):4} 个，{sum(lengths):6} 行，中位 {median(lengths):g}，"
                f"九成不超过 {lengths[int(len(lengths) * 0.9) - 1]}，最长 {pieces[-1].lines}（{pieces[-1].name}）"
            )


def files(folder: str) -> Iterator[Piece]:
    """Every Python file that is not empty."""
    for path in sorted((ROOT / folder).rglob("*.py")):
        lines = len(path.read_text("utf-8").splitlines())
        if lines:
            yield Piece(lines, str(path.relative_to(ROOT)))


def functions(folder: str) -> Iterator[Piece]:
    """Every function and method, docstring included, decorators not."""
    for path in sorted((ROOT / folder).rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                where = f"{path.relative_to(ROOT)}:{node.lineno} {node.name}"
                yield Piece((node.end_lineno or node.lineno) - node.lineno + 1, where)


def over(pieces: Iterator[Piece], limit: int, kind: str) -> Iterator[str]:
    """A sentence for each piece that is too long. Generated migrations are not counted."""
    for piece in pieces:
        if piece.lines > limit and "/migrations/" not in piece.name:
            yield f"{kind}太长：{piece.name} 有 {piece.lines} 行，至多 {limit} 行。"


if __name__ == "__main__":
    raise SystemExit(main())
