"""The check of the coverage map: the real file passes, and each kind of damage is found at its line."""

from __future__ import annotations

import argparse
import re
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tools import coverage_map
from tools.coverage_map import Answer, Coverage, Finding, Item

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

REGISTERS = {"command": frozenset({"plan read", "doctor"}), "page": frozenset({"portal:read"})}

SMALL = """\
subjects:
  tracking: "people and tasks"
documents:
  - key: S1
    file: one.txt
    title: "a plan"
    sections:
      - title: "first"
        items:
          - {id: S1-1, what: "hours", room: people, answer: {planned: tracking}}
          - {id: S1-2, what: "days", room: books/capacity, answer: {manual: "a person says so"}}
          - {id: S1-3, what: "read", room: programmes/plans, answer: {command: plan read, page: [portal:read]}}
"""

BOTH = (Answer("command", ("plan read",)), Answer("page", ("portal:read",)))
LOSABLE = [
    "S0-ref-1",
    "S0-ref-33",
    "S0-veto-3",
    "S1-1",
    "S1-17",
    "S1-37",
    "S1-goal-9",
    "S2-11",
    "S2-22",
    "S3-f42",
    "S3-check-2",
    "S4-四-5",
]
GOOD = ["S1-1", "S1-17b", "S0-三(一)-2a", "S0-三", "S4-四-5", "S1-goal-3", "S3-f42", "S0-ref-5", "S0-head", "S1-三(二)"]
BAD = ["S5-1", "S1", "S1-", "S1-17ab", "S3-f", "S0-三（一）", "S1-goal3", "S0-三(一)2", "S1-x"]


@pytest.fixture(scope="module")
def real() -> Coverage:
    coverage, findings = coverage_map.read(coverage_map.DEFAULT.read_text("utf-8"))
    assert findings == []
    return coverage


def item(name: str, *answers: Answer, room: str = "people", line: int = 7) -> Item:
    return Item(name, name.partition("-")[0], room, answers or (Answer("planned", ("tracking",)),), line)


def messages(findings: object) -> list[str]:
    assert isinstance(findings, list)
    return [finding.message for finding in findings]


def faults(text: str) -> list[Finding]:
    return coverage_map.read(text)[1]


class TestRealFile:
    def test_nothing_is_found(self, real: Coverage) -> None:
        assert coverage_map.check(real, coverage_map.registers_for(real.items)) == []

    def test_every_document_is_there_with_many_items(self, real: Coverage) -> None:
        counts = coverage_map.counts(real.items)
        assert list(counts) == ["S0", "S1", "S2", "S3", "S4"]
        assert counts["S1"].total() > 150
        assert counts["S3"].total() > 120

    @pytest.mark.parametrize("name", LOSABLE)
    def test_a_lost_item_is_missed(self, real: Coverage, name: str) -> None:
        left = tuple(item for item in real.items if item.id != name)
        assert len(left) == len(real.items) - 1
        registers = coverage_map.registers_for(left)
        assert messages(coverage_map.check(replace(real, items=left), registers)) == [f"{name} is missing"]

    @pytest.mark.parametrize("part", ["S0-四(四)", "S1-三(二)", "S3-一(五)", "S4-五(一)"])
    def test_a_lost_part_is_missed(self, real: Coverage, part: str) -> None:
        left = tuple(item for item in real.items if not item.id.startswith(part))
        assert messages(list(coverage_map.check_sections(left))) == [f"{part} has no item"]

    def test_no_task_counts_as_answered_because_it_is_read(self, real: Coverage) -> None:
        read = [item.id for item in real.items if item.answers == (Answer("command", ("plan read",)),)]
        assert [name for name in read if re.fullmatch(r"S[12]-\d+[a-z]?", name)] == []


