from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zhunsheng.people import rules
from zhunsheng.people.models import ADMINISTRATORS, DivisionKind, Role

ROLES = st.sampled_from(list(Role))
KINDS = st.sampled_from(list(DivisionKind))
BUSINESS = sorted(set(Role) - set(ADMINISTRATORS))


@given(above=KINDS, below=KINDS)
def test_levels_are_never_turned_round(above: DivisionKind, below: DivisionKind) -> None:
    assert not (rules.may_lie_below(below, above) and rules.may_lie_below(above, below))


@pytest.mark.parametrize(
    ("kind", "parent", "allowed"),
    [
        (DivisionKind.PREFECTURE, None, True),
        (DivisionKind.COUNTY, None, True),
        (DivisionKind.TOWNSHIP, None, False),
        (DivisionKind.COUNTY, DivisionKind.PREFECTURE, True),
        (DivisionKind.TOWNSHIP, DivisionKind.COUNTY, True),
        (DivisionKind.VILLAGE, DivisionKind.COUNTY, True),
        (DivisionKind.VILLAGE, DivisionKind.VILLAGE, False),
        (DivisionKind.COUNTY, DivisionKind.TOWNSHIP, False),
    ],
)
def test_which_level_lies_below_which(kind: DivisionKind, parent: DivisionKind | None, allowed: bool) -> None:
    assert rules.may_lie_below(kind, parent) is allowed


@given(held=st.sets(ROLES), wanted=ROLES)
def test_no_clash_leaves_administration_and_business_apart(held: set[Role], wanted: Role) -> None:
    allowed = rules.clash(held, wanted) is None
    admins = (held | {wanted}) & set(ADMINISTRATORS)
    business = (held | {wanted}) - set(ADMINISTRATORS)
    if allowed and not (held & admins):
        assert len(admins) <= 1
        assert not (admins and business)
    if not admins:
        assert allowed


@pytest.mark.parametrize("wanted", ADMINISTRATORS)
def test_a_second_administrators_role_is_refused_by_name(wanted: Role) -> None:
    other = next(role for role in ADMINISTRATORS if role != wanted)
    reason = rules.clash([other], wanted)
    assert reason is not None
    assert other.label in reason
    assert wanted.label in reason


@pytest.mark.parametrize("held", BUSINESS)
def test_business_and_administration_exclude_each_other_both_ways(held: Role) -> None:
    for admin in ADMINISTRATORS:
        assert rules.clash([held], admin) is not None
        assert rules.clash([admin], held) is not None


def test_the_same_role_may_be_held_twice_for_two_units() -> None:
    assert rules.clash([Role.LIAISON_OFFICER], Role.LIAISON_OFFICER) is None
