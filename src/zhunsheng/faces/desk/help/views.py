"""帮助: an index, a text for every page, a tour, a handbook for every role."""

from __future__ import annotations

from functools import partial
from typing import Any, Final

from django.http import Http404, HttpRequest, HttpResponse
from markupsafe import Markup

from zhunsheng.faces.desk.help.text import TOUR, Text, inline, texts
from zhunsheng.faces.desk.links import open_to
from zhunsheng.faces.desk.pages import desk_page
from zhunsheng.faces.guard import permitted, roles_of
from zhunsheng.kernel.flow import Flow
from zhunsheng.kernel.flow_diagram import svg, told
from zhunsheng.kernel.links import reverse
from zhunsheng.kernel.matter.flow import FLOW as MATTER
from zhunsheng.people.models import Role
from zhunsheng.programmes.plans.flow import FLOW as DUTY

HANDBOOKS: Final[dict[Role, str]] = {
    Role.LIAISON_OFFICER: "role-liaison",
    Role.UNIT_HEAD: "role-head",
    Role.OFFICE_CLERK: "role-office",
    Role.OFFICE_HEAD: "role-office",
    Role.LEADING_GROUP_MEMBER: "role-leading",
    Role.REVIEWER: "role-reviewer",
    Role.SUPERVISOR: "role-reviewer",
    Role.SYSTEM_ADMINISTRATOR: "role-system",
    Role.SECURITY_ADMINISTRATOR: "role-security",
    Role.AUDIT_ADMINISTRATOR: "role-audit",
}


SECTIONS: Final[dict[str, tuple[str, ...]]] = {
    "案头和账号": (
        "home", "reminders", "channels", "help-index", "sign-in", "account", "password", "second-factor",
    ),
    "方案和任务": (
        "plans", "plan-new", "plan-mend", "plan-names", "plan-terms", "plan-publish", "plan-changes", "plan-editions",
        "plan", "matrix", "plan-figures", "plan-press", "task", "unit-tasks", "duty", "bulk", "plan-carry",
    ),
    "督办和材料": (
        "matters", "matter-new", "matter-revise", "matter", "matter-act", "matter-propose", "matter-decide", "evidence",
    ),
    "单位和日历": (
        "units", "unit-new", "units-import", "unit", "divisions", "division-new",
        "person", "qualifications", "groups", "proposals", "calendar", "journal", "access-log",
    ),
    "管理": ("accounts", "account-new", "account-of", "security-policy", "outbox"),
}  # fmt: skip
"""The index: texts in the order of the work."""

FLOWS: Final[dict[str, Flow[Any]]] = {"duty": DUTY, "matter": MATTER}
"""Texts beside which a flow draws itself."""


@permitted
def index(request: HttpRequest) -> HttpResponse:
    """All texts; the person's own handbooks are named first."""
    known, own = texts(), {HANDBOOKS[role] for role in roles_of(request)}
    handbooks = dict.fromkeys(HANDBOOKS.values())
    context = {
        "own": [known[slug] for slug in handbooks if slug in own],
        "handbooks": [known[slug] for slug in handbooks if slug not in own],
        "tour": known[TOUR],
        "sections": [(title, [known[slug] for slug in slugs]) for title, slugs in SECTIONS.items()],
    }
    return desk_page(request, "desk/help/index.html", context)


@permitted
def show(request: HttpRequest, slug: str) -> HttpResponse:
    """One text. 404 for a name that there is none of."""
    text = texts().get(slug)
    if text is None:
        raise Http404
    flow = FLOWS.get(slug)
    context = {
        "text": text,
        "words": partial(_words, request),
        "opens": _opens(request, text),
        "flow": Markup(svg(flow)) if flow else "",  # noqa: S704 - made of our own words, escaped
        "steps": told(flow) if flow else [],
    }
    return desk_page(request, "desk/help/text.html", context, crumbs=[("帮助", reverse("desk:help"))])


def _words(request: HttpRequest, line: str) -> str:
    return inline(line, partial(_address, request))


def _address(request: HttpRequest, name: str) -> str:
    space, _, slug = name.partition(":")
    return reverse("desk:help_text", args=[slug]) if space == "help" else open_to(request, name)


def _opens(request: HttpRequest, text: Text) -> str:
    """The page that the text explains, where the person may open it and it needs no record."""
    return next(filter(None, (open_to(request, page) for page in text.pages)), "")
