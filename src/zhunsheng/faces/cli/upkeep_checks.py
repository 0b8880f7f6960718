"""The check-up of what somebody must do from time to time: load the calendar, verify, back up; and of the mail server."""

from __future__ import annotations

import smtplib
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from zhunsheng.faces.cli.findings import Finding
from zhunsheng.faces.cli.refusal import COMMAND

if TYPE_CHECKING:
    from datetime import date

DECEMBER = 12
VERIFIED_WITHIN = timedelta(days=2)
BACKED_UP_WITHIN = timedelta(days=7)
SMTP_PATIENCE = 5.0
PORTS = {"smtp": 25, "smtp+starttls": 587, "smtps": 465}


def upkeep() -> Iterator[Finding]:
    """All of them; asked only where the tables are those of this program."""
    from zhunsheng.kernel.now import today

    yield calendar(today())
    yield verified()
    yield backed_up()
    yield mail()


def calendar(day: date) -> Finding:
    """From December on the next year's notice must be there: until then every date in it is provisional."""
    from zhunsheng.kernel.clock.calendar import load

    known = load()
    if known.provisional(day.year):
        return _calendar("bad", day.year)
    if known.provisional(day.year + 1):
        return _calendar("bad" if day.month == DECEMBER else "note", day.year + 1)
    return Finding("工作日历", "ok", f"{day.year + 1} 年的放假安排已载入")


def _calendar(state: str, year: int) -> Finding:
    detail = f"{year} 年的放假安排还没有载入，落在这一年的到期日都是暂定的"
    remedy = "通知公布后，请系统管理员在“工作日历”里载入。"
    return Finding("工作日历", "bad" if state == "bad" else "note", detail, remedy)


def verified() -> Finding:
    """The journal was verified within two days, and agreed."""
    from django.utils import timezone

    from zhunsheng.kernel.journal.checks import last
    from zhunsheng.kernel.now import now

    found = last()
    if found is None or found.ended_at is None:
        return Finding(
            "核验", "note", "操作日志还没有核验过", f"请运行办事员（{COMMAND} worker），或者 {COMMAND} verify"
        )
    when = f"{timezone.localtime(found.ended_at):%Y-%m-%d %H:%M}"
    if found.bad:
        return Finding("核验", "bad", f"{when} 核验，{found.bad} 处对不上", f"请运行 {COMMAND} verify 看是哪里。")
    if now() - found.ended_at > VERIFIED_WITHIN:
        remedy = f"办事员每天核验一次，多半没有在运行：请运行 {COMMAND} worker，或者 {COMMAND} verify"
        return Finding("核验", "note", f"上次核验是 {when}，已经过了两天", remedy)
    return Finding("核验", "ok", f"{when} 核验通过，日志到第 {found.newest} 块")


def backed_up() -> Finding:
    """A backup in ``backups`` of the home is younger than a week. One kept elsewhere only is not seen."""
    from django.conf import settings
    from django.utils import timezone

    from zhunsheng.kernel.now import unmoved

    files = list((Path(settings.HOME) / "backups").glob("zhunsheng-*.tar.gz"))
    if not files:
        return Finding(
            "备份", "note", "backups/ 里还没有备份", f"请每天运行 {COMMAND} backup，并把备份另存到别的机器。"
        )
    newest = max(file.stat().st_mtime for file in files)
    made = datetime.fromtimestamp(newest, timezone.get_current_timezone())
    detail = f"最近一次是 {made:%Y-%m-%d %H:%M}"
    if unmoved() - made > BACKED_UP_WITHIN:
        return Finding("备份", "note", f"{detail}，过了七天", f"请运行 {COMMAND} backup，并查定时任务为什么没有运行。")
    return Finding("备份", "ok", detail)


def mail() -> Finding:
    """The mail server answers, if one is set. Nothing is sent and nobody signs in; its password is never shown."""
    from django.conf import settings

    if not settings.SMTP_URL:
        return Finding("发信", "ok", "没有设 SMTP_URL，提醒只在系统里显示")
    parts = urlsplit(settings.SMTP_URL)
    host, port = parts.hostname or "", parts.port or PORTS.get(parts.scheme, 25)
    kind = smtplib.SMTP_SSL if parts.scheme == "smtps" else smtplib.SMTP
    try:
        with kind(host, port, timeout=SMTP_PATIENCE) as server:
            server.ehlo_or_helo_if_needed()
    except (OSError, smtplib.SMTPException) as error:
        return Finding("发信", "bad", f"发信服务器 {host}:{port} 没有回应：{error}", "请查 SMTP_URL、网络和防火墙。")
    return Finding("发信", "ok", f"发信服务器 {host}:{port} 有回应")
