from __future__ import annotations

import io
from datetime import date

import docx

from tests.kernel.matter import scenes
from tests.kernel.matter.conftest import Cast
from zhunsheng.kernel import now
from zhunsheng.kernel.documents import read_document
from zhunsheng.kernel.matter.models import Matter
from zhunsheng.kernel.matter.papers import escalation, order
from zhunsheng.kernel.matter.proposals import decide, propose
from zhunsheng.kernel.paper import Paper, document


def lines(paper: Paper) -> list[str]:
    return [one.text for one in docx.Document(io.BytesIO(document(paper))).paragraphs if one.text]


def test_an_order_as_a_paper(cast: Cast) -> None:
    assert lines(order(scenes.issued(cast))) == [
        "青石县依法治县办",
        "法督〔2026〕1号",
        "关于报送三季度备案台账的督办单",
        "青石县南坪镇：",
        "一、事由",
        "任务 13：三季度备案台账，应于9月30日报送，未报。",
        "二、办理要求",
        "补报三季度台账，并说明原因。",
        "三、办理期限",
        "请于2026年11月25日前签收，于2026年12月7日前报送办理情况和佐证材料。",
        "依据：法治政府建设与责任落实督察工作规定。",
        "青石县依法治县办",
        "2026年11月23日",
        "青石县依法治县办　　2026年11月23日印发",
    ]


def test_a_draft_prints_without_number_and_day(cast: Cast) -> None:
    found = lines(order(scenes.drafted(cast, origins=[])))
    assert "尽快报送办理情况和佐证材料。" in found
    assert not any("〔" in line for line in found)


def pressed(cast: Cast, what: str) -> tuple[Matter, str]:
    matter = scenes.signed(cast)
    with now.on(date(2026, 12, 10)):
        made = propose(
            matter=matter, what=what, reason="三次催办，仍未报送。", where="12月14日上午9时，县司法局", by=cast.clerk
        )
        approved = decide(proposal=made, decision="approve", by=cast.head)
        return matter, read_document(document(escalation(approved)), name="a.docx").text


def test_a_summons_to_a_talk(cast: Cast) -> None:
    _, text = pressed(cast, "talk")
    assert "法约〔2026〕1号" in text
    assert "对青石县南坪镇的约谈通知书" in text
    assert "2026年11月23日，以法督〔2026〕1号交办" in text
    assert "现定于12月14日上午9时，县司法局对你单位主要负责人进行约谈" in text
    assert "青石县南坪镇：" in text


def test_a_notice_names_the_unit_to_the_others(cast: Cast) -> None:
    _, text = pressed(cast, "notice")
    assert "各有关单位：" in text
    assert "三次催办，仍未报送。" in text
    assert "抄送：青石县南坪镇。" in text
    assert "2026年12月10日" in text


def test_a_letter_of_transfer(cast: Cast) -> None:
    _, text = pressed(cast, "transfer")
    assert "移送函" in text


def test_a_paper_from_outside_has_no_head_of_ours(cast: Cast) -> None:
    matter = scenes.issued(
        cast, kind="judicial_advice", due=date(2026, 12, 31), outside=("青石县人民法院", "建3号"), title="司法建议书"
    )
    found = lines(order(matter))
    assert found[0] == "建3号"
    assert "青石县人民法院" in found
