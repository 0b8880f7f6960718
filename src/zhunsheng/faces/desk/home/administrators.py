"""What the three administrators keep an eye on, each their own."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path
from typing import Final

from django.conf import settings
from django.http import HttpRequest
from django.utils import timezone

from zhunsheng.faces.desk.administration import listing
from zhunsheng.faces.desk.home.progress import Fact
from zhunsheng.faces.guard import member, roles_of
from zhunsheng.kernel.journal import anchors
from zhunsheng.kernel.journal.kinds import Source
from zhunsheng.kernel.journal.models import Block
from zhunsheng.kernel.links import reverse
from zhunsheng.kernel.now import now, unmoved
from zhunsheng.people import administration
from zhunsheng.people.models import Role

STALE: Final = timedelta(days=7)
RECENT: Final = timedelta(days=30)
Facts = tuple[Fact, ...]


def figures(request: HttpRequest) -> Iterator[tuple[str, Facts]]:
    """By the roles of the person."""
    roles = roles_of(request)
    if Role.SYSTEM_ADMINISTRATOR in roles:
        yield "账号和备份", (_accounts(request, "bare", "没有角色"), backup())
    if Role.SECURITY_ADMINISTRATOR in roles:
        states = (("disabled", "未启用或停用"), ("locked", "锁定"), ("idle", "久未登录"))
        yield "账号", tuple(_accounts(request, state, words) for state, words in states)
    if Role.AUDIT_ADMINISTRATOR in roles:
        yield "操作日志", (*held_back(request), *journal())


def _accounts(request: HttpRequest, state: str, words: str) -> Fact:
    """How many accounts the list shows that the figure opens; one query."""
    administered = administration.members(member(request), Role.SYSTEM_ADMINISTRATOR, Role.SECURITY_ADMINISTRATOR)
    count = listing.found(administered, listing.filters({"state": state})).count()
    return Fact(f"{words}的账号", str(count), "个", f"{reverse('desk:accounts')}?state={state}")


def held_back(request: HttpRequest) -> Iterator[Fact]:
    """The accounts of security administrators that the audit administrator has to enable; one query where there is none."""
    for one in administration.held_back(member(request)):
        where = reverse("desk:account_of", args=[one.pk])
        yield Fact(f"{one.full_name}（安全管理员）的账号等你启用", "1", "个", where, "late")


def backup() -> Fact:
    """The newest backup in the home; copies elsewhere cannot be seen from here."""
    files = (Path(settings.HOME) / "backups").glob("zhunsheng-*.tar.gz")
    newest = max((file.stat().st_mtime for file in files), default=None)
    if newest is None:
        return Fact("backups/ 里的备份", "没有", shape="late")
    age = unmoved() - datetime.fromtimestamp(newest, tz=timezone.get_current_timezone())
    return Fact("backups/ 里最近的备份", _ago(age), shape="soon" if age > STALE else "")


def journal() -> Iterator[Fact]:
    """The newest block, what nobody answers for, the newest anchor."""
    last = Block.objects.order_by("-number").first()
    yield Fact("日志到第", f"{last.number:,}" if last else "0", "块")
    unknown = Block.objects.filter(source=Source.UNKNOWN, at__gte=now() - RECENT).count()
    yield Fact("近 30 天来源不明", str(unknown), "块", shape="late" if unknown else "")
    anchor = anchors.last()
    yield Fact("最近的锚点", f"第 {anchor.number:,} 块" if anchor else "没有", shape="" if anchor else "soon")


def _ago(age: timedelta) -> str:
    return "今天" if age.days < 1 else f"{age.days} 天前"
