"""对应单位: every printed name once for all tasks that use it, and the units that it stands for."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby

from django.db.models import Prefetch
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect

from zhunsheng.faces.desk.pages import desk_page
from zhunsheng.faces.guard import member, permitted
from zhunsheng.kernel.errors import Refused
from zhunsheng.kernel.links import reverse
from zhunsheng.people.history import units_on
from zhunsheng.people.models import Unit, UnitKind
from zhunsheng.programmes.plans.actions.settling import settle_name
from zhunsheng.programmes.plans.candidates import candidates
from zhunsheng.programmes.plans.models import Edition, Mention, Name
from zhunsheng.programmes.plans.settling import resolved_on

from .finding import crumbs, nothing_prepared, number_of, prepared
from .steps import steps

UNPROCESSABLE = 422
SETTLED = {"": "未定", "name": "按名称认出", "group": "按范围认出", "person": "由人指定", "none": "不指单位"}


@dataclass(frozen=True, slots=True)
class Row:
    """A name as printed: the tasks that use it (label, anchor), and what it was settled to mean."""

    name: Name
    tasks: tuple[tuple[str, str], ...]
    units: tuple[Unit, ...]
    how: str


@dataclass(frozen=True, slots=True)
class Choice:
    """The units to choose among for one name: the likely ones, then all others by kind; ``ticked`` are chosen.

    ``alike``: the likely ones are only called something similar; they are never taken with one press.
    """

    row: Row
    likely: tuple[Unit, ...]
    kinds: tuple[tuple[str, tuple[Unit, ...]], ...]
    ticked: frozenset[int]
    learn: bool
    alike: bool
    q: str = ""
    error: str = ""


@permitted
def names(request: HttpRequest, pk: int) -> HttpResponse:
    """All names; one of them open to be settled."""
    edition = prepared(request, pk)
    if edition is None:
        return nothing_prepared(pk)
    rows = _rows(edition)
    wanted = number_of(request.GET.get("name", ""))
    row = next((one for one in rows if one.name.pk == wanted), None)
    row = row or (next((one for one in rows if not one.name.settled), None) if not wanted else None)
    choice = _choice(edition, row, frozenset(unit.pk for unit in row.units)) if row else None
    return _page(request, edition, rows, choice)


@permitted
def settle(request: HttpRequest, pk: int, name: int) -> HttpResponse:
    """What was decided about one name; 找 only narrows the list and keeps the ticks."""
    edition = prepared(request, pk)
    if edition is None:
        return nothing_prepared(pk)
    rows = _rows(edition)
    row = next((one for one in rows if one.name.pk == name), None)
    if row is None:
        raise Http404
    ticked = frozenset(filter(None, map(number_of, request.POST.getlist("unit"))))
    if request.POST.get("do") == "likely":
        ticked |= {unit.pk for unit in candidates([row.name], edition.plan, _units(edition))[row.name.pk].units}
    learn, q = request.POST.get("learn") == "1", request.POST.get("q", "").strip()[:50]
    error = "" if request.POST.get("do") == "find" else _settled(request, edition, row, ticked, learn=learn)
    if error is None:
        done = reverse("desk:plan_names", args=[pk])
        return HttpResponseRedirect(f"{done}?done={name}")
    edition.refresh_from_db(fields=["version"])
    choice = _choice(edition, row, ticked, learn=learn, q=q, error=error)
    return _page(request, edition, rows, choice, status=UNPROCESSABLE if error else 200)


def _settled(request: HttpRequest, edition: Edition, row: Row, ticked: frozenset[int], *, learn: bool) -> str | None:
    """Settle the name; ``None`` when it is done, else why not."""
    none = request.POST.get("do") == "none"
    if not ticked and not none:
        return f"还没有选单位。“{row.name.printed}”不指单位的，请按“不指单位”。"
    units = [] if none else [unit for unit in _units(edition) if unit.pk in ticked]
    version = number_of(request.POST.get("version", ""))
    row.name.edition = edition
    try:
        settle_name(name=row.name, units=units, by=member(request), learn=learn, version=version)
    except Refused as error:
        return str(error)
    return None


def _units(edition: Edition) -> list[Unit]:
    """Everybody who can be given tasks of the plan."""
    living = units_on(resolved_on(edition.plan), edition.plan.division).select_related("division")
    return sorted(living, key=lambda unit: (UnitKind.values.index(unit.kind), unit.division.path, unit.pk))


def _rows(edition: Edition) -> list[Row]:
    """Every name that some task uses: those that nobody settled first, then the most used; four queries."""
    mentions = Mention.objects.select_related("wording").order_by("wording__order")
    found = edition.names.filter(mentions__isnull=False).distinct()
    full = found.prefetch_related("units", Prefetch("mentions", mentions))
    index = {pk: place for place, pk in enumerate(edition.wordings.order_by("start").values_list("pk", flat=True), 1)}
    rows = [
        Row(
            name,
            tuple((one.wording.number or str(index[one.wording_id]), f"#t{index[one.wording_id]}")
                  for one in name.mentions.all()),
            tuple(name.units.all()),
            SETTLED[name.settled],
        )
        for name in full
    ]  # fmt: skip
    return sorted(rows, key=lambda row: (row.name.settled != "", -len(row.tasks), row.name.pk))


def _choice(
    edition: Edition, row: Row, ticked: frozenset[int], *, learn: bool = True, q: str = "", error: str = ""
) -> Choice:
    units = _units(edition)
    found = candidates([row.name], edition.plan, units)[row.name.pk]
    likely = tuple(dict.fromkeys([*(unit for unit in units if unit.pk in ticked), *found.units]))
    rest = [unit for unit in _matching(units, q) if unit not in likely]
    return Choice(row, likely, _by_kind(rest), ticked, learn, found.alike, q, error)


def _matching(units: Sequence[Unit], q: str) -> Iterable[Unit]:
    return (unit for unit in units if not q or q in unit.name or q in unit.short_name)


def _by_kind(units: Iterable[Unit]) -> tuple[tuple[str, tuple[Unit, ...]], ...]:
    return tuple((UnitKind(kind).label, tuple(group)) for kind, group in groupby(units, key=lambda unit: unit.kind))


def _page(
    request: HttpRequest, edition: Edition, rows: Sequence[Row], choice: Choice | None, *, status: int = 200
) -> HttpResponse:
    done = number_of(request.GET.get("done", "")) if request.method == "GET" else None
    context = {
        "edition": edition,
        "plan": edition.plan,
        "steps": steps(edition, "names"),
        "rows": rows,
        "open": sum(not row.name.settled for row in rows),
        "choice": choice,
        "done": next((row for row in rows if row.name.pk == done), None),
    }
    return desk_page(request, "desk/plans/names.html", context, crumbs=crumbs(edition.plan), status=status)
