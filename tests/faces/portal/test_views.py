from __future__ import annotations

import csv
import json
import re
from collections.abc import Callable
from io import BytesIO, StringIO
from itertools import pairwise
from typing import Any
from urllib.parse import unquote

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from lxml import html
from python_calamine import CalamineWorkbook

from zhunsheng.faces.plantext.handed_in import LARGEST_BODY, LONGEST_TEXT
from zhunsheng.kernel.documents import read_document
from zhunsheng.programmes.plans.example import EXAMPLE
from zhunsheng.programmes.plans.reading import read_plan

PLAN = EXAMPLE.read_text(encoding="utf-8")
HOSTILE = """云溪县2025年<script>alert(1)</script>工作要点

一、重点任务

1.清理"><img src=x onerror=alert(2)>文件，2025年6月底前完成。（牵头单位：县司法局；责任单位：县<b>档案馆</b>）
"""


def tree(content: bytes) -> html.HtmlElement:
    return html.fromstring(content.decode())


def one(page: html.HtmlElement, path: str) -> Any:
    found = page.xpath(path)
    assert len(found) == 1, (path, found)
    return found[0]


def heading(page: html.HtmlElement) -> str:
    return " ".join(one(page, "//h1").text_content().split())


def sealed(page: html.HtmlElement) -> str:
    return str(one(page, "//input[@name='document']/@value"))


def alert(page: html.HtmlElement) -> str:
    return str(one(page, "//*[@role='alert']").text_content())


@pytest.mark.parametrize("address", ["/", "/read/", "/read/example", "/help/reading"])
def test_every_page_stands_on_its_own(visitor: Client, address: str) -> None:
    response = visitor.get(address)
    assert response.status_code == 200
    page = tree(response.content)
    assert len(page.xpath("//h1")) == 1
    assert one(page, "//html/@lang") == "zh-CN"
    assert not page.xpath("//@style | //@onclick | //script[not(@src)]")
    levels = [int(h.tag[1]) for h in page.xpath("//h1|//h2|//h3|//h4")]
    assert all(b - a <= 1 for a, b in pairwise(levels))
    ids = page.xpath("//@id")
    assert len(ids) == len(set(ids))


@pytest.mark.parametrize("address", ["/", "/read/", "/read/example", "/help/reading", "/no-such-page"])
@pytest.mark.django_db  # the sign-in page, to which every page leads, names the county
def test_no_link_is_dead(visitor: Client, address: str) -> None:
    page = tree(visitor.get(address).content)
    ids = set(page.xpath("//@id"))
    for href in set(page.xpath("//a/@href")):
        path, _, anchor = href.partition("#")
        if path:
            target = visitor.get(path)
            assert target.status_code == 200, href
            assert not anchor or anchor in tree(target.content).xpath("//@id"), href
        else:
            assert anchor in ids, href


@pytest.mark.parametrize("address", ["/", "/read/", "/read/example", "/help/reading", "/healthz"])
@pytest.mark.django_db
def test_no_page_asks_the_database(
    visitor: Client, address: str, django_assert_num_queries: Callable[[int], Any]
) -> None:
    with django_assert_num_queries(0):
        assert visitor.get(address).status_code == 200


@pytest.mark.django_db
def test_reading_and_exporting_ask_the_database_nothing(
    visitor: Client, django_assert_num_queries: Callable[[int], Any]
) -> None:
    with django_assert_num_queries(0):
        page = tree(visitor.post("/read/", {"text": PLAN}).content)
        assert visitor.post("/read/export", {"document": sealed(page), "format": "xlsx"}).status_code == 200


def test_pasted_text_is_read_and_nothing_of_it_is_lost(visitor: Client) -> None:
    response = visitor.post("/read/", {"text": PLAN})
    assert response.status_code == 200
    page = tree(response.content)
    reading = read_plan(read_document(PLAN.encode(), name="x.txt"))
    assert heading(page).startswith(f"读到 {len(reading.tasks)} 项任务")
    shown = one(page, "//article[contains(@class, 'doc')]").text_content()
    assert "".join(shown.split()) == "".join(PLAN.split())


def test_both_sides_link_to_each_other(visitor: Client) -> None:
    page = tree(visitor.get("/read/example").content)
    left, right = one(page, "//section[@id='left']"), one(page, "//section[@id='right']")
    left_ids, right_ids = set(left.xpath(".//@id")), set(right.xpath(".//@id"))
    to_right = {href[1:] for href in left.xpath(".//article//a/@href")}
    to_left = {href[1:] for href in right.xpath(".//dl[@class='facts']//a/@href")}
    assert to_right
    assert to_right <= right_ids
    assert to_left
    assert to_left <= left_ids


