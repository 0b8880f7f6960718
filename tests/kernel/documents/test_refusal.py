from __future__ import annotations

import pytest

from zhunsheng.kernel.documents.refusal import describe, refuse, size_words


@pytest.mark.parametrize(
    ("count", "words"),
    [(0, "0 字节"), (1023, "1023 字节"), (1024, "1 KB"), (3_500_000, "3.3 MB"), (52_428_801, "50.0 MB")],
)
def test_sizes_as_people_say_them(count: int, words: str) -> None:
    assert size_words(count) == words


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("", "PDF 文件（1 KB）"),
        ("要点.pdf", "PDF 文件“要点.pdf”（1 KB）"),
        ("C:\\文件\\要点.pdf", "PDF 文件“要点.pdf”（1 KB）"),
        ("/home/a/要点.pdf", "PDF 文件“要点.pdf”（1 KB）"),
        ("a\n\x1b[31m\u202efdp.pdf", "PDF 文件“a[31mfdp.pdf”（1 KB）"),
    ],
)
def test_what_was_received(name: str, shown: str) -> None:
    assert describe("PDF 文件", 1024, name) == shown


def test_long_names_are_cut() -> None:
    assert describe("文件", 1, "长" * 500 + ".docx") == "文件“" + "长" * 40 + "……" + "长" * 11 + ".docx”（1 字节）"


def test_a_refusal_says_what_why_and_what_to_do() -> None:
    error = refuse("empty", describe("文本文件", 3), "里面没有文字", "请重选文件")
    assert (error.code, str(error)) == ("empty", "收到的是文本文件（3 字节），里面没有文字。请重选文件。")
