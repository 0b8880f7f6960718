from __future__ import annotations

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from tests.faces.desk.conftest import Enter
from tests.programmes.plans.actions.test_importing import FOUR, ONE, THREE, TITLE, TWO, publish
from zhunsheng.kernel.evidence import queries as evidence
from zhunsheng.people.models import Member, Role, Unit
from zhunsheng.programmes.plans.models import Edition, Plan
from zhunsheng.programmes.plans.refs import ref_of_plan

PLAN = TITLE + ONE + TWO + THREE


def form(unit: Unit, **changed: object) -> dict[str, object]:
    return {
        "text": PLAN,
        "office": unit.pk,
        "cycle": "",
        "year_from": "",
        "year_to": "",
        "not_secret": "1",
        **changed,
    }


def test_pasted_text_becomes_a_draft_to_mend(desk: Client, office: Unit) -> None:
    response = desk.post(reverse("desk:plan_new"), form(office))
    edition = Edition.objects.get()
    assert response["Location"] == f"{reverse('desk:plan_mend', args=[edition.plan_id])}?done=new"
    assert "先定存疑的" in desk.get(response["Location"]).content.decode()


def test_a_file_becomes_a_draft(desk: Client, office: Unit) -> None:
    file = SimpleUploadedFile("要点.txt", PLAN.encode())
    assert desk.post(reverse("desk:plan_new"), form(office, text="", file=file, cycle="quarter")).status_code == 302
    edition = Edition.objects.get()
    assert (edition.source.name, edition.plan.cycle) == ("要点.txt", "quarter")


def test_the_file_itself_is_kept_beside_the_plan(desk: Client, office: Unit) -> None:
    desk.post(reverse("desk:plan_new"), form(office, text="", file=SimpleUploadedFile("要点.txt", PLAN.encode())))
    plan = Plan.objects.get()
    (use,) = evidence.of([ref_of_plan(plan)])[ref_of_plan(plan)]
    assert "要点.txt" in desk.get(reverse("desk:plan_editions", args=[plan.pk])).content.decode()
    response = desk.get(reverse("desk:evidence_file", args=[use.evidence.pk]))
    assert b"".join(response) == PLAN.encode()


def test_a_web_page_is_kept_as_its_text_only(desk: Client, office: Unit) -> None:
    lines = "".join(f"<p>{line}</p>" for line in PLAN.splitlines())
    file = SimpleUploadedFile("要点.html", f"<!doctype html><html><body>{lines}</body></html>".encode())
    assert desk.post(reverse("desk:plan_new"), form(office, text="", file=file)).status_code == 302
    plan = Plan.objects.get()
    assert evidence.of([ref_of_plan(plan)])[ref_of_plan(plan)] == []


def test_the_own_unit_is_offered_first(desk: Client, office: Unit) -> None:
    page = desk.get(reverse("desk:plan_new")).content.decode()
    assert page.index(f'<option value="{office.pk}"') < page.index("县司法局")


def test_everything_wrong_is_said_at_once_and_nothing_typed_is_lost(desk: Client, office: Unit) -> None:
    wrong = form(office, year_from="明年", year_to="1999", not_secret="", text="云溪县的文字", office="")
    response = desk.post(reverse("desk:plan_new"), wrong)
    page = response.content.decode()
    assert response.status_code == 422
    for words in ("“明年”不是年度", "“1999”不是年度", "还没有确认不涉密", "请选由哪个单位主管", 'value="明年"'):
        assert words in page
    assert "云溪县的文字</textarea>" in page
    assert not Plan.objects.exists()


def test_without_the_confirmation_nothing_is_stored(desk: Client, office: Unit) -> None:
    assert desk.post(reverse("desk:plan_new"), form(office, not_secret="")).status_code == 422
    assert not Plan.objects.exists()


def test_a_file_that_was_read_need_not_be_chosen_again(desk: Client, office: Unit) -> None:
    file = SimpleUploadedFile("无年.txt", ("普法工作要点\n\n" + ONE).encode())
    page = desk.post(reverse("desk:plan_new"), form(office, text="", file=file)).content.decode()
    assert "看不出这份方案管哪一年" in page
    assert "已收到</strong> 无年.txt" in page
    sealed = page.split('name="document" value="')[1].split('"')[0]
    response = desk.post(reverse("desk:plan_new"), form(office, text="", document=sealed, year_from="2026"))
    assert response.status_code == 302
    assert Plan.objects.get().year_from == 2026


@pytest.mark.parametrize("text", ["", "云溪县2025年工作总结\n\n全年办结57件。\n"])
def test_what_is_no_plan_is_refused(desk: Client, office: Unit, text: str) -> None:
    response = desk.post(reverse("desk:plan_new"), form(office, text=text))
    assert response.status_code == 422
    assert 'role="alert"' in response.content.decode()


def test_the_same_document_leads_to_its_edition(desk: Client, office: Unit) -> None:
    desk.post(reverse("desk:plan_new"), form(office))
    response = desk.post(reverse("desk:plan_new"), form(office), follow=True)
    assert "这份文件以前导入过" in response.content.decode()
    assert Edition.objects.count() == 1


def test_a_changed_edition_says_what_it_keeps(desk: Client, office: Unit, clerk: Member, second: Member) -> None:
    desk.post(reverse("desk:plan_new"), form(office))
    plan = publish(Edition.objects.get(), clerk, second)
    changed = TITLE + ONE.replace("9月", "10月") + TWO + FOUR
    response = desk.post(reverse("desk:plan_new"), form(office, text=changed, plan=plan.pk), follow=True)
    page = response.content.decode()
    assert "认出是《云溪县2026年普法工作要点》的新版" in page
    assert "有改动 1 项，新增 1 项，取消 1 项，未变 1 项" in page
    assert "<del>9</del>" in page
    assert "<ins>10</ins>" in page
    assert "2 项任务保留进度" in page


def test_units_do_not_import(county: None, enter: Enter) -> None:
    stranger = Member.objects.filter(roles__role=Role.LIAISON_OFFICER).order_by("pk")[0]
    assert enter(stranger).get(reverse("desk:plan_new")).status_code == 403
