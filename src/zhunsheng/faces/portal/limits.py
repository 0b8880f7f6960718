"""A request that says that it is too large is answered before its body is read."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

from zhunsheng.faces.errors import LARGE, answer
from zhunsheng.faces.plantext.handed_in import LARGEST_BODY


def body_limit(get_response: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    """Middleware, before the one for CSRF (which reads forms): 413 for more than ``LARGEST_BODY`` bytes."""

    def middleware(request: HttpRequest) -> HttpResponse:
        return answer(request, LARGE) if _declared(request) > LARGEST_BODY else get_response(request)

    return middleware


def _declared(request: HttpRequest) -> int:
    """The length that the request announces, 0 for none or nonsense (the server refuses those itself)."""
    announced = request.META.get("CONTENT_LENGTH") or "0"
    return int(announced) if announced.isascii() and announced.isdigit() else 0
