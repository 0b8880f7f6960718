from __future__ import annotations

from pathlib import Path

import pytest
from pytest_django import Settings

from zhunsheng.kernel.errors import Refused
from zhunsheng.kernel.matter.kinds import kind, kinds, steps, warn
from zhunsheng.kernel.packs import SHIPPED, BadPack


def test_the_shipped_pack_declares_the_nine_kinds_with_their_rules() -> None:
    labels = [one.label for one in kinds().values()]
    assert labels == [
        "督办单", "纠正通知", "行政执法监督意见书", "行政执法监督决定书", "司法建议", "检察建议", "行政复议意见书", "整改通知",
        "督察问题",
    ]  # fmt: skip
    rules = {one.id: one.rule for one in kinds().values() if one.rule}
    assert rules == {"supervision_opinion": "G05", "supervision_decision": "G05", "reconsideration_opinion": "R13"}
    assert (kind("reconsideration_opinion").answer.days, kind("supervision_opinion").answer.days) == (60, 30)
    assert {one.id for one in kinds().values() if one.incoming} == {"judicial_advice", "procuratorial_advice"}
    assert list(steps()) == ["talk", "notice", "transfer"]
    assert (warn().soon, warn().near) == (7, 3)


def test_words_of_numbers_differ_so_that_numbers_do() -> None:
    words = [one.word for one in kinds().values() if one.word] + [one.word for one in steps().values()]
    assert len(words) == len(set(words))


def test_a_county_has_its_own_pack_and_a_wrong_one_is_told(settings: Settings, tmp_path: Path) -> None:
    settings.HOME = tmp_path
    (tmp_path / "packs").mkdir()
    shipped = (SHIPPED / "matters.yaml").read_text("utf-8")
    (tmp_path / "packs" / "matters.yaml").write_text(shipped.replace("word: 法督", "word: 青法督"), "utf-8")
    assert kind("supervision_order").word == "青法督"
    (tmp_path / "packs" / "matters.yaml").write_text(shipped.replace("word: 法督\n", "\n"), "utf-8")
    with pytest.raises(BadPack, match="kinds/0"):
        kinds()


def test_an_unknown_kind_is_refused() -> None:
    with pytest.raises(Refused, match="规则包"):
        kind("x")
