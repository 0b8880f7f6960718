"""安全策略: the numbers in force for passwords, lock-out and sessions (pack ``security``; GB/T 22239-2019)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta
from ipaddress import IPv4Network, IPv6Network, ip_address, ip_network

from zhunsheng.kernel import packs

Network = IPv4Network | IPv6Network


@dataclass(frozen=True, slots=True)
class Policy:
    """The numbers of the level in force; what each means stands in ``packs/security.yaml``."""

    level: str
    min_length: int
    kinds: int
    name_piece: int
    remembered: int
    max_age_days: int
    failures: int
    lock_minutes: int
    idle_minutes: int
    absolute_hours: int
    second_factor: bool
    idle_account_days: int
    administrator_networks: tuple[Network, ...]
    version: str
    source: str

    @property
    def level_name(self) -> str:
        """第二级 or 第三级."""
        return {"L2": "第二级", "L3": "第三级"}[self.level]


def current() -> Policy:
    """The policy in force. Raises ``packs.BadPack``."""
    pack = packs.load("security")
    content = pack.content
    return Policy(
        level=content["level"],
        **content["levels"][content["level"]],
        idle_account_days=content["idle_account_days"],
        administrator_networks=networks(content["administrator_networks"], pack),
        version=pack.version,
        source=pack.source,
    )


def networks(texts: Iterable[str], pack: packs.Pack) -> tuple[Network, ...]:
    """Addresses with their masks. Raises ``BadPack``, which a pattern of the schema cannot wholly spare us."""
    try:
        return tuple(ip_network(text, strict=False) for text in texts)
    except ValueError as error:
        raise packs.BadPack(f"规则包 {pack.where} 的 administrator_networks 里有一个不是网段：{error}") from error


def admits(allowed: tuple[Network, ...], address: str) -> bool:
    """Whether an address lies in one of the networks; where none are named, every address does."""
    if not allowed:
        return True
    try:
        found = ip_address(address)
    except ValueError:
        return False
    return any(found in network for network in allowed)


def failure_limit(*_: object) -> int:
    """How many failures lock an account (``AXES_FAILURE_LIMIT``)."""
    return current().failures


def cool_off(*_: object) -> timedelta:
    """How long a locked account stays so (``AXES_COOLOFF_TIME``)."""
    return timedelta(minutes=current().lock_minutes)
