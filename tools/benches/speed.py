"""How long reading takes: in process, by format, and as a command from a cold start."""

from __future__ import annotations

import io
import subprocess
import sys
import zipfile
from collections.abc import Callable
from pathlib import Path
from statistics import median
from time import perf_counter

import pypdfium2
from lxml import etree, html

from tests.corpus.score import documents
from tests.corpus.where import CHECKOUT
from zhunsheng.kernel.documents import Document, read_document
from zhunsheng.programmes.plans.example import EXAMPLE
from zhunsheng.programmes.plans.reading import read_plan

from . import baseline
from .accuracy import source_files
from .invented import plan
from .table import Cell, Column, Table

AIM = 0.1
SIZES = (20, 200, 2_000)
ALL_SIZES = (*SIZES, 20_000)
_ENOUGH = 1.0


def best(action: Callable[[], object], most: int = 7) -> float:
    """Seconds of the quickest of several runs; slow actions are run less often."""
    taken: list[float] = []
    while len(taken) < most and (len(taken) < 2 or sum(taken) < _ENOUGH):
        started = perf_counter()
        action()
        taken.append(perf_counter() - started)
        if taken[0] > 4 * _ENOUGH:
            break
    return min(taken)


def growth(*, full: bool) -> Table:
    """Reading plans of ever more tasks; the baseline on the same text in the same run."""
    read_plan(Document(plan(SIZES[0]), "text"))
    rows: list[tuple[Cell, ...]] = []
    before: float | None = None
    for size in ALL_SIZES if full else SIZES:
        document = Document(plan(size), "text")
        found = len(read_plan(document).tasks)
        seconds = best(lambda document=document: read_plan(document))  # type: ignore[misc]
        plain = best(lambda document=document: baseline.read(document.text))  # type: ignore[misc]
        rows.append((size, len(document.text), found, seconds, seconds / size * 1000, _ratio(seconds, before), plain))
        before = seconds
    columns = (
        Column("任务数", ",d"), Column("字数", ",d"), Column("读到", ",d"), Column("秒", ".3f"), Column("毫秒/项", ".3f"),
        Column("比上一行", ".1f"), Column("对照 秒", ".4f"),
    )  # fmt: skip
    note = f"多次里最快的一次。任务多 10 倍，用时也应多 10 倍左右；200 项以不到 {AIM} 秒为目标。"
    return Table("读的速度（进程内）", columns, tuple(rows), note)


def _ratio(seconds: float, before: float | None) -> float | None:
    return seconds / before if before else None


def formats() -> Table:
    """Files into text, beside what the library takes to open them and take all text without any order."""
    libraries: dict[str, Callable[[bytes], int]] = {".html": _html, ".docx": _docx, ".pdf": _pdf}
    rows: list[tuple[Cell, ...]] = []
    for suffix, library in libraries.items():
        files = [path.read_bytes() for path, _ in documents() if path.suffix == suffix]
        read = [read_document(data, name=f"a{suffix}") for data in files]
        letters, pages = sum(len(one.text) for one in read), sum(one.pages or 0 for one in read)
        ours = best(lambda files=files: [read_document(data, name="") for data in files])  # type: ignore[misc]
        theirs = best(lambda files=files, library=library: [library(data) for data in files])  # type: ignore[misc]
        rows.append((
            suffix[1:], len(files), letters, pages or None, ours / letters * 1e6, theirs / letters * 1e6,
            ours / pages * 1e3 if pages else None, ours / theirs,
        ))  # fmt: skip
    columns = (
        Column("格式"), Column("份"), Column("字数", ",d"), Column("页"), Column("毫秒/千字", ".2f"),
        Column("只用库 毫秒/千字", ".2f"), Column("毫秒/页", ".1f"), Column("倍数", ".1f"),
    )  # fmt: skip
    note = "只用库：lxml 解析后取全部文字；pypdfium2 逐页取全部文字。都不管段落、表格和编号。"
    return Table("打开各种格式", columns, tuple(rows), note)


def _html(data: bytes) -> int:
    return sum(len(text) for text in html.fromstring(data).itertext())


def _docx(data: bytes) -> int:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return sum(len(text) for text in etree.fromstring(archive.read("word/document.xml")).itertext())


def _pdf(data: bytes) -> int:
    document = pypdfium2.PdfDocument(data)
    try:
        return sum(len(page.get_textpage().get_text_range()) for page in document)
    finally:
        document.close()


def cold_start() -> Table:
    """The whole process, from nothing to the last line printed."""
    file = _document()
    command = str(Path(sys.executable).with_name("zhunsheng"))
    rows = (
        ("python -c pass", seconds([sys.executable, "-c", "pass"])),
        (f"zhunsheng plan read {file.name}", seconds([command, "plan", "read", str(file)])),
        (f"zhunsheng plan read --json {file.name}", seconds([command, "plan", "read", "--json", str(file)])),
    )
    return Table(
        "从命令行读一份（含启动）", (Column("命令"), Column("秒", ".3f")), rows, "各 5 次的中位数；以不到 1 秒为目标。"
    )


def seconds(command: list[str], runs: int = 5) -> float:
    """The median time of a command. Raises ``CalledProcessError`` where it fails."""
    taken = []
    for _ in range(runs):
        started = perf_counter()
        subprocess.run(command, check=True, stdout=subprocess.DEVNULL, cwd=CHECKOUT)
        taken.append(perf_counter() - started)
    return median(taken)


def _document() -> Path:
    """The longest source document with gold where they are at hand, else the example plan."""
    return max((file for file, _ in source_files()), key=lambda file: file.stat().st_size, default=EXAMPLE)
