"""Check docs/coverage.yaml: every item of the source documents is there, and every answer names something that exists.

Run by ``make check``. Prints the counts per document and per kind of answer; exit status 1 with one line per finding.
The file is walked as YAML nodes, not as plain data, because nodes know their lines and show a key written twice.
"""

from __future__ import annotations

import argparse
import difflib
import importlib
import os
import re
import sys
import tempfile
from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final

import yaml

import zhunsheng

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

DEFAULT: Final = Path(__file__).resolve().parent.parent / "docs" / "coverage.yaml"

KINDS: Final = ("flow", "ledger", "measure", "pack", "page", "command")
"""What can answer an item, each with a register of its ids."""

OPEN: Final = ("planned", "manual")
"""What stands instead of an answer, and then alone."""

ROOMS: Final = frozenset(
    {
        "kernel",
        "people",
        *(f"books/{name}" for name in ("normdocs", "decisions", "enforcement", "inspections", "disputes")),
        *(f"books/{name}" for name in ("capacity", "services", "supervision")),
        *(f"programmes/{name}" for name in ("plans", "assessment", "demonstration", "reporting")),
        *(f"faces/{name}" for name in ("desk", "portal", "api", "cli")),
    }
)

HAN: Final = "一二三四五六七八九十"

ID: Final = re.compile(
    rf"S[0-4]-(?:\d+[a-z]?|f\d+|(?:goal|veto|ref|check)-\d+|[a-z]{{4,}}|[{HAN}](?:\([{HAN}]\))?(?:-\d+)?[a-z]?)"
)

NUMBERED: Final[Mapping[str, frozenset[int]]] = {
    "S0-一-": frozenset(range(1, 10)),
    "S0-veto-": frozenset(range(1, 6)),
    "S0-ref-": frozenset(range(1, 34)) - {4},  # the printed list has no 4
    "S1-": frozenset(range(1, 38)),
    "S1-goal-": frozenset(range(1, 15)),
    "S2-": frozenset(range(1, 23)),
    "S3-f": frozenset(range(1, 81)),
    "S3-check-": frozenset(range(1, 7)),
    "S4-四-": frozenset(range(1, 10)),
}
"""Series of numbers that must be complete, and hold nothing else."""

BRACKETED: Final[Mapping[str, int]] = {
    "S0-二": 3,
    "S0-三": 9,
    "S0-四": 5,
    "S0-五": 4,
    "S1-二": 6,
    "S1-三": 3,
    "S3-一": 8,
    "S3-二": 3,
    "S3-三": 3,
    "S4-五": 5,
}
"""How many sub-items (一), (二) … a section has; each must have an item."""


@dataclass(frozen=True, slots=True)
class Finding:
    """A fault and where it stands; line 0 is the file as a whole."""

    line: int
    message: str


@dataclass(frozen=True, slots=True)
class Answer:
    """One kind with its ids; the subject of ``planned``, the reason of ``manual``."""

    kind: str
    values: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Item:
    """One item of a source document."""

    id: str
    document: str
    room: str
    answers: tuple[Answer, ...]
    line: int


@dataclass(frozen=True, slots=True)
class Coverage:
    """The file as read: planned subjects with their lines, and the items in order."""

    subjects: Mapping[str, int]
    items: tuple[Item, ...]


def commands() -> frozenset[str]:
    """The commands of the command line that do something, as typed: ``plan read``."""
    from zhunsheng.faces.cli.commands import parser

    return frozenset(leaves(parser()))


def leaves(parser: argparse.ArgumentParser, path: tuple[str, ...] = ()) -> Iterable[str]:
    """Paths of the sub-commands that have no sub-commands themselves."""
    groups = [a for a in parser._actions if isinstance(a, argparse._SubParsersAction)]  # noqa: SLF001  argparse has no public way
    if not groups and path:
        yield " ".join(path)
    for group in groups:
        for name, below in group.choices.items():
            yield from leaves(below, (*path, name))


def pages() -> frozenset[str]:
    """The names of all addresses, as the permission table gives them."""
    _set_up_django()
    from zhunsheng.faces.permissions import TABLE

    return frozenset(TABLE)


def flows() -> frozenset[str]:
    """The names of the flows of all rooms and engines: what stands in their module ``flow``."""
    _set_up_django()
    from django.apps import apps
    from django.utils.module_loading import module_has_submodule

    from zhunsheng.kernel.flow import Flow

    modules = [
        importlib.import_module(f"{app.name}.flow")
        for app in apps.get_app_configs()
        if app.module and module_has_submodule(app.module, "flow")
    ]
    return frozenset(value.name for module in modules for value in vars(module).values() if isinstance(value, Flow))


