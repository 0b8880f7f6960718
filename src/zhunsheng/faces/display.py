"""How a visitor wants to see the pages: large print, dark. Kept in one cookie, set by plain forms."""

from __future__ import annotations

from dataclasses import dataclass, replace

from django.conf import settings
from django.http import HttpRequest, HttpResponse

COOKIE = "display"
YEAR = 365 * 24 * 3600


@dataclass(frozen=True, slots=True)
class Display:
    """The classes of the ``html`` element: ``large`` 大字版, ``dark`` 深色."""

    large: bool = False
    dark: bool = False

    @property
    def classes(self) -> str:
        """As written into the page and the cookie, "" for the plain look."""
        return " ".join(name for name in ("large", "dark") if getattr(self, name))

    def changed(self, wish: str) -> Display:
        """After pressing a button: ``large``, ``small``, ``dark`` or ``light``; anything else changes nothing."""
        if wish in ("large", "small"):
            return replace(self, large=wish == "large")
        return replace(self, dark=wish == "dark") if wish in ("dark", "light") else self


def kept(request: HttpRequest) -> Display:
    """What the visitor chose earlier, as the cookie says."""
    words = request.COOKIES.get(COOKIE, "").split()
    return Display(large="large" in words, dark="dark" in words)


def display_of(request: HttpRequest) -> Display:
    """What the visitor chose, with the button pressed in this very request."""
    return kept(request).changed(request.POST.get("show", "")) if request.method == "POST" else kept(request)


def remember(response: HttpResponse, display: Display) -> None:
    """Keep the choice for a year. The cookie says nothing about the visitor and holds no number."""
    response.set_cookie(
        COOKIE, display.classes, max_age=YEAR, httponly=True, samesite="Lax", secure=settings.SESSION_COOKIE_SECURE
    )
