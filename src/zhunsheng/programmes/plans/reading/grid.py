"""Tables of tasks: which column holds what, and what a row is.

A table may come as cells that the file format knows, as lines with tabs or pipes, or as one cell per line where
a web page was copied. All become the same grid of places.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from zhunsheng.kernel.documents.model import Cell, Table

from .fold import Script
from .units import looks_like_name
from .vocabulary import remembered

_HEAD_ROWS = 6
"""How far down a table its head may stand."""
_COLUMNS: tuple[tuple[str, str], ...] = (
    ("number", r"(?:序号|编号|项目编号|任务编号|序列|序|号|No\.?)"),
    ("person", r".*(?:领导|责任人|负责人|联系人|联络员|领导干部|电话|人员).*"),
    ("due", r".*(?:时限|时间|期限|进度安排|节点|完成日期|进度要求).*"),
    ("lead", r"(?:.*牵头(?:责任|负责|\(责任\))?(?:单位|部门|处室|科室|机构)?(?:\(.*\))?|总牵头单位)"),
    (
        "responsible",
        r".*(?:责任|配合|协办|主办|承办|参与|参加|协同|协助|实施|落实|负责|主管|监管|分工|主责|责任主体|实施主体).*(?:单位|部门|主体|机构|科室|处室|地区|分工)?.*",
    ),
    (
        "status",
        r".*(?:进展|完成情况|备注|说明|督查|成效|存在问题|评价|资金|投资|地点|依据|佐证|成果形式|成果|形式|验收).*",
    ),
    ("section", r"(?:类别|领域|分类|板块|类型|章节|方面|任务类别|一级指标|大类|工作类别|改革领域|项目类别|所属领域)"),
    ("task", r".*(?:任务|内容|事项|措施|工作|举措|项目|指标|目标|要求|问题|名称|做法|重点).*"),
)
_UNIT_HEAD = re.compile(r"单位|部门|主体|机构|科室|处室|分工|负责|牵头|主办|配合|责任")


@dataclass(frozen=True, slots=True)
class Box:
    """A cell as places; ``merged`` when it continues the cell above it."""

    start: int
    end: int
    merged: bool = False

    @property
    def filled(self) -> bool:
        """Whether it has words."""
        return self.end > self.start


@dataclass(frozen=True, slots=True)
class Column:
    """What a column holds, and its printed head."""

    kind: str
    head: tuple[int, int]


@dataclass(slots=True)
class Row:
    """One row: a box for each column that has one."""

    boxes: dict[int, Box] = field(default_factory=dict)

    def extent(self, columns: dict[int, Column]) -> tuple[int, int]:
        """The row's own words: what is merged from above, and the group named before its number, do not count."""
        number = next((at for at, column in columns.items() if column.kind == "number" and at in self.boxes), -1)
        own = [
            box
            for at, box in self.boxes.items()
            if not box.merged and box.filled and at >= number
            if not (at in columns and columns[at].kind == "section")
        ]
        return min((box.start for box in own), default=0), max((box.end for box in own), default=0)


@dataclass(frozen=True, slots=True)
class Grid:
    """A table of tasks: its columns by position, its rows below the head, its extent."""

    columns: dict[int, Column]
    rows: list[Row]
    start: int
    end: int

    def rows_and_head(self) -> Iterator[tuple[int, int]]:
        """The extents of the head and of the rows: their numbers count rows. Banners between rows are left to be read as headings."""
        yield (
            min(column.head[0] for column in self.columns.values()),
            max(column.head[1] for column in self.columns.values()),
        )
        for row in self.rows:
            if not is_banner(row):
                yield row.extent(self.columns)


def is_banner(row: Row) -> bool:
    """Whether a row only names a group of tasks: its words stand once, across the table."""
    return len({(box.start, box.end) for box in row.boxes.values() if box.filled}) < 2


@remembered
def _kind(head: str) -> str:
    bare = re.sub(r"\(.*?\)?$", "", head) or head
    for kind, pattern in _COLUMNS:
        if kind == "responsible" and not _UNIT_HEAD.search(bare):
            continue
        if kind in ("lead", "responsible") and re.search("领导|责任人|负责人", bare):
            continue
        if re.fullmatch(pattern, bare):
            return kind
    return ""


def column_heads(script: Script, boxes: dict[int, Box]) -> dict[int, Column]:
    """The cells that read like heads of columns, by position."""
    columns: dict[int, Column] = {}
    for index, box in boxes.items():
        words = script.plain[box.start : box.end]
        kind = _kind(words) if 0 < len(words) <= 24 and not re.search("[。;]", words) else ""
        if kind:
            columns[index] = Column(kind, (box.start, box.end))
    return columns


def is_head(columns: dict[int, Column], width: int) -> bool:
    """Whether these heads make the head of a table of tasks that has ``width`` cells."""
    kinds = {column.kind for column in columns.values()}
    names_units = bool(kinds & {"lead", "responsible"})
    says_what = "task" in kinds or ("number" in kinds and names_units)
    says_more = names_units or "number" in kinds or "due" in kinds
    return len(columns) >= 2 and len(columns) * 2 >= width and says_what and says_more


def from_cells(script: Script, table: Table) -> Grid | None:
    """The tasks of a table whose cells the file format knows; None where it has no head of such a table."""
    rows = [_boxes(script, cells) for cells in table.rows]
    for index, row in enumerate(rows[:_HEAD_ROWS]):
        columns = column_heads(script, row)
        if not is_head(columns, len([box for box in row.values() if box.filled])):
            continue
        below = rows[index + 1 :]
        if below:
            columns = _second_head(script, columns, row, below)
        return Grid(columns, [Row(boxes) for boxes in below], script.place(table.start), script.place(table.end))
    return None


def _boxes(script: Script, cells: Sequence[Cell]) -> dict[int, Box]:
    boxes: dict[int, Box] = {}
    for cell in cells:
        boxes.setdefault(cell.column, Box(script.place(cell.start), script.place(cell.end), cell.merged))
    return boxes


def _second_head(
    script: Script, columns: dict[int, Column], row: dict[int, Box], below: list[dict[int, Box]]
) -> dict[int, Column]:
    """A head of two rows (责任单位 over 牵头 and 配合): the lower one decides where it says something."""
    lower = column_heads(script, {at: box for at, box in below[0].items() if not box.merged})
    filled = [box for box in below[0].values() if box.filled and not box.merged]
    if lower and len(lower) == len(filled) and len(filled) < len(row):
        below.pop(0)
        return {**columns, **lower}
    return columns


def are_names(script: Script, box: Box) -> bool:
    """Whether a cell holds nothing but names of units."""
    words = script.plain[box.start : box.end].rstrip("、,;。")
    return len(words) < 120 and all(
        looks_like_name(part) or part.endswith("等") for part in re.split("[、,;]", words) if part
    )
