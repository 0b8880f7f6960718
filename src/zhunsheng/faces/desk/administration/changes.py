"""What an administrator does to an account: every button of its page."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect

from zhunsheng.faces.desk.administration.views import BOTH, account_page, mine
from zhunsheng.faces.desk.pages import desk_page
from zhunsheng.faces.guard import member, permitted
from zhunsheng.kernel.errors import Refused
from zhunsheng.kernel.links import reverse
from zhunsheng.people import administration
from zhunsheng.people.accounts import canonical
from zhunsheng.people.models import Member, Unit

UNPROCESSABLE = 422
FIELDS = ("username", "name", "unit", "expires_on")


@permitted
def new(request: HttpRequest) -> HttpResponse:
    """建账号."""
    if request.method != "POST":
        return _new(request)
    by = member(request)
    try:
        made = administration.create_member(
            by=by,
            username=canonical(request.POST.get("username", "")),
            name=request.POST.get("name", "").strip(),
            unit=unit_of(request),
            expires_on=day_of(request, "expires_on"),
        )
    except Refused as error:
        return _new(request, str(error), UNPROCESSABLE)
    return done(made, "created")


def _new(request: HttpRequest, error: str = "", status: int = 200) -> HttpResponse:
    units = administration.units(member(request), *BOTH).order_by("pk").values_list("pk", "short_name")
    context = {
        "error": error,
        "units": [("", "请选"), *units],
        "typed": {name: request.POST.get(name, "") for name in FIELDS},
    }
    crumbs = [("账号", reverse("desk:accounts"))]
    return desk_page(request, "desk/administration/new.html", context, crumbs=crumbs, status=status)


@permitted
def edit(request: HttpRequest, pk: int) -> HttpResponse:
    """改账号."""

    def act(by: Member, found: Member) -> None:
        administration.edit_member(
            by=by,
            member=found,
            name=request.POST.get("name", ""),
            unit=unit_of(request),
            expires_on=day_of(request, "expires_on"),
        )

    return acted(request, pk, act, "edited")


@permitted
def reset(request: HttpRequest, pk: int) -> HttpResponse:
    """重置口令: the answer is the only page that ever shows the new one."""
    found = mine(request, pk)
    try:
        password = administration.reset_password(by=member(request), member=found)
    except Refused as error:
        return account_page(request, found, error=str(error), status=UNPROCESSABLE)
    return account_page(request, found, password=password)


@permitted
def enable(request: HttpRequest, pk: int) -> HttpResponse:
    """启用."""
    return acted(request, pk, lambda by, found: administration.enable(by=by, member=found), "enabled")


@permitted
def disable(request: HttpRequest, pk: int) -> HttpResponse:
    """停用."""
    reason = request.POST.get("reason", "")
    return acted(request, pk, lambda by, found: administration.disable(by=by, member=found, reason=reason), "disabled")


@permitted
def unlock(request: HttpRequest, pk: int) -> HttpResponse:
    """解锁."""
    return acted(request, pk, lambda by, found: administration.unlock(by=by, member=found), "unlocked")


@permitted
def factor(request: HttpRequest, pk: int) -> HttpResponse:
    """停用动态口令."""
    return acted(request, pk, lambda by, found: administration.reset_second_factor(by=by, member=found), "factor")


def acted(request: HttpRequest, pk: int, act: Callable[[Member, Member], object], what: str) -> HttpResponse:
    """Do it to the member and go back to their page; refused, the page says why and keeps what was typed."""
    found = mine(request, pk)
    try:
        act(member(request), found)
    except Refused as error:
        typed = {name: value for name, value in request.POST.items() if isinstance(value, str)}
        return account_page(request, mine(request, pk), error=str(error), typed=typed, status=UNPROCESSABLE)
    return done(found, what)


def done(found: Member, what: str) -> HttpResponse:
    """Back to the page of the account, which says what was done."""
    return HttpResponseRedirect(f"{reverse('desk:account_of', kwargs={'pk': found.pk})}?done={what}")


def unit_of(request: HttpRequest) -> Unit:
    """The unit that a form names, among those that the administrator administers. Raises ``Refused``."""
    given = request.POST.get("unit", "")
    known = given.isascii() and given.isdigit() and len(given) < 16
    found = administration.units(member(request), *BOTH).filter(pk=int(given)).first() if known else None
    if found is None:
        raise Refused("unit", "没有选单位，或者选的单位不在你的管辖范围里。请从列表里选一个。")
    return found


def day_of(request: HttpRequest, name: str) -> date | None:
    """The day in a field, ``None`` for an empty one. Raises ``Refused``."""
    given = request.POST.get(name, "").strip()
    try:
        return date.fromisoformat(given) if given else None
    except ValueError as error:
        raise Refused("day", f"“{given}”不是日期，请写成 2026-12-31 的样子。") from error
