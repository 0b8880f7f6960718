"""What the environment says: where to write, where to listen, what is secret. Free of Django, so that asking is quick.

==================  ==========================================================  ======================
variable            meaning                                                     default
==================  ==========================================================  ======================
ZHUNSHENG_HOME      directory of everything that is written                     ``var/`` in the checkout
DATABASE_URL        ``sqlite:////path`` or ``postgres://user@host/name``        a file in the home
SECRET_KEY          signs sessions and forms                                    made once, in the home
HOST, PORT          where ``serve`` and ``demo`` listen                         127.0.0.1, 8000
ALLOWED_HOSTS       names under which the site is reached, with commas          the loopback and HOST
HTTPS               1 where a reverse proxy speaks HTTPS to the visitor         0
WEB_CONCURRENCY     worker processes of ``serve``                               2 to 4, by the cores
SERVE               0 where ``demo`` only prints                                1
WORKER              0 where ``serve`` does not run the worker                   1
SITE_URL            how the site is reached, for links in messages              none: no links
SMTP_URL            ``smtp://``, ``smtps://``, ``smtp+starttls://`` server      none: no letters
MAIL_FROM           sender of letters                                           zhunsheng@localhost
ROBOT_HOSTS         further origins of webhook robots, with commas              none
ZHUNSHENG_DEMO      1 set by ``demo`` for its own server; ``serve`` clears it   0
OIDC_ISSUER         address of an OpenID Connect provider; others below         no such sign-in
OIDC_CLIENT_ID      what the provider calls this system                         none
OIDC_CLIENT_SECRET  the secret shared with the provider                         none
OIDC_USERNAME_CLAIM the claim that holds the user name                          preferred_username
OIDC_LABEL          what the button says                                        统一身份认证登录
==================  ==========================================================  ======================
"""

from __future__ import annotations

import os
import secrets
from pathlib import Path
from typing import Final
from urllib.parse import urlsplit

import zhunsheng

SOURCE: Final = Path(zhunsheng.__file__).resolve().parents[2]
LOOPBACK: Final = ("127.0.0.1", "localhost", "[::1]")
FLAGS: Final = {"0": False, "no": False, "false": False, "1": True, "yes": True, "true": True}


class Misconfigured(ValueError):
    """The environment is wrong. ``str(error)`` is a Chinese sentence: which variable, why, what to do."""


def home() -> Path:
    """The directory of everything that Zhunsheng writes; not created here (see ``prepare``)."""
    named = os.environ.get("ZHUNSHENG_HOME", "")
    if named:
        return Path(named).expanduser().absolute()
    return SOURCE / "var" if (SOURCE / "pyproject.toml").is_file() else Path.home() / ".zhunsheng"


def prepare(directory: Path) -> Path:
    """Create the home and its ``logs``, closed to other users, and return it. Raises ``Misconfigured``."""
    try:
        directory.mkdir(mode=0o700, parents=True, exist_ok=True)
        (directory / "logs").mkdir(mode=0o700, exist_ok=True)
    except OSError as error:
        raise Misconfigured(
            f"数据目录 {directory} 建不了（{error.strerror}）。请用 ZHUNSHENG_HOME 指到一个能写的目录。"
        ) from error
    return directory


def secret_key(directory: Path) -> str:
    """SECRET_KEY, or the key kept in the home, made at the first call. Raises ``Misconfigured``."""
    given = os.environ.get("SECRET_KEY", "")
    if given:
        return given
    path = directory / "secret_key"
    try:
        if not path.exists():
            _create_once(path, secrets.token_urlsafe(50))
        key = path.read_text("ascii").strip()
    except (OSError, UnicodeDecodeError) as error:
        raise Misconfigured(
            f"密钥文件 {path} 读不了（{error}）。请检查它的权限，或者用 SECRET_KEY 给出密钥。"
        ) from error
    if len(key) < 32:
        raise Misconfigured(f"密钥文件 {path} 不完整。请删掉它再启动，会重新生成（已登录的人要重新登录）。")
    return key


def _create_once(path: Path, content: str) -> None:
    """Write the whole file or nothing; of several processes that try at once, one wins."""
    draft = path.with_name(f".{path.name}.{os.getpid()}")
    descriptor = os.open(draft, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600)
    try:
        with os.fdopen(descriptor, "w", encoding="ascii") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        os.link(draft, path)
    except FileExistsError:
        pass
    finally:
        draft.unlink()


def host() -> str:
    """The address to listen on."""
    return os.environ.get("HOST", "") or "127.0.0.1"


def port() -> int:
    """The port to listen on. Raises ``Misconfigured``."""
    given = os.environ.get("PORT", "") or "8000"
    if not (given.isascii() and given.isdigit() and 1 <= int(given[:6]) <= 65535):
        raise Misconfigured(f"PORT 写的是“{given}”，应当是 1 到 65535 之间的整数，例如 PORT=8000。")
    return int(given)


def workers() -> int:
    """Worker processes of the server. Raises ``Misconfigured``."""
    given = os.environ.get("WEB_CONCURRENCY", "") or str(min(4, max(2, os.cpu_count() or 2)))
    if not (given.isascii() and given.isdigit() and 1 <= int(given[:3]) <= 64):
        raise Misconfigured(f"WEB_CONCURRENCY 写的是“{given}”，应当是 1 到 64 之间的整数。")
    return int(given)


def allowed_hosts() -> list[str]:
    """The names under which the site answers. A star stands for any name (only behind a proxy that checks)."""
    named = [name.strip() for name in os.environ.get("ALLOWED_HOSTS", "").split(",")]
    bound = host() if host() not in {"0.0.0.0", "::"} else ""  # noqa: S104 - compared, not bound
    return list(dict.fromkeys([*LOOPBACK, *filter(None, [bound, *named])]))


def flag(name: str, *, default: bool = False) -> bool:
    """A yes-or-no variable. Raises ``Misconfigured``."""
    given = os.environ.get(name, "").strip().lower()
    if not given:
        return default
    if given not in FLAGS:
        raise Misconfigured(f"{name} 写的是“{given}”，应当是 1（是）或 0（否）。")
    return FLAGS[given]


def smtp_url() -> str:
    """SMTP_URL, "" for none. Raises ``Misconfigured``; the message never repeats it: it may carry a password."""
    given = os.environ.get("SMTP_URL", "")
    if given and not _is_address(given, {"smtp", "smtps", "smtp+starttls"}):
        raise Misconfigured(
            "SMTP_URL 的写法不对。例如 smtp://10.0.0.2:25 或 smtp+starttls://用户:密码@mail.example.gov.cn:587。"
        )
    return given


def origins(name: str) -> list[str]:
    """A variable of web origins with commas ("https://zs.example:8443"), without the last slash. Raises ``Misconfigured``."""
    given = [one.strip().rstrip("/") for one in os.environ.get(name, "").split(",") if one.strip()]
    for one in given:
        if not _is_address(one, {"http", "https"}) or urlsplit(one).path or urlsplit(one).query:
            raise Misconfigured(f"{name} 里的“{one}”写法不对，应当像 https://zs.example:8443。")
    return given


def _is_address(given: str, schemes: set[str]) -> bool:
    try:
        parts = urlsplit(given)
        return parts.scheme in schemes and bool(parts.hostname) and parts.port != 0
    except ValueError:
        return False