class TestReading:
    def test_items_carry_document_room_answers_and_line(self) -> None:
        coverage, findings = coverage_map.read(SMALL)
        assert findings == []
        assert coverage.subjects == {"tracking": 2}
        assert coverage.items == (
            Item("S1-1", "S1", "people", (Answer("planned", ("tracking",)),), 10),
            Item("S1-2", "S1", "books/capacity", (Answer("manual", ("a person says so",)),), 11),
            Item("S1-3", "S1", "programmes/plans", BOTH, 12),
        )

    @pytest.mark.parametrize(
        ("old", "new", "line", "message"),
        [
            ("room: people, ", "", 10, "item: room is missing"),
            ('what: "hours"', 'what: "hours", why: x', 10, "item: unknown key why"),
            ('what: "hours"', 'what: "hours", what: "days"', 10, "item: what is written twice"),
            ('what: "hours"', '[a, b]: "hours"', 10, "item: expected a word as key"),
            ('what: "hours"', 'what: ""', 10, "S1-1: what: expected words"),
            ('what: "hours"', "what: 40", 10, "S1-1: what: expected words"),
            ("answer: {planned: tracking}", "answer: planned", 10, "S1-1: answer: expected keys and values"),
            ("answer: {planned: tracking}", "answer: {}", 10, "S1-1: no answer"),
            ("page: [portal:read]", "page: []", 12, "S1-3: page: expected a list"),
            ("    title: ", "    name: ", 4, "document: title is missing"),
            ('  tracking: "people and tasks"', "  tracking: ", 2, "subject tracking: expected words"),
        ],
    )
    def test_a_fault_of_form_names_line_and_key(self, old: str, new: str, line: int, message: str) -> None:
        assert old in SMALL
        found = faults(SMALL.replace(old, new, 1))
        assert any(finding.line == line and message in finding.message for finding in found), found

    @pytest.mark.parametrize(
        ("text", "line", "message"),
        [
            ("", 0, "the file is empty"),
            ("subjects: {a: [", 1, "no YAML"),
            ("- 1", 1, "file: expected keys and values"),
            ("subjects: {}\ndocuments: []", 2, "documents: expected a list"),
        ],
    )
    def test_what_is_no_map_is_said(self, text: str, line: int, message: str) -> None:
        found = faults(text)
        assert (found[0].line, found[0].message[: len(message)]) == (line, message)

    @given(cut=st.integers(0, len(SMALL)), insert=st.text(st.sampled_from("{}[]:,-\n \"'#&*!aS1"), max_size=4))
    def test_damage_never_crashes(self, cut: int, insert: str) -> None:
        coverage, findings = coverage_map.read(SMALL[:cut] + insert + SMALL[cut + len(insert) :])
        assert all(finding.message for finding in [*findings, *coverage_map.check(coverage, REGISTERS)])


class TestIds:
    @pytest.mark.parametrize(
        "name",
        [
            "S1-1",
            "S1-17b",
            "S0-三(一)-2a",
            "S0-三",
            "S4-四-5",
            "S1-goal-3",
            "S3-f42",
            "S0-ref-5",
            "S0-head",
            "S1-三(二)",
        ],
    )
    def test_forms_of_the_head_pass(self, name: str) -> None:
        assert list(coverage_map.check_ids([item(name)])) == []

    @pytest.mark.parametrize(
        "name", ["S5-1", "S1", "S1-", "S1-17ab", "S3-f", "S0-三（一）", "S1-goal3", "S0-三(一)2", "S1-x"]
    )
    def test_other_forms_are_named(self, name: str) -> None:
        assert messages(list(coverage_map.check_ids([item(name)])))[0].startswith(f'"{name}" has not the form')

    def test_twice_names_the_first_line(self) -> None:
        found = list(coverage_map.check_ids([item("S1-1", line=3), item("S1-2", line=4), item("S1-1", line=9)]))
        assert found == [Finding(9, "S1-1 stands twice, first in line 3")]

    def test_an_item_in_the_wrong_document(self) -> None:
        found = list(coverage_map.check_ids([replace(item("S1-1"), document="S2")]))
        assert found == [Finding(7, "S1-1 stands in the document S2")]

    def test_a_number_that_the_source_lacks(self) -> None:
        found = list(coverage_map.check_numbers([item("S0-ref-4", line=5), item("S1-38", line=6)]))
        assert Finding(5, "S0-ref-4: the source has no such number") in found
        assert Finding(6, "S1-38: the source has no such number") in found

    def test_letters_run_without_a_gap(self) -> None:
        items = [item("S1-4a", line=1), item("S1-4c", line=2), item("S0-五(二)b", line=3), item("S0-五(二)a", line=4)]
        assert list(coverage_map.check_letters(items)) == [Finding(2, "S1-4c: S1-4b is missing")]

    def test_words_that_end_in_a_letter_are_no_lettered_duties(self) -> None:
        assert list(coverage_map.check_letters([item("S0-head"), item("S0-contact")])) == []


