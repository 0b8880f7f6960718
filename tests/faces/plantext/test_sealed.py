from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from zhunsheng.faces.plantext.sealed import seal, unseal
from zhunsheng.kernel.documents import Cell, Document, Table, UnreadableDocument

cells = st.builds(Cell, st.integers(0, 99), st.integers(0, 99), st.integers(0, 9), merged=st.booleans())
tables = st.lists(st.builds(Table, st.lists(st.lists(cells, max_size=3).map(tuple), max_size=3).map(tuple)), max_size=2)


@settings(deadline=None)
@given(st.text(max_size=80), st.sampled_from(["text", "html", "docx", "pdf"]), tables, st.none() | st.integers(1, 99))
def test_a_document_comes_back_as_it_was(text: str, kind: str, found: list[Table], pages: int | None) -> None:
    document = Document(text, kind, tuple(found), pages)  # type: ignore[arg-type]
    assert unseal(seal(document, "方案.docx")) == (document, "方案.docx")


@pytest.mark.parametrize("broken", ["", "x", "x:y", ".x:y", "中文:签名", "a" * 5000])
def test_a_foreign_string_is_refused_in_chinese(broken: str) -> None:
    with pytest.raises(UnreadableDocument, match="重新上传"):
        unseal(broken)


@settings(deadline=None)
@given(st.integers(0, 200), st.characters(codec="ascii", categories=["L", "N"]))
def test_a_changed_string_is_refused(place: int, letter: str) -> None:
    sealed = seal(Document("方案", "text"), "方案.txt")
    place %= len(sealed)
    changed = sealed[:place] + letter + sealed[place + 1 :]
    if changed != sealed:
        with pytest.raises(UnreadableDocument):
            unseal(changed)


def test_a_long_plan_stays_small() -> None:
    text = "".join(f"{n}.县司法局牵头，县档案馆配合，{n}月底前办结。\n" for n in range(20_000))
    assert len(seal(Document(text, "text"), "长.txt")) < len(text.encode()) / 3
