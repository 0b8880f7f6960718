"""The right-hand side of the desk: figures and notices. A room adds a function to ``PANELS``."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Final

from django.http import HttpRequest

from zhunsheng.faces.desk.home import administrators, progress, year


@dataclass(frozen=True, slots=True)
class Panel:
    """A heading with figures under it (``facts``), or a notice (``notice``: the shape of its state) of plain words."""

    title: str
    facts: tuple[progress.Fact, ...] = ()
    words: str = ""
    notice: str = ""
    url: str = ""
    link: str = ""


def panels(request: HttpRequest) -> list[Panel]:
    """What concerns the person, in the order of ``PANELS``."""
    return [panel for room in PANELS for panel in room(request)]


def _progress(request: HttpRequest) -> Iterator[Panel]:
    for title, facts in progress.figures(request):
        yield Panel(title, facts)


def _year(request: HttpRequest) -> Iterator[Panel]:
    missing = year.missing(request)
    if missing is not None:
        yield Panel(
            f"{missing.year} 年放假安排还没有载入",
            words=missing.words,
            notice="soon",
            url=missing.url,
            link="载入放假安排",
        )


def _administrators(request: HttpRequest) -> Iterator[Panel]:
    for title, facts in administrators.figures(request):
        yield Panel(title, facts)


PANELS: Final[tuple[Callable[[HttpRequest], Iterator[Panel]], ...]] = (_administrators, _progress, _year)
