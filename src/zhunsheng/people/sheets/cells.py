"""Cells as people type them, into values: other widths, blanks, dates as text, ids in any case."""

from __future__ import annotations

import re
from datetime import date, datetime
from typing import TYPE_CHECKING, Final

from zhunsheng.people.models import UNIT_ROLES, DivisionKind, Leadership, Role, UnitKind
from zhunsheng.people.models.member import ADMINISTRATORS, OFFICE_PHONE
from zhunsheng.people.sheets.findings import Bad

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from django.db.models import TextChoices

_FULL_WIDTH: Final = {
    code: code - 0xFEE0 for code in (*range(0xFF10, 0xFF1A), *range(0xFF21, 0xFF3B), *range(0xFF41, 0xFF5B))
}
_UNSEEN: Final = re.compile(r"[\x00-\x08\x0e-\x1f\x7f\u200b-\u200f\u2060\ufeff]")
_DATE: Final = re.compile(r"(\d{4})(?:年|[-/.．。])(\d{1,2})(?:月|[-/.．。])(\d{1,2})日?|(\d{4})(\d{2})(\d{2})")
_LIST: Final = re.compile(r"[、,，;；\n]")
_ALIAS: Final = re.compile(r"(?P<name>.+?)[（(](?:(?P<start>[^（(）)]{8,11})起)?(?:(?P<end>[^（(）)]{8,11})前)?[）)]")
_EPOCH: Final = date(1899, 12, 30)
BUSINESS_ROLES: Final = tuple(role for role in Role if role not in ADMINISTRATORS)

Alias = tuple[str, date | None, date | None]
"""Another name of a unit, the first day on which it holds and the first on which it no longer does."""


def words(value: object) -> str:
    """A cell as text on one line: digits and letters half-width, white space squeezed, unseen characters dropped."""
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    if isinstance(value, datetime | date):
        return value.isoformat()[:10]
    return " ".join(_UNSEEN.sub("", str(value)).translate(_FULL_WIDTH).split())


def name(value: object) -> str:
    """A name, in which no white space means anything (张　三)."""
    return "".join(words(value).split())


def username(value: object) -> str:
    """A user name: lower case, without white space."""
    text = name(value).lower()
    if not re.fullmatch(r"[a-z0-9][a-z0-9._@-]{0,63}", text):
        raise Bad(
            "bad_username", f"用户名“{text}”有不能用的字符。", "请用小写字母、数字和 . _ - @，以字母或者数字开头。"
        )
    return text


def code(value: object) -> str:
    """A division code of 6, 9 or 12 digits."""
    text = name(value)
    if not re.fullmatch(r"[0-9]{6}|[0-9]{9}|[0-9]{12}", text):
        message = f"代码“{text}”不是 6 位、9 位或者 12 位数字。"
        raise Bad("bad_code", message, "请按统计用区划代码填写，单元格设为文本格式，前面的 0 不要丢。")
    return text


def phone(value: object) -> str:
    """The telephone of an office."""
    text = name(value).replace("—", "-").replace("－", "-")
    if not re.fullmatch(OFFICE_PHONE, text):
        raise Bad("bad_phone", f"办公电话“{text}”看不懂。", "请像 0500-5550123 这样写，不要填手机号。")
    return text


def day(value: object) -> date:
    """A date: a cell of that kind, its serial number in Excel, or text (2019年3月22日, 2019/3/22, 2019.3.22, 20190322)."""
    if isinstance(value, datetime):
        return value.date()
    if isinstance(value, date):
        return value
    if isinstance(value, float | int) and 20_000 <= value <= 80_000 and float(value).is_integer():
        return date.fromordinal(_EPOCH.toordinal() + int(value))
    text = name(value)
    found = _DATE.fullmatch(text)
    if found is None:
        raise _bad_date(text)
    try:
        return date(*(int(part) for part in found.groups() if part))
    except ValueError as error:
        raise _bad_date(text) from error


def _bad_date(text: str) -> Bad:
    return Bad("bad_date", f"日期“{text}”看不懂。", "请像 2019-03-22 这样写。")


def _choice(choices: type[TextChoices]) -> Callable[[object], str]:
    """A reader of one of several values, written as its label or as its name in the program, in any case."""

    def read(value: object) -> str:
        text = name(value)
        for one in choices:
            if text in (str(one.label), one.label.replace("（", "(").replace("）", ")")) or text.lower() == one.value:
                return str(one.value)
        labels = "、".join(str(one.label) for one in choices)
        raise Bad("bad_choice", f"“{text}”不在可选的范围内。", f"可选：{labels}。")

    return read


division_kind = _choice(DivisionKind)
unit_kind = _choice(UnitKind)
leadership = _choice(Leadership)
_role = _choice(Role)


def roles(value: object) -> tuple[Role, ...]:
    """Business roles parted by 、; each once, in the order of ``Role``."""
    found = {Role(_role(part)) for part in split(value)}
    admins = "、".join(role.label for role in Role if role in found and role in ADMINISTRATORS)
    if admins:
        raise Bad("administrator_role", f"{admins}不能用表格申请。", "请从这里去掉，由安全管理员直接设立。")
    return tuple(role for role in Role if role in found)


def written_roles(found: Iterable[Role]) -> str:
    """Roles as ``roles`` reads them."""
    held = set(found)
    return "、".join(role.label for role in BUSINESS_ROLES if role in held)


def aliases(value: object) -> tuple[Alias, ...]:
    """Other names parted by 、, each with its days where known: 县国土局（2019-03-22前）, 县数据局（2024-06-28起）."""
    return tuple({alias[0]: alias for alias in map(_alias, split(value))}.values())


def _alias(text: str) -> Alias:
    found = _ALIAS.fullmatch(text)
    if found is None or not (found["start"] or found["end"]):
        return text, None, None
    start, end = (day(part) if part else None for part in (found["start"], found["end"]))
    if start and end and end <= start:
        raise Bad("alias_dates", f"别名“{found['name']}”的失效日期不晚于生效日期。", "请改正括号里的日期。")
    return found["name"], start, end


def written_alias(alias: Alias) -> str:
    """An alias as ``aliases`` reads it."""
    called, start, end = alias
    span = (f"{start}起" if start else "") + (f"{end}前" if end else "")
    return f"{called}（{span}）" if span else called


def split(value: object) -> list[str]:
    """The parts of a list in one cell, each without white space."""
    return [part for part in map(name, _LIST.split(str(value))) if part]


def is_for_unit(role: Role) -> bool:
    """Whether a role is for the member's own unit; the others are for the whole place."""
    return role in UNIT_ROLES
