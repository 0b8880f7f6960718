"""The check-up of the machine: what can be looked at without a database."""

from __future__ import annotations

import os
import shutil
import socket
import sqlite3
import stat
import sys
import tempfile
from pathlib import Path

from zhunsheng.faces.cli.findings import Finding
from zhunsheng.kernel import environment

FREE_ENOUGH = 2 * 1024**3
FREE_LEAST = 200 * 1024**2
CHROMIUM = ("chromium", "chromium-browser", "google-chrome")
"""The names under which systems install it."""


def python_version() -> Finding:
    """3.11 or later, with an SQLite that has what the tables use."""
    version = ".".join(map(str, sys.version_info[:3]))
    detail = f"Python {version}，SQLite {sqlite3.sqlite_version}"
    if sys.version_info < (3, 11) or sqlite3.sqlite_version_info < (3, 37):
        return Finding("运行环境", "bad", detail, "要 Python 3.11、SQLite 3.37 以上。请换 Debian 12 或更新的系统。")
    return Finding("运行环境", "ok", detail)


def home_writable() -> Finding:
    """The home exists, can be written, and is closed to others."""
    home = environment.home()
    try:
        environment.prepare(home)
        with tempfile.TemporaryFile(dir=home) as file:
            file.write(b"0")
    except (OSError, environment.Misconfigured) as error:
        return Finding(
            "数据目录", "bad", f"{home} 写不了：{error}", "请改它的属主和权限，或用 ZHUNSHENG_HOME 另指一个。"
        )
    if stat.S_IMODE(home.stat().st_mode) & 0o007:
        return Finding("数据目录", "note", f"{home} 对其他用户开放", f"请运行 chmod o-rwx {home}")
    return Finding("数据目录", "ok", str(home))


def disk_free() -> Finding:
    """Room for the database, its copies and the logs."""
    home = environment.home()
    existing = next(path for path in (home, *home.parents) if path.exists())
    free = shutil.disk_usage(existing).free
    detail = f"剩余 {free / 1024**3:.1f} GB"
    if free < FREE_LEAST:
        return Finding("磁盘", "bad", detail, "快满了，写入随时会停。请立即腾出空间。")
    if free < FREE_ENOUGH:
        return Finding("磁盘", "note", detail, "请腾出 2 GB 以上；backups/ 里的旧副本可以移走。")
    return Finding("磁盘", "ok", detail)


def secret_key() -> Finding:
    """A secret key exists, and only its owner can read it."""
    if os.environ.get("SECRET_KEY"):
        return _strength(os.environ["SECRET_KEY"])
    path = environment.home() / "secret_key"
    try:
        environment.secret_key(environment.prepare(environment.home()))
    except environment.Misconfigured as error:
        return Finding("密钥", "bad", str(error), "照上面说的办。")
    if stat.S_IMODE(path.stat().st_mode) & 0o077:
        return Finding("密钥", "bad", f"{path} 别的用户也能读", f"请运行 chmod 600 {path} ，并换一个密钥。")
    return Finding("密钥", "ok", str(path))


def _strength(key: str) -> Finding:
    if len(key) < 32:
        return Finding("密钥", "bad", "SECRET_KEY 太短", "请用 32 个字符以上的随机串。")
    return Finding("密钥", "ok", "由 SECRET_KEY 给出")


def listening() -> Finding:
    """HOST and PORT are well formed; a site open to the network needs its names and HTTPS."""
    try:
        host, port, https = environment.host(), environment.port(), environment.flag("HTTPS")
        socket.getaddrinfo(host, port)
    except (environment.Misconfigured, OSError) as error:
        return Finding("监听", "bad", str(error), "请改 HOST、PORT、HTTPS。")
    detail = f"{host}:{port}"
    if host in {"127.0.0.1", "localhost", "::1"}:
        return Finding("监听", "ok", f"{detail}（只有本机能访问）")
    if not https or len(environment.allowed_hosts()) <= len(environment.LOOPBACK):
        return Finding(
            "监听",
            "note",
            f"{detail}（网络上能访问）",
            "请在前面放 HTTPS 反向代理，设 HTTPS=1，并在 ALLOWED_HOSTS 写上域名。",
        )
    return Finding("监听", "ok", detail)


def chromium() -> Finding:
    """Chromium is for developers only: screenshots and browser tests."""
    found = next(filter(None, map(shutil.which, CHROMIUM)), None)
    if found is None:
        return Finding(
            "Chromium", "note", "没有装（只有开发时截图和浏览器测试要用）", "要用时运行 apt install chromium"
        )
    return Finding("Chromium", "ok", found)


def source() -> Finding:
    """Where the program itself lies."""
    return Finding("程序", "ok", str(Path(environment.__file__).parents[1]))


MACHINE = (python_version, source, home_writable, disk_free, secret_key, listening, chromium)
