from __future__ import annotations

from typing import Final

import pytest

from zhunsheng.faces.desk.help.text import HANDBOOK, TOUR, Block, explained, inline, parsed, texts
from zhunsheng.faces.desk.help.views import HANDBOOKS, SECTIONS
from zhunsheng.faces.permissions import TABLE
from zhunsheng.people.models import Role

NO_PAGES: Final = frozenset({"desk:demo_sign_in", "desk:demo_clock", "desk:sign_out"})
"""Buttons of the demo and of leaving, which show no page of their own."""


def test_every_page_of_the_desk_has_a_help_text() -> None:
    pages = {name for name, entry in TABLE.items() if name.startswith("desk:") and "GET" in entry.methods}
    assert pages - set(explained()) == set()


def test_what_is_explained_exists_and_is_explained_once() -> None:
    named = [page for text in texts().values() for page in text.pages]
    assert len(named) == len(set(named))
    assert set(named) <= set(TABLE) - NO_PAGES


@pytest.mark.parametrize("slug", texts())
def test_the_links_of_a_text_lead_somewhere(slug: str) -> None:
    for link in texts()[slug].links:
        space, _, name = link.partition(":")
        assert name in texts() if space == "help" else "GET" in TABLE[link].methods, link


def test_every_role_has_a_handbook_and_there_is_a_tour() -> None:
    assert set(HANDBOOKS) == set(Role)
    assert {slug for slug in texts() if slug.startswith(HANDBOOK)} == set(HANDBOOKS.values())
    steps = [line for block in texts()[TOUR].blocks if block.kind == "steps" for line in block.lines]
    assert len(steps) > 10


@pytest.mark.parametrize("slug", texts())
def test_a_text_is_plain_chinese(slug: str) -> None:
    text = texts()[slug]
    words = "".join(line for block in text.blocks for line in block.lines)
    assert text.title
    assert len(words) > 40
    assert not set("!?;,") & set(words)
    assert not {"非法", "失败", "系统异常", "您"} & {words[i : i + n] for n in (1, 2, 4) for i in range(len(words))}


def test_the_index_has_every_text_of_a_page_once() -> None:
    listed = [slug for slugs in SECTIONS.values() for slug in slugs]
    assert sorted(listed) == sorted(slug for slug, text in texts().items() if text.pages)


def test_blocks_are_told_apart() -> None:
    text = parsed("x", "# 题\n@ a:b c:d\n@ e:f\n\n一段\n\n## 小题\n- 甲\n- 乙\n1. 一\n2. 二\n")
    assert (text.title, text.pages) == ("题", ("a:b", "c:d", "e:f"))
    assert text.blocks == (
        Block("words", ("一段",)),
        Block("heading", ("小题",)),
        Block("items", ("甲", "乙")),
        Block("steps", ("一", "二")),
    )


def test_a_line_is_escaped_and_its_links_are_drawn_where_they_open() -> None:
    def address(name: str) -> str:
        return {"a:b": "/x?a=1&b=2"}.get(name, "")

    assert inline("<i>**重**[看](a:b)[藏](c:d)", address) == ('&lt;i&gt;<b>重</b><a href="/x?a=1&amp;b=2">看</a>“藏”')
