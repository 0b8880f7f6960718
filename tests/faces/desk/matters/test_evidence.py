from __future__ import annotations

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from tests.faces.desk.conftest import Enter
from tests.kernel.evidence import samples
from tests.kernel.matter import scenes
from tests.kernel.matter.conftest import Cast
from zhunsheng.kernel.evidence import files
from zhunsheng.kernel.evidence.models import Evidence

HERE = "/desk/evidence/"


def test_files_are_uploaded_listed_found_and_downloaded(cast: Cast, enter: Enter) -> None:
    client = enter(cast.townsman)
    uploads = [SimpleUploadedFile("台账.pdf", samples.PDF), SimpleUploadedFile("照片.png", samples.PNG)]
    given = {"files": uploads, "not_secret": "1", "first": "2026-07-01", "last": "2026-09-30", "note": "三季度"}
    assert client.post(HERE, given).status_code == 302
    shown = client.get(HERE).content.decode()
    assert "本单位的佐证材料 2 份" in shown
    assert "2026-07-01 至 2026-09-30" in shown
    assert "照片.png" not in client.get(HERE, {"q": "台账"}).content.decode()
    assert "没有找到" in client.get(HERE, {"q": "查无"}).content.decode()
    assert "还没有材料" in enter(cast.other).get(HERE).content.decode()
    one = Evidence.objects.get(name="台账.pdf")
    response = client.get(reverse("desk:evidence_file", args=[one.pk]))
    assert response.content == samples.PDF


def test_a_download_can_do_nothing_in_the_browser(cast: Cast, enter: Enter) -> None:
    piece = cast.paper('x"说明.txt')
    response = enter(cast.townsman).get(reverse("desk:evidence_file", args=[piece.pk]))
    assert response["Content-Type"] == "text/plain; charset=utf-8"
    assert response["Content-Disposition"].startswith("attachment; ")
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["Content-Security-Policy"] == "sandbox; default-src 'none'"
    assert response["Cache-Control"] == "private, no-store"


def test_a_name_without_ending_is_given_one(cast: Cast, enter: Enter) -> None:
    piece = cast.paper("说明")
    response = enter(cast.townsman).get(reverse("desk:evidence_file", args=[piece.pk]))
    assert response["Content-Disposition"].endswith(".txt")


@pytest.mark.parametrize(
    ("data", "said"),
    [
        ({}, "还没有选文件"),
        ({"files": SimpleUploadedFile("a.exe", b"MZ\x90\x00" + bytes(90)), "not_secret": "1"}, "没有收"),
        ({"files": SimpleUploadedFile("a.pdf", samples.PDF)}, "不涉密"),
        ({"files": SimpleUploadedFile("a.pdf", samples.PDF), "not_secret": "1", "first": "2026-07-01"}, "两头都填"),
    ],
)
def test_what_is_not_taken_is_told(cast: Cast, enter: Enter, data: dict[str, object], said: str) -> None:
    response = enter(cast.townsman).post(HERE, {**data, "note": "我写的说明"})
    assert response.status_code == 422
    assert said in response.content.decode()
    assert "我写的说明" in response.content.decode()
    assert not Evidence.objects.exists()


def test_the_pieces_of_another_unit_are_not_found(cast: Cast, enter: Enter) -> None:
    piece = cast.paper()
    stranger = enter(cast.other)
    assert stranger.get(reverse("desk:evidence_file", args=[piece.pk])).status_code == 404
    assert stranger.post(reverse("desk:evidence_delete", args=[piece.pk])).status_code == 404
    assert enter(cast.townsman).get(reverse("desk:evidence_file", args=[9999])).status_code == 404


def test_a_piece_is_deleted_unless_it_is_used(cast: Cast, enter: Enter) -> None:
    client = enter(cast.townsman)
    free = cast.paper("free.txt")
    assert client.post(reverse("desk:evidence_delete", args=[free.pk])).status_code == 302
    scenes.answered(cast)
    used = Evidence.objects.get()
    response = client.post(reverse("desk:evidence_delete", args=[used.pk]))
    assert response.status_code == 422
    assert "还用在" in response.content.decode()


def test_a_damaged_file_is_told_and_not_sent(cast: Cast, enter: Enter) -> None:
    piece = cast.paper()
    path = files.path_of(piece.file.digest)
    path.chmod(0o600)
    path.write_bytes(b"x")
    response = enter(cast.townsman).get(reverse("desk:evidence_file", args=[piece.pk]))
    assert response.status_code == 422
    assert "和入库时不一样" in response.content.decode()


@pytest.mark.parametrize("count", [1, 3])
def test_the_list_asks_as_many_questions_for_many_as_for_one(
    cast: Cast, enter: Enter, django_assert_num_queries: DjangoAssertNumQueries, count: int
) -> None:
    for number in range(count):
        cast.paper(f"{number}.txt")
    client = enter(cast.townsman)
    client.get(HERE)
    with django_assert_num_queries(7):
        client.get(HERE)
