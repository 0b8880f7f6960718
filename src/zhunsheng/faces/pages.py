"""One way to answer with a page."""

from __future__ import annotations

from collections.abc import Mapping

from django.http import HttpRequest, HttpResponse
from django.template import loader

from zhunsheng.faces.display import Display, display_of

Context = Mapping[str, object]


def page(request: HttpRequest, template: str, context: Context | None = None, *, status: int = 200) -> HttpResponse:
    """The template as an answer, in the look that the visitor chose."""
    display = display_of(request)
    html = loader.get_template(template, using="jinja2").render(
        {"display": display, "here": request.path, **(context or {})}, request
    )
    return HttpResponse(html, status=status)


def bare(template: str, context: Context, *, display: Display, status: int) -> HttpResponse:
    """The template as an answer that needs nothing of the request (it may be what is broken)."""
    html = loader.get_template(template, using="jinja2").render({"display": display, "here": "", **context})
    return HttpResponse(html, status=status)
