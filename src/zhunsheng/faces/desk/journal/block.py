"""One block: who, when, why, about which records, and every changed row with its columns before and after."""

from __future__ import annotations

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect

from zhunsheng.faces.desk.journal.listing import RECORDS
from zhunsheng.faces.desk.journal.seen import audited
from zhunsheng.faces.desk.pages import desk_page
from zhunsheng.faces.guard import member, permitted
from zhunsheng.kernel.journal import checks
from zhunsheng.kernel.journal.models import Block
from zhunsheng.kernel.journal.reading import entries_of
from zhunsheng.kernel.links import reverse
from zhunsheng.kernel.refs import Ref, cards

SIZE = 50
SHAPES = {"change": "done", "unknown": "late", "upgrade": "na"}


@permitted
def show(request: HttpRequest, number: int) -> HttpResponse:
    """The page of a block; its rows in pages of ``SIZE``."""
    by = member(request)
    block = Block.objects.filter(audited(by), number=number).first()
    if block is None:
        raise Http404
    page = Paginator(range(block.entries), SIZE).get_page(request.GET.get("page"))
    mentions = list(block.mentions.order_by("pk")[:200])
    refs = {mention.pk: Ref(mention.kind, mention.key, mention.label) for mention in mentions}
    seen = cards(refs.values(), by)
    context = {
        "block": block,
        "shape": SHAPES[block.source],
        "page": page,
        "entries": entries_of(block, page=page.number, size=SIZE),
        "mentions": [
            (mention, RECORDS.get(mention.kind, mention.kind), seen.get(refs[mention.pk])) for mention in mentions
        ],
    }
    crumbs = [("操作日志", reverse("desk:journal"))]
    return desk_page(request, "desk/journal/block.html", context, crumbs=crumbs)


@permitted
def verify(request: HttpRequest) -> HttpResponse:
    """Ask for a verification: it reads the whole database, so the worker does it and no page waits."""
    checks.ask(by=member(request))
    return HttpResponseRedirect(f"{reverse('desk:journal')}#verify")
