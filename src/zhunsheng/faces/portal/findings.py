"""What was read, as the right-hand side of the page shows it: doubts, tasks, goals, definitions and units.

Every value links to its words in the printed text (see ``printed``). Plain anchors: no script is needed.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from zhunsheng.faces.plantext.printed import place
from zhunsheng.programmes.plans import wording
from zhunsheng.programmes.plans.reading.model import Goal, Mention, Reading, Span, Task

EXCERPT = 48


@dataclass(frozen=True, slots=True)
class Value:
    """Words with a link to where they stand, and what they mean in figures."""

    words: str
    href: str
    note: str = ""
    group: bool = False


@dataclass(frozen=True, slots=True)
class Fact:
    """One line of a card: its label and values; ``rest`` says that the document's list is open."""

    label: str
    values: tuple[Value, ...]
    rest: bool = False


@dataclass(frozen=True, slots=True)
class TaskCard:
    """A task on the right-hand side. ``index`` counts from 1 through the document."""

    index: int
    label: str
    number: str
    title: str
    section: str
    facts: tuple[Fact, ...]
    doubts: tuple[int, ...]
    units: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Doubt:
    """A doubt: what is unclear, the words, and the task that it concerns (index and label) if any."""

    message: str
    value: Value
    task: TaskCard | None


@dataclass(frozen=True, slots=True)
class GoalRow:
    """A goal with the words that it stands in."""

    value: Value
    quantity: str
    due: tuple[Value, ...]


@dataclass(frozen=True, slots=True)
class UnitRow:
    """A unit with the tasks that name it, in each role."""

    key: int
    name: str
    lead: tuple[TaskCard, ...]
    responsible: tuple[TaskCard, ...]

    @property
    def count(self) -> int:
        """How many tasks name it."""
        return len(self.lead) + len(self.responsible)


@dataclass(frozen=True, slots=True)
class Outline:
    """A heading and its anchor."""

    level: int
    words: str
    href: str


@dataclass(frozen=True, slots=True)
class Findings:
    """Everything the right-hand side shows, and the outline of the document."""

    outline: tuple[Outline, ...]
    cards: tuple[TaskCard, ...]
    groups: tuple[tuple[str, tuple[TaskCard, ...]], ...]
    doubts: tuple[Doubt, ...]
    goals: tuple[GoalRow, ...]
    definitions: tuple[Value, ...]
    units: tuple[UnitRow, ...]


def present(reading: Reading) -> Findings:
    """Lay out a reading."""
    cards = _cards(reading)
    return Findings(
        outline=tuple(Outline(s.level, wording.heading(s), f"#h{i}") for i, s in enumerate(reading.sections, 1)),
        cards=cards,
        groups=tuple((name, tuple(group)) for name, group in groupby(cards, key=lambda card: card.section)),
        doubts=tuple(_doubts(reading, cards)),
        goals=tuple(_goal(goal) for goal in reading.goals),
        definitions=tuple(Value(d.phrase, place(d.start, d.end), d.meaning) for d in reading.definitions),
        units=tuple(_units(reading, cards)),
    )


def _cards(reading: Reading) -> tuple[TaskCard, ...]:
    """One card for each task."""
    numbers = [task.number for task in reading.tasks]
    unique = len(set(numbers)) == len(numbers) and all(numbers)
    keys = {name: key for key, name in enumerate(wording.units(reading), 1)}
    doubts = _doubts_of_tasks(reading)
    return tuple(
        TaskCard(
            index=index,
            label=task.number if unique else str(index),
            number=task.number,
            title=_title(task),
            section=section,
            facts=tuple(_facts(task)),
            doubts=tuple(doubts[index]),
            units=tuple(dict.fromkeys(keys[m.name] for m in task.mentions)),
        )
        for index, (task, section) in enumerate(zip(reading.tasks, wording.sections_of(reading), strict=True), 1)
    )


def _title(task: Task) -> str:
    """The task's own title, else its first words."""
    words = (task.title or task.text.removeprefix(task.number).lstrip("、.．，, \t\u3000")).split("\n")[0].strip()
    return words if len(words) <= EXCERPT else words[:EXCERPT] + "……"


def _facts(task: Task) -> Iterator[Fact]:
    """Units by role and label, due dates, frequencies and targets, as far as the task has them."""
    roles = [(role, list(group)) for role, group in groupby(task.mentions, key=_role)]
    for position, (label, mentions) in enumerate(roles, 1):
        values = tuple(Value(m.name, place(m.start, m.end), group=m.collective) for m in mentions)
        yield Fact(label, values, rest=task.open_ended and position == len(roles))
    if task.due:
        yield Fact("期限", tuple(_value(due, wording.day(due)) for due in task.due))
    if task.frequency:
        yield Fact("频次", tuple(_value(f, wording.rhythm(f)) for f in task.frequency))
    if task.targets:
        yield Fact("目标", tuple(_value(t, f"{t.quantity} {wording.quantity(t)}".strip()) for t in task.targets))


def _role(mention: Mention) -> str:
    """The printed word for the role, shortened, or the plain one."""
    label = wording.squeeze(mention.label)
    for tail in ("单位", "部门"):
        label = label.removesuffix(tail) or label
    if mention.role == "lead":
        return wording.ROLES["lead"]
    return label if 0 < len(label) <= 4 and label != "负责" else wording.ROLES["responsible"]


def _value(span: Span, note: str = "") -> Value:
    """Words of the text with their place."""
    return Value(wording.squeeze(span.text), place(span.start, span.end), note)


def _doubts_of_tasks(reading: Reading) -> dict[int, list[int]]:
    """Running numbers of the doubts by the running number of the task that they stand in (0 for none)."""
    starts = [task.start for task in reading.tasks]
    found: dict[int, list[int]] = defaultdict(list)
    for number, doubt in enumerate(reading.warnings, 1):
        index = bisect_right(starts, doubt.start)
        inside = index and doubt.end <= reading.tasks[index - 1].end
        found[index if inside else 0].append(number)
    return found


def _doubts(reading: Reading, cards: Sequence[TaskCard]) -> Iterator[Doubt]:
    """The doubts in the order in which they were raised."""
    owner = {number: card for card in cards for number in card.doubts}
    for number, doubt in enumerate(reading.warnings, 1):
        words = wording.squeeze(reading.text[doubt.start : min(doubt.end, doubt.start + EXCERPT)])
        more = "……" if doubt.end > doubt.start + EXCERPT else ""
        card = owner.get(number)
        yield Doubt(doubt.message, Value(words + more, place(doubt.start, doubt.end)) if words else _whole(card), card)


def _whole(card: TaskCard | None) -> Value:
    """Where to look when a doubt names no words: the task."""
    return Value(card.title, f"#p{card.index}") if card else Value("", "")


def _goal(goal: Goal) -> GoalRow:
    """A goal as a row."""
    return GoalRow(
        _value(goal, goal.quantity), wording.quantity(goal), tuple(_value(due, wording.day(due)) for due in goal.due)
    )


def _units(reading: Reading, cards: Sequence[TaskCard]) -> list[UnitRow]:
    """Units with their tasks, those named most often first."""
    tasks: dict[tuple[str, str], dict[int, TaskCard]] = defaultdict(dict)
    for task, card in zip(reading.tasks, cards, strict=True):
        for mention in task.mentions:
            tasks[mention.name, mention.role][card.index] = card
    rows = [
        UnitRow(key, name, tuple(tasks[name, "lead"].values()), tuple(tasks[name, "responsible"].values()))
        for key, name in enumerate(wording.units(reading), 1)
    ]
    return sorted(rows, key=lambda row: (-row.count, row.key))
