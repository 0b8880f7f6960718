"""Letters, by SMTP. SMTP_URL: smtp://host:25, smtp+starttls://user:password@host:587, smtps://user:password@host:465."""

from __future__ import annotations

import re
import smtplib
import socket
import ssl
from email.message import EmailMessage
from email.policy import SMTP as SMTP_POLICY
from email.utils import format_datetime, formataddr, parseaddr
from typing import Final
from urllib.parse import unquote, urlsplit

from django.conf import settings

from zhunsheng.kernel.reminders.channels import wording
from zhunsheng.kernel.reminders.channels.answers import of_mail
from zhunsheng.kernel.reminders.channels.handover import PATIENCE, Handover, Unsendable
from zhunsheng.kernel.reminders.models import OutboxMessage

PORTS: Final = {"smtp": 25, "smtp+starttls": 587, "smtps": 465}
MOST: Final = 200_000


def prepare(message: OutboxMessage) -> Handover:
    """Give the letter to the server except for the closing dot. Raises ``Unsendable``."""
    if not settings.SMTP_URL:
        raise Unsendable("没有设置发信服务器（SMTP_URL），邮件发不出去。")
    server = _connected(settings.SMTP_URL)
    try:
        _envelope(server, message)
        data = letter(message).as_bytes(policy=SMTP_POLICY)
        sock = _socket(server)
        sock.sendall(re.sub(rb"(?m)^\.", b"..", data))
    except smtplib.SMTPResponseException as error:
        server.close()
        raise _refused(error.smtp_code, error.smtp_error) from error
    except (OSError, smtplib.SMTPException) as error:
        server.close()
        raise Unsendable(f"邮件没有发出去：{error}") from error
    return Handover(sock, b".\r\n", of_mail, farewell=b"QUIT\r\n")


def _connected(url: str) -> smtplib.SMTP:
    parts = urlsplit(url)
    host, port = parts.hostname or "", parts.port or PORTS.get(parts.scheme, 25)
    name = socket.gethostname() or "localhost"
    try:
        if parts.scheme == "smtps":
            secure = ssl.create_default_context()
            server: smtplib.SMTP = smtplib.SMTP_SSL(host, port, name, timeout=PATIENCE, context=secure)
        else:
            server = smtplib.SMTP(host, port, name, timeout=PATIENCE)
        server.ehlo_or_helo_if_needed()
        if parts.scheme == "smtp+starttls":
            server.starttls(context=ssl.create_default_context())
        if parts.username:
            server.login(unquote(parts.username), unquote(parts.password or ""))
    except (OSError, smtplib.SMTPException) as error:
        raise Unsendable(f"发信服务器 {host}:{port} 用不了：{error}") from error
    return server


def _socket(server: smtplib.SMTP) -> socket.socket:
    if server.sock is None:
        raise smtplib.SMTPServerDisconnected("连接已经断开")
    return server.sock


def _envelope(server: smtplib.SMTP, message: OutboxMessage) -> None:
    """Sender and receiver, and the server ready to take the letter itself. Raises ``SMTPResponseException``."""
    _, sender = parseaddr(settings.MAIL_FROM)
    _expect(server.mail(sender), 250)
    _expect(server.rcpt(message.address), 250, 251)
    _expect(server.docmd("DATA"), 354)


def _expect(answer: tuple[int, bytes], *codes: int) -> None:
    if answer[0] not in codes:
        raise smtplib.SMTPResponseException(*answer)


def _refused(code: int, said: bytes | str) -> Unsendable:
    words = said.decode("utf-8", "replace") if isinstance(said, bytes) else said
    return Unsendable(f"发信服务器不收：{code} {words}"[:250], hopeless=500 <= code < 600)


def letter(message: OutboxMessage) -> EmailMessage:
    """The letter. Its Message-ID is the same at every attempt, so that mailboxes know it again."""
    lines = message.payload["lines"]
    name, sender = parseaddr(settings.MAIL_FROM)
    made = EmailMessage(policy=SMTP_POLICY)
    made["Subject"] = f"【准绳】{wording.heading(lines)}"
    made["From"] = formataddr((name or "准绳", sender))
    made["To"] = message.address
    made["Date"] = format_datetime(message.created_at)
    made["Message-ID"] = f"<{message.dedupe}@{sender.partition('@')[2] or 'localhost'}>"
    made["Auto-Submitted"] = "auto-generated"
    foot = f"消息编号 {message.dedupe}。不想再收，请到工作台“提醒”里改推送设置。"
    parts = [wording.text_line(line) for line in lines]
    made.set_content(wording.fitted(wording.heading(lines), parts, foot, MOST), cte="base64")
    return made
