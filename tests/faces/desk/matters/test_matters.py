from __future__ import annotations

import io
import re
from datetime import date
from typing import Any

import docx
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries
from python_calamine import CalamineWorkbook

from tests.faces.desk.conftest import Enter
from tests.kernel.matter import scenes
from tests.kernel.matter.conftest import Cast
from zhunsheng.kernel import now, refs, waiting
from zhunsheng.kernel.evidence.models import Evidence
from zhunsheng.kernel.matter import actions
from zhunsheng.kernel.matter.models import Matter, Proposal
from zhunsheng.kernel.matter.proposals import propose

LATE = date(2026, 12, 10)


def body(client: Client, where: str, status: int = 200) -> str:
    response = client.get(where)
    assert response.status_code == status
    return response.content.decode()


def act(matter: Matter, action: str) -> str:
    return reverse("desk:matter_act", args=[matter.pk, action])


def post(client: Client, address: str, /, **data: Any) -> tuple[int, str]:
    response = client.post(address, data)
    return response.status_code, response.get("Location", "") or response.content.decode()


def page_of(matter: Matter) -> str:
    return reverse("desk:matter", args=[matter.pk])


@pytest.mark.usefixtures("tasks")
def test_an_order_is_drafted_issued_signed_answered_and_closed_through_the_pages(cast: Cast, enter: Enter) -> None:
    clerk, head, town = enter(cast.clerk), enter(cast.head), enter(cast.townsman)
    status, where = post(
        clerk, reverse("desk:matter_new"), kind="supervision_order", unit=cast.town.pk, title="关于报送台账",
        demands="补报台账。", origin="test.task 13 任务 13",
    )  # fmt: skip
    assert status == 302
    matter = Matter.objects.get()
    assert (where, matter.origins.get().label) == (page_of(matter), "任务 13")
    assert body(town, where, 404)
    assert post(head, act(matter, "issue"), seen=matter.version)[0] == 302
    matter.refresh_from_db()
    assert matter.document_number == "法督〔2026〕1号"
    assert "签收</a>" in body(town, where)
    assert post(town, act(matter, "sign"))[0] == 302
    upload = SimpleUploadedFile("说明.txt", "已补报".encode())
    status, _ = post(
        town,
        act(matter, "answer"),
        text="已经补报。",
        files=upload,
        not_secret="1",
        first="2026-07-01",
        last="2026-09-30",
    )
    assert status == 302
    shown = body(clerk, where)
    assert "说明.txt" in shown
    assert "证明期间 2026-07-01 至 2026-09-30" in shown
    assert post(clerk, act(matter, "close"), text="材料齐全。")[0] == 302
    assert "已销号" in body(town, where)
    file = Evidence.objects.get()
    assert clerk.get(reverse("desk:evidence_file", args=[file.pk])).content == "已补报".encode()
    assert enter(cast.other).get(reverse("desk:evidence_file", args=[file.pk])).status_code == 404


@pytest.mark.usefixtures("tasks")
@pytest.mark.parametrize("origin", ["test.task 14 任务 14", "no.such 1 没有"])
def test_an_order_does_not_enter_the_history_of_what_its_drafter_does_not_see(
    cast: Cast, enter: Enter, origin: str
) -> None:
    fields = {"kind": "supervision_order", "unit": cast.town.pk, "title": "关于报送台账", "demands": "补报台账。"}
    status, page = post(enter(cast.clerk), reverse("desk:matter_new"), **fields, origin=origin)
    assert status == 422
    assert "没有这个来源" in page
    assert not Matter.objects.exists()


@pytest.mark.usefixtures("tasks")
def test_an_origin_is_called_what_it_is_called(cast: Cast, enter: Enter) -> None:
    fields = {"kind": "supervision_order", "unit": cast.town.pk, "title": "关于报送台账", "demands": "补报台账。"}
    clerk, where = enter(cast.clerk), reverse("desk:matter_new")
    assert post(clerk, where, **fields, origin="test.task 13 另一个名字")[0] == 302
    assert Matter.objects.get().origins.get().label == "任务 13"
    assert post(clerk, where, **fields, origin="plans.duty x 不是编号")[0] == 302
    assert Matter.objects.latest("pk").origins.count() == 0


def test_what_cannot_be_done_yet_stays_as_a_button_that_says_what_is_missing(cast: Cast, enter: Enter) -> None:
    matter = scenes.drafted(cast, demands="")
    shown = body(enter(cast.head), page_of(matter))
    assert "签发（先补：办理要求）</button>" in shown
    assert "改稿" in shown


