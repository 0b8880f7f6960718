"""People at their desks: who looks at what, how long they think, and that one request in ten is a write."""

from __future__ import annotations

import math
import random
import re
import threading
import time
from collections import Counter, defaultdict, deque
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Final

from tools.benches.county import PASSWORD, County, Person
from tools.benches.visitor import Answer, Unanswered, Visitor

THINK: Final = 2.0
"""Seconds between an answer and the next request, on average (exponential, ten at most)."""
WRITING: Final = 1 / 8
"""How often a step is a write. It brings the form before it and the page after it: so it is one request in ten."""
STAFF: Final = {"liaison_officer": 28, "unit_head": 12, "office_clerk": 4, "office_head": 2, "leading_group_member": 1,
                "system_administrator": 1, "security_administrator": 1, "audit_administrator": 1}  # fmt: skip
"""Of fifty sessions; the few of the office sit at two or three machines each."""
LOOKS: Final = {
    "unit": (("home", 5), ("plans", 2), ("plan", 3), ("task", 4), ("duty", 3), ("unit", 3), ("matters", 2)),
    "office": (
        ("home", 5), ("plans", 2), ("plan", 3), ("matrix", 3), ("task", 4), ("duty", 3), ("unit", 3), ("matters", 2),
    ),
    "admin": (("home", 3), ("account", 1)),
}  # fmt: skip
OFFICE: Final = frozenset({"office_clerk", "office_head", "leading_group_member"})
WRITERS: Final = frozenset({"liaison_officer", "unit_head", "office_clerk", "office_head"})
VERSION: Final = re.compile(rb'name="version" value="(\d+)"')
SEEN: Final = re.compile(rb'name="seen" value="(\d+)"')
TEXT: Final = "已按方案要求组织专题学习一次，参加四十五人；台账和签到表一并报送。" * 3


@dataclass(slots=True)
class Log:
    """What was measured: seconds by page, and what went wrong. Filled by many threads."""

    seconds: defaultdict[str, list[float]] = field(default_factory=lambda: defaultdict(list))
    errors: Counter[str] = field(default_factory=Counter)
    writes: int = 0
    counting: bool = False

    def heard(self, name: str, answer: Answer) -> None:
        """Note an answer."""
        if not self.counting:
            return
        self.seconds[name].append(answer.seconds)
        if answer.status >= 400:
            self.errors[f"{name} {answer.status}"] += 1

    def all(self) -> list[float]:
        """Seconds of all requests."""
        return [one for some in self.seconds.values() for one in some]


def quantile(values: Sequence[float], share: float) -> float:
    """The smallest value that so large a share does not exceed; 0 for none."""
    ordered = sorted(values)
    return ordered[math.ceil(len(ordered) * share) - 1] if ordered else 0.0


class Handed:
    """What goes from hand to hand: duties that a unit's head may confirm, and duties that the office may accept."""

    def __init__(self) -> None:
        self.heads: defaultdict[int, deque[int]] = defaultdict(deque)
        self.office: deque[int] = deque()


