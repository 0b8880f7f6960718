"""登录与退出."""

from __future__ import annotations

from typing import Any

from django.contrib.auth import authenticate, logout
from django.contrib.auth.signals import user_login_failed
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.crypto import constant_time_compare
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters

from zhunsheng.faces.desk.accesslog import noted
from zhunsheng.faces.desk.entrance import oidc
from zhunsheng.faces.desk.entrance.entering import enter, from_here
from zhunsheng.faces.desk.pages import site_name
from zhunsheng.faces.desk.sessions import PASSWORD
from zhunsheng.faces.guard import permitted
from zhunsheng.faces.pages import page
from zhunsheng.kernel.journal.access import AccessKind
from zhunsheng.kernel.links import reverse
from zhunsheng.kernel.now import unmoved
from zhunsheng.people import lockout, policy, second_factor, simulation
from zhunsheng.people.accounts import canonical
from zhunsheng.people.backends import usable
from zhunsheng.people.models import Member

PENDING = "pending"
PATIENCE = 300
"""Seconds between the password and the second step."""
UNPROCESSABLE = 422
ELSEWHERE = "这个地址不在管理员可以登录的网段里，请到规定的机器上登录。"


@sensitive_post_parameters("password")
@never_cache
@permitted
def sign_in(request: HttpRequest) -> HttpResponse:
    """账号和口令. What is answered to a wrong one is the same whether the account exists or not."""
    if request.method != "POST":
        return form(request)
    username = canonical(request.POST.get("username", ""))
    found = authenticate(request, username=username, password=request.POST.get("password", "")[:1024])
    if not isinstance(found, Member):
        noted(AccessKind.SIGN_IN_REFUSED, request, username=username)
        return form(request, left=lockout.left(username), status=UNPROCESSABLE)
    if not from_here(request, found):
        noted(AccessKind.SIGN_IN_REFUSED, request, username=username, detail="不在管理员网段")
        return form(request, error=ELSEWHERE, status=UNPROCESSABLE)
    wish = request.POST.get("next", "")
    if second_factor.enabled(found):
        request.session[PENDING] = {
            "member": found.pk, "at": int(unmoved().timestamp()), "next": wish, "password": found.get_session_auth_hash(),
        }  # fmt: skip
        return HttpResponseRedirect(reverse("desk:second_step"))
    return enter(request, found, way=PASSWORD, wish=wish)


@sensitive_post_parameters("code")
@never_cache
@permitted
def second_step(request: HttpRequest) -> HttpResponse:
    """动态口令: the second step, within five minutes of the password. Wrong codes count like wrong passwords."""
    pending = request.session.get(PENDING, {})
    found = _half_in(pending)
    if found is None:
        return HttpResponseRedirect(reverse("desk:sign_in"))
    if request.method != "POST":
        return _second(request, found)
    if lockout.left(found.username) and second_factor.verify(by=found, member=found, code=request.POST.get("code", "")):
        del request.session[PENDING]
        return enter(request, found, way=PASSWORD, wish=pending["next"], strong=True)
    return _wrong_code(request, found)


def _half_in(pending: dict[str, Any]) -> Member | None:
    """Who has given the password and waits here; ``None`` too late, or once that password has been changed or reset."""
    found = Member.objects.select_related("person", "unit", "account").filter(pk=pending.get("member", 0)).first()
    if found is None or not usable(found) or not 0 <= int(unmoved().timestamp()) - pending["at"] <= PATIENCE:
        return None
    return found if constant_time_compare(pending.get("password", ""), found.get_session_auth_hash()) else None


def _wrong_code(request: HttpRequest, found: Member) -> HttpResponse:
    """Count it; after the last try the password is asked for again, and the account is locked."""
    user_login_failed.send(sender=__name__, credentials={"username": found.username}, request=request)
    noted(AccessKind.SIGN_IN_REFUSED, request, username=found.username, detail="动态口令")
    left = lockout.left(found.username)
    if not left:
        del request.session[PENDING]
        return form(request, left=0, status=UNPROCESSABLE)
    return _second(request, found, left=left, status=UNPROCESSABLE)


def _second(request: HttpRequest, found: Member, *, left: int | None = None, status: int = 200) -> HttpResponse:
    context = {"site": site_name(), "left": left, "codes": second_factor.codes_left(found), "rules": policy.current()}
    return page(request, "desk/entrance/second_step.html", context, status=status)


@permitted
def sign_out(request: HttpRequest) -> HttpResponse:
    """Leave the desk."""
    if request.user.is_authenticated:
        noted(AccessKind.SIGN_OUT, request)
        logout(request)
    return HttpResponseRedirect(f"{reverse('desk:sign_in')}?ended=out")


def form(request: HttpRequest, *, error: str = "", left: int | None = None, status: int = 200) -> HttpResponse:
    """The sign-in page; ``left`` tries after a wrong password."""
    context = {
        "site": site_name(),
        "error": error,
        "left": left,
        "rules": policy.current(),
        "username": canonical(request.POST.get("username", "")),
        "next": request.POST.get("next") or request.GET.get("next", ""),
        "ended": request.GET.get("ended", ""),
        "oidc": oidc.label(),
        "players": simulation.players() if simulation.on() else [],
    }
    return page(request, "desk/entrance/sign_in.html", context, status=status)
