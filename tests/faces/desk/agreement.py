"""What the pages and workbooks of a running plan say, taken from what the browser shows, and whether it agrees.

Nothing here asks the database: only what a person sees is compared.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from io import BytesIO

from python_calamine import CalamineWorkbook

from tests.faces.desk.at_work import Colleague

MARKS = {"late": "逾期", "done": "办结", "wait": "待确认", "back": "退回", "near": "10 天内到期", "soon": "30 天内到期",
         "run": "办理中", "new": "未开始", "stop": "暂缓", "na": "取消"}  # fmt: skip
Cells = dict[tuple[str, str], str]
"""Unit and number of a task to what the cell says."""


@dataclass(frozen=True, slots=True)
class Counts:
    """What the list says of one task: units, done, late, to be confirmed."""

    units: int
    done: int
    late: int
    wait: int


def listed(who: Colleague, plan: int) -> dict[str, Counts]:
    """The page of tasks, by number."""
    page = who.go(f"/desk/plans/{plan}/")
    rows: list[list[str]] = page.locator("table.table tbody tr:not(.grp)").evaluate_all(
        "rows => rows.map(r => [r.querySelector('.no1').innerText, ...[...r.cells].slice(3, 6).map(c => c.innerText)])"
    )
    return {number: _counts(done, late, wait) for number, done, late, wait in rows}


def _counts(done: str, late: str, wait: str) -> Counts:
    closed, units = (int(one) for one in done.split("/"))
    return Counts(units, closed, int(late.strip() or 0), int(wait.strip() or 0))


def drawn(who: Colleague, plan: int) -> Cells:
    """The cells of the matrix page by the words for those who listen; the legend counts the same."""
    page = who.go(f"/desk/plans/{plan}/matrix/")
    heads: list[str] = page.locator("table.matrix thead tr:nth-child(2) b").all_inner_texts()
    rows: list[list[str]] = page.locator("table.matrix tbody tr:has(td.c)").evaluate_all(
        "rows => rows.map(r => [r.querySelector('th').innerText.trim(), "
        "...[...r.querySelectorAll('td.c')].map(c => c.textContent.trim())])"
    )
    cells = {
        (name, head): _plain(text) for name, *texts in rows for head, text in zip(heads, texts, strict=True) if text
    }
    legend = page.locator("#legend .st").all_inner_texts()
    said = {words: int(count.replace(",", "")) for words, count in (one.rsplit(" ", 1) for one in legend)}
    assert said == Counter(cells.values())
    return cells


def _plain(text: str) -> str:
    return re.sub("^牵头[，：]", "", text)


def sheet(who: Colleague, address: str) -> list[list[str]]:
    """The rows of a workbook without its head."""
    answer = who.page.request.get(f"{who.address}{address}")
    assert answer.ok, address
    rows = CalamineWorkbook.from_filelike(BytesIO(answer.body())).get_sheet_by_index(0).to_python()
    return [[str(int(one)) if isinstance(one, float) else str(one) for one in row] for row in rows]


def drawn_sheet(who: Colleague, plan: int) -> Cells:
    """The matrix as a workbook."""
    head, *rows = sheet(who, f"/desk/plans/{plan}/matrix.xlsx")
    numbers = [one.split(" ")[0] for one in head[1:]]
    return {
        (row[0], number): _plain(text) for row in rows for number, text in zip(numbers, row[1:], strict=True) if text
    }


def units_of(who: Colleague, plan: int) -> dict[str, str]:
    """The units of the matrix and the addresses of their pages."""
    links = who.go(f"/desk/plans/{plan}/matrix/").locator("table.matrix tbody th a.ttl")
    return {one.inner_text(): one.get_attribute("href") or "" for one in links.all()}


def owed(who: Colleague, plan: int, pages: dict[str, str]) -> dict[str, Counter[tuple[str, str]]]:
    """For each unit how many duties of each task stand how, from the workbook of its page."""
    found = {}
    for name, href in pages.items():
        _, *rows = sheet(who, f"{href.rstrip('/')}.xlsx?plan={plan}")
        found[name] = Counter((row[1], row[6]) for row in rows)
    return found


def shown(who: Colleague, plan: int, href: str) -> Counter[str]:
    """How many duties of a unit's page stand how, counted row by row over all its pages."""
    page, found = who.go(f"{href}?plan={plan}"), Counter[str]()
    while True:
        found.update(page.locator("table tbody td[data-l=状态] .st").all_inner_texts())
        following = page.get_by_role("link", name="下一页")
        if not following.count():
            return found
        who.click(following)


def agree(who: Colleague, plan: int) -> Counter[str]:
    """List, matrix, unit pages and their workbooks say the same; how many cells stand how."""
    cells, counts = drawn(who, plan), listed(who, plan)
    assert drawn_sheet(who, plan) == cells
    _lists_agree(who, plan, cells, counts)
    pages = units_of(who, plan)
    duties = owed(who, plan, pages)
    for unit in pages:
        late = {number for (number, words), _ in duties[unit].items() if words == MARKS["late"]}
        assert late == {number for (name, number), words in cells.items() if (name, words) == (unit, MARKS["late"])}, (
            unit
        )
    unit = next(iter(pages))
    assert shown(who, plan, pages[unit]) == _by_words(duties[unit])
    assert _pressed(who, plan) == {name for (name, _), words in cells.items() if words == MARKS["late"]}
    return Counter(cells.values())


def _lists_agree(who: Colleague, plan: int, cells: Cells, counts: dict[str, Counts]) -> None:
    by_task = Counter((number, words) for (_, number), words in cells.items())
    for number, one in counts.items():
        whole = sum(count for (task, _), count in by_task.items() if task == number)
        closed = by_task[number, MARKS["done"]] + by_task[number, MARKS["na"]]
        assert one == Counts(whole, closed, by_task[number, MARKS["late"]], by_task[number, MARKS["wait"]]), number
    _, *rows = sheet(who, f"/desk/plans/{plan}/tasks.xlsx")
    assert {row[0]: (row[4], row[5], row[6]) for row in rows} == {
        number: (str(one.units), str(one.done), str(one.late)) for number, one in counts.items()
    }


def _by_words(duties: Counter[tuple[str, str]]) -> Counter[str]:
    found = Counter[str]()
    for (_, words), count in duties.items():
        found[words] += count
    return found


def _pressed(who: Colleague, plan: int) -> set[str]:
    """The units that could be pressed, by short name."""
    page = who.go(f"/desk/plans/{plan}/press")
    return {name.strip() for name in page.locator("table tbody th").all_inner_texts()}
