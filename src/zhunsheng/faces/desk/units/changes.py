"""What the system administrator does to units: add, amend, rename, end, merge; and, with the office, their other names."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect

from zhunsheng.faces.desk import typed
from zhunsheng.faces.desk.units.reach import Reach, kept_divisions, reach_of, unit_or_404
from zhunsheng.faces.desk.units.unit import form_page, living_units, unit_page
from zhunsheng.faces.guard import member, permitted
from zhunsheng.kernel.errors import Refused
from zhunsheng.kernel.links import reverse
from zhunsheng.people import actions
from zhunsheng.people.models import Division, Ending, Leadership, Unit, UnitKind

NEW: Final = ("division", "kind", "led_by", "name", "short_name", "superior", "assessed_by", "valid_from")


@permitted
def new(request: HttpRequest) -> HttpResponse:
    """新增单位."""
    reach = reach_of(member(request))
    given = {name: request.POST.get(name, "").strip() for name in NEW}
    if request.method != "POST":
        return form_page(request, reach, {**given, "led_by": Leadership.PLACE}, "")
    try:
        made = actions.add_unit(
            division=_place(reach, given["division"]),
            kind=_kind(given["kind"]),
            name=given["name"],
            short_name=given["short_name"],
            led_by=_led_by(given["led_by"]),
            superior=_other(reach, given["superior"]),
            assessed_by=_other(reach, given["assessed_by"]),
            valid_from=typed.day(given["valid_from"]),
            by=member(request),
        )
    except Refused as error:
        return form_page(request, reach, given, str(error))
    return _done(made, "added")


@permitted
def amend(request: HttpRequest, pk: int) -> HttpResponse:
    """改类别、领导关系、上级、考核单位."""

    def act(unit: Unit, reach: Reach) -> str:
        actions.amend_unit(
            unit=unit,
            kind=_kind(request.POST.get("kind", "")),
            led_by=_led_by(request.POST.get("led_by", "")),
            superior=_other(reach, request.POST.get("superior", "")),
            assessed_by=_other(reach, request.POST.get("assessed_by", "")),
            by=member(request),
        )
        return "amended"

    return _acted(request, pk, act)


@permitted
def rename(request: HttpRequest, pk: int) -> HttpResponse:
    """更名, from a day on."""

    def act(unit: Unit, _: Reach) -> str:
        names = {name: request.POST.get(name, "").strip() for name in ("name", "short_name")}
        day = typed.needed_day(request.POST.get("day", ""), "从哪天起用新名称")
        actions.rename_unit(unit=unit, day=day, by=member(request), **names)
        return "renamed"

    return _acted(request, pk, act)


@permitted
def end(request: HttpRequest, pk: int) -> HttpResponse:
    """撤销, or 并入 or 更名 into another unit."""

    def act(unit: Unit, reach: Reach) -> str:
        ending = request.POST.get("ending", "")
        if ending not in Ending.values:
            raise Refused("ending", "请选怎样终止：更名、并入还是撤销。")
        successor = _other(reach, request.POST.get("successor", ""))
        if (ending == Ending.ABOLISHED) == (successor is not None):
            raise Refused("successor", "更名、并入的，请选承接单位；撤销的，没有承接单位。")
        day = typed.needed_day(request.POST.get("day", ""), "从哪天起终止")
        actions.end_unit(unit=unit, day=day, ending=Ending(ending), successor=successor, by=member(request))
        return "ended"

    return _acted(request, pk, act)


@permitted
def absorb(request: HttpRequest, pk: int) -> HttpResponse:
    """把几个单位并入这一个: all of them or none."""

    def act(unit: Unit, reach: Reach) -> str:
        wanted = {typed.number(one) for one in request.POST.getlist("unit")}
        chosen = [one for one in living_units(reach) if one.pk in wanted]
        day = typed.needed_day(request.POST.get("day", ""), "从哪天起并入")
        actions.merge_units(predecessors=chosen, successor=unit, day=day, by=member(request))
        return "merged"

    return _acted(request, pk, act)


@permitted
def alias_add(request: HttpRequest, pk: int) -> HttpResponse:
    """记住别名."""

    def act(unit: Unit, _: Reach) -> str:
        if not request.POST.get("alias", "").strip():
            raise Refused("alias_empty", "请写别名，例如文件里的另一种叫法。")
        return "alias" if actions.learn_alias(unit=unit, name=request.POST["alias"], by=member(request)) else "known"

    return _acted(request, pk, act, keeping=False)


@permitted
def alias_forget(request: HttpRequest, pk: int, alias: int) -> HttpResponse:
    """停用别名, from today on."""

    def act(unit: Unit, _: Reach) -> str:
        found = unit.aliases.select_related("unit__division").filter(pk=alias).first()
        if found is None:
            raise Http404
        day = typed.needed_day(request.POST.get("day", ""), "从哪天起停用")
        actions.forget_alias(alias=found, day=day, by=member(request))
        return "forgotten"

    return _acted(request, pk, act, keeping=False)


def _acted(request: HttpRequest, pk: int, act: Callable[[Unit, Reach], str], *, keeping: bool = True) -> HttpResponse:
    """Do it to the unit and go back to its page; refused, the page says why and keeps what was typed."""
    unit, reach = unit_or_404(request, pk, keeping=keeping)
    try:
        what = act(unit, reach)
    except Refused as error:
        given = {name: value for name, value in request.POST.items() if isinstance(value, str)}
        unit, reach = unit_or_404(request, pk, keeping=keeping)
        return unit_page(request, unit, reach, error=str(error), typed=given)
    return _done(unit, what)


def _done(unit: Unit, what: str) -> HttpResponse:
    return HttpResponseRedirect(f"{reverse('desk:unit', args=[unit.pk])}?done={what}")


def _place(reach: Reach, given: str) -> Division:
    """The division that the form names. Raises ``Refused``."""
    found = kept_divisions(reach).filter(pk=typed.number(given) or 0).first()
    if found is None:
        raise Refused("division", "请选单位在哪个区划。")
    return found


def _kind(given: str) -> UnitKind:
    if given not in UnitKind.values:
        raise Refused("kind", "请选单位的类别。")
    return UnitKind(given)


def _led_by(given: str) -> Leadership:
    if given not in Leadership.values:
        raise Refused("led_by", "请选领导关系。")
    return Leadership(given)


def _other(reach: Reach, given: str) -> Unit | None:
    """A living unit that the form names; ``None`` for none. Raises ``Refused``."""
    if not given:
        return None
    wanted = typed.number(given)
    found = next((one for one in living_units(reach) if one.pk == wanted), None)
    if found is None:
        raise Refused("other_unit", "选的单位已经终止，或者不在你的管辖范围里。请重新选。")
    return found