class TestRoomsAndSubjects:
    def test_a_room_that_the_house_lacks(self) -> None:
        found = list(coverage_map.check_rooms([item("S1-1", room="books/normdoc")]))
        assert found == [Finding(7, 'S1-1: no room "books/normdoc" (did you mean books/normdocs?)')]

    @pytest.mark.parametrize("room", ["kernel", "people", "books/supervision", "programmes/plans", "faces/portal"])
    def test_rooms_of_every_floor(self, room: str) -> None:
        assert list(coverage_map.check_rooms([item("S1-1", room=room)])) == []

    def test_a_subject_that_nothing_waits_for(self) -> None:
        coverage = Coverage({"tracking": 2, "normdocs": 3}, (item("S1-1"),))
        assert [finding.line for finding in coverage_map.check_subjects(coverage)] == [3]


def answered(*answers: Answer) -> list[str]:
    return messages(list(coverage_map.check_answers([item("S1-1", *answers)], ["tracking"], REGISTERS)))


class TestAnswers:
    @pytest.mark.parametrize(
        "answers",
        [
            (Answer("planned", ("tracking",)),),
            (Answer("manual", ("a person says so",)),),
            (Answer("command", ("plan read",)),),
            (Answer("command", ("plan read", "doctor")), Answer("page", ("portal:read",))),
        ],
    )
    def test_known_answers_pass(self, answers: tuple[Answer, ...]) -> None:
        assert answered(*answers) == []

    @pytest.mark.parametrize(
        ("kind", "value", "message"),
        [
            ("command", "plan reed", 'S1-1: unknown command "plan reed" (did you mean plan read?)'),
            ("page", "desk:home", 'S1-1: unknown page "desk:home"'),
            ("planned", "trakking", 'S1-1: unknown planned "trakking" (did you mean tracking?)'),
            ("measure", "M30", "S1-1: there is no register of the kind measure yet (REGISTERS)"),
            ("pages", "portal:read", 'S1-1: unknown kind of answer "pages" (did you mean page?)'),
        ],
    )
    def test_unknown_answers_are_named(self, kind: str, value: str, message: str) -> None:
        assert answered(Answer(kind, (value,))) == [message]

    def test_one_unknown_of_a_list_is_found(self) -> None:
        assert answered(Answer("command", ("plan read", "nothing"))) == ['S1-1: unknown command "nothing"']

    @pytest.mark.parametrize("kind", ["planned", "manual"])
    def test_planned_and_manual_stand_alone(self, kind: str) -> None:
        found = answered(Answer(kind, ("tracking",)), Answer("page", ("portal:read",)))
        assert found == ["S1-1: planned and manual stand alone, not with others"]

    def test_planned_takes_one_subject(self) -> None:
        assert answered(Answer("planned", ("tracking", "tracking"))) == ["S1-1: planned takes one value, not a list"]

    def test_a_kind_that_gets_its_register_is_accepted(self) -> None:
        items = [item("S1-1", Answer("measure", ("M30",)))]
        assert list(coverage_map.check_answers(items, [], {"measure": frozenset({"M30"})})) == []


