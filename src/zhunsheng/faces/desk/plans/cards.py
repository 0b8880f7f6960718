"""The tasks of an edition in preparation as the right-hand side of the page shows them."""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from zhunsheng.faces.plantext.printed import place
from zhunsheng.faces.plantext.sentences import excerpt
from zhunsheng.programmes.plans import wording as words
from zhunsheng.programmes.plans.models import Edition, Mention, Query, Wording

from .sourcetext import due_of, frequency_of, target_of

ROLES = {"lead": "牵头", "responsible": "责任"}


@dataclass(frozen=True, slots=True)
class Value:
    """Words with a link to where they stand ("" where a person wrote them), and what they mean; ``ask``: not settled."""

    words: str
    href: str
    note: str = ""
    ask: bool = False


@dataclass(frozen=True, slots=True)
class Fact:
    """One line of a card."""

    label: str
    values: tuple[Value, ...]
    rest: bool = False


@dataclass(frozen=True, slots=True)
class Doubt:
    """A doubt: its running number on the page, and the words that it is about."""

    index: int
    query: Query
    words: str
    href: str


@dataclass(frozen=True, slots=True)
class Card:
    """A task. ``index`` counts from 1 through the text; ``doubts`` are open; ``lacking`` says what else is missing."""

    index: int
    wording: Wording
    facts: tuple[Fact, ...]
    doubts: tuple[Doubt, ...]
    lacking: tuple[str, ...]
    following: int | None

    @property
    def clear(self) -> bool:
        """Whether nothing about it is open."""
        return not (self.doubts or self.lacking)


def wordings_of(edition: Edition) -> list[Wording]:
    """The tasks in the order of the text, with all that a card shows; seven queries."""
    rows = edition.wordings.order_by("start", "order").prefetch_related(
        "mentions__name__units", "dues", "frequencies", "targets"
    )
    return list(rows)


def doubts_of(queries: Sequence[Query], text: str) -> list[Doubt]:
    """The doubts with their numbers on the page."""
    return [
        Doubt(index, one, excerpt(text[one.start : one.end], 48), place(one.start, one.end) if one.end else "")
        for index, one in enumerate(queries, 1)
    ]


def cards_of(wordings: Sequence[Wording], doubts: Sequence[Doubt]) -> list[Card]:
    """One card for each task, in the order of the text."""
    owned = _owned(wordings, doubts)
    return [
        Card(
            index,
            one,
            tuple(_facts(one)),
            tuple(owned[one.pk]),
            tuple(_lacking(one)),
            wordings[index].pk if index < len(wordings) else None,
        )
        for index, one in enumerate(wordings, 1)
    ]


def _owned(wordings: Sequence[Wording], doubts: Sequence[Doubt]) -> dict[int, list[Doubt]]:
    """The open doubts by the task that they stand in."""
    found: dict[int, list[Doubt]] = defaultdict(list)
    starts = [one.start for one in wordings]
    for doubt in doubts:
        index = bisect_right(starts, doubt.query.start) - 1
        if index >= 0 and doubt.query.end <= wordings[index].end and not doubt.query.settled_by_id:
            found[wordings[index].pk].append(doubt)
    return found


def _lacking(one: Wording) -> Iterator[str]:
    if not any(mention.name.units.all() for mention in one.mentions.all()):
        yield "还没有单位承担"
    elif any(not mention.name.settled for mention in one.mentions.all()):
        yield "有单位没有定"


def _facts(one: Wording) -> Iterator[Fact]:
    """Units by role, dates, frequencies, targets, form of result, as far as the task has them."""
    for role, label in ROLES.items():
        values = tuple(_unit(mention) for mention in one.mentions.all() if mention.role == role)
        if values:
            yield Fact(label, values, rest=one.open_ended and role == "responsible")
    dues = tuple(Value(_printed(d.printed) or words.day(due_of(d, one)) or _recurring(d.recurs), _href(d.start, d.end),
                       words.day(due_of(d, one)) if d.printed else "") for d in one.dues.all())  # fmt: skip
    often = tuple(
        Value(_printed(f.printed) or words.rhythm(frequency_of(f, one)), _href(f.start, f.end),
              words.rhythm(frequency_of(f, one)) if f.printed else "")
        for f in one.frequencies.all()
    )  # fmt: skip
    targets = tuple(
        Value(_printed(t.printed), _href(t.start, t.end), f"{t.quantity} {words.quantity(target_of(t, one))}".strip())
        for t in one.targets.all()
    )
    for label, values in (("期限", dues), ("频次", often), ("目标", targets)):
        if values:
            yield Fact(label, values)
    if one.product:
        yield Fact("成果", (Value(one.product, ""),))


def _unit(mention: Mention) -> Value:
    units = mention.name.units.all()
    note = f"→ {len(units)} 家" if len(units) > 1 or (mention.name.collective and units) else ""
    if len(units) == 1 and not note and units[0].short_name != mention.name.printed:
        note = f"→ {units[0].short_name}"
    if mention.name.settled == "none":
        note = "不指单位"
    return Value(mention.name.printed, _href(mention.start, mention.end), note, not mention.name.settled)


def _printed(text: str) -> str:
    return words.squeeze(text)


def _recurring(recurs: str) -> str:
    return f"每{words.PERIODS[recurs]}" if recurs in words.PERIODS else "没有写"


def _href(start: int | None, end: int | None) -> str:
    return "" if start is None or end is None else place(start, end)
