"""与上一版比: what an edition changes, side by side, and the progress that stays."""

from __future__ import annotations

from collections import Counter
from typing import Final

from django.http import Http404, HttpRequest, HttpResponse

from zhunsheng.faces.desk.pages import desk_page
from zhunsheng.faces.guard import member, permitted
from zhunsheng.programmes.plans import comparing
from zhunsheng.programmes.plans.models import Edition, Plan
from zhunsheng.programmes.plans.rights import may_prepare

from .finding import IN_PREPARATION, crumbs, number_of, plan_of

KINDS: Final[dict[comparing.Kind, tuple[str, str]]] = {
    "changed": ("有改动", "run"),
    "new": ("新增", "new"),
    "gone": ("取消", "stop"),
    "same": ("未变", "done"),
}


@permitted
def changes(request: HttpRequest, pk: int) -> HttpResponse:
    """The latest edition that the person may see, or the one whose number stands in the address."""
    plan = plan_of(request, pk)
    edition = _edition(request, plan)
    found = comparing.compared(edition)
    counts = Counter(one.kind for one in found)
    context = {
        "plan": plan,
        "edition": edition,
        "before": comparing.before(edition),
        "groups": [(key, words, kind, [one for one in found if one.kind == key])
                   for key, (words, kind) in KINDS.items() if counts[key]],
        "counts": [(key, words, counts[key]) for key, (words, _) in KINDS.items() if counts[key]],
        "kept": sum(one.kind in {"changed", "same"} and one.kept is not None for one in found),
        "preparing": edition.state in IN_PREPARATION and may_prepare(member(request), plan.division),
        "recognised": request.GET.get("done") == "edition",
    }  # fmt: skip
    return desk_page(request, "desk/plans/changes.html", context, crumbs=crumbs(plan))


def _edition(request: HttpRequest, plan: Plan) -> Edition:
    mine = may_prepare(member(request), plan.division)
    states = ["published", "superseded", "consulting", *(IN_PREPARATION if mine else ())]
    editions = plan.editions.filter(state__in=states).select_related("source").order_by("-number")
    wanted = number_of(request.GET.get("edition", ""))
    edition = (editions.filter(number=wanted) if wanted else editions).first()
    if edition is None:
        raise Http404
    edition.plan = plan
    return edition