class TestRegisters:
    def test_leaves_are_full_paths(self) -> None:
        parser = argparse.ArgumentParser()
        top = parser.add_subparsers()
        top.add_parser("doctor")
        top.add_parser("plan").add_subparsers().add_parser("read")
        assert sorted(coverage_map.leaves(parser)) == ["doctor", "plan read"]

    def test_a_command_line_without_commands_has_no_leaves(self) -> None:
        assert list(coverage_map.leaves(argparse.ArgumentParser())) == []

    @pytest.mark.parametrize(
        ("kind", "known"),
        [
            ("command", "plan read"),
            ("command", "plan import"),
            ("page", "portal:read"),
            ("page", "desk:duty"),
            ("flow", "plans.duty"),
            ("flow", "matter.matter"),
            ("pack", "plans"),
            ("pack", "time_limits:N14"),
            ("pack", "matters:supervision_order"),
        ],
    )
    def test_the_registers_of_the_product(self, kind: str, known: str) -> None:
        assert known in coverage_map.REGISTERS[kind]()

    def test_no_register_is_of_an_unknown_kind(self) -> None:
        assert set(coverage_map.REGISTERS) <= set(coverage_map.KINDS)

    def test_ids_of_a_pack_are_keys_or_records(self) -> None:
        found = coverage_map._pack("own", {"rules": {"N14": []}, "kinds": [{"id": "talk"}, {"label": "none"}]})
        assert list(found) == ["own", "own:N14", "own:talk"]

    def test_only_used_registers_are_loaded(self) -> None:
        assert set(coverage_map.registers_for([item("S1-1", Answer("page", ("x",)))])) == {"page"}


class TestCommand:
    @pytest.fixture
    def run(self, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Callable[[str], tuple[int, str]]:
        def run(text: str) -> tuple[int, str]:
            path = tmp_path / "coverage.yaml"
            path.write_text(text, "utf-8")
            return coverage_map.main([str(path)]), capsys.readouterr().out

        return run

    def test_findings_name_the_line_and_end_with_status_1(self, run: Callable[[str], tuple[int, str]]) -> None:
        status, out = run(SMALL.replace("room: people", "room: peeple"))
        assert status == 1
        assert 'coverage.yaml:10: S1-1: no room "peeple" (did you mean people?)' in out
        assert "coverage.yaml: S1-4 is missing" in out

    def test_the_table_counts_per_document_and_kind(self) -> None:
        items = coverage_map.read(SMALL)[0].items
        assert [line.split() for line in coverage_map.table(items).splitlines()] == [
            ["items", "command", "planned", "manual"],
            ["S1", "3", "1", "1", "1"],
            ["all", "3", "1", "1", "1"],
        ]

    def test_an_item_without_an_answer_is_counted_as_none(self) -> None:
        assert coverage_map.counts([replace(item("S1-1"), answers=())]) == {"S1": {"none": 1}}

    def test_the_real_file_ends_with_status_0(self, capsys: pytest.CaptureFixture[str]) -> None:
        assert coverage_map.main([]) == 0
        assert "no findings" in capsys.readouterr().out

    @pytest.mark.parametrize("content", [b"\xff\xfe\x00", None])
    def test_what_cannot_be_read_is_said(
        self, tmp_path: Path, capsys: pytest.CaptureFixture[str], content: bytes | None
    ) -> None:
        path = tmp_path / "none.yaml"
        if content is not None:
            path.write_bytes(content)
        assert coverage_map.main([str(path)]) == 1
        assert "cannot be read" in capsys.readouterr().err

    def test_an_empty_file_is_one_finding(self, run: Callable[[str], tuple[int, str]]) -> None:
        status, out = run("")
        assert (status, out.splitlines()[0]) == (1, "coverage.yaml: the file is empty")
