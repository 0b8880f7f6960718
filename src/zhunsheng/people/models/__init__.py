"""The tables of the people floor."""

from zhunsheng.people.models.account import Account, FormerPassword, RecoveryCode, SecondFactor, SimulatedClock
from zhunsheng.people.models.division import Division, DivisionCode, DivisionKind
from zhunsheng.people.models.installation import Installation
from zhunsheng.people.models.member import (
    ADMINISTRATORS,
    UNIT_ROLES,
    Member,
    MemberRole,
    Person,
    Role,
)
from zhunsheng.people.models.unit import Ending, Leadership, Unit, UnitAlias, UnitKind

__all__ = [
    "ADMINISTRATORS",
    "UNIT_ROLES",
    "Account",
    "Division",
    "DivisionCode",
    "DivisionKind",
    "Ending",
    "FormerPassword",
    "Installation",
    "Leadership",
    "Member",
    "MemberRole",
    "Person",
    "RecoveryCode",
    "Role",
    "SecondFactor",
    "SimulatedClock",
    "Unit",
    "UnitAlias",
    "UnitKind",
]
