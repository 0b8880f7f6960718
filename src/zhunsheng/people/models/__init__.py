"""The tables of the people floor."""

from zhunsheng.people.models.account import Account, FormerPassword, RecoveryCode, SecondFactor, SimulatedClock
from zhunsheng.people.models.division import Division, DivisionCode, DivisionKind
from zhunsheng.people.models.group import GroupMember, GroupPhrase
from zhunsheng.people.models.installation import Installation
from zhunsheng.people.models.member import (
    ADMINISTRATORS,
    UNIT_ROLES,
    Member,
    MemberRole,
    Person,
    Role,
)
from zhunsheng.people.models.proposal import Decision, RoleProposal
from zhunsheng.people.models.qualification import Appointment, Qualification
from zhunsheng.people.models.unit import Ending, Leadership, Unit, UnitAlias, UnitKind

__all__ = [
    "ADMINISTRATORS",
    "UNIT_ROLES",
    "Account",
    "Appointment",
    "Decision",
    "Division",
    "DivisionCode",
    "DivisionKind",
    "Ending",
    "FormerPassword",
    "GroupMember",
    "GroupPhrase",
    "Installation",
    "Leadership",
    "Member",
    "MemberRole",
    "Person",
    "Qualification",
    "RecoveryCode",
    "Role",
    "RoleProposal",
    "SecondFactor",
    "SimulatedClock",
    "Unit",
    "UnitAlias",
    "UnitKind",
]
