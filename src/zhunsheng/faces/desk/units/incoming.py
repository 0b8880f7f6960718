"""导入 units and members from Excel: every error at once and in the workbook itself, a look before, all or nothing."""

from __future__ import annotations

import base64
from typing import Final

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect

from zhunsheng.faces.desk.pages import desk_page
from zhunsheng.faces.desk.units.listing import file
from zhunsheng.faces.desk.units.reach import crumbs, reach_of, top
from zhunsheng.faces.guard import member, permitted
from zhunsheng.kernel.errors import Refused
from zhunsheng.kernel.links import reverse
from zhunsheng.kernel.now import today
from zhunsheng.people.models import Division
from zhunsheng.people.sheets import Staged, annotated, import_workbook, stage, template
from zhunsheng.people.sheets.reading import LARGEST

UNPROCESSABLE: Final = 422
SHOWN: Final = 200
PREVIEWED: Final = 20
"""Names of new rows that the look before the import shows of each sheet."""


@permitted
def show(request: HttpRequest) -> HttpResponse:
    """The form; what is wrong, or what would be done; the import."""
    if request.method != "POST":
        return _page(request)
    division = _place(request)
    if division is None:
        raise Http404
    try:
        content = _content(request)
        if "sure" in request.POST:
            staged = import_workbook(content, division=division, day=today(), by=member(request))
            if staged.right:
                return HttpResponseRedirect(f"{reverse('desk:units_import')}?{_done(staged)}")
        else:
            staged = stage(content, division=division, day=today())
    except Refused as error:
        return _page(request, error=str(error))
    return _page(request, staged=staged, kept=base64.b64encode(content).decode("ascii"))


def _content(request: HttpRequest) -> bytes:
    """The workbook: uploaded, or brought again by the page that showed it. Raises ``Refused``.

    What the page brings is no more trusted than an upload: it is checked anew, every time.
    """
    upload = request.FILES.get("file")
    if upload is not None:
        return bytes(upload.read(LARGEST + 1))
    try:
        content = base64.b64decode(request.POST.get("kept", ""), validate=True)
    except ValueError as error:
        raise Refused("no_file", "文件没有传全，请重新选一次。") from error
    if not content:
        raise Refused("no_file", "还没有选文件。请先选填好的工作簿。")
    return content


def _place(request: HttpRequest) -> Division | None:
    """The outermost division that the person keeps."""
    return next(iter(top(reach_of(member(request)).keeps)), None)


def _done(staged: Staged) -> str:
    counts = staged.counts()
    return "done=" + "-".join(str(counts[name].new + counts[name].changed) for name in ("区划", "单位", "成员"))


def _page(request: HttpRequest, *, staged: Staged | None = None, kept: str = "", error: str = "") -> HttpResponse:
    done = request.GET.get("done", "").split("-")
    wrong = staged is not None and not staged.right
    context = {
        "place": _place(request),
        "staged": staged,
        "kept": kept,
        "error": error,
        "findings": staged.findings[:SHOWN] if staged else [],
        "counts": staged.counts() if staged else {},
        "names": _names(staged) if staged and staged.right else {},
        "done": done if len(done) == 3 and all(one.isdigit() and one.isascii() for one in done) else [],
    }
    status = UNPROCESSABLE if wrong or error else 200
    return desk_page(request, "desk/units/import.html", context, crumbs=crumbs(), status=status)


def _names(staged: Staged) -> dict[str, list[str]]:
    """The first new rows of each sheet by their names; of members with what roles are asked for."""
    return {
        "区划": [one.label for one in staged.divisions][:PREVIEWED],
        "单位": [one.key[1] for one in staged.units if one.standing is None][:PREVIEWED],
        "成员": [f"{one.name}（{one.unit[1]}）" for one in staged.members if one.standing is None][:PREVIEWED],
    }


@permitted
def empty(request: HttpRequest) -> HttpResponse:
    """模板."""
    return file(template(), "单位和成员-模板.xlsx")


@permitted
def marked(request: HttpRequest) -> HttpResponse:
    """The workbook as it came, with each error in its cell."""
    division = _place(request)
    if division is None:
        raise Http404
    try:
        content = _content(request)
        staged = stage(content, division=division, day=today())
    except Refused as error:
        return _page(request, error=str(error))
    return file(annotated(content, staged.findings), f"单位和成员-标错-{today()}.xlsx")
