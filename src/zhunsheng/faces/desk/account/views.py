"""我的账号: password, second factor, look, roles, last sign-ins."""

from __future__ import annotations

import segno
from axes.models import AccessLog
from django.contrib.auth import authenticate, update_session_auth_hash
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.views.decorators.debug import sensitive_post_parameters
from markupsafe import Markup

from zhunsheng.faces.desk.entrance.entering import safe
from zhunsheng.faces.desk.pages import desk_page
from zhunsheng.faces.display import display_of, remember
from zhunsheng.faces.guard import member, permitted
from zhunsheng.kernel.errors import Refused
from zhunsheng.kernel.links import reverse
from zhunsheng.kernel.now import today
from zhunsheng.people import accounts, lockout, policy, second_factor
from zhunsheng.people.conditions import in_force
from zhunsheng.people.models import Member
from zhunsheng.people.passwords import wording

UNPROCESSABLE = 422
SIGN_INS = 10


@permitted
def account(request: HttpRequest) -> HttpResponse:
    """Everything about one's own account on one page."""
    me = member(request)
    held = me.roles.filter(in_force(today())).select_related("unit", "division").order_by("pk")
    context = {
        "account": accounts.account_of(me),
        "roles": held,
        "sign_ins": AccessLog.objects.filter(username=me.username).order_by("-attempt_time")[:SIGN_INS],
        "two_steps": second_factor.enabled(me),
        "codes": second_factor.codes_left(me),
        "rules": policy.current(),
        "done": request.GET.get("done", ""),
    }
    return desk_page(request, "desk/account/account.html", context)


@permitted
def display(request: HttpRequest) -> HttpResponse:
    """大字, 深色: kept in the account, and in the cookie for the pages before sign-in."""
    wanted = display_of(request)
    accounts.show(by=member(request), member=member(request), large=wanted.large, dark=wanted.dark)
    response = HttpResponseRedirect(safe(request, request.POST.get("next", "")))
    remember(response, wanted)
    return response


@sensitive_post_parameters("old", "new", "again")
@permitted
def password(request: HttpRequest) -> HttpResponse:
    """改口令. A wrong old one counts like a wrong one at the sign-in."""
    if request.method != "POST":
        return _password(request)
    me, new = member(request), request.POST.get("new", "")
    errors = _mistakes(request, me, new)
    if not errors:
        try:
            accounts.change_password(by=me, member=me, new=new)
        except Refused as error:
            errors = {"new": str(error)}
    if errors:
        return _password(request, errors, UNPROCESSABLE)
    update_session_auth_hash(request, me)
    return HttpResponseRedirect(f"{reverse('desk:account')}?done=password")


def _mistakes(request: HttpRequest, me: Member, new: str) -> dict[str, str]:
    """What is wrong with the form itself, by field."""
    if new != request.POST.get("again", ""):
        return {"again": "两遍新口令不一样，请再输一遍。"}
    if not new:
        return {"new": "新口令空着，请填上。"}
    if authenticate(request, username=me.username, password=request.POST.get("old", "")[:1024]) is None:
        left = lockout.left(me.username)
        more = f"还可试 {left} 次。" if left else "账号已锁定，请安全管理员解锁。"
        return {"old": f"现在的口令不对，{more}"}
    return {}


def _password(request: HttpRequest, errors: dict[str, str] | None = None, status: int = 200) -> HttpResponse:
    rules, me = policy.current(), member(request)
    context = {
        "errors": errors or {},
        "why": accounts.why_change(me) if me.has_usable_password() else "",
        "usable": me.has_usable_password(),
        "wording": wording(rules),
        "rules": rules,
    }
    return desk_page(request, "desk/account/password.html", context, crumbs=_above(), status=status)


@permitted
def two_steps(request: HttpRequest) -> HttpResponse:
    """动态口令: what it is and whether it is on; with POST, a new secret is prepared and shown."""
    me = member(request)
    if request.method != "POST":
        return _two_steps(request)
    try:
        address = second_factor.prepare(by=me, member=me)
    except Refused as error:
        return _two_steps(request, {"code": str(error)}, status=UNPROCESSABLE)
    return _two_steps(request, address=address)


@sensitive_post_parameters("code")
@permitted
def confirm(request: HttpRequest) -> HttpResponse:
    """The first code; what follows is the only page that ever shows the recovery codes."""
    me = member(request)
    try:
        codes = second_factor.confirm(by=me, member=me, code=request.POST.get("code", ""))
    except Refused as error:
        address = second_factor.provisioning(me)
        return _two_steps(request, {"code": str(error)}, address=address, status=UNPROCESSABLE)
    return _two_steps(request, codes=codes)


def _two_steps(
    request: HttpRequest,
    errors: dict[str, str] | None = None,
    *,
    address: str = "",
    codes: list[str] | None = None,
    status: int = 200,
) -> HttpResponse:
    me = member(request)
    context = {
        "errors": errors or {},
        "on": second_factor.enabled(me),
        "left": second_factor.codes_left(me),
        "qr": picture(address) if address else "",
        "secret": address.partition("secret=")[2].partition("&")[0],
        "codes": codes or [],
        "demanded": policy.current().second_factor,
    }
    return desk_page(request, "desk/account/second_factor.html", context, crumbs=_above(), status=status)


def picture(address: str) -> Markup:
    """A QR code as SVG of the page itself: dark on white in every look, for a camera reads it."""
    svg = segno.make(address, error="m").svg_inline(scale=4, border=4, dark="#000", light="#fff", title="二维码")
    return Markup(svg)  # noqa: S704 - made by us


def _above() -> list[tuple[str, str]]:
    return [("我的账号", reverse("desk:account"))]
