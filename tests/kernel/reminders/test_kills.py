"""kill −9 at random moments while messages are sent; the other side counts. KILLS=200 for the long run."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path

import pytest
from django.db import connection

from tests.kernel.reminders import sender
from tests.kernel.reminders.conftest import DAY
from tests.kernel.reminders.receivers import Postbox, Robots
from zhunsheng.kernel.now import now
from zhunsheng.kernel.packs import SHIPPED
from zhunsheng.kernel.reminders import actions
from zhunsheng.kernel.reminders.models import Channel, Level, Mode, OutboxMessage, Reminder, State, Subscription
from zhunsheng.people.models import Member

pytestmark = pytest.mark.django_db(transaction=True)
KILLS = int(os.environ.get("KILLS", "40"))
OPEN = [State.WAITING, State.CLAIMED, State.HANDING]


class Sender:
    """Workers in processes of their own, on the database under test."""

    def __init__(self, process: subprocess.Popen[str]) -> None:
        self.process = process

    def start(self) -> int:
        """A worker; its number."""
        assert self.process.stdin is not None
        assert self.process.stdout is not None
        self.process.stdin.write("go\n")
        self.process.stdin.flush()
        return int(self.process.stdout.readline())


def witnesses(worker: int) -> list[int]:
    """The processes that a worker has started."""
    with suppress(OSError):
        return [int(n) for n in Path(f"/proc/{worker}/task/{worker}/children").read_text("ascii").split()]
    return []


def kill(*numbers: int) -> None:
    for number in numbers:
        with suppress(ProcessLookupError):
            os.kill(number, signal.SIGKILL)


def url() -> str:
    """The database under test, for another process."""
    name = connection.settings_dict["NAME"]
    if connection.vendor == "sqlite":
        return f"sqlite:///{name}"
    return os.environ["DATABASE_URL"].rpartition("/")[0] + f"/{name}"


@pytest.fixture
def workers(tmp_path: Path, box: Postbox, robot: Robots) -> Iterator[Sender]:
    pack = (SHIPPED / "reminders.yaml").read_text("utf-8")
    for old, new in (
        ("lease_seconds: 180", "lease_seconds: 1"),
        ("robot_per_minute: 20", "robot_per_minute: 1000"),
        ('{from: "20:00", until: "07:30"}', '{from: "00:00", until: "00:00"}'),
        ("attempts: 8", "attempts: 100"),
    ):
        assert old in pack
        pack = pack.replace(old, new)
    (tmp_path / "packs").mkdir()
    (tmp_path / "packs" / "reminders.yaml").write_text(pack, "utf-8")
    environment = {
        **os.environ,
        "ZHUNSHENG_HOME": str(tmp_path),
        "DATABASE_URL": url(),
        "SMTP_URL": box.url,
        "ROBOT_HOSTS": robot.origin,
    }
    box.delay = robot.delay = 0.002
    line = [sys.executable, sender.__file__]
    with subprocess.Popen(line, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, env=environment) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == "ready\n"
        yield Sender(process)
        process.kill()


@pytest.fixture
def fill(member: Member, robot: Robots) -> Callable[[], None]:
    """Thirty more messages, half letters, half for the robots."""
    places = [
        (Channel.MAIL, "wu@yunxi.example"),
        (Channel.WECOM, robot.wecom),
        (Channel.DINGTALK, robot.dingtalk),
    ]
    wishes = [
        Subscription.objects.create(member=member, channel=channel, address=address, mode=Mode.IMMEDIATE)
        for channel, address in places
    ]

    def more() -> None:
        for number in range(30):
            wish = wishes[random.choice([0, 0, 1, 2])]
            reminder = Reminder.objects.create(
                key=f"{time.monotonic_ns()}",
                kind="task_due",
                subject_kind="plans.task",
                subject_key="1",
                recipient=member,
                level=Level.RED,
                text=f"任务{number}已经逾期",
                url="/desk/",
                due=DAY,
                raised_on=DAY,
                batch="00000000-0000-0000-0000-000000000000",
            )
            line = {"reminder": reminder.pk, "level": "red", "text": reminder.text, "url": "/desk/", "due": f"{DAY}"}
            OutboxMessage.objects.create(
                subscription=wish,
                channel=wish.channel,
                address=wish.address,
                payload={"lines": [line]},
                day=DAY,
                next_try=now(),
            )

    return more


def kill_often(workers: Sender, fill: Callable[[], None], victims: Callable[[int], list[int]]) -> int:
    """Kill at random moments of sending; then let one worker finish. How many kills met a message on its way."""
    met = 0
    for _ in range(KILLS):
        if OutboxMessage.objects.filter(state=State.WAITING).count() < 15:
            fill()
        worker = workers.start()
        time.sleep(random.uniform(0.03, 0.25))
        killed = victims(worker)
        kill(*killed)
        if worker not in killed:
            time.sleep(0.3)  # it goes on, with another witness
            kill(worker)
        met += OutboxMessage.objects.filter(state__in=[State.CLAIMED, State.HANDING]).exists()
    worker = workers.start()
    ends = time.monotonic() + 60
    while OutboxMessage.objects.filter(state__in=OPEN).exists() and time.monotonic() < ends:
        time.sleep(0.1)
    time.sleep(0.5)
    kill(worker)
    assert not OutboxMessage.objects.filter(state__in=OPEN).exists()
    return met


def taken(box: Postbox, robot: Robots) -> Counter[str]:
    return box.counted() + robot.counted()


def test_whoever_is_killed_alone_every_message_arrives_exactly_once(
    workers: Sender, fill: Callable[[], None], box: Postbox, robot: Robots
) -> None:
    met = kill_often(workers, fill, lambda worker: [random.choice([worker, worker, *witnesses(worker)])])
    assert met > KILLS / 4
    assert dict(OutboxMessage.objects.exclude(state=State.SENT).values_list("dedupe", "problem")) == {}
    numbers = {str(number) for number in OutboxMessage.objects.values_list("dedupe", flat=True)}
    assert taken(box, robot) == Counter(numbers)


def test_where_both_are_killed_no_message_arrives_twice_and_what_is_open_is_shown(
    workers: Sender, fill: Callable[[], None], box: Postbox, robot: Robots
) -> None:
    met = kill_often(workers, fill, lambda worker: [*witnesses(worker), worker])
    assert met > KILLS / 4
    counted = taken(box, robot)
    assert set(counted.values()) == {1}
    missing = set(map(str, OutboxMessage.objects.values_list("dedupe", flat=True))) - set(counted)
    assert missing <= set(map(str, actions.to_look_at(Member.objects.all()).values_list("dedupe", flat=True)))
    print(
        f"{KILLS} kills, {met} met a message: {actions.to_look_at(Member.objects.all()).count()} to look at, {len(missing)} not arrived"
    )
