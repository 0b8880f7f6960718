"""The headers that every response carries."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.test import Client

from zhunsheng.kernel.headers import POLICY, content_security_policy


def directives(policy: str) -> dict[str, str]:
    """``{"script-src": "'self'", …}``."""
    return dict(part.strip().split(" ", 1) for part in policy.split(";"))


def test_policy_allows_nothing_that_is_not_ours() -> None:
    assert directives(POLICY) == {
        "default-src": "'none'",
        "script-src": "'self'",
        "style-src": "'self'",
        "img-src": "'self'",
        "font-src": "'none'",
        "connect-src": "'self'",
        "form-action": "'self'",
        "base-uri": "'none'",
        "frame-ancestors": "'none'",
    }


def test_middleware_adds_the_policy() -> None:
    response = content_security_policy(lambda _: HttpResponse("ok"))(HttpRequest())
    assert response["Content-Security-Policy"] == POLICY
    assert "camera=()" in response["Permissions-Policy"]


def test_a_view_may_set_a_policy_of_its_own() -> None:
    def view(_: HttpRequest) -> HttpResponse:
        return HttpResponse("ok", headers={"Content-Security-Policy": "default-src 'none'"})

    assert content_security_policy(view)(HttpRequest())["Content-Security-Policy"] == "default-src 'none'"


def test_pages_files_and_errors_carry_the_headers(client: Client) -> None:
    for address in ("/healthz", "/static/zhunsheng/none.css", "/none"):
        response = client.get(address)
        assert response["Content-Security-Policy"] == POLICY, address
        assert response["X-Frame-Options"] == "DENY", address
        assert response["X-Content-Type-Options"] == "nosniff", address
