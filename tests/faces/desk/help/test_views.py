from __future__ import annotations

from django.urls import reverse

from tests.faces.desk.conftest import SignedIn
from tests.faces.world import World, address
from zhunsheng.faces.desk.help.text import texts
from zhunsheng.people.models import Role


def test_the_index_names_the_own_handbook_first_and_every_text(as_role: SignedIn) -> None:
    page = as_role(Role.AUDIT_ADMINISTRATOR).get(reverse("desk:help")).content.decode()
    assert page.index("审计管理员手册") < page.index("别的角色的手册") < page.index("联络员手册")
    for slug in texts():
        assert reverse("desk:help_text", args=[slug]) in page


def test_every_text_is_drawn_for_everybody(as_role: SignedIn) -> None:
    client = as_role(Role.REVIEWER)
    for slug, text in texts().items():
        answer = client.get(reverse("desk:help_text", args=[slug]))
        assert answer.status_code == 200
        assert text.title in answer.content.decode()


def test_there_is_nothing_else(as_role: SignedIn) -> None:
    assert as_role(Role.REVIEWER).get(reverse("desk:help_text", args=["nothing"])).status_code == 404


def test_links_open_only_for_whom_they_are(as_role: SignedIn) -> None:
    where = reverse("desk:help_text", args=["role-system"])
    accounts = f'<a href="{reverse("desk:accounts")}">账号</a>'
    assert accounts in as_role(Role.SYSTEM_ADMINISTRATOR).get(where).content.decode()
    page = as_role(Role.LIAISON_OFFICER).get(where).content.decode()
    assert accounts not in page
    assert "“账号”" in page


def test_the_foot_of_a_page_leads_to_its_own_help(world: World, as_role: SignedIn) -> None:
    client, clerk = as_role(Role.OFFICE_CLERK), world.home.members[Role.OFFICE_CLERK]
    for name, slug in {"desk:home": "home", "desk:unit_tasks": "unit-tasks", "desk:duty": "duty"}.items():
        page = client.get(address(name, world, clerk)).content.decode()
        assert f'<a href="{reverse("desk:help_text", args=[slug])}">这一页怎么用</a>' in page


def test_a_page_that_does_not_exist_leads_to_the_index(as_role: SignedIn) -> None:
    page = as_role(Role.OFFICE_CLERK).get("/desk/nothing").content.decode()
    assert f'<a href="{reverse("desk:help")}">这一页怎么用</a>' in page
