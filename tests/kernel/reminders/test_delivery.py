from __future__ import annotations

import os
import signal
import uuid
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest
from pytest_django import Settings

from tests.kernel.reminders.conftest import DAY, wanting
from tests.kernel.reminders.receivers import Postbox, Robots
from zhunsheng.kernel.errors import Refused
from zhunsheng.kernel.now import now, on
from zhunsheng.kernel.reminders import actions, hours, outbox
from zhunsheng.kernel.reminders.catching_up import catch_up
from zhunsheng.kernel.reminders.channels.handover import Handover
from zhunsheng.kernel.reminders.delivery import send_due
from zhunsheng.kernel.reminders.models import Channel, Mode, OutboxMessage, Reminder, State
from zhunsheng.kernel.reminders.steps import sending
from zhunsheng.kernel.reminders.witness import Note, Witness, folder, notes
from zhunsheng.people.models import Member

pytestmark = pytest.mark.usefixtures("morning")
Want = Callable[..., None]
Queue = Callable[..., list[OutboxMessage]]


@pytest.fixture(autouse=True)
def place(tmp_path: Path, settings: Settings) -> None:
    """A home of its own: notes of other tests are none of ours."""
    settings.HOME = tmp_path
    folder().mkdir()


@pytest.fixture
def queue(member: Member, want: Want) -> Queue:
    """So many messages waiting for the member, by that channel."""

    def queued(channel: Channel, address: str, number: int = 1, mode: Mode = Mode.IMMEDIATE) -> list[OutboxMessage]:
        actions.subscribe(by=member, channel=channel, address=address, mode=mode)
        want(*(wanting(member, str(key)) for key in range(number)))
        catch_up(DAY)
        return list(OutboxMessage.objects.order_by("pk"))

    return queued


def states() -> list[str]:
    return list(OutboxMessage.objects.order_by("pk").values_list("state", flat=True))


def test_a_letter_arrives_once(queue: Queue, box: Postbox, witness: Witness) -> None:
    (message,) = queue(Channel.MAIL, "wu@yunxi.example", 3, Mode.DIGEST)
    assert send_due(witness) == 1
    assert send_due(witness) == 0
    (letter,) = box.letters
    assert letter["Message-ID"] == f"<{message.dedupe}@yunxi.example>"
    assert letter["Subject"] == "【准绳】3 件事要留意"
    assert letter["To"] == "wu@yunxi.example"
    content = letter.get_content()
    assert "［黄］任务0快到期（截止 2026-03-31）\r\nhttps://zs.example/desk/tasks/0" in content
    message.refresh_from_db()
    assert message.state == State.SENT
    assert message.token is None
    assert message.attempts == 1


@pytest.mark.parametrize("channel", [Channel.WECOM, Channel.DINGTALK])
def test_a_robot_takes_each_once(channel: Channel, queue: Queue, robot: Robots, witness: Witness) -> None:
    queue(channel, robot.wecom if channel == Channel.WECOM else robot.dingtalk, 3)
    assert send_due(witness) == 3
    assert sorted(robot.counted().values()) == [1, 1, 1]
    assert states() == [State.SENT] * 3


def test_a_refused_letter_waits_longer_each_time_and_is_given_up_where_it_can_be_seen(
    queue: Queue, box: Postbox, witness: Witness
) -> None:
    queue(Channel.MAIL, "wu@yunxi.example")
    box.refuse = "451 later"
    at = now()
    for attempt in range(1, sending().attempts + 1):
        with on(at):
            assert send_due(witness) == 1
            assert send_due(witness) == 0
            message = OutboxMessage.objects.get()
            assert message.attempts == attempt
            at = hours.after_quiet(message.next_try, sending())
    assert states() == [State.FAILED]
    assert "451 later" in actions.to_look_at(Member.objects.all()).get().problem
    assert not box.letters


