"""What the pages of matters share: the record for the person who asks, and how much time is left."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from datetime import date

from django.db.models import QuerySet
from django.http import Http404, HttpRequest

from zhunsheng.faces.desk.pages import Crumb
from zhunsheng.faces.guard import member
from zhunsheng.kernel.actor import Actor
from zhunsheng.kernel.clock.calendar import load
from zhunsheng.kernel.clock.typed import moment
from zhunsheng.kernel.errors import Refused
from zhunsheng.kernel.links import reverse
from zhunsheng.kernel.matter.flow import WITH_UNIT
from zhunsheng.kernel.matter.kinds import kinds, warn
from zhunsheng.kernel.matter.models import Matter
from zhunsheng.kernel.matter.queries import visible, visible_to
from zhunsheng.kernel.matter.rights import Seated, Standing, seated, standing
from zhunsheng.kernel.now import local_day, today
from zhunsheng.kernel.prepared import prepared
from zhunsheng.kernel.refs import Card

ABOVE: tuple[str, str] = ("督察督办", "desk:matters")


@dataclass(frozen=True, slots=True)
class Badge:
    """A clock as drawn: shape, words, the day."""

    kind: str
    words: str
    day: str


def seat(request: HttpRequest) -> Seated:
    """Who asks, with their standing."""
    return seated(member(request))


def matter_or_404(who: Actor, pk: int) -> Matter:
    """The matter, if ``who`` may see it."""
    found = visible(who).filter(pk=pk).first()
    if found is None:
        raise Http404
    return found


def crumbs(matter: Matter | None = None) -> list[Crumb]:
    """The places above a page."""
    places = [(ABOVE[0], reverse(ABOVE[1]))]
    if matter is not None:
        places.append((str(matter), address(matter)))
    return places


def address(matter: Matter) -> str:
    """Where a matter is shown."""
    return reverse("desk:matter", args=[matter.pk])


def listed(kind: str) -> str:
    """The list of matters of a kind."""
    return f"{reverse('desk:matters')}?kind={kind}"


def labels() -> dict[str, str]:
    """Names of kinds by id."""
    return {name: one.label for name, one in kinds().items()}


def clocks() -> Callable[[Matter], Badge | None]:
    """Says of any number of matters how much time is left; one question to the calendar for all of them."""
    calendar, limits, day = load(), warn(), today()

    def of(matter: Matter) -> Badge | None:
        if matter.due is None or matter.state == "cancelled":
            return None
        if matter.state in {"answered", "closed"} and matter.answered_at:
            return Badge("done", "已答复", short(local_day(matter.answered_at)))
        if matter.state not in WITH_UNIT:
            return Badge("", "期限", short(matter.due))
        left = calendar.between(day, matter.due)
        if matter.due < day:
            return Badge("late", f"逾期 {-left} 个工作日" if left else "已过期限", short(matter.due))
        kind = (
            "est"
            if matter.due_provisional
            else "near"
            if left <= limits.near
            else "soon"
            if left <= limits.soon
            else ""
        )
        words = "今天到期" if matter.due == day else f"还剩 {left} 个工作日"
        return Badge(kind, f"暂定，{words}" if matter.due_provisional else words, short(matter.due))

    return of


def short(day: date) -> str:
    """12月1日, with its year where it is another one."""
    said = f"{day.month}月{day.day}日"
    return said if day.year == today().year else f"{day.year}年{said}"


def typed_day(text: str) -> date | None:
    """A day as people type it; ``None`` for nothing. Raises ``Refused``."""
    found = moment(text) if text.strip() else None
    if found is not None and type(found) is not date:
        raise Refused("bad_date", "只写日期，不写几时几分，例如 2026-12-01。")
    return found


def typed_number(text: str | None) -> int | None:
    """A number out of an address or form; ``None`` for nothing or nonsense."""
    return int(text) if text and text.isascii() and text.isdigit() and len(text) < 16 else None


def cards(keys: Collection[str], who: Actor) -> Mapping[str, Card]:
    """Matters as cards for other rooms (``kernel/refs``)."""
    numbers = frozenset(number for key in keys if (number := typed_number(key)) is not None)
    found = _seen(standing(who), numbers)
    return {str(one.pk): Card(str(one), address(one), f"{one.unit}，{one.get_state_display()}") for one in found}


@prepared
def _seen(held: Standing, keys: frozenset[int]) -> QuerySet[Matter]:
    return visible_to(held).filter(pk__in=keys)
