"""Pages of a list: the number in the address, nonsense taken as the first page."""

from __future__ import annotations

from typing import TypeVar

from django.core.paginator import Page, Paginator
from django.db.models import Model, QuerySet
from django.http import HttpRequest

M = TypeVar("M", bound=Model)
SIZE = 50


def paged(request: HttpRequest, rows: QuerySet[M], size: int = SIZE) -> Page[M]:
    """The page that the address asks for (``page``); two queries whatever the length."""
    return Paginator(rows, size).get_page(request.GET.get("page"))
