"""访问日志 as the desk writes it: who came, was refused, took a file away (``kernel.journal.access``)."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.utils.http import parse_header_parameters

from zhunsheng.faces.addresses import client_address
from zhunsheng.kernel.journal import access
from zhunsheng.kernel.journal.access import AccessKind
from zhunsheng.people.models import Member

LONGEST = 300


def noted(kind: AccessKind, request: HttpRequest, *, username: str = "", detail: str = "") -> None:
    """Note that somebody came, was refused, or took a file away; ``username`` is what was typed where nobody has signed in.

    A log that cannot be written raises, and stops what was to be noted.
    """
    who = request.user if isinstance(request.user, Member) else None
    access.note(
        kind,
        actor=who,
        username=username.replace("\0", "") or (who.get_username() if who else ""),
        address=client_address(request),
        detail=" ".join(f"{detail} {request.path}".split()),
    )


class Downloads:
    """Middleware: every file that a page of the desk gives away (Excel, Word, evidence) is noted before it goes.

    It looks at the answer, so that no room can forget it. Printing happens in the browser and is not seen here; printed
    pages carry the name and the time.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """The answer, noted if it is a file."""
        response = self.get_response(request)
        name = _file(response)
        if name and request.method != "HEAD" and request.path.startswith("/desk/"):
            noted(AccessKind.EXPORT, request, detail=f"{name} {request.META.get('QUERY_STRING', '')[:LONGEST]}")
        return response


def _file(response: HttpResponseBase) -> str:
    """The name of the file that an answer is, "" for a page."""
    if response.status_code != HttpResponse.status_code:
        return ""
    kind, parameters = parse_header_parameters(response.headers.get("Content-Disposition", ""))
    return parameters.get("filename", "文件") if kind == "attachment" else ""
