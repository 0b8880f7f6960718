"""目录: the navigation of the desk, drawn for one person on one page."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from django.http import HttpRequest

from zhunsheng.faces.desk.account.entries import NAV as ACCOUNT
from zhunsheng.faces.desk.administration.entries import NAV as ADMINISTRATION
from zhunsheng.faces.desk.calendar.entries import NAV as CALENDAR
from zhunsheng.faces.desk.entrance.entries import NAV as ENTRANCE
from zhunsheng.faces.desk.evidence.entries import NAV as EVIDENCE
from zhunsheng.faces.desk.help.entries import NAV as HELP
from zhunsheng.faces.desk.home.entries import NAV as HOME
from zhunsheng.faces.desk.journal.entries import NAV as JOURNAL
from zhunsheng.faces.desk.matters.entries import NAV as MATTERS
from zhunsheng.faces.desk.menu import Group, Item
from zhunsheng.faces.desk.plans.entries import NAV as PLANS
from zhunsheng.faces.desk.reminders.entries import NAV as REMINDERS
from zhunsheng.faces.desk.tracking.entries import NAV as TRACKING
from zhunsheng.faces.desk.units.entries import NAV as UNITS
from zhunsheng.faces.guard import member, roles_of
from zhunsheng.kernel.links import reverse

ITEMS: Final[tuple[Item, ...]] = (
    *HOME,
    *REMINDERS,
    *ACCOUNT,
    *HELP,
    *PLANS,
    *TRACKING,
    *MATTERS,
    *EVIDENCE,
    *ENTRANCE,
    *UNITS,
    *ADMINISTRATION,
    *CALENDAR,
    *JOURNAL,
)
"""All lines in their order within each group; a new room appends its own."""


@dataclass(frozen=True, slots=True)
class Line:
    """A line as drawn: ``current`` where the page that is shown belongs to it."""

    label: str
    href: str
    current: bool
    count: int | None


def navigation(request: HttpRequest, items: Iterable[Item] = ITEMS) -> list[tuple[str, list[Line]]]:
    """The groups with the lines that the person who has signed in may open; groups without lines are left out."""
    seen = [(item, href) for item in items if visible(request, item) and (href := _href(request, item))]
    here = current(request.path, [href for _, href in seen])
    groups: dict[Group, list[Line]] = {group: [] for group in Group}
    for item, href in seen:
        groups[item.group].append(Line(item.label, href, href == here, _count(request, item)))
    return [(group.value, lines) for group, lines in groups.items() if lines]


def visible(request: HttpRequest, item: Item) -> bool:
    """Whether the line is for the person who has signed in."""
    return isinstance(item.who, str) or bool(roles_of(request) & item.who)


def current(path: str, hrefs: Iterable[str]) -> str:
    """The line to which a page belongs: the longest address that its own begins with; the desk's own only exactly."""
    home = reverse("desk:home")
    fitting = [href for href in hrefs if path == href or (href != home and path.startswith(href))]
    return max(fitting, key=len, default="")


def _href(request: HttpRequest, item: Item) -> str:
    """Where the line leads; "" where the member has no such page of their own."""
    if item.args is None:
        return reverse(item.url)
    args = item.args(member(request))
    return reverse(item.url, args=args) if args else ""


def _count(request: HttpRequest, item: Item) -> int | None:
    return (item.count(member(request)) or None) if item.count else None
