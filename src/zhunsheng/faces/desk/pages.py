"""One way to answer with a page of the desk: the frame with navigation, crumbs, and the person who has signed in."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from django.http import HttpRequest, HttpResponse

from zhunsheng.faces.desk.help.text import explained
from zhunsheng.faces.desk.nav import navigation
from zhunsheng.faces.guard import member
from zhunsheng.faces.pages import page
from zhunsheng.kernel.links import reverse
from zhunsheng.kernel.now import now
from zhunsheng.people import simulation
from zhunsheng.people.installation import current

Crumb = tuple[str, str]
"""What a place is called and its address."""


def desk_page(
    request: HttpRequest,
    template: str,
    context: Mapping[str, object] | None = None,
    *,
    crumbs: Sequence[Crumb] = (),
    status: int = 200,
) -> HttpResponse:
    """The template, which extends ``desk/base.html``, as an answer for the member who has signed in.

    ``crumbs`` are the places above the page, without the desk itself and without the page; each is (words, address).
    """
    frame = {
        "me": member(request),
        "nav": navigation(request),
        "crumbs": crumbs,
        "now": now(),
        "site": site_name(),
        "demo": simulation.on(),
        "help": help_url(request),
    }
    response = page(request, template, {**frame, **(context or {})}, status=status)
    response.headers.setdefault("Cache-Control", "no-store")
    return response


def site_name() -> str:
    """What stands beside the mark: 云溪县法治政府建设工作台."""
    installation = current()
    return f"{installation.division.name if installation else ''}法治政府建设工作台"


def help_url(request: HttpRequest) -> str:
    """The help of the page that is shown; the index for one without (a refusal, an address that does not exist)."""
    slug = explained().get(request.resolver_match.view_name) if request.resolver_match else None
    return reverse("desk:help_text", args=[slug]) if slug else reverse("desk:help")
