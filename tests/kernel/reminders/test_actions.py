from __future__ import annotations

from collections.abc import Callable

import pytest
from pytest_django import Settings

from tests.kernel.reminders.conftest import DAY, wanting
from zhunsheng.kernel.actor import SYSTEM
from zhunsheng.kernel.errors import Refused
from zhunsheng.kernel.reminders import actions
from zhunsheng.kernel.reminders.catching_up import catch_up
from zhunsheng.kernel.reminders.models import Channel, Mode, Subscription
from zhunsheng.people.models import Member

WECOM = "https://qyapi.weixin.qq.com/cgi-bin/webhook/send?key=693a91f6-7xxx"
DINGTALK = "https://oapi.dingtalk.com/robot/send?access_token=5f1bxxxx"
Want = Callable[..., None]


def test_one_sees_ones_own_and_nobody_elses(member: Member, other: Member, want: Want) -> None:
    want(wanting(member, "1"), wanting(member, "2"), wanting(other, "3"))
    catch_up(DAY)
    numbers = [r.pk for r in [*actions.unseen(member), *actions.unseen(other)]]
    assert actions.mark_seen(by=member, keys=numbers) == 2
    assert actions.mark_seen(by=member, keys=numbers) == 0
    assert (actions.unseen(member).count(), actions.unseen(other).count()) == (0, 1)
    assert actions.of(member).count() == 2
    with pytest.raises(Refused):
        actions.unseen(SYSTEM)


@pytest.mark.parametrize(
    ("channel", "address"),
    [(Channel.MAIL, " wu@yunxi.example "), (Channel.WECOM, WECOM), (Channel.DINGTALK, DINGTALK)],
)
def test_a_channel_is_added_once(member: Member, channel: Channel, address: str) -> None:
    made = actions.subscribe(by=member, channel=channel, address=address)
    assert made.address == address.strip()
    with pytest.raises(Refused, match="已经设置过"):
        actions.subscribe(by=member, channel=channel, address=address)


@pytest.mark.parametrize(
    ("channel", "address", "words"),
    [
        (Channel.MAIL, "吴一禾", "邮箱地址写得不对"),
        (Channel.MAIL, "wu@yunxi.example\nBcc: all@yunxi.example", "邮箱地址写得不对"),
        (Channel.WECOM, "http://qyapi.weixin.qq.com/send?key=1", "不在准许的名单里"),
        (Channel.WECOM, "https://127.0.0.1/send?key=1", "不在准许的名单里"),
        (Channel.WECOM, "https://169.254.169.254/latest/meta-data?key=1", "不在准许的名单里"),
        (Channel.WECOM, "https://qyapi.weixin.qq.com@10.0.0.1/send?key=1", "写得不对"),
        (Channel.WECOM, "https://qyapi.weixin.qq.com.evil.example/send?key=1", "不在准许的名单里"),
        (Channel.WECOM, "https://qyapi.weixin.qq.com:8443/send?key=1", "不在准许的名单里"),
        (Channel.WECOM, "https://qyapi.weixin.qq.com/send?key=1\r\nHost: x", "没有|不在|写得不对"),
        (Channel.WECOM, "https://qyapi.weixin.qq.com:99999/send?key=1", "写得不对"),
        (Channel.WECOM, "file:///etc/passwd?key=1", "写得不对"),
        (Channel.WECOM, DINGTALK, "没有 key="),
        (Channel.DINGTALK, WECOM, "没有 access_token="),
        (Channel.DINGTALK, "", "写得不对"),
    ],
)
def test_an_address_that_may_not_be_one_is_refused(member: Member, channel: Channel, address: str, words: str) -> None:
    with pytest.raises(Refused, match=words):
        actions.subscribe(by=member, channel=channel, address=address)
    assert not Subscription.objects.exists()


def test_a_robot_of_the_house_is_named_by_the_administrator(member: Member, settings: Settings) -> None:
    settings.ROBOT_HOSTS = ["http://10.0.0.8:8080", "https://robot.yunxi.example"]
    actions.subscribe(by=member, channel=Channel.WECOM, address="http://10.0.0.8:8080/hook?key=1")
    actions.subscribe(by=member, channel=Channel.WECOM, address="https://robot.yunxi.example/hook?key=1")
    with pytest.raises(Refused):
        actions.subscribe(by=member, channel=Channel.WECOM, address="http://10.0.0.8:8081/hook?key=1")


def test_the_key_of_a_robot_is_not_shown(member: Member) -> None:
    made = actions.subscribe(by=member, channel=Channel.WECOM, address=WECOM)
    assert made.shown_address == "https://qyapi.weixin.qq.com/cgi-bin/webhook/send?key=…7xxx"


def test_nobody_has_more_than_ten(member: Member) -> None:
    for number in range(10):
        actions.subscribe(by=member, channel=Channel.MAIL, address=f"wu{number}@yunxi.example")
    with pytest.raises(Refused, match="至多设 10 个"):
        actions.subscribe(by=member, channel=Channel.MAIL, address="wu@yunxi.example")


def test_one_changes_ones_own_channels_only(member: Member, other: Member) -> None:
    made = actions.subscribe(by=member, channel=Channel.MAIL, address="wu@yunxi.example")
    with pytest.raises(Refused, match="没有这个推送设置"):
        actions.alter_subscription(by=other, key=made.pk, is_on=False, mode=Mode.DIGEST)
    actions.alter_subscription(by=member, key=made.pk, is_on=False, mode=Mode.IMMEDIATE)
    made.refresh_from_db()
    assert (made.is_on, made.mode) == (False, Mode.IMMEDIATE)
