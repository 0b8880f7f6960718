"""登录与退出."""

from __future__ import annotations

from django.contrib.auth import authenticate, login, logout
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.cache import never_cache

from zhunsheng.faces.desk.pages import site_name
from zhunsheng.faces.guard import permitted
from zhunsheng.faces.pages import page


@never_cache
@permitted
def sign_in(request: HttpRequest) -> HttpResponse:
    """账号和口令."""
    if request.method != "POST":
        return _form(request)
    found = authenticate(request, username=request.POST.get("username", ""), password=request.POST.get("password", ""))
    if found is None:
        return _form(request, wrong=True, status=422)
    login(request, found)
    return HttpResponseRedirect(_next(request))


@permitted
def sign_out(request: HttpRequest) -> HttpResponse:
    """Leave the desk."""
    logout(request)
    return HttpResponseRedirect(reverse("desk:sign_in"))


def _form(request: HttpRequest, *, wrong: bool = False, status: int = 200) -> HttpResponse:
    context = {
        "site": site_name(),
        "wrong": wrong,
        "username": request.POST.get("username", ""),
        "next": request.POST.get("next") or request.GET.get("next", ""),
    }
    return page(request, "desk/entrance/sign_in.html", context, status=status)


def _next(request: HttpRequest) -> str:
    """Where the visitor was going; never to another host."""
    wish = request.POST.get("next", "")
    safe = url_has_allowed_host_and_scheme(wish, allowed_hosts={request.get_host()}, require_https=request.is_secure())
    return wish if wish and safe else reverse("desk:home")
