from __future__ import annotations

import pytest
from django.contrib.auth import authenticate
from django.core.management import CommandError, call_command
from django.test import RequestFactory

from tests.people.acting import BY
from zhunsheng.people import actions
from zhunsheng.people.models import ADMINISTRATORS, UNIT_ROLES, Member, Role, Unit


@pytest.mark.django_db
def test_createsuperuser_is_refused_in_chinese_and_makes_nobody() -> None:
    with pytest.raises(CommandError, match="没有超级用户"):
        Member.objects.create_superuser(username="root", password="x" * 20)
    with pytest.raises(CommandError):
        call_command("createsuperuser", interactive=False, username="root")
    assert not Member.objects.exists()


def test_an_account_carries_no_rights_of_its_own() -> None:
    fields = {field.name for field in Member._meta.get_fields()}
    assert not fields & {"is_superuser", "is_staff", "groups", "user_permissions"}


def test_a_member_signs_in_by_user_name_while_active(bureau: Unit) -> None:
    member = actions.add_member(by=BY, username="wuyihe", name="吴一禾", unit=bureau, password="梧桐树下3只猫头鹰Owl")
    assert authenticate(RequestFactory().post("/"), username="wuyihe", password="梧桐树下3只猫头鹰Owl") == member
    Member.objects.update(is_active=False)
    assert authenticate(RequestFactory().post("/"), username="wuyihe", password="梧桐树下3只猫头鹰Owl") is None


def test_the_roles_are_those_of_the_domain() -> None:
    assert [role.label for role in Role] == [
        "联络员", "单位负责人", "依法治县办经办", "依法治县办负责人", "评审", "监督员", "领导小组成员",
        "系统管理员", "安全管理员", "审计管理员",
    ]  # fmt: skip
    assert not set(UNIT_ROLES) & set(ADMINISTRATORS)
