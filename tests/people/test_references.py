from __future__ import annotations

from tests.people.acting import BY
from zhunsheng.kernel.refs import Ref
from zhunsheng.people import actions
from zhunsheng.people.models import Unit
from zhunsheng.people.references import division_ref, member_ref, person_ref, unit_ref


def test_records_are_named_as_on_this_day(bureau: Unit) -> None:
    member = actions.add_member(by=BY, username="wuyihe", name="吴一禾", unit=bureau)
    assert unit_ref(bureau) == Ref("people.unit", str(bureau.pk), "县司法局")
    assert division_ref(bureau.division) == Ref("people.division", str(bureau.division.pk), "青石县")
    assert member_ref(member) == Ref("people.member", str(member.pk), "吴一禾")
    assert person_ref(member.person) == Ref("people.person", str(member.person.pk), "吴一禾")
