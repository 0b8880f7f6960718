"""Webhook robots of 企业微信 and 钉钉: one POST of JSON. Neither knows a message again, so each is handed over once."""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
import socket
import ssl
from typing import Any, Final
from urllib.parse import quote_plus

from zhunsheng.kernel.errors import Refused
from zhunsheng.kernel.now import unmoved
from zhunsheng.kernel.reminders.channels import wording
from zhunsheng.kernel.reminders.channels.answers import of_robot
from zhunsheng.kernel.reminders.channels.handover import PATIENCE, Handover, Unsendable
from zhunsheng.kernel.reminders.channels.hosts import Robot, robot_of
from zhunsheng.kernel.reminders.models import Channel, OutboxMessage

MOST_MARKDOWN: Final = {Channel.WECOM: 4096, Channel.DINGTALK: 18_000}
MOST_TEXT: Final = {Channel.WECOM: 2048, Channel.DINGTALK: 18_000}
"""Bytes of UTF-8 that each takes, with some in hand for 钉钉 (20,000 for the whole request)."""


def prepare(message: OutboxMessage) -> Handover:
    """Give the request to the robot except for the last byte of its body. Raises ``Unsendable``."""
    try:
        robot = robot_of(message.address, message.channel)
    except Refused as error:
        raise Unsendable(str(error), hopeless=True) from error
    request = _request(robot, robot.target + signature(message), body(message))
    try:
        sock = _connected(robot)
        sock.sendall(request[:-1])
    except OSError as error:
        raise Unsendable(f"机器人 {robot.host} 连不上：{error}") from error
    return Handover(sock, request[-1:], of_robot)


def _connected(robot: Robot) -> socket.socket:
    sock = socket.create_connection((robot.host, robot.port), PATIENCE)
    if not robot.https:
        return sock
    return ssl.create_default_context().wrap_socket(sock, server_hostname=robot.host)


def _request(robot: Robot, target: str, content: dict[str, Any]) -> bytes:
    data = json.dumps(content, ensure_ascii=False).encode()
    head = (
        f"POST {target} HTTP/1.1\r\nHost: {robot.host}:{robot.port}\r\nUser-Agent: zhunsheng\r\n"
        f"Content-Type: application/json; charset=utf-8\r\nContent-Length: {len(data)}\r\nConnection: close\r\n\r\n"
    )
    return head.encode("ascii") + data


def signature(message: OutboxMessage) -> str:
    """What 钉钉 wants behind the address where the robot signs: the time and its HMAC-SHA256 under the secret."""
    secret = message.subscription.secret
    if message.channel != Channel.DINGTALK or not secret:
        return ""
    # The real time, also where the demo's clock is moved: 钉钉 refuses what is an hour off.
    return signed(secret, round(unmoved().timestamp() * 1000))


def signed(secret: str, milliseconds: int) -> str:
    """``&timestamp=…&sign=…`` as 钉钉 documents it."""
    digest = hmac.new(secret.encode(), f"{milliseconds}\n{secret}".encode(), hashlib.sha256).digest()
    return f"&timestamp={milliseconds}&sign={quote_plus(base64.b64encode(digest))}"


def body(message: OutboxMessage) -> dict[str, Any]:
    """The JSON in the format of the robot, within the length that it takes."""
    lines, channel = message.payload["lines"], Channel(message.channel)
    head, foot = f"【准绳】{wording.heading(lines)}", f"消息编号 {message.dedupe}"
    if message.subscription.plain:
        text = wording.fitted(head, [wording.text_line(line) for line in lines], foot, MOST_TEXT[channel])
        return {"msgtype": "text", "text": {"content": text}}
    parts = [wording.markdown_line(line) for line in lines]
    text = wording.fitted(f"### {head}", parts, foot, MOST_MARKDOWN[channel])
    if channel == Channel.WECOM:
        return {"msgtype": "markdown", "markdown": {"content": text}}
    return {"msgtype": "markdown", "markdown": {"title": head, "text": text}}