def crowd(county: County, size: int) -> list[Person]:
    """So many sessions in the proportions of ``STAFF``."""
    roles = [role for role, count in STAFF.items() for _ in range(count)]
    chosen: list[Person] = []
    places: Counter[str] = Counter()
    for number in range(size):
        role = roles[number * len(roles) // size if size < len(roles) else number % len(roles)]
        held = county.holding(role)
        chosen.append(held[places[role] % len(held)])
        places[role] += 1
    return chosen


class Session(threading.Thread):
    """One person in one browser until ``ending`` is set."""

    def __init__(self, port: int, county: County, person: Person, log: Log, handed: Handed) -> None:
        super().__init__(daemon=True)
        self.county, self.person, self.log, self.handed = county, person, log, handed
        self.visitor = Visitor(port, log.heard)
        self.ending = threading.Event()
        self.chance = random.Random()  # noqa: S311 - chance, not secrets  # noqa: S311 - whoever looks at which page is no secret
        group = "office" if person.role in OFFICE else "unit" if person.duties else "admin"
        self.looks = LOOKS["admin" if person.role.endswith("administrator") else group]
        self.duties, self.orders = deque(person.duties), deque(person.orders)
        self.chance.shuffle(self.duties)

    def run(self) -> None:
        """Look, think, sometimes write."""
        while not self.ending.is_set():
            try:
                self._step()
            except Unanswered as error:
                if self.log.counting:
                    self.log.errors[str(error)[:120]] += 1
            self._think()

    def _think(self) -> None:
        self.ending.wait(min(self.chance.expovariate(1 / THINK), 5 * THINK))

    def _step(self) -> None:
        if self.person.role in WRITERS and self.chance.random() < WRITING * sum(STAFF.values()) / _writers():
            self._write()
        else:
            names, weights = zip(*self.looks, strict=True)
            name = self.chance.choices(names, weights)[0]
            self.visitor.get(name, self._address(name))

    def _address(self, name: str) -> str:
        some = self.chance.choice
        addresses: dict[str, Callable[[], str]] = {
            "home": lambda: "/desk/",
            "account": lambda: "/desk/account/",
            "plans": lambda: "/desk/plans/",
            "plan": lambda: f"/desk/plans/{self.county.plan}/",
            "matrix": lambda: f"/desk/plans/{self.county.plan}/matrix/",
            "task": lambda: f"/desk/tasks/{some(self.county.tasks)}/",
            "duty": lambda: f"/desk/duties/{some(self.person.duties)}/",
            "unit": lambda: (
                f"/desk/units/{self.person.unit if self.looks is LOOKS['unit'] else some(self.county.units)}/tasks/"
            ),
            "matters": lambda: "/desk/matters/",
        }
        return addresses[name]()

    # --- writes: the form, the time to fill it, the form sent, the page after it

    def _write(self) -> None:
        role = self.person.role
        if role == "unit_head" and self.handed.heads[self.person.unit]:
            self._decide(self.handed.heads[self.person.unit], ("confirm",))
        elif role in {"office_clerk", "office_head"} and self.handed.office:
            self._decide(self.handed.office, ("accept", "return_office"))
        elif role in {"office_clerk", "office_head"}:
            self._draft_order()
        elif self.orders and self.chance.random() < 0.2:
            self._sign(self.orders.popleft())
        else:
            self._report(self.duties[0])

    def _report(self, duty: int) -> None:
        path = f"/desk/duties/{duty}/"
        page = self.visitor.get("duty", path)
        found = VERSION.search(page.body)
        if not found:  # it is with the head already
            self.duties.rotate(-1)
            return
        go = self.chance.choice(["save", "submit"])
        self._think()
        form = {"version": found[1].decode(), "text": TEXT, "go": go}
        self._sent("report", path, form)
        if go == "submit":
            self.duties.rotate(-1)
            self.handed.heads[self.person.unit].append(duty)

    def _decide(self, queue: deque[int], actions: tuple[str, ...]) -> None:
        """The first of these steps that the page offers."""
        try:
            duty = queue.popleft()
        except IndexError:
            return
        page = self.visitor.get("duty", f"/desk/duties/{duty}/")
        action = next((one for one in actions if f'name="action" value="{one}"'.encode() in page.body), "")
        if not action:
            return
        self._think()
        answer = self._sent("confirm", f"/desk/duties/{duty}/step", {"action": action, "reason": "请补签到表。"})
        if answer.status == 302 and action == "confirm":
            self.handed.office.append(duty)

    def _sign(self, order: int) -> None:
        path = f"/desk/matters/{order}/do/sign"
        page = self.visitor.get("matter", path)
        found = SEEN.search(page.body)
        if found:
            self._think()
            self._sent("sign", path, {"seen": found[1].decode()})

    def _draft_order(self) -> None:
        self.visitor.get("matter", "/desk/matters/new")
        self._think()
        form = {"kind": "supervision_order", "unit": str(self.chance.choice(self.county.units)),
                "title": "关于补报台账", "demands": TEXT, "basis": "", "due": "", "organ": "", "number": ""}  # fmt: skip
        self._sent("order", "/desk/matters/new", form)

    def _sent(self, name: str, path: str, form: dict[str, str]) -> Answer:
        answer = self.visitor.post(name, path, form)
        self.log.writes += self.log.counting
        if answer.status == 302:
            self.visitor.get(name.replace("report", "duty").replace("confirm", "duty"), answer.location)
        return answer


def _writers() -> int:
    return sum(count for role, count in STAFF.items() if role in WRITERS)


class Crowd:
    """Sessions that come one after another and stay until the end."""

    def __init__(self, port: int, county: County) -> None:
        self.port, self.county = port, county
        self.log, self.handed = Log(), Handed()
        self.sessions: list[Session] = []

    def grow(self, size: int) -> None:
        """Until there are so many; each new one signs in first."""
        for person in crowd(self.county, size)[len(self.sessions) :]:
            session = Session(self.port, self.county, person, self.log, self.handed)
            session.visitor.sign_in(person.username, PASSWORD)
            session.start()
            self.sessions.append(session)

    def measured(self, seconds: float, settling: float = 5.0) -> tuple[Log, float]:
        """Let everybody work, and count after a while; what was counted, and requests a second."""
        time.sleep(settling)
        log = Log()
        self.log.counting = False
        for session in self.sessions:
            session.log, session.visitor.heard = log, log.heard
        self.log = log
        log.counting = True
        time.sleep(seconds)
        log.counting = False
        return log, len(log.all()) / seconds

    def leave(self) -> None:
        """Everybody goes home."""
        for session in self.sessions:
            session.ending.set()
        for session in self.sessions:
            session.join(70)
