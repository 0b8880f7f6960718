"""What a document says about itself."""

from __future__ import annotations

import pytest

from tests.corpus.score import amount
from tests.programmes.plans.reading.small import Json, read

BODY = "一、重点工作\n（一）抓学法。（责任单位：县司法局）\n（二）抓用法。（责任单位：县财政局）\n"
PLAN = "云溪县2025年普法工作要点"
NOTICE = (
    f"云溪县人民政府办公室关于印发《{PLAN}》的通知\n云政办发〔2025〕8号\n各乡镇人民政府、街道办事处，县政府各部门：\n"
    f"现将《{PLAN}》印发给你们，请认真落实。\n云溪县人民政府办公室\n2025年3月1日\n\n"
)
PAGE = (
    "您现在的位置：首页 > 政务公开 > 文件\n索引号：0500-2025-00012\n发布机构：云溪县人民政府办公室\n发布日期：2025-03-05\n"
    "发文字号：云政办发〔2025〕8号\n名称：云溪县普法要点\n浏览次数：98\n"
)


def header(text: str) -> Json:
    reading = read(text)
    assert reading["tasks"]
    return {key: reading[key] for key in ("title", "issuer", "document_number", "signed_on", "published_on")}


@pytest.mark.parametrize(
    ("head", "title"),
    [
        (f"{PLAN}\n", PLAN),
        ("云溪县2025年\n普法工作要点\n", PLAN),
        ("云溪县2025年普法\n  工作要点\n\n", PLAN),
        (f"{NOTICE}{PLAN}\n", PLAN),
        (NOTICE, PLAN),
        (f"{PAGE}{NOTICE}{PLAN}\n", PLAN),
        ("云溪县法治乡镇建设行动方案\n（2025—2027年）\n", "云溪县法治乡镇建设行动方案（2025—2027年）"),
        ("云溪县人民政府关于加强行政执法监督的实施意见\n", "云溪县人民政府关于加强行政执法监督的实施意见"),
        (
            "雲溪縣人民政府辦公室關於落實\n縣委關於加強普法工作若干意見\n有關措施的通知\n",
            "雲溪縣人民政府辦公室關於落實縣委關於加強普法工作若干意見有關措施的通知",
        ),
        ("附件\n\n云溪县2025年普法工作要点\n", PLAN),
        ("附件1：\n云溪县2025年普法工作要点\n", PLAN),
    ],
)
def test_the_plans_own_title(head: str, title: str) -> None:
    assert header(head + BODY)["title"] == title


@pytest.mark.parametrize(
    ("head", "issuer"),
    [
        (NOTICE, "云溪县人民政府办公室"),
        (f"{PAGE}{PLAN}\n", "云溪县人民政府办公室"),
        (f"云溪县人民政府关于印发{PLAN}的通知\n云政发〔2025〕3号\n", "云溪县人民政府"),
        (f"{PLAN}\n", ""),
    ],
)
def test_who_issues(head: str, issuer: str) -> None:
    assert header(head + BODY)["issuer"] == issuer


@pytest.mark.parametrize(
    "number",
    [
        "云政办发〔2025〕8号",
        "云政办发[2025]8号",
        "云政办发【2025】8号",
        "云政办发（2025）8号",
        "云依法行政办〔2025〕12号",
        "云府函〔2025〕103号",
    ],
)
def test_the_document_number_as_printed(number: str) -> None:
    assert header(f"云溪县人民政府办公室关于印发{PLAN}的通知\n{number}\n{PLAN}\n{BODY}")["document_number"] == number


def test_the_number_of_another_document_is_not_the_plans() -> None:
    text = f"{PLAN}\n根据《云阳市2025年普法工作要点》（云市发〔2025〕2号），制定本要点。\n{BODY}"
    assert header(text)["document_number"] == ""


@pytest.mark.parametrize(
    "printed",
    [
        "2025年3月1日",
        "2025 年 3 月 1 日",
        "2025年03月01日",
        "２０２５年３月１日",
        "二〇二五年三月一日",
        "二○二五年三月一日",
        "二零二五年三月一日",
    ],
)
def test_the_day_under_the_signature(printed: str) -> None:
    before = header(f"{NOTICE.replace('2025年3月1日', printed)}{PLAN}\n{BODY}")
    after = header(f"{PLAN}\n{BODY}\n云溪县人民政府办公室\n{printed}\n")
    assert (before["signed_on"], before["issuer"]) == ("2025-03-01", "云溪县人民政府办公室")
    assert (after["signed_on"], after["issuer"]) == ("2025-03-01", "云溪县人民政府办公室")