def test_the_words_of_a_link_are_the_words_that_it_leads_to(visitor: Client) -> None:
    page = tree(visitor.get("/read/example").content)
    text = read_document(PLAN.encode(), name="x.txt").text
    for link in page.xpath("//section[@id='right']//dl[@class='facts']//dd/a"):
        span = re.fullmatch(r"#w(\d+)-(\d+)", link.get("href"))
        assert span is not None
        assert link.text_content() == "".join(text[int(span[1]) : int(span[2])].split())


def test_doubts_come_first(visitor: Client) -> None:
    page = tree(visitor.get("/read/example").content)
    parts = [h.get("id") for h in page.xpath("//section[@id='right']//h2[@id]")]
    assert parts[:2] == ["doubts", "tasks"]
    assert "存疑" in heading(page)


@pytest.mark.parametrize(
    ("text", "words", "target"),
    [
        (PLAN, "跳到任务", "doubts"),
        ("云溪县工作要点\n1.做好工作。（责任单位：县财政局）", "跳到任务", "tasks"),
        ("今天开会。", "跳到原因", "why"),
    ],
)
def test_the_keyboard_skips_the_links_of_the_text(visitor: Client, text: str, words: str, target: str) -> None:
    page = tree(visitor.post("/read/", {"text": text}).content)
    link = one(page, f"//a[@class='skip'][.='{words}']")
    assert link.get("href") == f"#{target}"
    assert one(page, f"//*[@id='{target}']").xpath("ancestor::section[@id='right']")


def test_what_a_document_brings_is_only_text(visitor: Client) -> None:
    content = visitor.post("/read/", {"text": HOSTILE}).content.decode()
    assert "<script>alert" not in content
    assert "<img" not in content
    assert "&lt;script&gt;" in content
    assert "县<b>" not in content


def test_a_file_is_read_under_its_own_name(visitor: Client) -> None:
    upload = SimpleUploadedFile("../工作<要点>.txt", PLAN.encode("gb18030"))
    response = visitor.post("/read/", {"file": upload, "text": ""})
    assert response.status_code == 200
    assert "项任务" in heading(tree(response.content))


def test_uploads_stay_in_memory_up_to_the_largest_body(settings: Any) -> None:
    assert settings.FILE_UPLOAD_HANDLERS == ["django.core.files.uploadhandler.MemoryFileUploadHandler"]
    assert settings.FILE_UPLOAD_MAX_MEMORY_SIZE >= LARGEST_BODY


def test_a_large_file_is_read_without_a_temporary_file(visitor: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tempfile.NamedTemporaryFile", None)
    said_to_nobody = "<!-- 为了把今年的工作落到实处 -->" * 60_000
    upload = SimpleUploadedFile("大.html", f"<html><body><pre>{PLAN}</pre>{said_to_nobody}</body></html>".encode())
    assert (upload.size or 0) > 2.5 * 1024 * 1024
    assert "项任务" in heading(tree(visitor.post("/read/", {"file": upload}).content))


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({}, "还没有收到方案"),
        ({"text": " \n "}, "还没有收到方案"),
        ({"text": PLAN, "file": ("x.txt", b"x")}, "同时收到了文件和粘贴的文字"),
        ({"file": ("empty.txt", b"")}, "请"),
        ({"file": ("scan.png", b"\x89PNG\r\n\x1a\n" + bytes(200))}, "请"),
        ({"file": ("broken.docx", b"PK\x03\x04" + bytes(200))}, "请"),
        ({"document": "tampered"}, "重新上传"),
        ({"text": "字" * (LONGEST_TEXT + 1)}, "50 万字"),
    ],
    ids=["nothing", "blank", "both", "empty", "picture", "broken", "sealed", "long"],
)
def test_what_cannot_be_read_is_answered_with_what_to_do(visitor: Client, given: dict[str, Any], said: str) -> None:
    fields = {k: SimpleUploadedFile(*v) if isinstance(v, tuple) else v for k, v in given.items()}
    response = visitor.post("/read/", fields)
    assert response.status_code == 422
    assert said in alert(tree(response.content))
    assert heading(tree(response.content)) == "没有读成，请看原因"


def test_what_was_typed_stays_in_the_form(visitor: Client) -> None:
    typed = "\n第一行<&>\n  第二行\n"
    upload = SimpleUploadedFile("x.txt", b"x")
    page = tree(visitor.post("/read/", {"text": typed, "file": upload}).content)
    # A browser drops the first line break after <textarea>; the template brings one of its own.
    assert one(page, "//textarea").text.replace("\r\n", "\n") == "\n" + typed
    assert "还在下面的框里" in alert(page)


