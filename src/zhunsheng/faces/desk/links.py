"""Links that are drawn only for whom they open: for lists of steps, panels and help, which speak of many pages."""

from __future__ import annotations

from django.http import HttpRequest
from django.urls import NoReverseMatch

from zhunsheng.faces.guard import entry_for, roles_of
from zhunsheng.kernel.links import reverse


def open_to(request: HttpRequest, name: str) -> str:
    """The address of that name where it is a page that the person may open; "" where not, or where it needs a record."""
    entry = entry_for(name)
    if entry is None or "GET" not in entry.methods or not (isinstance(entry.who, str) or roles_of(request) & entry.who):
        return ""
    try:
        return reverse(name)
    except NoReverseMatch:
        return ""