@pytest.mark.parametrize(
    ("head", "tail", "day"),
    [
        (PAGE, "", "2025-03-05"),
        ("发布时间:2025-03-05 09:16 来源:云溪县人民政府 浏览:98次\n", "", "2025-03-05"),
        ("发布日期\n\n2025-03-05\n", "", "2025-03-05"),
        ("", "\n云溪县人民政府办公室 2025年3月5日印发\n", "2025-03-05"),
        ("", "\n云溪县人民政府办公室　　　　　2025年3月5日印发\n", "2025-03-05"),
        ("", "", None),
    ],
)
def test_the_day_of_publication(head: str, tail: str, day: str | None) -> None:
    assert header(f"{head}{PLAN}\n{BODY}{tail}")["published_on"] == day


def test_a_date_in_the_text_is_no_date_of_the_document() -> None:
    text = f"{PLAN}\n根据2024年12月1日县政府常务会议精神，制定本要点。\n{BODY}"
    assert (header(text)["signed_on"], header(text)["published_on"]) == (None, None)


def test_a_day_that_does_not_exist_is_left_out() -> None:
    assert header(f"{PLAN}\n{BODY}\n云溪县人民政府办公室\n2025年2月30日\n")["signed_on"] is None


@pytest.mark.parametrize(
    ("head", "due"),
    [
        ("云溪县2024年普法工作要点\n", "2024-10-20"),
        ("云溪县普法工作要点\n云政办发〔2023〕8号\n", "2023-10-20"),
        ("云溪县普法工作要点\n云溪县人民政府办公室\n2022年3月1日\n", "2022-10-20"),
        ("云溪县2024年普法工作要点\n云政办发〔2023〕8号\n", "2024-10-20"),
    ],
)
def test_the_plans_year_comes_from_title_then_number_then_date(head: str, due: str) -> None:
    text = f"{head}一、重点工作\n（一）10月20日前报告。（责任单位：县司法局）\n（二）抓用法。（责任单位：县财政局）\n"
    assert [one["date"] for one in read(text)["tasks"][0]["due"]] == [due]


@pytest.mark.parametrize(
    ("sentence", "phrase", "meaning"),
    [
        ("抓学法。（责任单位：县政府各工作部门（含各直属机构，下同））", "县政府各工作部门", "含各直属机构"),
        ("抓学法。【责任单位:县政府各部门(含双管单位,下同)】", "县政府各部门", "含双管单位"),
        (
            "中共云溪县委全面依法治县委员会办公室（以下简称县委依法治县办）要抓好学法。（责任单位：县司法局）",
            "县委依法治县办",
            "中共云溪县委全面依法治县委员会办公室",
        ),
    ],
)
def test_definitions(sentence: str, phrase: str, meaning: str) -> None:
    reading = read(f"{PLAN}\n一、重点工作\n1.{sentence}\n2.抓用法。（责任单位：县财政局）\n")
    assert [(one["phrase"], one["meaning"]) for one in reading["definitions"]] == [(phrase, meaning)]
    bracket = reading["text"][reading["definitions"][0]["start"] : reading["definitions"][0]["end"]]
    assert bracket[0] in "（("
    assert bracket[-1] in "）)"


def test_short_names_of_documents_are_no_definitions() -> None:
    text = f"{PLAN}\n根据《云溪县普法规划》（以下简称《规划》），制定本要点。\n{BODY}"
    assert read(text)["definitions"] == []


def test_goals_stand_outside_the_tasks_with_their_dates() -> None:
    text = (
        "云溪县2024年普法工作要点\n一、主要目标\n2024年实现审查率100%，备案率达到95%以上；败诉率保持低于全省平均水平；到2025年实现督察全覆盖。\n"
        "二、重点工作\n1.应诉率达到90%。（责任单位：县司法局）\n2.抓用法。（责任单位：县财政局）\n"
    )
    goals = [
        (one["text"], one["op"], amount(one["value"]), [(due["text"], due["date"]) for due in one["due"]])
        for one in read(text)["goals"]
    ]
    year = [("2024年实现", "2024-12-31")]
    assert goals == [
        ("100%", "=", "100", year),
        ("达到95%以上", ">=", "95", year),
        ("低于全省平均水平", "<", "全省平均水平", year),
        ("全覆盖", "=", "100", [("到2025年", "2025-12-31")]),
    ]
