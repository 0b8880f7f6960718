"""Navigation as data: what a room of the desk contributes to 目录 (``NAV`` in its ``entries.py``)."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum

from zhunsheng.faces.access import Who
from zhunsheng.people.models import Member


class Group(Enum):
    """The groups of the navigation, in their order: the desk, then the floors from the top down, then what is public."""

    DESK = "案头"
    WORK = "工作"
    BOOKS = "台账"
    PEOPLE = "机构"
    GROUND = "底座"
    PUBLIC = "对外"


@dataclass(frozen=True, slots=True)
class Item:
    """One line of the navigation: ``url`` is the name of an address without parameters, or with those of ``args``.

    ``args`` gives the parameters of the member's own page, ``None`` where they have none; it asks nothing of its own.

    ``who`` sees it (the address has its own entry and is guarded by that). ``count`` says how many wait there for
    the member; it is asked on every page, so it is one cheap query; 0 and ``None`` are not shown.
    """

    group: Group
    label: str
    url: str
    who: Who = "member"
    count: Callable[[Member], int | None] | None = None
    args: Callable[[Member], tuple[int] | None] | None = None