def test_a_form_that_is_refused_comes_back_with_what_was_typed(cast: Cast, enter: Enter) -> None:
    client = enter(cast.clerk)
    status, shown = post(
        client, reverse("desk:matter_new"), kind="supervision_order", title="关于台账", demands="我写的要求"
    )
    assert status == 422
    assert "还没有选承办单位" in shown
    assert "我写的要求" in shown
    status, shown = post(client, reverse("desk:matter_new"), unit=cast.town.pk, title="t", due="明天")
    assert "日期“明天”认不出来" in shown
    matter = scenes.signed(cast)
    town = enter(cast.townsman)
    upload = SimpleUploadedFile("说明.txt", "内容".encode())
    status, shown = post(town, act(matter, "answer"), text="", files=upload, not_secret="1")
    assert status == 422
    assert re.search(r'name="piece" value="\d+" checked', shown)
    status, shown = post(town, act(matter, "answer"), text="我写的情况", files=SimpleUploadedFile("a.txt", b"x"))
    assert "不涉密" in shown
    assert "我写的情况" in shown
    status, shown = post(town, act(matter, "answer"), text="情况", first="2026-07-01")
    assert "证明期间要么两头都填" in shown


def test_a_stale_form_is_refused(cast: Cast, enter: Enter) -> None:
    matter = scenes.issued(cast)
    actions.sign(matter=matter, by=cast.townsman)
    status, shown = post(enter(cast.head), act(matter, "cancel"), text="重复", seen=str(matter.version))
    assert status == 422
    assert "刚刚办了“签收”" in shown
    assert "重复" in shown


def test_a_step_that_is_not_open_leads_back_and_an_unknown_one_is_not_found(cast: Cast, enter: Enter) -> None:
    matter = scenes.issued(cast)
    client = enter(cast.clerk)
    assert client.get(act(matter, "sign"))["Location"] == page_of(matter)
    assert client.get(act(matter, "burn")).status_code == 404
    assert client.get(reverse("desk:matter_propose", args=[matter.pk, "talk"]))["Location"] == page_of(matter)
    assert client.get(reverse("desk:matter_revise", args=[matter.pk]))["Location"] == page_of(matter)
    assert enter(cast.other).get(act(matter, "sign")).status_code == 404


@pytest.mark.parametrize("action", ["issue", "recall", "cancel", "sign", "answer", "close", "return"])
def test_every_step_has_its_form(cast: Cast, enter: Enter, action: str) -> None:
    made = {"issue": scenes.drafted, "recall": scenes.issued, "cancel": scenes.issued, "sign": scenes.issued}
    matter = {"answer": scenes.signed, "close": scenes.answered, "return": scenes.answered, **made}[action](cast)
    who = cast.townsman if action in {"sign", "answer"} else cast.head
    shown = body(enter(who), act(matter, action))
    assert shown.count("<form") >= 2
    assert "回去</a>" in shown


def test_a_draft_is_changed(cast: Cast, enter: Enter) -> None:
    matter = scenes.drafted(cast)
    client = enter(cast.clerk)
    where = reverse("desk:matter_revise", args=[matter.pk])
    assert "关于报送三季度备案台账" in body(client, where)
    assert post(client, where, title="新题", demands="新要求", due="2026-12-31", seen=matter.version)[0] == 302
    matter.refresh_from_db()
    assert (matter.title, matter.due) == ("新题", date(2026, 12, 31))
    assert post(client, where, title="新题二", seen=matter.version - 1)[0] == 422


def test_escalation_is_proposed_by_one_and_approved_by_another_and_printed(cast: Cast, enter: Enter) -> None:
    matter = scenes.signed(cast)
    with now.on(LATE):
        clerk, head = enter(cast.clerk), enter(cast.head)
        assert "提请约谈</a>" in body(clerk, page_of(matter))
        where = reverse("desk:matter_propose", args=[matter.pk, "talk"])
        assert "时间和地点" in body(clerk, where)
        assert "约谈要写明时间和地点" in post(clerk, where, reason="三次催办未办")[1]
        assert post(clerk, where, reason="三次催办未办", where="12月14日上午9时，县司法局")[0] == 302
        deciding = reverse("desk:matter_decide", args=[matter.pk, Proposal.objects.get().pk])
        assert "批准</button>" in body(head, deciding)
        assert "批准</button>" not in body(clerk, deciding)
        assert "还没有选怎样决定" in post(head, deciding)[1]
        assert post(head, deciding, decision="reject")[0] == 422
        assert post(head, deciding, decision="approve")[0] == 302
        assert head.get(deciding)["Location"] == page_of(matter)
        shown = body(head, page_of(matter))
        assert "已约谈" in shown
        after = body(clerk, page_of(matter))
        assert "提请约谈</a>" not in after
        assert "提请通报</a>" in after
        paper = head.get(reverse("desk:proposal_paper", args=[matter.pk, Proposal.objects.get().pk]))
    assert "法约〔2026〕1号" in [one.text for one in docx.Document(io.BytesIO(paper.content)).paragraphs]


