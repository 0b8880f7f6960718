"""Changes on this floor: one change, one function, one transaction, entered in the journal by who does it.

Each checks, does, and raises ``Refused`` with a Chinese sentence where a rule forbids it.
"""

from zhunsheng.people.actions.divisions import add_division, change_code, child_path
from zhunsheng.people.actions.groups import decide_group
from zhunsheng.people.actions.members import add_member, amend_person, end_role, grant_role, move_member
from zhunsheng.people.actions.proposals import approve_proposal, propose_role, refuse_proposal
from zhunsheng.people.actions.records import add_qualification, appoint, end_appointment, revoke_qualification
from zhunsheng.people.actions.units import (
    add_unit,
    amend_unit,
    end_unit,
    forget_alias,
    learn_alias,
    merge_units,
    rename_unit,
)

__all__ = [
    "add_division",
    "add_member",
    "add_qualification",
    "add_unit",
    "amend_person",
    "amend_unit",
    "appoint",
    "approve_proposal",
    "change_code",
    "child_path",
    "decide_group",
    "end_appointment",
    "end_role",
    "end_unit",
    "forget_alias",
    "grant_role",
    "learn_alias",
    "merge_units",
    "move_member",
    "propose_role",
    "refuse_proposal",
    "rename_unit",
    "revoke_qualification",
]
