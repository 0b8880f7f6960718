"""核对任务: left the words as printed, right what was read of them; everything on the right can be corrected."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect

from zhunsheng.faces.desk.pages import desk_page
from zhunsheng.faces.guard import member, permitted
from zhunsheng.kernel.errors import Refused
from zhunsheng.kernel.links import reverse
from zhunsheng.programmes.plans.actions import mending
from zhunsheng.programmes.plans.actions.settling import settle_query
from zhunsheng.programmes.plans.models import Edition

from . import forms
from .cards import cards_of, doubts_of, wordings_of
from .finding import crumbs, nothing_prepared, number_of, prepared
from .sourcetext import paragraphs
from .steps import steps

UNPROCESSABLE = 422
DONE = {
    "new": "已读完，下面是读出的任务。先定存疑的，再往下核对。",
    "carried": "已沿用到新的一年：期限顺移，单位按现在的重新对应。",
    "1": "已改好。",
}


@dataclass(frozen=True, slots=True)
class Wrong:
    """A form that was refused: which task (0 for a new one, ``None`` for a doubt), what it brought, and why not."""

    message: str
    wording: int | None = None
    query: int | None = None
    sent: Mapping[str, str] = field(default_factory=dict)
    changed: tuple[tuple[str, str, str], ...] = ()


@permitted
def mend(request: HttpRequest, pk: int) -> HttpResponse:
    """The page; ``?open=`` opens the forms of one task."""
    edition = prepared(request, pk)
    return nothing_prepared(pk) if edition is None else _page(request, edition)


@permitted
def change(request: HttpRequest, pk: int, wording: int) -> HttpResponse:
    """One of the forms of a task."""
    edition = prepared(request, pk)
    if edition is None:
        return nothing_prepared(pk)
    found = edition.wordings.filter(pk=wording).first()
    sent = {name: value.replace("\r\n", "\n") for name, value in request.POST.dict().items()}
    if found is None:
        raise Http404
    found.edition = edition
    try:
        shown = forms.carry_out(sent.get("do", ""), sent, found, member(request), number_of(sent.get("version", "")))
    except Refused as error:
        return _refused(request, edition, Wrong(str(error), wording=wording, sent=sent), error.code)
    return _back(pk, shown)


@permitted
def add(request: HttpRequest, pk: int) -> HttpResponse:
    """A task from words that were not read as one."""
    edition = prepared(request, pk)
    if edition is None:
        return nothing_prepared(pk)
    sent = request.POST.dict()
    try:
        start, end = forms.stretch(sent, "new_")
        made = mending.add_task(
            edition=edition, start=start, end=end, number=sent.get("new_number", ""), by=member(request),
            version=number_of(sent.get("version", "")),
        )  # fmt: skip
    except Refused as error:
        return _refused(request, edition, Wrong(str(error), wording=0, sent=sent), error.code)
    return _back(pk, made.pk)


@permitted
def settle(request: HttpRequest, pk: int, query: int) -> HttpResponse:
    """A doubt settled in words."""
    edition = prepared(request, pk)
    if edition is None:
        return nothing_prepared(pk)
    found = edition.queries.filter(pk=query).first()
    if found is None:
        raise Http404
    found.edition = edition
    sent = request.POST.dict()
    answer = sent.get("pick") or sent.get("answer", "")
    try:
        settle_query(query=found, answer=answer, by=member(request), version=number_of(sent.get("version", "")))
    except Refused as error:
        return _refused(request, edition, Wrong(str(error), query=query, sent=sent), error.code)
    return HttpResponseRedirect(f"{reverse('desk:plan_mend', args=[pk])}?done=1#doubts")


def _back(pk: int, wording: int | None) -> HttpResponse:
    page = reverse("desk:plan_mend", args=[pk])
    return HttpResponseRedirect(f"{page}?open={wording}&done=1#open" if wording else f"{page}?done=1#tasks")


def _refused(request: HttpRequest, edition: Edition, wrong: Wrong, code: str) -> HttpResponse:
    """The page again with what was typed; after somebody else's change with what that was."""
    edition = prepared(request, edition.plan_id) or edition
    if code != "stale":
        return _page(request, edition, wrong)
    now = next((one for one in wordings_of(edition) if one.pk == wrong.wording), None)
    seen = tuple(forms.changed_since(wrong.sent.get("was", ""), forms.initial(now))) if now else ()
    what = "别人改的就是这一项，见下。" if seen else "别人改的不是这一项，再按一次就可以。"
    message = f"你打开这一页以后，别人改过这一版。{what}你填的都还在。"
    return _page(request, edition, Wrong(message, wrong.wording, wrong.query, wrong.sent, seen))


def _page(request: HttpRequest, edition: Edition, wrong: Wrong | None = None) -> HttpResponse:
    text = edition.source.text
    wordings, queries = (
        wordings_of(edition),
        list(edition.queries.select_related("settled_by__person").order_by("start", "pk")),
    )
    doubts = doubts_of(queries, text)
    cards = cards_of(wordings, doubts)
    wanted = wrong.wording if wrong else number_of(request.GET.get("open", ""))
    open_ = next((card for card in cards if card.wording.pk == wanted), None)
    stored = forms.initial(open_.wording) if open_ else {}
    context = {
        "edition": edition,
        "plan": edition.plan,
        "steps": steps(edition, "mend"),
        "paragraphs": paragraphs(edition, wordings, queries),
        "doubts": [one for one in doubts if not one.query.settled_by_id and one.query.code != "group_unclear"],
        "groups": [one for one in doubts if not one.query.settled_by_id and one.query.code == "group_unclear"],
        "settled": [one for one in doubts if one.query.settled_by_id],
        "owners": {doubt.query.pk: card for card in cards for doubt in card.doubts},
        "unclear": [card for card in cards if not card.clear],
        "clear": [card for card in cards if card.clear],
        "open": open_,
        "fields": {**stored, **(wrong.sent if wrong and open_ else {})},
        "was": forms.was(stored),
        "cuts": forms.cuts(text, open_.wording) if open_ else [],
        "bounds": forms.bounds(text, wordings, open_.wording) if open_ else ([], []),
        "unread": forms.unread(text, wordings),
        "wrong": wrong,
        "sent": wrong.sent if wrong else {},
        "periods": forms.PERIOD_CHOICES,
        "ops": forms.OPS,
        "done": DONE.get(request.GET.get("done", "")) if request.method == "GET" else None,
    }
    status = UNPROCESSABLE if wrong else 200
    return desk_page(request, "desk/plans/mend.html", context, crumbs=crumbs(edition.plan), status=status)