def test_only_the_field_that_is_wrong_is_marked(visitor: Client) -> None:
    bad = "//*[@aria-invalid='true']/@name"
    picture = SimpleUploadedFile("scan.png", b"\x89PNG\r\n\x1a\n" + bytes(200))
    assert tree(visitor.post("/read/", {"file": picture}).content).xpath(bad) == ["file"]
    assert tree(visitor.post("/read/", {}).content).xpath(bad) == ["file", "text"]
    assert tree(visitor.get("/read/").content).xpath(bad) == []


def test_a_document_without_tasks_is_told_so(visitor: Client) -> None:
    text = "云溪县司法局2024年工作总结\n\n2024年，全局办理复议案件57件，群众满意。\n"
    response = visitor.post("/read/", {"text": text})
    page = tree(response.content)
    assert response.status_code == 200
    assert heading(page) == "这份文件里没有读到任务"
    assert "57件" in one(page, "//article").text_content()
    assert not page.xpath("//section[contains(@class, 'task')]")
    assert not page.xpath("//button[@name='format']")


@pytest.mark.parametrize("address", ["/read/", "/read/example"])
def test_results_are_kept_only_by_the_browser_that_asked(visitor: Client, address: str) -> None:
    for response in (visitor.get(address), *([visitor.post(address, {"text": PLAN})] if address == "/read/" else [])):
        assert set(response["Cache-Control"].split(", ")) == {"private", "no-cache"}


def test_export_needs_no_storage(visitor: Client) -> None:
    page = tree(visitor.post("/read/", {"text": PLAN}).content)
    reading = read_plan(read_document(PLAN.encode(), name="x.txt"))
    again = Client()
    for suffix in ("xlsx", "csv", "json"):
        response = again.post("/read/export", {"document": sealed(page), "format": suffix})
        assert response.status_code == 200
        assert "no-store" in response["Cache-Control"]
        assert unquote(response["Content-Disposition"]).endswith(f"{reading.title}-任务.{suffix}")
        assert _tasks(response.content, suffix) == len(reading.tasks)


def _tasks(content: bytes, suffix: str) -> int:
    if suffix == "xlsx":
        return len(CalamineWorkbook.from_filelike(BytesIO(content)).get_sheet_by_name("任务").to_python()) - 1
    if suffix == "csv":
        return len(list(csv.reader(StringIO(content.decode("utf-8-sig"), newline="")))) - 1
    return len(json.loads(content)["tasks"])


def test_tables_survive_the_way_through_the_page(visitor: Client) -> None:
    rows = "".join(
        f"<tr><td>{n}</td><td>办好第{n}件实事</td><td>县司法局</td><td>县档案馆</td></tr>" for n in range(1, 4)
    )
    head = "<tr><th>序号</th><th>工作任务</th><th>牵头单位</th><th>责任单位</th></tr>"
    data = f"<html><body><h1>云溪县2025年任务分工表</h1><table>{head}{rows}</table></body></html>".encode()
    reading = read_plan(read_document(data, name="x.html"))
    assert len(reading.tasks) == 3
    page = tree(visitor.post("/read/", {"file": SimpleUploadedFile("x.html", data)}).content)
    assert len(page.xpath("//article//table//tr")) == 4
    response = visitor.post("/read/export", {"document": sealed(page), "format": "json"})
    assert [task["lead_units"] for task in json.loads(response.content)["tasks"]] == [["县司法局"]] * 3


def test_an_unknown_format_or_a_broken_document_is_explained(visitor: Client) -> None:
    assert visitor.post("/read/export", {"format": "exe"}).status_code == 400
    response = visitor.post("/read/export", {"format": "xlsx", "document": "x"})
    assert response.status_code == 422
    assert "重新上传" in alert(tree(response.content))


def test_names_of_exported_files_are_harmless(visitor: Client) -> None:
    text = PLAN.replace("云溪县2025年法治政府建设工作要点", '云溪县2025年"a/b\\c" 工作要点' + "长" * 80)
    page = tree(visitor.post("/read/", {"text": text}).content)
    response = visitor.post("/read/export", {"document": sealed(page), "format": "csv"})
    name = unquote(response["Content-Disposition"].partition("''")[2])
    assert name
    assert not set(name) & set('\\/:*?"<>|\r\n')
    assert len(name) < 80


def test_forms_need_their_token(strict: Client) -> None:
    for address in ("/read/", "/read/export", "/display"):
        response = strict.post(address, {"text": PLAN})
        assert response.status_code == 403
        assert "一次性标记" in response.content.decode()
    page = tree(strict.get("/read/").content)
    token = one(page, "//main//input[@name='csrfmiddlewaretoken']/@value")
    assert strict.post("/read/", {"text": PLAN, "csrfmiddlewaretoken": token}).status_code == 200


def test_healthz(visitor: Client) -> None:
    response = visitor.get("/healthz")
    assert (response.status_code, response.content) == (200, b"ok\n")
    assert response["Content-Type"].startswith("text/plain")