def packs() -> frozenset[str]:
    """The names of the packs that are shipped, and with a colon the ids in those that list some: ``time_limits:N14``."""
    files = sorted((Path(zhunsheng.__file__).parent / "packs").glob("*.yaml"))
    return frozenset(name for file in files for name in _pack(file.stem, yaml.safe_load(file.read_text("utf-8"))))


def _pack(name: str, content: Mapping[str, object]) -> Iterable[str]:
    """A pack and the ids of its rules or kinds, whether these are written as keys or as records."""
    yield name
    for part in (content.get("rules"), content.get("kinds")):
        members = part if isinstance(part, dict | list) else ()
        ids = (one.get("id") if isinstance(one, dict) else one for one in members)
        yield from (f"{name}:{one}" for one in ids if one)


def _set_up_django() -> None:
    """Load the applications, in whose modules some registers stand; in a home that is gone again: nothing is written."""
    import django
    from django.apps import apps

    if not apps.ready:
        with tempfile.TemporaryDirectory(prefix="zhunsheng-coverage-") as home:
            os.environ.update(ZHUNSHENG_HOME=home, DATABASE_URL="", DJANGO_SETTINGS_MODULE="zhunsheng.settings")
            django.setup()


REGISTERS: Final[Mapping[str, Callable[[], frozenset[str]]]] = {
    "flow": flows,
    "pack": packs,
    "page": pages,
    "command": commands,
}
"""Where the ids of a kind are known. A kind that comes into being gets its line here and nowhere else."""


class Reader:
    """Reads the nodes of the file; what is wrong is collected, what is right goes on."""

    def __init__(self) -> None:
        self.findings: list[Finding] = []

    def fault(self, node: yaml.Node, message: str) -> None:
        """Note a fault at the line of a node."""
        self.findings.append(Finding(_line(node), message))

    def mapping(self, node: yaml.Node, what: str) -> dict[str, yaml.Node]:
        """Keys and values of a mapping; a key written twice is a fault and its first value stays."""
        found: dict[str, yaml.Node] = {}
        if not isinstance(node, yaml.MappingNode):
            self.fault(node, f"{what}: expected keys and values")
            return found
        for key, value in node.value:
            if not isinstance(key, yaml.ScalarNode):
                self.fault(key, f"{what}: expected a word as key")
            elif key.value in found:
                self.fault(key, f"{what}: {key.value} is written twice")
            else:
                found[str(key.value)] = value
        return found

    def record(self, node: yaml.Node, what: str, keys: Sequence[str]) -> dict[str, yaml.Node]:
        """A mapping with exactly these keys."""
        found = self.mapping(node, what)
        for missing in [key for key in keys if key not in found]:
            self.fault(node, f"{what}: {missing} is missing")
        for unknown in [key for key in found if key not in keys]:
            self.fault(node, f"{what}: unknown key {unknown} (known: {', '.join(keys)})")
        return found

    def sequence(self, node: yaml.Node | None, what: str) -> list[yaml.Node]:
        """The members of a list; an empty list is a fault, a missing one was noted before."""
        if node is None:
            return []
        if not isinstance(node, yaml.SequenceNode) or not node.value:
            self.fault(node, f"{what}: expected a list with at least one member")
            return []
        return list(node.value)

    def text(self, node: yaml.Node | None, what: str) -> str:
        """A word or sentence; anything else is a fault and reads as the empty string."""
        if node is None:
            return ""
        if not isinstance(node, yaml.ScalarNode) or not node.tag.endswith(":str") or not node.value.strip():
            self.fault(node, f"{what}: expected words")
            return ""
        return str(node.value).strip()


def read(text: str) -> tuple[Coverage, list[Finding]]:
    """The coverage map of a YAML text, and what is wrong with its form."""
    reader = Reader()
    try:
        root = yaml.compose(text, Loader=yaml.SafeLoader)
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else 0
        return Coverage({}, ()), [Finding(line, f"no YAML: {error.problem}")]
    if root is None:
        return Coverage({}, ()), [Finding(0, "the file is empty")]
    top = reader.record(root, "file", ("subjects", "documents"))
    subjects = reader.mapping(top["subjects"], "subjects") if "subjects" in top else {}
    for name, words in subjects.items():
        reader.text(words, f"subject {name}")
    items = [item for node in reader.sequence(top.get("documents"), "documents") for item in _document(reader, node)]
    return Coverage({name: _line(node) for name, node in subjects.items()}, tuple(items)), reader.findings


