"""Pages of a list: the number in the address, nonsense taken as the first page."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Generic, TypeVar

from django.core.paginator import Page, Paginator
from django.db.models import QuerySet
from django.http import HttpRequest

M = TypeVar("M")
SIZE = 50


class Leaves(Generic[M]):
    """A list whose length and parts are asked for apart (``kernel.prepared``), for ``paged``."""

    def __init__(self, size: Callable[[], int], part: Callable[[int, int], list[M]]) -> None:
        self.size, self.part = size, part

    def __len__(self) -> int:
        return self.size()

    def __getitem__(self, some: slice) -> list[M]:
        return self.part(some.start or 0, some.stop)


def paged(request: HttpRequest, rows: QuerySet[Any, M] | Leaves[M], size: int = SIZE) -> Page[M]:
    """The page that the address asks for (``page``); two queries whatever the length."""
    leafed: Any = rows
    return Paginator(leafed, size).get_page(request.GET.get("page"))
