"""In the demo, every request happens on the demo's day."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

from zhunsheng.people import simulation


def simulated_clock(get_response: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    """Middleware; outside the demo it costs nothing."""

    def middleware(request: HttpRequest) -> HttpResponse:
        with simulation.applied():
            return get_response(request)

    return middleware
