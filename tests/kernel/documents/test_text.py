from __future__ import annotations

import codecs
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zhunsheng.kernel.documents.model import UnreadableDocument
from zhunsheng.kernel.documents.text import chinese_legacy, decode, read_text

if TYPE_CHECKING:
    from pathlib import Path

WHAT = "文本文件（1 KB）"
PLAN = "云溪县2025年法治政府建设工作要点\n一、健全制度\n1.制定清单。（县司法局牵头，县财政局配合）\n"
TRADITIONAL = "雲溪縣二〇二五年工作要點\n一、健全制度，落實責任。（縣司法局負責，各鄉鎮配合）\n"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-32", "gb18030", "gbk", "gb2312"])
def test_chinese_encodings_give_the_same_text(encoding: str) -> None:
    assert read_text(PLAN.encode(encoding), WHAT).text == PLAN


@pytest.mark.parametrize(("mark", "encoding"), [(codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be")])
def test_both_byte_orders_of_utf_16(mark: bytes, encoding: str) -> None:
    assert read_text(mark + PLAN.encode(encoding), WHAT).text == PLAN


@pytest.mark.parametrize("encoding", ["big5", "big5hkscs", "gb18030", "utf-8"])
def test_traditional_text(encoding: str) -> None:
    text = TRADITIONAL.replace("〇", "零") if encoding.startswith("big5") else TRADITIONAL
    assert read_text(text.encode(encoding), WHAT).text == text


@pytest.mark.parametrize("words", ["责任单位", "牵头单位：县司法局", "工作要点", "①②③", "负责"])
def test_short_gbk_texts_are_not_taken_for_big5(words: str) -> None:
    assert chinese_legacy(words.encode("gbk")) == words


@pytest.mark.parametrize("words", ["責任單位", "牽頭單位：縣司法局，縣財政局", "工作要點和實施方案", "負責落實"])
def test_short_big5_texts_are_not_taken_for_gbk(words: str) -> None:
    assert chinese_legacy(words.encode("big5")) == words


def test_line_ends_become_line_feeds_and_nothing_else_changes() -> None:
    text = "一\r\n二\r三\n\t四\u00a0五\u3000六 \x0c\u2028\n\n"
    assert read_text(text.encode(), WHAT).text == "一\n二\n三\n\t四\u00a0五\u3000六 \x0c\u2028\n\n"


def test_offsets_are_those_of_open(tmp_path: Path) -> None:
    path = tmp_path / "plan.txt"
    path.write_bytes("一、\r\n二、\r三、〔2025〕\U00020000\n".encode())
    assert read_text(path.read_bytes(), WHAT).text == path.read_text(encoding="utf-8")


@given(st.text(st.characters(exclude_categories=["Cs", "Cc"])))
def test_any_text_in_utf_8_is_kept_to_the_character(text: str) -> None:
    assert decode(text.removeprefix("\ufeff").encode(), WHAT) == text.removeprefix("\ufeff")


@given(st.text(st.sampled_from("县政府司法局牵头负责落实，。、：（）一二三2025年底前\n"), min_size=1))
def test_common_words_in_gbk_are_kept_to_the_character(text: str) -> None:
    # Two bytes of GBK alone may happen to be UTF-8 as well, so the text begins with three characters that are not.
    assert decode(f"云溪县{text}".encode("gbk"), WHAT) == f"云溪县{text}"


@pytest.mark.parametrize("data", [b"\x00\x01\x02\x03", b"abc\x00def", bytes(range(1, 32)) * 50])
def test_binary_data_is_noise(data: bytes) -> None:
    with pytest.raises(UnreadableDocument) as caught:
        decode(data, WHAT)
    assert caught.value.code in {"noise", "encoding"}
    assert "文本文件" in str(caught.value)


def test_a_stray_control_character_is_no_noise() -> None:
    assert decode(PLAN.encode() + b"\x1a", WHAT) == PLAN + "\x1a"


def test_a_broken_byte_is_named_by_its_line() -> None:
    with pytest.raises(UnreadableDocument, match="第 3 行") as caught:
        decode("第一行\n第二行\n".encode() + b"\xe4\xb8" + ("第三行" * 40).encode(), WHAT)
    assert caught.value.code == "encoding"


def test_broken_utf_16_is_refused() -> None:
    with pytest.raises(UnreadableDocument):
        decode(codecs.BOM_UTF16_LE + b"\x00\xd8\x41", WHAT)
