"""What happens between the right password and the first page."""

from __future__ import annotations

from django.contrib.auth import login
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.http import url_has_allowed_host_and_scheme

from zhunsheng.faces.addresses import client_address
from zhunsheng.faces.desk.accesslog import noted
from zhunsheng.faces.desk.sessions import STRONG, WAY
from zhunsheng.faces.display import Display, kept, remember
from zhunsheng.kernel.journal import change
from zhunsheng.kernel.journal.access import AccessKind
from zhunsheng.kernel.links import reverse
from zhunsheng.kernel.now import today
from zhunsheng.people import policy
from zhunsheng.people.accounts import account_of
from zhunsheng.people.conditions import in_force
from zhunsheng.people.models import ADMINISTRATORS, Member

WAYS = {"password": "口令", "oidc": "统一身份认证", "demo": "演示"}
BACKEND = "zhunsheng.people.backends.MemberBackend"


def enter(request: HttpRequest, found: Member, *, way: str, wish: str, strong: bool = False) -> HttpResponse:
    """Begin the session; to the page that was wished for. The look stored in the account comes along."""
    with change(found, "登录"):
        login(request, found, backend=BACKEND)
    request.session[WAY], request.session[STRONG] = way, strong
    noted(AccessKind.SIGN_IN, request, detail=WAYS.get(way, ""))
    response = HttpResponseRedirect(safe(request, wish))
    account = account_of(found)
    if account.large or account.dark or kept(request).classes:
        remember(response, Display(large=account.large, dark=account.dark))
    return response


def from_here(request: HttpRequest, found: Member) -> bool:
    """Whether the policy lets this person in from this address."""
    allowed = policy.current().administrator_networks
    if policy.admits(allowed, client_address(request)):
        return True
    return not found.roles.filter(in_force(today()), role__in=ADMINISTRATORS).exists()


def safe(request: HttpRequest, wish: str) -> str:
    """Where the visitor was going if that is here, else the desk; never to another host."""
    here = url_has_allowed_host_and_scheme(wish, allowed_hosts={request.get_host()}, require_https=request.is_secure())
    return wish if wish and here else reverse("desk:home")
