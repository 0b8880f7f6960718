from __future__ import annotations

import zipfile
from io import BytesIO

import pytest
import xlsxwriter

from zhunsheng.kernel.errors import Refused
from zhunsheng.people.sheets.extent import largest_area
from zhunsheng.people.sheets.reading import grids


def book(far: str, *, blank: bool = False) -> bytes:
    """A workbook with a head and one far cell."""
    target = BytesIO()
    with xlsxwriter.Workbook(target) as made:
        sheet = made.add_worksheet("单位")
        sheet.write_string("A1", "全称")
        if blank:
            sheet.write_blank(far, None, made.add_format({"bold": True}))
        else:
            sheet.write_string(far, "x")
    return target.getvalue()


def changed(content: bytes, old: bytes, new: bytes) -> bytes:
    """The same archive with other words in its parts."""
    target = BytesIO()
    with zipfile.ZipFile(BytesIO(content)) as source, zipfile.ZipFile(target, "w") as made:
        for name in source.namelist():
            made.writestr(name, source.read(name).replace(old, new))
    return target.getvalue()


@pytest.mark.parametrize(("far", "area"), [("A2", 2), ("C5", 15), ("AA10", 270), ("XFD1048576", 16_384 * 1_048_576)])
def test_the_area_is_that_of_the_farthest_cell(far: str, area: int) -> None:
    assert largest_area(book(far)) == area


def test_a_formatted_cell_with_nothing_in_it_is_not_laid_out() -> None:
    content = book("N1048576", blank=True)
    assert largest_area(content) == 1
    assert [len(sheet) for sheet in grids(content).values()] == [1]


def test_a_cell_without_a_place_stands_after_the_one_before() -> None:
    content = book("C5")
    assert largest_area(changed(content, b'r="C5" ', b"")) == 5
    assert largest_area(changed(changed(content, b'r="C5" ', b""), b'<row r="5"', b'<row r="9000000"')) == 9_000_000


@pytest.mark.parametrize("far", ["XFD1048576", "N1048576"])
def test_a_cell_in_the_last_corner_is_refused_before_it_is_laid_out(far: str) -> None:
    with pytest.raises(Refused, match="很远的行"):
        grids(book(far))


def test_an_archive_that_lies_about_its_sizes_or_is_another_format_is_refused() -> None:
    content = bytearray(changed(book("A2"), b"", b""))
    at = content.rindex(b"PK\x01\x02")
    content[at + 24 : at + 28] = (1).to_bytes(4, "little")
    with pytest.raises(Refused, match="不是 xlsx"):
        grids(bytes(content))
    target = BytesIO()
    with zipfile.ZipFile(target, "w") as made:
        made.writestr("content.xml", "<x/>")
    with pytest.raises(Refused, match="不是 xlsx"):
        grids(target.getvalue())
