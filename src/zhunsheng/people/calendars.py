"""Who may change the working-day calendar, and where: the kernel's calendar knows regions, this floor knows whose they are."""

from __future__ import annotations

from typing import TYPE_CHECKING

from zhunsheng.kernel.errors import Refused
from zhunsheng.people.installation import current
from zhunsheng.people.models import Division, DivisionCode
from zhunsheng.people.scope import Purpose, ensure

if TYPE_CHECKING:
    from zhunsheng.kernel.actor import Actor


def ensure_calendar(by: Actor, region: str) -> None:
    """Raise ``Refused`` unless ``by`` keeps the units of the place that the region is.

    The calendar of the whole country ("") moves dates everywhere in the database: whoever keeps the place that the
    database serves may load it. A region is the current code of a division here.
    """
    ensure(by, place_of(region), Purpose.MANAGE_UNITS)


def place_of(region: str) -> Division:
    """The division that has this code today; of "" the place that the database serves. Raises ``Refused``."""
    if not region:
        installation = current()
        if installation is None:
            raise Refused("no_installation", "还没有建县，不能改工作日历。请先运行 zhunsheng init。")
        return installation.division
    code = DivisionCode.objects.select_related("division").filter(code=region, valid_to=None).first()
    if code is None:
        raise Refused("region_unknown", f"没有代码为 {region} 的区划。请从列表里选一个地区。")
    return code.division
