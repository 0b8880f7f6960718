from __future__ import annotations

from datetime import date

import pytest
from pytest_django import DjangoAssertNumQueries

from tests.people.acting import BY, refused
from zhunsheng.people import actions
from zhunsheng.people.models import Appointment, Division, Person, Qualification, Unit
from zhunsheng.people.qualifications import holders, kinds, qualified, qualified_among, running_out

CARD = "enforcement_card"
FROM, TO, REVOKED = date(2024, 1, 1), date(2029, 1, 1), date(2026, 5, 10)


@pytest.fixture
def person(db: None) -> Person:
    return Person.objects.create(name="吴一禾")


def card(person: Person, number: str = "05-0001") -> Qualification:
    return actions.add_qualification(
        by=BY, person=person, kind=CARD, number=number, issuer="省人民政府", valid_from=FROM, valid_to=TO
    )


@pytest.mark.parametrize(
    ("day", "counts"),
    [(date(2023, 12, 31), False), (FROM, True), (date(2028, 12, 31), True), (TO, False)],
)
def test_a_certificate_counts_from_its_first_day_to_its_last(day: date, counts: bool, person: Person) -> None:
    card(person)
    assert qualified(person, CARD, day) is counts
    assert not qualified(person, "legal_profession", day)


def test_a_revoked_certificate_no_longer_counts(person: Person) -> None:
    actions.revoke_qualification(qualification=card(person), day=REVOKED, reason="调离执法岗位", by=BY)
    assert qualified(person, CARD, date(2026, 5, 9))
    assert not qualified(person, CARD, REVOKED)


def test_a_legal_qualification_has_no_term(person: Person) -> None:
    actions.add_qualification(
        by=BY, person=person, kind="legal_profession", number="A1", issuer="司法部", valid_from=FROM
    )
    assert qualified(person, "legal_profession", date(2060, 1, 1))


def test_what_cannot_be_entered_is_refused(person: Person) -> None:
    with refused("qualification_kind", "行政执法证", "法律职业资格证"):
        actions.add_qualification(by=BY, person=person, kind="driver", number="1", issuer="甲", valid_from=FROM)
    with refused("qualification_term", "行政执法证", "有效期"):
        actions.add_qualification(by=BY, person=person, kind=CARD, number="1", issuer="甲", valid_from=FROM)
    held = card(person)
    with refused("invalid", "已经登记过"):
        card(person)
    with refused("reason_missing"):
        actions.revoke_qualification(qualification=held, day=REVOKED, reason=" ", by=BY)
    with refused("invalid", "早于"):
        actions.revoke_qualification(qualification=held, day=date(2023, 1, 1), reason="错发", by=BY)
    actions.revoke_qualification(qualification=held, day=REVOKED, reason="错发", by=BY)
    with refused("already_revoked", "2026-05-10"):
        actions.revoke_qualification(qualification=held, day=REVOKED, reason="错发", by=BY)
    assert Qualification.objects.count() == 1


@pytest.mark.parametrize("count", [1, 3])
def test_sets_in_one_query(count: int, person: Person, django_assert_num_queries: DjangoAssertNumQueries) -> None:
    others = [Person.objects.create(name=f"{number}号") for number in range(count)]
    for number, other in enumerate(others):
        card(other, f"05-{number}")
        card(other, f"06-{number}")
    with django_assert_num_queries(1):
        assert qualified_among([person, *others], CARD, FROM) == {other.pk for other in others}
    with django_assert_num_queries(1):
        assert list(holders(CARD, FROM).order_by("pk")) == others
    with django_assert_num_queries(1):
        assert [row.person.name for row in running_out(TO, FROM)] == [o.name for o in others for _ in "12"]
    assert not running_out(date(2028, 12, 31), FROM)


def test_what_was_renewed_or_revoked_runs_out_no_more(person: Person) -> None:
    old = card(person)
    assert list(running_out(date(2030, 1, 1), FROM)) == [old], "what has run out is still to be renewed"
    actions.add_qualification(
        by=BY, person=person, kind="legal_profession", number="A1", issuer="司法部", valid_from=FROM
    )
    assert list(running_out(TO, FROM)) == [old], "another kind stands for nothing"
    new = actions.add_qualification(
        by=BY, person=person, kind=CARD, number="05-0002", issuer="省人民政府", valid_from=TO, valid_to=date(2034, 1, 1)
    )
    assert list(running_out(TO, FROM)) == []
    actions.revoke_qualification(qualification=new, day=TO, reason="错发", by=BY)
    assert list(running_out(date(2040, 1, 1), TO)) == [old]


def test_every_kind_has_a_name_and_its_law(db: None) -> None:
    found = kinds()
    assert {"enforcement_card", "legal_profession", "public_lawyer"} <= set(found)
    assert all(kind.name and kind.law for kind in found.values())
    assert len({kind.name for kind in found.values()}) == len(found)


def test_a_person_is_appointed_in_a_unit_and_in_a_named_body(person: Person, bureau: Unit, county: Division) -> None:
    head = actions.appoint(by=BY, person=person, unit=bureau, post="局长", day=FROM)
    seat = actions.appoint(by=BY, person=person, body=(county, "行政复议委员会"), post="副主任", day=FROM)
    assert (str(head), str(seat)) == ("县司法局局长 吴一禾", "行政复议委员会副主任 吴一禾")
    assert actions.end_appointment(by=BY, appointment=head, day=TO).valid_to == TO
    with refused("appointment_ended", "局长", "2029-01-01"):
        actions.end_appointment(by=BY, appointment=head, day=TO)
    with refused("invalid", "要么"):
        actions.appoint(by=BY, person=person, post="局长", day=FROM)
    with refused("invalid", "已任此职"):
        actions.appoint(by=BY, person=person, body=(county, "行政复议委员会"), post="副主任", day=TO)
    assert Appointment.objects.count() == 2


@pytest.mark.parametrize("phone", ["", "5550123", "0500-5550123", "05005550123", "0500-5550123-801"])
def test_the_telephone_of_an_office_may_stand_there(phone: str) -> None:
    Person(name="吴一禾", office_phone=phone).full_clean(validate_constraints=False)


@pytest.mark.parametrize("phone", ["13800000000", "电话", "0500 5550123", "0500-555"])
def test_anything_else_may_not(phone: str) -> None:
    from django.core.exceptions import ValidationError

    with pytest.raises(ValidationError, match="0500-5550123"):
        Person(name="吴一禾", office_phone=phone).full_clean(validate_constraints=False)
