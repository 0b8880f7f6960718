from __future__ import annotations

from lxml import etree

from tests.kernel.documents.word.files import part
from zhunsheng.kernel.documents.word.styles import NumberRef, Styles, read_styles

W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'


def style(style_id: str, *, based: str = "", num: str = "", level: str = "", more: str = "") -> str:
    numbers = f'<w:ilvl w:val="{level}"/>' if level else ""
    numbers += f'<w:numId w:val="{num}"/>' if num else ""
    return (
        f'<w:style w:type="paragraph" w:styleId="{style_id}" {more}><w:basedOn w:val="{based}"/>'
        f"<w:pPr><w:numPr>{numbers}</w:numPr></w:pPr></w:style>"
    )


def styles(*inner: str) -> Styles:
    return read_styles(etree.fromstring(part("styles", "".join(inner)).encode()))


def properties(inner: str) -> etree._Element:
    return etree.fromstring(f"<w:pPr {W}>{inner}</w:pPr>")


def named(style_id: str, numbers: str = "") -> etree._Element:
    return properties(f'<w:pStyle w:val="{style_id}"/>{numbers}')


def test_the_list_and_level_come_along_the_chain() -> None:
    known = styles(style("A", num="3"), style("B", based="A", level="1"), style("C", based="B"))
    assert known.reference(named("C")) == NumberRef("3", 1, ("C", "B", "A"))
    assert known.reference(named("A")) == NumberRef("3", None, ("A",))


def test_direct_properties_go_before_the_style() -> None:
    known = styles(style("A", num="3", level="0"))
    direct = '<w:numPr><w:ilvl w:val="2"/><w:numId w:val="9"/></w:numPr>'
    assert known.reference(named("A", direct)) == NumberRef("9", 2)
    assert known.reference(named("A", '<w:numPr><w:numId w:val="9"/></w:numPr>')) == NumberRef("9", 0)


def test_a_level_alone_stands_in_the_list_of_the_style() -> None:
    only_level = '<w:numPr><w:ilvl w:val="1"/></w:numPr>'
    assert styles(style("A", num="3")).reference(named("A", only_level)) == NumberRef("3", 1, ("A",))
    assert styles().reference(named("A", only_level)) is None


def test_list_zero_switches_numbering_off() -> None:
    known = styles(style("A", num="3"), style("B", based="A", num="0"))
    assert known.reference(named("B")) is None
    assert known.reference(named("A", '<w:numPr><w:numId w:val="0"/></w:numPr>')) is None


def test_the_default_style_numbers_paragraphs_that_name_none() -> None:
    known = styles(style("A", num="3", more='w:default="1"'))
    assert known.reference(None) == known.reference(properties("")) == NumberRef("3", None, ("A",))


def test_chains_that_loop_end() -> None:
    known = styles(style("A", based="B"), style("B", based="A"))
    assert known.reference(named("A")) is None


def test_old_numbers_of_tracked_changes_do_not_count() -> None:
    old = '<w:pPrChange><w:pPr><w:numPr><w:numId w:val="9"/></w:numPr></w:pPr></w:pPrChange>'
    assert styles().reference(properties(old)) is None


def test_without_a_styles_part_nothing_is_numbered() -> None:
    assert read_styles(None).reference(None) is None
