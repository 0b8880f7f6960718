"""The public pages. Nothing is stored: every answer is made from what the request brought."""

from __future__ import annotations

from functools import lru_cache
from pathlib import PurePath

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.http import content_disposition_header, url_has_allowed_host_and_scheme
from django.views.decorators.cache import cache_control, never_cache

from zhunsheng.faces.display import display_of, remember
from zhunsheng.faces.guard import permitted
from zhunsheng.faces.pages import page
from zhunsheng.faces.plantext.handed_in import Submission, received, submission
from zhunsheng.faces.plantext.printed import printed
from zhunsheng.faces.plantext.sealed import seal
from zhunsheng.kernel.documents.model import UnreadableDocument
from zhunsheng.kernel.links import reverse
from zhunsheng.programmes.plans import wording
from zhunsheng.programmes.plans.example import EXAMPLE
from zhunsheng.programmes.plans.export import FORMATS, Format
from zhunsheng.programmes.plans.reading import read_plan

from .findings import present
from .turns import Busy, sent_away, turn

KINDS = {"text": "文字", "html": "网页", "docx": "Word 文档", "pdf": "PDF"}
UNPROCESSABLE = 422
_keep_for_going_back = cache_control(private=True, no_cache=True)
"""Results stay in the visitor's own browser, so that back and forward find them; nobody else may keep them.

With ``no-store`` a browser has nothing to go back to and asks to send the form again.
"""


@permitted
def home(request: HttpRequest) -> HttpResponse:
    """首页: what the product does, and the way to 读方案."""
    return page(request, "portal/home.html")


@permitted
def help_reading(request: HttpRequest) -> HttpResponse:
    """说明: what is read, how it is shown, and what is not read."""
    return page(request, "portal/help.html")


@_keep_for_going_back
@permitted
def read(request: HttpRequest) -> HttpResponse:
    """读方案: the form, and the reading of what the form brought."""
    if request.method != "POST":
        return _form(request)
    try:
        handed_in = received(request)
    except UnreadableDocument as error:
        response = _form(request, error=str(error), status=UNPROCESSABLE)
    else:
        response = _in_turn(request, handed_in)
    if "show" in request.POST:
        remember(response, display_of(request))
    return response


@_keep_for_going_back
@permitted
def example(request: HttpRequest) -> HttpResponse:
    """The example plan of the invented county, read like any other."""
    return _result(request, _example())


@never_cache
@permitted
def export(request: HttpRequest) -> HttpResponse:
    """What was read, as a file to keep: ``format`` is xlsx, csv or json."""
    wanted = FORMATS.get(request.POST.get("format", ""))
    if wanted is None:
        return _form(request, error="没有说明要哪一种文件。请用结果页上的 Excel、CSV 或 JSON 按钮。", status=400)
    try:
        handed_in = received(request)
    except UnreadableDocument as error:
        return _form(request, error=str(error), status=UNPROCESSABLE)
    try:
        with turn(len(handed_in.document.text)):
            return _file(handed_in, wanted)
    except Busy:
        return sent_away(request)


def _file(handed_in: Submission, wanted: Format) -> HttpResponse:
    """The tasks of a document as a file of a format."""
    reading = read_plan(handed_in.document)
    response = HttpResponse(wanted.make(reading), content_type=wanted.content_type)
    name = f"{_file_name(reading.title or PurePath(handed_in.name).stem)}-任务.{wanted.suffix}"
    response["Content-Disposition"] = content_disposition_header(True, name) or "attachment"
    return response


@permitted
def display(request: HttpRequest) -> HttpResponse:
    """Keep the wish for large print or dark, and go back to the page that it came from."""
    back = request.POST.get("next", "")
    safe = url_has_allowed_host_and_scheme(back, allowed_hosts={request.get_host()}, require_https=request.is_secure())
    response = HttpResponseRedirect(back if safe else reverse("portal:home"))
    remember(response, display_of(request))
    return response


@never_cache
@permitted
def healthz(_request: HttpRequest) -> HttpResponse:
    """For the machines that watch over this one: it answers, so it is up."""
    return HttpResponse("ok\n", content_type="text/plain; charset=utf-8")


def _form(request: HttpRequest, *, error: str = "", status: int = 200) -> HttpResponse:
    """The form, with what was typed still in it; where there is an error, the fields that it is about are marked."""
    text = request.POST.get("text", "") if request.method == "POST" else ""
    fields = {"file": "file" in request.FILES, "text": bool(text.strip())} if error else {}
    bad = [name for name, given in fields.items() if given] or list(fields)
    context = {"error": error, "bad": bad, "text": text}
    return page(request, "portal/read.html", context, status=status)


def _in_turn(request: HttpRequest, handed_in: Submission) -> HttpResponse:
    """The result, once it is the document's turn to be read."""
    try:
        with turn(len(handed_in.document.text)):
            return _result(request, handed_in)
    except Busy:
        return sent_away(request)


def _result(request: HttpRequest, handed_in: Submission) -> HttpResponse:
    """The split view of a document and what was read from it."""
    document, name = handed_in.document, handed_in.name
    reading = read_plan(document)
    context = {
        "name": name,
        "kind": KINDS[document.kind],
        "pages": document.pages,
        "length": len(document.text),
        "reading": reading,
        "found": wording.found(reading),
        "findings": present(reading),
        "paragraphs": printed(document, reading),
        "sealed": seal(document, name),
    }
    template = "result" if reading.tasks else "no_tasks"
    return page(request, f"portal/{template}.html", context)


@lru_cache(maxsize=1)
def _example() -> Submission:
    """The built-in plan; it never changes while the server runs."""
    return submission(EXAMPLE.read_bytes(), "示例方案.txt")


def _file_name(words: str) -> str:
    """Words as a file name: no separators of paths, no control characters, not too long."""
    kept = "".join(c for c in words if c.isprintable() and c not in '\\/:*?"<>|')
    return kept.strip(" .")[:60] or "方案"
