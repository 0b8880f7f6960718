from __future__ import annotations

import pytest
from django.http import HttpResponse
from django.test import Client, RequestFactory

from tests.faces.desk.conftest import PASSWORD, SignedIn
from tests.faces.world import World
from zhunsheng.faces.desk.accesslog import Downloads
from zhunsheng.kernel.journal.models import Access
from zhunsheng.people.models import Member, Role


def kept() -> list[tuple[str, str, str]]:
    """The lines of the log: kind, user name, what is said."""
    return list(Access.objects.order_by("pk").values_list("kind", "username", "detail"))


def test_coming_going_and_refusals_are_noted(clerk: Member) -> None:
    client = Client()
    client.post("/desk/sign-in", {"username": "nobody\nsign_in\0", "password": "Secret-1"})
    client.post("/desk/sign-in", {"username": clerk.username, "password": PASSWORD})
    client.get("/desk/accounts/?q=Secret")
    client.post("/desk/sign-out")
    name = clerk.username
    assert [line[0] for line in kept()] == ["sign_in_refused", "sign_in", "refusal", "sign_out"]
    assert kept()[1:] == [
        ("sign_in", name, "口令 /desk/sign-in"),
        ("refusal", name, "/desk/accounts/"),
        ("sign_out", name, "/desk/sign-out"),
    ]
    line = Access.objects.get(kind="refusal")
    assert (line.actor_id, line.actor_name, line.unit_name) == (clerk.pk, clerk.full_name, clerk.unit_name)
    assert line.address == "127.0.0.1"
    assert not Access.objects.filter(detail__contains="Secret").exists()


def test_an_idle_session_is_noted(as_role: SignedIn) -> None:
    client = as_role(Role.REVIEWER)
    session = client.session
    session["seen"] -= 31 * 60
    session.save()
    client.get("/desk/")
    assert [(kind, words) for kind, _, words in kept()] == [("sign_out", "久未操作 /desk/")]


def test_a_file_taken_away_is_noted_with_its_name_and_filter(as_role: SignedIn) -> None:
    client = as_role(Role.OFFICE_HEAD)
    client.head("/desk/matters.xlsx")
    assert kept() == []
    assert client.get("/desk/matters.xlsx", {"q": "要点"}).status_code == 200
    ((kind, _, words),) = kept()
    assert kind == "export"
    assert words.startswith("交办事项")
    assert words.endswith(".xlsx q=%E8%A6%81%E7%82%B9 /desk/matters.xlsx")


@pytest.mark.parametrize(
    ("path", "status", "header", "noted"),
    [
        ("/desk/x", 200, "attachment", 1),
        ("/desk/x", 200, "inline", 0),
        ("/desk/x", 200, "", 0),
        ("/desk/x", 404, "attachment", 0),
        ("/read", 200, "attachment", 0),
    ],
)
def test_only_files_of_the_desk_count(world: World, path: str, status: int, header: str, noted: int) -> None:
    request = RequestFactory().get(path)
    request.user = world.home.members[Role.REVIEWER]
    answer = HttpResponse(status=status, headers={"Content-Disposition": header} if header else {})
    assert Downloads(lambda _: answer)(request) is answer
    assert Access.objects.filter(kind="export").count() == noted