def _document(reader: Reader, node: yaml.Node) -> Iterable[Item]:
    """The items of one document."""
    fields = reader.record(node, "document", ("key", "file", "title", "sections"))
    key, *_ = (reader.text(fields.get(name), f"document: {name}") for name in ("key", "file", "title"))
    for section in reader.sequence(fields.get("sections"), f"{key}: sections"):
        parts = reader.record(section, f"{key}: section", ("title", "items"))
        title = reader.text(parts.get("title"), f"{key}: title")
        for item in reader.sequence(parts.get("items"), f"{key}: {title}"):
            yield _item(reader, item, key)


def _item(reader: Reader, node: yaml.Node, document: str) -> Item:
    """One item; what is missing was noted and reads as empty."""
    fields = reader.record(node, "item", ("id", "what", "room", "answer"))
    name = reader.text(fields.get("id"), "item: id")
    reader.text(fields.get("what"), f"{name}: what")
    room = reader.text(fields.get("room"), f"{name}: room")
    answers = _answers(reader, fields["answer"], name) if "answer" in fields else ()
    return Item(name, document, room, answers, _line(node))


def _answers(reader: Reader, node: yaml.Node, name: str) -> tuple[Answer, ...]:
    """The kinds of an answer with their values, one or a list."""
    found = reader.mapping(node, f"{name}: answer")
    if not found:
        reader.fault(node, f"{name}: no answer (one of {', '.join((*KINDS, *OPEN))})")
    answers = []
    for kind, value in found.items():
        nodes = reader.sequence(value, f"{name}: {kind}") if isinstance(value, yaml.SequenceNode) else [value]
        answers.append(Answer(kind, tuple(reader.text(one, f"{name}: {kind}") for one in nodes)))
    return tuple(answers)


def _line(node: yaml.Node) -> int:
    return int(node.start_mark.line) + 1


def check_ids(items: Sequence[Item]) -> Iterable[Finding]:
    """Ids have the form that the head of the file gives, belong to their document and stand once."""
    first: dict[str, int] = {}
    for item in items:
        if not ID.fullmatch(item.id):
            yield Finding(item.line, f'"{item.id}" has not the form of an id (see the head of the file)')
        elif not item.id.startswith(f"{item.document}-"):
            yield Finding(item.line, f"{item.id} stands in the document {item.document}")
        if item.id in first:
            yield Finding(item.line, f"{item.id} stands twice, first in line {first[item.id]}")
        first.setdefault(item.id, item.line)


def check_numbers(items: Sequence[Item]) -> Iterable[Finding]:
    """Every numbered series is complete and holds no number that the source lacks."""
    for prefix, wanted in NUMBERED.items():
        held = {int(item.id[len(prefix) :]): item for item in items if re.fullmatch(rf"{prefix}\d+", item.id)}
        for number in sorted(wanted - held.keys()):
            yield Finding(0, f"{prefix}{number} is missing")
        for number in sorted(held.keys() - wanted):
            yield Finding(held[number].line, f"{prefix}{number}: the source has no such number")


def check_sections(items: Sequence[Item]) -> Iterable[Finding]:
    """Every sub-item (一), (二) … of a section has at least one item."""
    for section, count in BRACKETED.items():
        for numeral in HAN[:count]:
            part = f"{section}({numeral})"
            if not any(item.id.startswith(part) for item in items):
                yield Finding(0, f"{part} has no item")


def check_letters(items: Sequence[Item]) -> Iterable[Finding]:
    """The separate duties of one item are lettered a, b, c … without a gap."""
    lines: dict[tuple[str, str], int] = {}
    for item in items:
        if found := re.fullmatch(r"(.*[\d)])([a-z])", item.id):
            lines.setdefault((found[1], found[2]), item.line)
    for (stem, letter), line in lines.items():
        before = chr(ord(letter) - 1)
        if letter != "a" and (stem, before) not in lines:
            yield Finding(line, f"{stem}{letter}: {stem}{before} is missing")


def check_rooms(items: Sequence[Item]) -> Iterable[Finding]:
    """Rooms exist in the house."""
    for item in items:
        if item.room not in ROOMS:
            yield Finding(item.line, f'{item.id}: no room "{item.room}"{_meant(item.room, ROOMS)}')


