"""Official documents of a matter as Word files."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.http import content_disposition_header

from zhunsheng.faces.desk.matters.common import matter_or_404, seat
from zhunsheng.faces.guard import permitted
from zhunsheng.kernel.matter import papers
from zhunsheng.kernel.paper import MEDIA, Paper, document


@permitted
def order(request: HttpRequest, pk: int) -> HttpResponse:
    """The matter as it is given to the unit."""
    matter = matter_or_404(seat(request), pk)
    return _file(papers.order(matter))


@permitted
def escalation(request: HttpRequest, pk: int, proposal: int) -> HttpResponse:
    """The paper of an approved step of escalation."""
    matter = matter_or_404(seat(request), pk)
    found = matter.proposals.filter(pk=proposal, state="approved").exclude(what="extend").first()
    if found is None:
        raise Http404
    return _file(papers.escalation(found))


def _file(paper: Paper) -> HttpResponse:
    """The paper, to be kept."""
    name = f"{paper.number}{paper.title}".replace("\n", "")[:80]
    response = HttpResponse(document(paper), content_type=MEDIA)
    response["Content-Disposition"] = content_disposition_header(True, f"{name}.docx") or "attachment"
    response["Cache-Control"] = "no-store"
    return response
