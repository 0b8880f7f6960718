"""Where a robot may live. Whoever types an address must not make the server knock at doors inside the house (SSRF)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final
from urllib.parse import urlsplit

from django.conf import settings

from zhunsheng.kernel.errors import Refused
from zhunsheng.kernel.reminders.models import Channel
from zhunsheng.kernel.reminders.steps import sending

SECRET: Final = {Channel.WECOM: "key=", Channel.DINGTALK: "access_token="}


@dataclass(frozen=True, slots=True)
class Robot:
    """The parts of a webhook's address; ``target`` is path and query."""

    https: bool
    host: str
    port: int
    target: str


def robot_of(address: str, channel: str) -> Robot:
    """The robot at that address. Raises ``Refused`` where none may be.

    Allowed are the hosts of the pack, by https, and the origins of ROBOT_HOSTS as they are written there
    ("https://robot.example:8443", "http://10.0.0.8:8080").
    """
    try:
        parts = urlsplit(address)
        port = parts.port or (443 if parts.scheme == "https" else 80)
    except ValueError as error:
        raise _refused("地址写得不对") from error
    if parts.scheme not in {"http", "https"} or not parts.hostname or "@" in parts.netloc:
        raise _refused("地址写得不对")
    if not _allowed(parts.scheme, parts.hostname, port):
        raise _refused(f"{parts.hostname} 不在准许的名单里")
    if (
        SECRET[Channel(channel)] not in parts.query
        or not address.isascii()
        or not address.isprintable()
        or " " in address
    ):
        raise _refused(f"地址里没有 {SECRET[Channel(channel)]}，不像{Channel(channel).label}的地址")
    return Robot(parts.scheme == "https", parts.hostname, port, f"{parts.path}?{parts.query}")


def _allowed(scheme: str, host: str, port: int) -> bool:
    if f"{scheme}://{host}:{port}" in {_with_port(origin) for origin in settings.ROBOT_HOSTS}:
        return True
    named = sending().robot_hosts
    return scheme == "https" and (f"{host}:{port}" in named or (port == 443 and host in named))


def _with_port(origin: str) -> str:
    parts = urlsplit(origin)
    return f"{parts.scheme}://{parts.hostname}:{parts.port or (443 if parts.scheme == 'https' else 80)}"


def _refused(what: str) -> Refused:
    return Refused(
        "robot_address",
        f"机器人{what}。请从群机器人设置里整段复制 https 地址；单位自建的机器人，要由系统管理员写进 ROBOT_HOSTS。",
    )