def check_answers(
    items: Sequence[Item], subjects: Iterable[str], registers: Mapping[str, frozenset[str]]
) -> Iterable[Finding]:
    """Every id of an answer stands in the register of its kind; planned and manual stand alone."""
    known = {**registers, "planned": frozenset(subjects)}
    for item in items:
        kinds = [answer.kind for answer in item.answers]
        if len(kinds) > 1 and set(kinds) & set(OPEN):
            yield Finding(item.line, f"{item.id}: planned and manual stand alone, not with others")
        for answer in item.answers:
            yield from _check_answer(item, answer, known)


def _check_answer(item: Item, answer: Answer, known: Mapping[str, frozenset[str]]) -> Iterable[Finding]:
    """The findings of one kind of one item."""
    if answer.kind not in (*KINDS, *OPEN):
        hint = _meant(answer.kind, (*KINDS, *OPEN))
        yield Finding(item.line, f'{item.id}: unknown kind of answer "{answer.kind}"{hint}')
    elif answer.kind in OPEN and len(answer.values) > 1:
        yield Finding(item.line, f"{item.id}: {answer.kind} takes one value, not a list")
    elif answer.kind in KINDS and answer.kind not in known:
        yield Finding(item.line, f"{item.id}: there is no register of the kind {answer.kind} yet (REGISTERS)")
    elif answer.kind != "manual":
        for value in answer.values:
            if value not in known[answer.kind]:
                hint = _meant(value, known[answer.kind])
                yield Finding(item.line, f'{item.id}: unknown {answer.kind} "{value}"{hint}')


def check_subjects(coverage: Coverage) -> Iterable[Finding]:
    """A planned subject that nothing waits for any more is taken out of the table."""
    used = {value for item in coverage.items for answer in item.answers for value in answer.values}
    for name, line in coverage.subjects.items():
        if name not in used:
            yield Finding(line, f"subject {name}: no item is planned for it any more, take it out")


def _meant(word: str, known: Iterable[str]) -> str:
    """A hint at the nearest known word, or nothing."""
    near = difflib.get_close_matches(word, sorted(known), n=1)
    return f" (did you mean {near[0]}?)" if near else ""


def check(coverage: Coverage, registers: Mapping[str, frozenset[str]]) -> list[Finding]:
    """All findings on the content, by line."""
    items = coverage.items
    found = [
        *check_ids(items),
        *check_numbers(items),
        *check_sections(items),
        *check_letters(items),
        *check_rooms(items),
        *check_answers(items, coverage.subjects, registers),
        *check_subjects(coverage),
    ]
    return sorted(found, key=lambda finding: finding.line)


def registers_for(items: Sequence[Item]) -> dict[str, frozenset[str]]:
    """The registers of the kinds that are used; the others need not be loaded."""
    used = {answer.kind for item in items for answer in item.answers}
    return {kind: load() for kind, load in REGISTERS.items() if kind in used}


def counts(items: Sequence[Item]) -> dict[str, Counter[str]]:
    """Items per document and kind of answer; an item with two kinds counts under its first."""
    table: dict[str, Counter[str]] = {}
    for item in items:
        kind = item.answers[0].kind if item.answers else "none"
        table.setdefault(item.document, Counter())[kind] += 1
    return table


def table(items: Sequence[Item]) -> str:
    """The counts as lines of text, with a total."""
    rows = counts(items)
    total: Counter[str] = sum(rows.values(), Counter())
    kinds = [kind for kind in (*KINDS, *OPEN, "none") if total[kind]]
    lines = ["".join(f"{word:>10}" for word in ("", "items", *kinds))]
    for name, row in [*rows.items(), ("all", total)]:
        lines.append("".join(f"{cell:>10}" for cell in (name, row.total(), *(row[kind] for kind in kinds))))
    return "\n".join(lines)


def main(arguments: Sequence[str] | None = None) -> int:
    """Check the file named, or the one in the repository; 0 when nothing is wrong."""
    options = argparse.ArgumentParser(description="Check the coverage map of the source documents.")
    options.add_argument("file", nargs="?", type=Path, default=DEFAULT)
    path: Path = options.parse_args(arguments).file
    try:
        coverage, findings = read(path.read_text("utf-8"))
    except (OSError, UnicodeDecodeError) as error:
        print(f"{path}: cannot be read: {error}", file=sys.stderr)
        return 1
    findings += check(coverage, registers_for(coverage.items)) if coverage.items else []
    for finding in findings:
        print(f"{path.name}:{finding.line}: {finding.message}" if finding.line else f"{path.name}: {finding.message}")
    print(table(coverage.items))
    print(f"{len(findings)} findings" if findings else "coverage map: no findings")
    return 1 if findings else 0


if __name__ == "__main__":
    sys.exit(main())
