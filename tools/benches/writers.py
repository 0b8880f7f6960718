"""People who write without pause while the server is killed, and remember what was acknowledged to them."""

from __future__ import annotations

import hashlib
import itertools
import re
import threading
import time
from collections import deque
from collections.abc import Sequence
from typing import Final

from tools.benches.county import PASSWORD, County, Person
from tools.benches.visitor import Answer, Unanswered, Visitor

Acknowledged = tuple[str, ...]
"""What a person was told has been done: the kind, then what names it."""
VERSION: Final = re.compile(rb'name="version" value="(\d+)"')
SEEN: Final = re.compile(rb'name="seen" value="(\d+)"')
NUMBER: Final = re.compile(r"/(\d+)/")
PLAN: Final = (
    "云溪县2026年法治工作要点（{number}）\n\n一、重点任务\n"
    "1.开展执法检查，2026年12月20日前完成。（牵头单位：县司法局；责任单位：县公安局、县市场监管局）\n"
    "2.每季度组织一次培训。（牵头单位：县司法局；责任单位：县公安局）\n3.2026年11月底前公布权责清单。（县政府办公室）\n"
)
UNTIL_BACK: Final = 0.05
"""Seconds before somebody whose connection broke tries again."""


def sm3(data: bytes) -> str:
    """The digest under which a file is stored."""
    return hashlib.new("sm3", data).hexdigest()


class Writer(threading.Thread):
    """One person, or several who hand a thing on; ``turn`` is one round of writes."""

    def __init__(self, name: str, port: int, people: Sequence[Person]) -> None:
        super().__init__(name=name, daemon=True)
        self.people = people
        self.visitors = [Visitor(port, self._heard) for _ in people]
        self.known: list[Acknowledged] = []
        self.refused: list[str] = []
        self.broken = 0
        self.answered = 0
        self.ending = threading.Event()
        self.number = itertools.count(1)

    def sign_in(self) -> None:
        """Everybody of the round."""
        for visitor, person in zip(self.visitors, self.people, strict=True):
            visitor.sign_in(person.username, PASSWORD)

    def _heard(self, name: str, answer: Answer) -> None:
        self.answered += 1

    def run(self) -> None:
        """Until told to end; an unanswered request is neither done nor not done for the person."""
        while not self.ending.is_set():
            try:
                self.turn(f"{self.name}-{next(self.number)}")
            except Unanswered:
                self.broken += 1
                time.sleep(UNTIL_BACK)

    def turn(self, mark: str) -> None:
        """One round; ``mark`` is written into what it makes."""
        raise NotImplementedError

    def done(self, answer: Answer, *what: object) -> bool:
        """Remember what was acknowledged; whether it was."""
        if answer.status == 302:
            self.known.append(tuple(map(str, what)))
        else:
            self.refused.append(f"{what} {answer.status}")
        return answer.status == 302


class Reporter(Writer):
    """Reports with evidence, and takes back what was reported before."""

    def __init__(self, name: str, port: int, person: Person) -> None:
        super().__init__(name, port, [person])
        self.duties = deque(person.duties)

    def turn(self, mark: str) -> None:
        """One duty: form, report with a file."""
        (me,), duty = self.visitors, self.duties[0]
        self.duties.rotate(-1)
        path = f"/desk/duties/{duty}/"
        found = VERSION.search(me.get("duty", path).body)
        if not found:
            me.post("recall", f"{path}step", {"action": "recall"})
            return
        data = f"签到表 {mark}".encode() * 400
        form = {"version": found[1].decode(), "text": mark, "go": "submit", "not_secret": "1"}
        self.done(me.post("report", path, form, ("file", f"{mark}.txt", data)), "report", duty, mark, sm3(data))


class Uploader(Writer):
    """Hands in files that hang on nothing."""

    def turn(self, mark: str) -> None:
        """One file."""
        data = f"台账 {mark}".encode() * 3000
        form = {"first": "", "last": "", "note": mark, "not_secret": "1"}
        answer = self.visitors[0].post("upload", "/desk/evidence/", form, ("files", f"{mark}.txt", data))
        self.done(answer, "piece", mark, sm3(data))


class Planner(Writer):
    """A clerk imports a plan and hands it over; the head of the office publishes it."""

    def turn(self, mark: str) -> None:
        """One plan."""
        clerk, head = self.visitors
        text = PLAN.format(number=mark)
        form = {"text": text, "year_from": "2026", "year_to": "", "cycle": "", "not_secret": "1", "plan": "",
                "office": str(self.people[0].unit)}  # fmt: skip
        answer = clerk.post("import", "/desk/plans/new", form)
        found = NUMBER.search(answer.location)
        if not self.done(answer, "import", mark) or not found:
            return
        plan = found[1]
        path = f"/desk/plans/{plan}/publish"
        if self.done(clerk.post("ready", path, {"do": "ready", "version": ""}), "ready", plan):
            self.done(head.post("publish", path, {"do": "publish"}), "publish", plan)


class Orderer(Writer):
    """A clerk drafts an order, the head issues it, a unit signs and answers it with a file, the clerk closes it."""

    def turn(self, mark: str) -> None:
        """One order."""
        clerk, head, officer = self.visitors
        form = {"kind": "supervision_order", "unit": str(self.people[2].unit), "title": mark, "demands": "补报台账。",
                "basis": "", "due": "", "organ": "", "number": ""}  # fmt: skip
        answer = clerk.post("order", "/desk/matters/new", form)
        found = NUMBER.search(answer.location)
        if not self.done(answer, "order", mark) or not found:
            return
        order, data = found[1], f"回执 {mark}".encode() * 300
        going = self._step(head, order, "issue", {}) and self._step(officer, order, "sign", {})
        answering = {"text": mark, "first": "", "last": "", "not_secret": "1"}
        if going and self._step(officer, order, "answer", answering, ("files", f"{mark}.txt", data)):
            self._step(clerk, order, "close", {"text": "已核查。"})

    def _step(self, by: Visitor, order: str, action: str, form: dict[str, str], *files: tuple[str, str, bytes]) -> bool:
        path = f"/desk/matters/{order}/do/{action}"
        found = SEEN.search(by.get("matter", path).body)
        seen = found[1].decode() if found else ""
        return self.done(by.post(action, path, {**form, "seen": seen}, *files), "step", order, action)


def crew(port: int, county: County) -> list[Writer]:
    """Two who report, one who uploads, two offices' work."""
    officers = [one for one in county.holding("liaison_officer") if one.duties]
    clerks, (head,) = county.holding("office_clerk"), county.holding("office_head")
    pressed = next(one for one in officers[3:] if one.unit != clerks[1].unit)
    return [
        Reporter("甲", port, officers[0]),
        Reporter("乙", port, officers[1]),
        Uploader("丙", port, [officers[2]]),
        Planner("丁", port, [clerks[0], head]),
        Orderer("戊", port, [clerks[1], head, pressed]),
    ]
