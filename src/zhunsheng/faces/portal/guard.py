"""The permission table, applied: a view answers only as its entry says."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps

from django.http import HttpRequest, HttpResponse

from zhunsheng.faces.permissions import TABLE

from .errors import method_not_allowed

View = Callable[[HttpRequest], HttpResponse]


def permitted(view: View) -> View:
    """Refuse (405) a method that the address's entry does not name. An address without an entry is a ``KeyError``."""

    @wraps(view)
    def guarded(request: HttpRequest) -> HttpResponse:
        match = request.resolver_match
        entry = TABLE[match.view_name if match else ""]
        if request.method not in entry.methods:
            return method_not_allowed(request, sorted(entry.methods))
        return view(request)

    return guarded
