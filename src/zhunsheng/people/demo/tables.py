"""The demo county as written down: six CSV files beside this module, that a spreadsheet can open.

``divisions.csv``, ``units.csv``, ``aliases.csv``, ``members.csv``, ``qualifications.csv``, ``appointments.csv``; rows refer to each other by name,
short name or user name. Everything in them is invented; the codes begin with 05, a prefix that no province has.
"""

from __future__ import annotations

import csv
from dataclasses import dataclass
from datetime import date
from importlib.resources import files


@dataclass(frozen=True, slots=True)
class DivisionRow:
    """A division; ``parent`` is the name of the one above, listed before it."""

    name: str
    kind: str
    parent: str
    code: str


@dataclass(frozen=True, slots=True)
class UnitRow:
    """A unit; ``superior``, ``assessed_by`` and ``successor`` are short names, all empty where there is none."""

    short_name: str
    name: str
    kind: str
    division: str
    led_by: str
    superior: str
    assessed_by: str
    valid_from: str
    valid_to: str
    ending: str
    successor: str


@dataclass(frozen=True, slots=True)
class AliasRow:
    """Another name of the unit with this short name."""

    unit: str
    name: str
    valid_from: str
    valid_to: str


@dataclass(frozen=True, slots=True)
class MemberRow:
    """A member of the unit with this short name, and the one role that they hold."""

    username: str
    name: str
    unit: str
    role: str
    valid_from: str


@dataclass(frozen=True, slots=True)
class QualificationRow:
    """A certificate of the member with this user name."""

    username: str
    kind: str
    number: str
    issuer: str
    valid_from: str
    valid_to: str
    revoked_on: str


@dataclass(frozen=True, slots=True)
class AppointmentRow:
    """A post of the member with this user name: of a unit, or else of a named body of the county."""

    username: str
    unit: str
    body: str
    post: str
    valid_from: str
    valid_to: str


def divisions() -> list[DivisionRow]:
    """All divisions, parents first."""
    return [DivisionRow(**row) for row in _read("divisions.csv")]


def units() -> list[UnitRow]:
    """All units, those that have ended included."""
    return [UnitRow(**row) for row in _read("units.csv")]


def aliases() -> list[AliasRow]:
    """All other names of units."""
    return [AliasRow(**row) for row in _read("aliases.csv")]


def members() -> list[MemberRow]:
    """All members."""
    return [MemberRow(**row) for row in _read("members.csv")]


def qualifications() -> list[QualificationRow]:
    """All certificates."""
    return [QualificationRow(**row) for row in _read("qualifications.csv")]


def appointments() -> list[AppointmentRow]:
    """All posts."""
    return [AppointmentRow(**row) for row in _read("appointments.csv")]


def day(written: str) -> date | None:
    """An ISO date, ``None`` for an empty cell."""
    return date.fromisoformat(written) if written else None


def _read(name: str) -> list[dict[str, str]]:
    return list(csv.DictReader(files(__package__).joinpath(name).read_text("utf-8").splitlines()))
