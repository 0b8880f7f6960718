"""Where a request comes from."""

from __future__ import annotations

from ipaddress import ip_address

from django.conf import settings
from django.http import HttpRequest


def client_address(request: HttpRequest) -> str:
    """The visitor's address.

    Behind a reverse proxy (``HTTPS=1``) that is the last entry of ``X-Forwarded-For``, which the proxy itself has
    written; what stands before it, or without a proxy, is the visitor's own word and is not believed.
    """
    forwarded = request.META.get("HTTP_X_FORWARDED_FOR", "") if settings.HTTPS else ""
    claimed = forwarded.rpartition(",")[2].strip()
    return claimed if _is_address(claimed) else request.META.get("REMOTE_ADDR", "")


def _is_address(text: str) -> bool:
    try:
        ip_address(text)
    except ValueError:
        return False
    return True