def test_what_can_never_work_is_given_up_at_once(queue: Queue, robot: Robots, witness: Witness) -> None:
    queue(Channel.WECOM, robot.wecom)
    robot.answers = [{"errcode": 93000, "errmsg": "invalid webhook url"}]
    send_due(witness)
    assert states() == [State.FAILED]
    assert "93000 invalid webhook url" in OutboxMessage.objects.get().problem


def test_a_robot_that_is_busy_is_tried_again(queue: Queue, robot: Robots, witness: Witness) -> None:
    queue(Channel.WECOM, robot.wecom)
    robot.answers = [{"errcode": 45009, "errmsg": "api freq out of limit"}]
    send_due(witness)
    assert states() == [State.WAITING]
    with on(now() + timedelta(minutes=2)):
        send_due(witness)
    assert states() == [State.SENT]
    assert list(robot.counted().values()) == [1]


def test_a_robot_without_an_answer_is_not_tried_again_by_itself(
    queue: Queue, robot: Robots, witness: Witness, member: Member
) -> None:
    (message,) = queue(Channel.DINGTALK, robot.dingtalk)
    robot.silent = True
    send_due(witness)
    assert states() == [State.UNCERTAIN]
    with on(now() + timedelta(days=1)):
        assert send_due(witness) == 0
    robot.silent = False
    actions.send_again(by=member, key=message.pk)
    send_due(witness)
    assert list(robot.counted().values()) == [2]
    with pytest.raises(Refused, match="已经有了结果"):
        actions.count_as_sent(by=member, key=message.pk)


def test_a_person_may_say_that_it_arrived(queue: Queue, robot: Robots, witness: Witness, member: Member) -> None:
    (message,) = queue(Channel.WECOM, robot.wecom)
    robot.silent = True
    send_due(witness)
    actions.count_as_sent(by=member, key=message.pk)
    assert states() == [State.SENT]
    assert not actions.to_look_at(Member.objects.all()).exists()


def test_a_robot_gets_twenty_a_minute(queue: Queue, robot: Robots, witness: Witness) -> None:
    queue(Channel.WECOM, robot.wecom, 23)
    send_due(witness)
    assert len(robot.taken) == 20
    assert states().count(State.WAITING) == 3
    with on(now() + timedelta(minutes=2)):
        send_due(witness)
    assert sorted(robot.counted().values()) == [1] * 23


def test_nothing_goes_in_quiet_hours(queue: Queue, box: Postbox, witness: Witness) -> None:
    queue(Channel.MAIL, "wu@yunxi.example")
    with on(now().replace(hour=15)):  # 23:00 in China
        send_due(witness)
        (message,) = OutboxMessage.objects.all()
        assert (message.state, message.attempts) == (State.WAITING, 0)
        assert not box.letters
        morning = message.next_try
    with on(morning):
        send_due(witness)
    assert len(box.letters) == 1


def test_a_settled_thing_is_left_out_and_an_empty_message_is_not_sent(
    queue: Queue, box: Postbox, witness: Witness, member: Member
) -> None:
    queue(Channel.MAIL, "wu@yunxi.example", 2, Mode.DIGEST)
    first, second = Reminder.objects.order_by("pk")
    actions.settle(by=member, subject=first.subject)
    message = outbox.claim(sending())
    assert message is not None
    assert [line["text"] for line in message.payload["lines"]] == [second.text]
    outbox.put_off(message, now())
    actions.settle(by=member, subject=second.subject)
    send_due(witness)
    assert states() == [State.DROPPED]
    assert not box.letters


def test_without_a_mail_server_the_message_says_so(queue: Queue, witness: Witness) -> None:
    queue(Channel.MAIL, "wu@yunxi.example")
    send_due(witness)
    assert "SMTP_URL" in OutboxMessage.objects.get().problem


