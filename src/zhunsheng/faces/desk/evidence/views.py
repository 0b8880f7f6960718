"""佐证材料: what one's unit has handed in, more of it, and the files themselves."""

from __future__ import annotations

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.http import content_disposition_header

from zhunsheng.faces.desk.matters.common import typed_day
from zhunsheng.faces.desk.pages import desk_page
from zhunsheng.faces.desk.refusals import status_of
from zhunsheng.faces.guard import member, permitted
from zhunsheng.kernel.errors import Refused
from zhunsheng.kernel.evidence import actions, files
from zhunsheng.kernel.evidence.actions import Period
from zhunsheng.kernel.evidence.content import KINDS
from zhunsheng.kernel.evidence.models import Evidence
from zhunsheng.kernel.evidence.queries import may_read, reusable
from zhunsheng.kernel.links import reverse

PAGE = 40
SANDBOX = "sandbox; default-src 'none'"


@permitted
def show(request: HttpRequest) -> HttpResponse:
    """The pieces of the person's unit, filtered as the address says; POST brings new ones."""
    if request.method != "POST":
        return _list(request)
    try:
        _upload(request)
    except Refused as refused:
        return _list(request, str(refused), status_of(refused))
    return HttpResponseRedirect(reverse("desk:evidence"))


def _upload(request: HttpRequest) -> None:
    """All files of the form. Raises ``Refused`` at the first that is not taken; those before it are."""
    uploads = request.FILES.getlist("files")
    if not uploads:
        raise Refused("files", "还没有选文件。请先选，再上传。")
    first, last = typed_day(request.POST.get("first", "")), typed_day(request.POST.get("last", ""))
    if (first is None) != (last is None):
        raise Refused("period", "证明期间要么两头都填，要么都不填。")
    me = member(request)
    for upload in uploads:
        actions.store(
            data=upload.read(), name=upload.name or "", unit_id=me.unit_id,
            period=Period(first, last) if first and last else None, note=request.POST.get("note", "")[:300],
            not_secret=request.POST.get("not_secret") == "1", by=me,
        )  # fmt: skip


def _list(request: HttpRequest, error: str = "", status: int = 200) -> HttpResponse:
    text = request.GET.get("q", "").strip()[:60]
    shown = Paginator(reusable(member(request), text), PAGE).get_page(request.GET.get("page"))
    query = request.GET.copy()
    query.pop("page", None)
    context = {
        "shown": shown,
        "text": text,
        "query": query.urlencode(),
        "error": error,
        "typed": {name: request.POST.get(name, "") for name in ("first", "last", "note")},
    }
    return desk_page(request, "desk/evidence/list.html", context, status=status)


@permitted
def file(request: HttpRequest, pk: int) -> HttpResponse:
    """The file, to be kept and never shown in the browser: it was brought by somebody and is not trusted."""
    evidence = _piece(request, pk)
    try:
        data = files.get(evidence.file.digest)
    except Refused as refused:
        return _list(request, str(refused), status_of(refused))
    return sent(data, evidence)


def sent(data: bytes, evidence: Evidence) -> HttpResponse:
    """An answer from which nothing can run: a download of a type that we decided ourselves."""
    kind = KINDS[evidence.file.kind]
    ending = evidence.name.rpartition(".")[2].lower()
    name = evidence.name if ending in kind.endings else f"{evidence.name}.{kind.endings[0]}"
    response = HttpResponse(data, content_type=kind.media)
    response["Content-Disposition"] = content_disposition_header(True, name) or "attachment"
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = SANDBOX
    response["Cache-Control"] = "private, no-store"
    return response


@permitted
def delete(request: HttpRequest, pk: int) -> HttpResponse:
    """Remove a piece that is used nowhere."""
    try:
        actions.delete(evidence=_piece(request, pk), by=member(request))
    except Refused as refused:
        return _list(request, str(refused), status_of(refused))
    return HttpResponseRedirect(reverse("desk:evidence"))


def _piece(request: HttpRequest, pk: int) -> Evidence:
    """The piece, if the person may read it."""
    found = Evidence.objects.select_related("file", "unit").filter(pk=pk).first()
    if found is None or not may_read(found, member(request)):
        raise Http404
    return found
