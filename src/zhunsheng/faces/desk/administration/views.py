"""账号 as the system and the security administrator see them, and the security policy in force."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse

from zhunsheng.faces.desk.administration import listing
from zhunsheng.faces.desk.links import open_to
from zhunsheng.faces.desk.pages import desk_page
from zhunsheng.faces.guard import member, permitted, roles_of
from zhunsheng.kernel import packs
from zhunsheng.kernel.links import reverse
from zhunsheng.kernel.now import today
from zhunsheng.people import administration, lockout, policy, second_factor
from zhunsheng.people.accounts import account_of
from zhunsheng.people.enabling import administers, enabled_by
from zhunsheng.people.models import Division, Member, Role
from zhunsheng.people.models.division import paths_to
from zhunsheng.people.passwords import wording

BOTH = (Role.SYSTEM_ADMINISTRATOR, Role.SECURITY_ADMINISTRATOR)
DONE = {
    "created": "账号已建，还没有启用。请安全管理员启用并授予角色。",
    "edited": "已改好。",
    "enabled": "账号已启用。",
    "disabled": "账号已停用，登录着的也退出了。",
    "unlocked": "已解锁，可以重新登录。",
    "factor": "动态口令已停用，本人可以重新设置。",
    "granted": "角色已授予。",
    "ended": "角色已终止。",
}


@permitted
def accounts(request: HttpRequest) -> HttpResponse:
    """The accounts of everybody in the administrator's division."""
    wanted, by = listing.filters(request.GET.dict()), member(request)
    page = listing.page_of(listing.found(administration.members(by, *BOTH), wanted), request.GET.get("page", ""))
    units = administration.units(by, *BOTH).filter(members__isnull=False).distinct().order_by("pk")
    context = {
        "wanted": wanted,
        "page": page,
        "rows": listing.rows(page),
        "units": [("", "全部单位"), *units.values_list("pk", "short_name")],
        "roles": [("", "全部角色"), *Role.choices],
        "states": listing.STATES,
        "may_create": Role.SYSTEM_ADMINISTRATOR in roles_of(request),
        "rules": policy.current(),
    }
    return desk_page(request, "desk/administration/accounts.html", context)


@permitted
def account(request: HttpRequest, pk: int) -> HttpResponse:
    """One account, with what the administrator who looks may do to it."""
    return account_page(request, mine(request, pk))


def mine(request: HttpRequest, pk: int) -> Member:
    """The member, if the administrator who asks administers or audits them; else there is no such page."""
    by = member(request)
    found = (
        administration.members(by, *BOTH).filter(pk=pk).first() or administration.guardians(by).filter(pk=pk).first()
    )
    if found is None:
        raise Http404
    return found


def account_page(
    request: HttpRequest,
    found: Member,
    *,
    error: str = "",
    password: str = "",
    typed: dict[str, str] | None = None,
    status: int = 200,
) -> HttpResponse:
    """The page of an account; ``password`` is shown this once, ``typed`` is what a refused form brought."""
    by, enabler = member(request), enabled_by(found) or Role.SECURITY_ADMINISTRATOR
    locked_until = lockout.locked([found.username]).get(found.username)
    stored = {
        "name": found.full_name,
        "unit": str(found.unit_id),
        "expires_on": str(account_of(found).expires_on or ""),
        "reason": "",
        "role": "",
        "scope": f"unit-{found.unit_id}",
        "day": str(today()),
    }
    context = {
        "found": found,
        "account": account_of(found),
        "state": listing.state(found, locked_until),
        "locked_until": locked_until,
        "roles": found.roles.select_related("unit", "division").order_by("valid_to", "pk"),
        "two_steps": second_factor.enabled(found),
        "system": Role.SYSTEM_ADMINISTRATOR in roles_of(request),
        "security": Role.SECURITY_ADMINISTRATOR in roles_of(request),
        "enables": enabler in roles_of(request),
        "enabler": enabler.label,
        "administers": "、".join(role.label for role in administers(found)),
        "oneself": by.pk == found.pk,
        "units": administration.units(by, *BOTH).order_by("pk").values_list("pk", "short_name"),
        "choices": Role.choices,
        "scopes": scopes(found),
        "typed": {**stored, **(typed or {})},
        "error": error,
        "password": password,
        "done": DONE.get(request.GET.get("done", ""), ""),
    }
    crumbs = [("账号", reverse("desk:accounts"))] if open_to(request, "desk:accounts") else []
    return desk_page(request, "desk/administration/account.html", context, crumbs=crumbs, status=status)


def scopes(found: Member) -> list[tuple[str, str]]:
    """For what a role can be granted: the member's unit, its division and those above it."""
    path = found.unit.division.path
    above = Division.objects.filter(path__in=paths_to(path)).order_by("-path")
    divisions = [(f"division-{division.path}", f"{division.name}（区划）") for division in above]
    return [(f"unit-{found.unit_id}", f"{found.unit_name}（单位）"), *divisions]


@permitted
def security_policy(request: HttpRequest) -> HttpResponse:
    """安全策略: the numbers in force on one sheet, for whoever tests the system."""
    rules = policy.current()
    context = {"rules": rules, "wording": wording(rules), "where": packs.load("security").where.name}
    return desk_page(request, "desk/administration/policy.html", context)
