"""督办: one supervision order for each unit that is late with a plan, shown before anything is drafted."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect

from zhunsheng.faces.desk.pages import desk_page
from zhunsheng.faces.desk.tracking.common import above, plan_or_404
from zhunsheng.faces.guard import member, permitted
from zhunsheng.kernel.errors import Refused
from zhunsheng.kernel.links import reverse
from zhunsheng.kernel.matter import bulk
from zhunsheng.kernel.now import today
from zhunsheng.people.models import Member, Unit
from zhunsheng.programmes.plans.models import Duty, Plan
from zhunsheng.programmes.plans.nearness import BY_DUE, late
from zhunsheng.programmes.plans.refs import owed, ref_of_duty
from zhunsheng.programmes.plans.rights import rights

KIND = "supervision_order"
UNPROCESSABLE = 422


@permitted
def show(request: HttpRequest, pk: int) -> HttpResponse:
    """The orders that would be drafted; with ``unit`` ticked in the form they are."""
    plan = plan_or_404(request, pk)
    by = member(request)
    if not rights(by).over(plan.division.path):
        raise Http404
    planned = bulk.preview(KIND, _findings(plan), issuer_id=by.unit_id or 0)
    error = ""
    if request.method == "POST":
        try:
            _draft(plan, planned, set(request.POST.getlist("unit")), by)
        except Refused as refusal:
            error = str(refusal)
        else:
            return HttpResponseRedirect(f"{reverse('desk:matters')}?state=draft")
    names = dict(Unit.objects.filter(pk__in=[one.unit_id for one in planned]).values_list("pk", "short_name"))
    context = {"plan": plan, "planned": planned, "names": names, "error": error}
    status = UNPROCESSABLE if error else 200
    return desk_page(request, "desk/tracking/pressing.html", context, crumbs=above(plan), status=status)


def _draft(plan: Plan, planned: list[bulk.Planned], chosen: set[str], by: Member) -> None:
    """Draft an order for each chosen unit. Raises ``Refused`` for none, or with what was refused for whom."""
    wanted = [one for one in planned if str(one.unit_id) in chosen and one.findings and not one.barred]
    if not wanted or by.unit_id is None:
        raise Refused("none", "没有选单位。请在左边勾选要督办的单位。")
    title = f"关于补报《{plan.title}》逾期任务的督办"
    made = bulk.open_many(kind=KIND, planned=wanted, issuer_id=by.unit_id, title=title[:200], by=by)
    if made.refused:
        raise Refused("refused", "；".join(f"{name}：{why}" for name, why in made.refused))


def _findings(plan: Plan) -> list[bulk.Finding]:
    """Every duty of the plan that its unit is late with, the longest late first; one query."""
    rows = Duty.objects.filter(late(today()), task__plan=plan).select_related("task__wording", "occurrence", "unit")
    return [
        bulk.Finding(
            duty.unit_id,
            ref_of_duty(duty),
            owed(duty),
        )
        for duty in rows.order_by(*BY_DUE)
    ]