def test_a_worker_that_has_lost_its_claim_does_not_send_the_last_bytes(
    queue: Queue, box: Postbox, witness: Witness, monkeypatch: pytest.MonkeyPatch
) -> None:
    queue(Channel.MAIL, "wu@yunxi.example")
    renewed = outbox.renewed
    taken_over: list[OutboxMessage | None] = []

    def slow(message: OutboxMessage, rules: object) -> bool:
        """The machine slept until the lease had run out, and another worker took the message."""
        if not taken_over:
            with on(now() + timedelta(hours=1)):
                taken_over.append(outbox.claim(sending()))
        return renewed(message, sending())

    monkeypatch.setattr(outbox, "renewed", slow)
    send_due(witness, most=1)
    assert taken_over[0] is not None
    assert not box.letters
    assert states() == [State.CLAIMED]


@pytest.mark.parametrize("step", [timedelta(days=400), -timedelta(days=400)])
def test_a_clock_that_jumps_does_not_hold_a_message_back(
    step: timedelta, queue: Queue, box: Postbox, witness: Witness
) -> None:
    queue(Channel.MAIL, "wu@yunxi.example")
    assert outbox.claim(sending()) is not None
    with on(now() + step):
        assert send_due(witness) == 1
    assert len(box.letters) == 1


@pytest.mark.parametrize("state", [State.CLAIMED, State.HANDING])
@pytest.mark.parametrize("step", [timedelta(hours=3), timedelta(hours=47), timedelta(days=2), -timedelta(days=2)])
def test_a_message_claimed_before_the_clock_stepped_is_taken_up_and_arrives_once(
    step: timedelta, state: State, queue: Queue, box: Postbox, witness: Witness
) -> None:
    """Set back by ``step``: the lease of a worker that died lies in the future. What may have left goes to a person."""
    crashed(queue, state, box)
    with on(now() - step):
        send_due(witness)
        assert (len(box.letters), states()) == ((1, [State.SENT]) if state == State.CLAIMED else (0, [State.UNCERTAIN]))
        send_due(witness)
    send_due(witness)
    assert len(box.letters) == (state == State.CLAIMED)


