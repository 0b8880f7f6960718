from __future__ import annotations

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from tests.faces.world import World
from zhunsheng.kernel.evidence.models import Evidence
from zhunsheng.people.models import Role

BACKEND = "zhunsheng.people.backends.MemberBackend"


def test_nul_in_a_form_or_an_address_is_left_out(world: World) -> None:
    """PostgreSQL takes none, and SQLite would store it."""
    client = Client()
    client.force_login(world.home.members[Role.LIAISON_OFFICER], backend=BACKEND)
    file = SimpleUploadedFile("说明.txt", "已办".encode())
    sent = client.post(reverse("desk:evidence"), {"files": file, "not_secret": "1", "note": "甲\0乙"})
    assert sent.status_code == 302
    assert Evidence.objects.get().note == "甲乙"
    page = client.get(reverse("desk:evidence"), {"q": "说\0明", "page": "\0"})
    assert page.status_code == 200
    assert "说明.txt" in page.content.decode()
    where = reverse("desk:unit_tasks", args=[world.home.office.pk])
    assert client.get(where, {"q": "\0", "state": "\0"}).status_code == 200


@pytest.mark.parametrize("number", [2**63, 10**40])
def test_a_number_that_no_record_can_have_is_not_found(world: World, number: int) -> None:
    client = Client()
    client.force_login(world.home.members[Role.OFFICE_CLERK], backend=BACKEND)
    for page in ("plan", "task", "duty", "unit_tasks", "matter", "unit"):
        assert client.get(reverse(f"desk:{page}", args=[number])).status_code == 404, page
        assert client.get(reverse(f"desk:{page}", args=[2**63 - 1])).status_code == 404, page
