"""统一身份认证: sign-in through an OpenID Connect provider, when the environment names one.

The provider says who somebody is; whether they may come in is said here: only an enabled member is let in, none is made.
"""

from __future__ import annotations

import logging
import os
from collections.abc import Mapping
from typing import Any

import requests
from authlib.integrations.base_client import OAuthError
from authlib.integrations.django_client import OAuth
from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.cache import never_cache
from joserfc.errors import JoseError

from zhunsheng.faces.desk.accesslog import noted
from zhunsheng.faces.desk.entrance.entering import enter, from_here
from zhunsheng.faces.guard import permitted
from zhunsheng.kernel.journal.access import AccessKind
from zhunsheng.kernel.links import reverse
from zhunsheng.people.accounts import canonical
from zhunsheng.people.backends import usable
from zhunsheng.people.models import Member

NEXT = "oidc_next"
LOG = logging.getLogger(__name__)
UNREACHABLE = "统一身份认证没有回应，请稍后再试，或者用账号口令登录。"
BROKEN = "统一身份认证的答复核对不上，没有登录。请从本页重新开始；一再如此的，请告诉系统管理员。"
UNKNOWN = "统一身份认证已通过，但是本系统没有对应的、已启用的账号。请联系系统管理员。"


def label() -> str:
    """What the button says; "" where no provider is configured."""
    return os.environ.get("OIDC_LABEL", "统一身份认证登录") if os.environ.get("OIDC_ISSUER") else ""


@never_cache
@permitted
def oidc_start(request: HttpRequest) -> HttpResponse:
    """Send the visitor to the provider, with state, nonce and a PKCE challenge kept in the session."""
    client = _client()
    request.session[NEXT] = request.GET.get("next", "")
    try:
        sent: HttpResponse = client.authorize_redirect(request, request.build_absolute_uri(reverse("desk:oidc_return")))
    except (requests.RequestException, OAuthError, ValueError):
        LOG.exception("OIDC: the provider does not answer")
        return _refused(request, UNREACHABLE, 503)
    return sent


@never_cache
@permitted
def oidc_return(request: HttpRequest) -> HttpResponse:
    """Where the provider sends the visitor back: check its answer, let in the member of that name."""
    client = _client()
    try:
        claims = client.authorize_access_token(request).get("userinfo") or {}
    except requests.RequestException:
        LOG.exception("OIDC: the provider does not answer")
        return _refused(request, UNREACHABLE, 503)
    except (OAuthError, JoseError, ValueError, KeyError) as error:
        LOG.warning("OIDC: refused, %s", error)
        return _refused(request, BROKEN, 422)
    return _entered(request, claims)


def _entered(request: HttpRequest, claims: Mapping[str, Any]) -> HttpResponse:
    username = canonical(str(claims.get(os.environ.get("OIDC_USERNAME_CLAIM", "preferred_username"), "")))
    people = Member.objects.select_related("person", "unit", "account")
    found = people.filter(username=username).first() if username else None
    if found is None or not usable(found) or not from_here(request, found):
        return _refused(request, UNKNOWN, 422, username)
    return enter(request, found, way="oidc", wish=request.session.pop(NEXT, ""))


def _refused(request: HttpRequest, words: str, status: int, username: str = "") -> HttpResponse:
    from zhunsheng.faces.desk.entrance.views import form

    noted(AccessKind.SIGN_IN_REFUSED, request, username=username, detail="统一身份认证")
    return form(request, error=words, status=status)


def _client() -> Any:  # a client of authlib, which has no types
    """The provider's client; made for each sign-in, so that a new key of the provider is known at once."""
    issuer = os.environ.get("OIDC_ISSUER", "").rstrip("/")
    if not issuer:
        raise Http404
    registry = OAuth()
    return registry.register(
        "provider",
        server_metadata_url=f"{issuer}/.well-known/openid-configuration",
        client_id=os.environ.get("OIDC_CLIENT_ID", ""),
        client_secret=os.environ.get("OIDC_CLIENT_SECRET", ""),
        client_kwargs={"scope": "openid profile", "code_challenge_method": "S256", "timeout": 10},
    )
