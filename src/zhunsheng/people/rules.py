"""Decisions of this floor that one row alone cannot show, so that no database constraint can hold them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from zhunsheng.people.models import ADMINISTRATORS, DivisionKind, Role

if TYPE_CHECKING:
    from collections.abc import Iterable

RANK = {kind: rank for rank, kind in enumerate(DivisionKind)}


def may_lie_below(kind: DivisionKind, parent: DivisionKind | None) -> bool:
    """Whether a division of ``kind`` may lie directly below one of ``parent`` (``None``: at the top).

    An installation begins with a prefecture or a county. Levels may be left out (a village directly below a
    county, as in development zones), but never turned round.
    """
    if parent is None:
        return kind in {DivisionKind.PREFECTURE, DivisionKind.COUNTY}
    return RANK[kind] > RANK[parent]


def clash(held: Iterable[Role], wanted: Role) -> str | None:
    """Why somebody who holds ``held`` may not be given ``wanted`` as well, as a Chinese sentence; ``None`` if fine.

    三员分立: nobody holds two of the administrators' roles, and an administrator has no part in the
    business that is administered. Holding the same role twice, for two scopes, is fine for the others.
    """
    held = frozenset(held)
    admins = held.intersection(ADMINISTRATORS)
    if wanted in ADMINISTRATORS and admins:
        return f"{_labels(admins)}不得兼任{wanted.label}，请另设一人。"
    if wanted in ADMINISTRATORS and held:
        return f"业务人员（{_labels(held)}）不得兼任{wanted.label}，请另设一人。"
    if admins:
        return f"{_labels(admins)}不得办理业务，不能担任{wanted.label}，请另设一人。"
    return None


def _labels(roles: Iterable[Role]) -> str:
    return "、".join(role.label for role in Role if role in set(roles))
