from __future__ import annotations

import pypdfium2
import pytest

from tests.kernel.documents.pdf_files import Pdf
from zhunsheng.kernel.documents.pdf_page import Page, Rule, read_page


def page(file: Pdf, index: int = 0) -> Page:
    document = pypdfium2.PdfDocument(file.save())
    try:
        return read_page(document, index)
    finally:
        document.close()


def test_characters_have_boxes_by_line() -> None:
    found = page(Pdf().text(100, 700, "云溪", 20).text(100, 600, "县", 20))
    assert ["".join(glyph.text for glyph in line) for line in found.lines] == ["云溪", "县"]
    first, second = found.lines[0]
    assert (first.x0, first.x1, second.x1) == pytest.approx((100, 120, 140), abs=1.5)
    assert first.y0 < 700 < first.y1
    assert 700 < first.middle[1] < 720


def test_rules_and_rectangles() -> None:
    found = page(
        Pdf().rule(10, 20, 300, 20).rule(10, 20, 10, 90).rule(0, 0, 50, 50).rule(5, 5, 6, 5).rectangle(100, 100, 50, 20)
    )
    assert found.rules[:2] == [Rule(True, 20, 10, 300), Rule(False, 10, 20, 90)]
    assert sorted((rule.horizontal, rule.at) for rule in found.rules[2:]) == [
        (False, 100),
        (False, 150),
        (True, 100),
        (True, 120),
    ]


def test_an_empty_page() -> None:
    assert page(Pdf()) == Page([], [], upright=True)


def test_characters_beyond_the_basic_plane_and_control_characters() -> None:
    text = "".join(glyph.text for line in page(Pdf().text(100, 700, "甲\x02\ufeff乙")).lines for glyph in line)
    assert text.replace("-", "") == "甲乙"
