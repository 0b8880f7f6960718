"""Changes to what persons are qualified for and appointed to: business records, kept by the office of the place.

The system administrator has no part in them: a certificate decides whether an act was lawful.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from zhunsheng.kernel.errors import Refused
from zhunsheng.kernel.journal import change
from zhunsheng.people.actions.saving import save
from zhunsheng.people.models import Appointment, Division, Person, Qualification, Unit
from zhunsheng.people.qualifications import kinds
from zhunsheng.people.references import person_ref
from zhunsheng.people.scope import Purpose, ensure

if TYPE_CHECKING:
    from datetime import date

    from zhunsheng.kernel.actor import Actor


def add_qualification(
    *,
    person: Person,
    kind: str,
    number: str,
    issuer: str,
    valid_from: date,
    by: Actor,
    valid_to: date | None = None,
) -> Qualification:
    """Enter a certificate; ``valid_to`` is the first day on which it has run out, the day after the one printed."""
    ensure(by, _place(person), Purpose.OVERSEE)
    known = kinds().get(kind)
    if known is None:
        names = "、".join(one.name for one in kinds().values())
        raise Refused("qualification_kind", f"没有“{kind}”这种资格，可选：{names}。")
    if known.has_term and valid_to is None:
        raise Refused("qualification_term", f"{known.name}有有效期，请填写有效期至哪一天。")
    with change(by, "登记资格", about=[person_ref(person)]):
        return save(
            Qualification(
                person=person, kind=kind, number=number, issuer=issuer, valid_from=valid_from, valid_to=valid_to
            )
        )


def revoke_qualification(*, qualification: Qualification, day: date, reason: str, by: Actor) -> Qualification:
    """Let a certificate no longer count from ``day`` on although its term runs on; why is asked for."""
    ensure(by, _place(qualification.person), Purpose.OVERSEE)
    if not reason.strip():
        raise Refused("reason_missing", "请写明收回的原因。")
    with change(by, "收回资格", about=[person_ref(qualification.person)], reason=reason.strip()):
        qualification = Qualification.objects.select_for_update().get(pk=qualification.pk)
        if qualification.revoked_on is not None:
            raise Refused("already_revoked", f"证号 {qualification.number} 已于 {qualification.revoked_on} 收回。")
        qualification.revoked_on = day
        return save(qualification)


def appoint(
    *,
    person: Person,
    post: str,
    day: date,
    by: Actor,
    unit: Unit | None = None,
    body: tuple[Division, str] | None = None,
) -> Appointment:
    """Put a person into a post from ``day`` on: of a unit, or of a named body of a division (依法行政领导小组)."""
    division, name = body or (None, "")
    ensure(by, unit.division if unit else division, Purpose.OVERSEE)
    if _place(person) is not None:
        ensure(by, _place(person), Purpose.OVERSEE)
    with change(by, "任职", about=[person_ref(person)]):
        return save(
            Appointment(person=person, unit=unit, division=division, body=name.strip(), post=post, valid_from=day)
        )


def end_appointment(*, appointment: Appointment, day: date, by: Actor) -> Appointment:
    """End an appointment: ``day`` is the first day on which the post is no longer held."""
    ensure(by, appointment.unit.division if appointment.unit else appointment.division, Purpose.OVERSEE)
    with change(by, "免职", about=[person_ref(appointment.person)]):
        appointment = Appointment.objects.select_for_update().get(pk=appointment.pk)
        if appointment.valid_to is not None:
            message = f"{appointment.person.name}的{appointment.post}职务已于 {appointment.valid_to} 终止。"
            raise Refused("appointment_ended", message)
        appointment.valid_to = day
        return save(appointment)


def _place(person: Person) -> Division | None:
    """Where a person works; ``None`` for one without an account, about whom only the program enters certificates."""
    return Division.objects.filter(units__members__person=person).first()