@pytest.mark.parametrize("step", [timedelta(days=2), -timedelta(days=2)])
def test_a_clock_that_steps_while_a_message_is_handed_over_sends_it_once(
    step: timedelta, queue: Queue, box: Postbox, witness: Witness, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Another worker, whose clock has stepped, finds the lease over; the one that hands over says what came of it."""
    queue(Channel.MAIL, "wu@yunxi.example")
    finish, looked = Handover.finish, []

    def slow(handover: Handover) -> object:
        with on(now() + step):
            looked.append((outbox.recover([], sending()), outbox.claim(sending())))
        return finish(handover)

    monkeypatch.setattr(Handover, "finish", slow)
    send_due(witness)
    assert looked == [(1, None)]
    assert send_due(witness) == 0
    assert (len(box.letters), states()) == (1, [State.SENT])


def test_what_a_clock_ahead_sent_does_not_count_against_a_robot(queue: Queue, robot: Robots, witness: Witness) -> None:
    rules = sending()
    queue(Channel.WECOM, robot.wecom, rules.robot_per_minute + 5)
    with on(now() + timedelta(days=2)):
        assert send_due(witness, most=rules.robot_per_minute) == rules.robot_per_minute
    send_due(witness)
    assert set(states()) == {State.SENT}


@pytest.mark.parametrize("hours_back", [1, 26, 47, 48])
def test_what_waits_when_the_clock_is_set_back_waits_a_day_at_most(
    hours_back: int, queue: Queue, box: Postbox, witness: Witness
) -> None:
    queue(Channel.MAIL, "wu@yunxi.example")
    right = now() - timedelta(hours=hours_back)
    for later in range(0, 26, 5):
        with on(right + timedelta(hours=later)):
            send_due(witness)
    assert len(box.letters) == 1


def crashed(queue: Queue, state: State, box: Postbox) -> OutboxMessage:
    """A message whose worker died in that state."""
    queue(Channel.MAIL, "wu@yunxi.example")
    message = outbox.claim(sending())
    assert message is not None
    if state == State.HANDING:
        assert outbox.renewed(message, sending())
    return message


def test_a_message_found_claimed_is_sent_when_the_lease_has_run_out(
    queue: Queue, box: Postbox, witness: Witness
) -> None:
    crashed(queue, State.CLAIMED, box)
    assert send_due(witness) == 0
    with on(now() + timedelta(minutes=10)):
        assert send_due(witness) == 1
    assert len(box.letters) == 1


def test_a_message_found_in_the_handing_over_is_not_sent_again_but_shown(
    queue: Queue, box: Postbox, witness: Witness
) -> None:
    crashed(queue, State.HANDING, box)
    with on(now() + timedelta(minutes=10)):
        assert send_due(witness) == 0
    assert not box.letters
    (shown,) = actions.to_look_at(Member.objects.all())
    assert "不能断定" in shown.problem


@pytest.mark.parametrize(
    ("said", "state"),
    [
        ((True, b"250 taken\r\n"), State.SENT),
        ((None, b"250 taken\r\n"), State.SENT),
        ((True, b"451 later\r\n"), State.WAITING),
        ((True, b"554 never\r\n"), State.FAILED),
        ((False, b""), State.WAITING),
        ((True, b""), State.UNCERTAIN),
        ((None, b""), State.UNCERTAIN),
        ((True, b"\x17\x03\x03\x00\x45"), State.UNCERTAIN),
    ],
)
@pytest.mark.parametrize("late", [False, True])
def test_a_note_of_the_witness_settles_it(
    queue: Queue, box: Postbox, said: tuple[bool | None, bytes], state: State, late: bool
) -> None:
    message = crashed(queue, State.HANDING, box)
    if late:
        with on(now() + timedelta(minutes=10)):
            outbox.recover([], sending())
        assert states() == [State.UNCERTAIN]
    assert message.token is not None
    path = folder() / f"{message.token}.json"
    path.write_text("{}", "ascii")
    assert outbox.recover([Note(message.token, *said, path)], sending()) == 1
    assert states() == [state]
    assert not path.exists()


def test_a_note_about_a_message_that_is_recorded_already_changes_nothing(
    queue: Queue, box: Postbox, witness: Witness
) -> None:
    queue(Channel.MAIL, "wu@yunxi.example")
    send_due(witness)
    path = folder() / "x.json"
    outbox.recover([Note(uuid.uuid4(), True, b"451 later\r\n", path)], sending())
    assert states() == [State.SENT]


def test_a_note_that_cannot_be_read_is_passed_over(caplog: pytest.LogCaptureFixture) -> None:
    path = folder() / "broken.json"
    path.write_text("{", "ascii")
    assert not list(notes())
    assert "broken.json" in caplog.text
    path.unlink()


def test_a_killed_witness_is_replaced(queue: Queue, box: Postbox, witness: Witness) -> None:
    queue(Channel.MAIL, "wu@yunxi.example", 2)
    assert send_due(witness, most=1) == 1
    first = witness.pid
    assert first is not None
    os.kill(first, signal.SIGKILL)
    assert send_due(witness) == 1
    assert witness.pid not in {first, None}
    assert states() == [State.SENT] * 2


def test_without_a_witness_messages_are_sent_all_the_same(
    queue: Queue, box: Postbox, witness: Witness, monkeypatch: pytest.MonkeyPatch
) -> None:
    queue(Channel.MAIL, "wu@yunxi.example")
    monkeypatch.setattr("sys.executable", "/nowhere/python")
    send_due(witness)
    assert states() == [State.SENT]


def test_a_letter_without_an_answer_is_handed_over_anew_under_the_same_name(
    queue: Queue, box: Postbox, witness: Witness, monkeypatch: pytest.MonkeyPatch
) -> None:
    queue(Channel.MAIL, "wu@yunxi.example")
    with monkeypatch.context() as patch:
        patch.setattr(Handover, "_peeked", lambda *_: (_ for _ in ()).throw(ConnectionResetError("gone")))
        send_due(witness)
    assert states() == [State.WAITING]
    with on(now() + timedelta(minutes=5)):
        send_due(witness)
    assert states() == [State.SENT]
    assert len(box.counted()) == 1
