from __future__ import annotations

import json
from datetime import date
from typing import Any
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pytest_django import Settings

from zhunsheng.kernel.reminders.channels import answers, robots, wording
from zhunsheng.kernel.reminders.models import Channel, OutboxMessage, Subscription

NUMBER = UUID("11111111-2222-3333-4444-555555555555")


def message(channel: Channel, *texts: str, plain: bool = False, secret: str = "") -> OutboxMessage:
    lines = [{"reminder": 1, "level": "red", "text": t, "url": "/desk/1", "due": "2026-03-31"} for t in texts]
    wish = Subscription(channel=channel, plain=plain, secret=secret)
    return OutboxMessage(
        subscription=wish, channel=channel, payload={"lines": lines}, dedupe=NUMBER, day=date(2026, 3, 2)
    )


def test_wecom_markdown(settings: Settings) -> None:
    settings.SITE_URL = "https://zs.example"
    assert robots.body(message(Channel.WECOM, "报送数据")) == {
        "msgtype": "markdown",
        "markdown": {
            "content": "### 【准绳】1 件事要留意，1 件已经逾期\n\n"
            "- **红** [报送数据](https://zs.example/desk/1)（截止 2026-03-31）\n\n"
            f"消息编号 {NUMBER}"
        },
    }


def test_dingtalk_markdown_has_a_title() -> None:
    made = robots.body(message(Channel.DINGTALK, "报送数据"))
    assert made["msgtype"] == "markdown"
    assert made["markdown"]["title"] == "【准绳】1 件事要留意，1 件已经逾期"
    assert "- **红** 报送数据（截止 2026-03-31）" in made["markdown"]["text"]


@pytest.mark.parametrize("channel", [Channel.WECOM, Channel.DINGTALK])
def test_plain_text(channel: Channel) -> None:
    made = robots.body(message(channel, "报送数据", plain=True))
    assert made["msgtype"] == "text"
    assert "［红］报送数据（截止 2026-03-31）" in made["text"]["content"]


def test_what_people_typed_is_no_markup_and_calls_nobody() -> None:
    made = robots.body(message(Channel.WECOM, "[点我](http://evil.example) <@all> **急**\n# 大字"))
    line = made["markdown"]["content"].splitlines()[2]
    assert line == "- **红** ［点我］(http://evil.example) ＜＠all＞ ＊＊急＊＊ ＃ 大字（截止 2026-03-31）"


@given(st.lists(st.text("报送数据ab。", min_size=1, max_size=300), min_size=1, max_size=40), st.booleans())
def test_a_message_is_never_too_long_and_says_what_is_left_out(texts: list[str], plain: bool) -> None:
    for channel in (Channel.WECOM, Channel.DINGTALK):
        made = robots.body(message(channel, *texts, plain=plain))
        content: str = (
            made["text"]["content"] if plain else (made["markdown"].get("content") or made["markdown"]["text"])
        )
        assert len(content.encode()) <= (robots.MOST_TEXT if plain else robots.MOST_MARKDOWN)[channel]
        assert len(json.dumps(made, ensure_ascii=False).encode()) <= 20_000
        shown = content.count("（截止")
        assert shown == len(texts) or f"另有 {len(texts) - shown} 件" in content
        assert str(NUMBER) in content


def test_the_signature_is_that_of_the_manual() -> None:
    """HMAC-SHA256 over time, line end and secret, Base64, quoted; computed once with openssl."""
    assert robots.signed("SECabc", 1700000000000) == (
        "&timestamp=1700000000000&sign=jcUpW0QmtKduN03n4JqQ0PBosVjqnM8gU7fIIvsDmCM%3D"
    )


def test_only_a_robot_of_dingtalk_with_a_secret_signs() -> None:
    assert robots.signature(message(Channel.WECOM, "x", secret="SECabc")) == ""
    assert robots.signature(message(Channel.DINGTALK, "x")) == ""
    assert robots.signature(message(Channel.DINGTALK, "x", secret="SECabc")).startswith("&timestamp=1")


def http(body: Any, status: str = "200 OK") -> bytes:
    raw = json.dumps(body).encode()
    return f"HTTP/1.1 {status}\r\nContent-Length: {len(raw)}\r\n\r\n".encode() + raw


@pytest.mark.parametrize(
    ("raw", "taken", "hopeless"),
    [
        (http({"errcode": 0, "errmsg": "ok"}), True, False),
        (http({"errcode": 45009, "errmsg": "freq"}), False, False),
        (http({"errcode": 310000, "errmsg": "sign not match"}), False, True),
        (http({"ok": True}), False, False),
        (http([]), False, False),
        (http({}, "500 No"), False, False),
        (http({}, "302 Found"), False, False),
        (http({}, "404 Not Found"), False, True),
        (b'HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\ne\r\n{"errcode": 0}\r\n0\r\n\r\n', True, False),
    ],
)
def test_answers_of_a_robot(raw: bytes, taken: bool, hopeless: bool) -> None:
    answer = answers.of_robot(raw)
    assert answer is not None
    assert (answer.taken, answer.hopeless) == (taken, hopeless)
    assert all(answers.of_robot(raw[:end]) is None for end in range(len(raw) - 8))


@given(st.binary(max_size=200))
def test_noise_is_no_answer_and_no_error(raw: bytes) -> None:
    answer = answers.of_robot(raw)
    assert answer is None or not answer.taken
    answers.of_mail(raw)


@pytest.mark.parametrize(
    ("raw", "taken", "hopeless"),
    [
        (b"250 queued as 7\r\n", True, False),
        (b"250-first\r\n250 last\r\n", True, False),
        (b"250\r\n", True, False),
        (b"451 later\r\n", False, False),
        (b"552 too large\r\n", False, True),
    ],
)
def test_answers_of_a_mail_server(raw: bytes, taken: bool, hopeless: bool) -> None:
    answer = answers.of_mail(raw)
    assert answer is not None
    assert (answer.taken, answer.hopeless) == (taken, hopeless)
    assert all(answers.of_mail(raw[:end]) is None for end in range(len(raw)))


def test_links_are_left_out_where_the_site_does_not_know_its_address(settings: Settings) -> None:
    settings.SITE_URL = ""
    assert wording.link({"url": "/desk/1"}) == ""