def test_more_time_is_asked_for_and_rejected_or_taken_back(cast: Cast, enter: Enter) -> None:
    matter = scenes.signed(cast)
    town, head = enter(cast.townsman), enter(cast.head)
    where = reverse("desk:matter_propose", args=[matter.pk, "extend"])
    assert post(town, where, reason="忙", new_due="2026-12-01")[0] == 422
    assert post(town, where, reason="忙", new_due="2026-12-31")[0] == 302
    first = Proposal.objects.get()
    assert (
        post(head, reverse("desk:matter_decide", args=[matter.pk, first.pk]), decision="reject", opinion="来得及")[0]
        == 302
    )
    assert post(town, where, reason="还是忙", new_due="2026-12-31")[0] == 302
    second = Proposal.objects.latest("pk")
    assert post(town, reverse("desk:matter_decide", args=[matter.pk, second.pk]), decision="withdraw")[0] == 302
    assert [one.state for one in Proposal.objects.order_by("pk")] == ["rejected", "withdrawn"]
    assert town.get(reverse("desk:proposal_paper", args=[matter.pk, first.pk])).status_code == 404
    assert town.get(reverse("desk:matter_decide", args=[matter.pk, 999])).status_code == 404
    assert town.get(reverse("desk:matter_propose", args=[matter.pk, "burn"])).status_code == 404


def test_the_paper_is_a_word_file(cast: Cast, enter: Enter) -> None:
    response = enter(cast.townsman).get(reverse("desk:matter_paper", args=[scenes.issued(cast).pk]))
    assert response["Content-Type"].endswith("wordprocessingml.document")
    assert response["Content-Disposition"].startswith("attachment; filename*=utf-8''")
    assert "法督〔2026〕1号" in [one.text for one in docx.Document(io.BytesIO(response.content)).paragraphs]


def test_the_list_is_filtered_by_its_address(cast: Cast, enter: Enter) -> None:
    scenes.signed(cast)
    scenes.issued(
        cast, kind="rectification_notice", due=date(2026, 12, 31), unit_id=cast.other_town.pk, title="关于整改旧账"
    )
    clerk = enter(cast.clerk)
    where = reverse("desk:matters")
    assert "交办 2 件" in body(clerk, where)
    assert "交办 1 件" in body(clerk, f"{where}?kind=rectification_notice")
    assert "交办 1 件" in body(clerk, f"{where}?state=signed&q=台账")
    assert "交办 1 件" in body(clerk, f"{where}?unit={cast.other_town.pk}&sort=unit")
    assert "交办 2 件" in body(clerk, f"{where}?kind=x&state=y&unit=z&sort=q&page=99")
    assert "没有符合这些条件" in body(clerk, f"{where}?late=1")
    with now.on(LATE):
        shown = body(clerk, f"{where}?late=1")
    assert "已经逾期 1 件" in shown
    assert "逾期 3 个工作日" in shown
    assert "交办 1 件" in body(enter(cast.townsman), where)


def test_an_empty_list_says_what_to_do_next(cast: Cast, enter: Enter) -> None:
    where = reverse("desk:matters")
    assert "还没有交办事项" in body(enter(cast.clerk), where)
    assert "还没有交办给你单位" in body(enter(cast.townsman), where)


def test_the_list_as_a_workbook(cast: Cast, enter: Enter) -> None:
    scenes.signed(cast)
    scenes.drafted(cast, title="=1+1")
    response = enter(cast.clerk).get(reverse("desk:matters_export") + "?sort=due")
    rows = CalamineWorkbook.from_filelike(io.BytesIO(response.content)).get_sheet_by_index(0).to_python()
    assert rows[0][:4] == ["文号", "种类", "标题", "承办单位"]
    assert rows[1][:6] == [
        "法督〔2026〕1号",
        "督办单",
        "关于报送三季度备案台账",
        "南坪镇",
        "依法治县办",
        "办理中",
    ]
    assert rows[2][2] == "=1+1"


@pytest.mark.parametrize("count", [1, 3])
def test_the_list_asks_as_many_questions_for_many_as_for_one(
    cast: Cast, enter: Enter, django_assert_num_queries: DjangoAssertNumQueries, count: int
) -> None:
    for _ in range(count):
        scenes.issued(cast)
    client = enter(cast.clerk)
    client.get(reverse("desk:matters"))
    with django_assert_num_queries(9):
        client.get(reverse("desk:matters"))


@pytest.mark.parametrize("count", [1, 3])
def test_a_matter_asks_as_many_questions_for_many_answers_as_for_one(
    cast: Cast, enter: Enter, django_assert_num_queries: DjangoAssertNumQueries, count: int
) -> None:
    matter = scenes.answered(cast)
    for _ in range(count - 1):
        actions.send_back(matter=matter, opinion="缺", by=cast.clerk)
        scenes.answered(cast, matter)
    propose(matter=matter, what="notice", reason="x", by=cast.clerk) if count > 1 else None
    client = enter(cast.clerk)
    client.get(page_of(matter))
    with django_assert_num_queries(14):
        client.get(page_of(matter))


def test_other_rooms_draw_a_matter_and_the_desk_lists_what_waits(cast: Cast) -> None:
    matter = scenes.issued(cast)
    card = refs.cards([matter.ref], cast.townsman)[matter.ref]
    assert (card.url, card.note) == (page_of(matter), "南坪镇，待签收")
    assert refs.cards([matter.ref, refs.Ref("matter.matter", "x", "")], cast.other) == {}
    told = waiting.ask(waiting.Question(cast.townsman, now.today()))
    assert [(one.verb, one.url) for one in told.items] == [("签收", page_of(matter))]
