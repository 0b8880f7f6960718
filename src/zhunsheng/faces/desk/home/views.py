"""我的案头."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse

from zhunsheng.faces.desk.pages import desk_page
from zhunsheng.faces.guard import permitted


@permitted
def home(request: HttpRequest) -> HttpResponse:
    """What waits for the person who has signed in."""
    return desk_page(request, "desk/home/home.html")
