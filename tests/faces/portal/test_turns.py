"""One large document at a time; small ones never wait."""

from __future__ import annotations

import pytest
from django.test import Client

from tests.faces.portal.test_views import PLAN
from zhunsheng.faces.portal import turns
from zhunsheng.faces.portal.turns import LIGHT, Busy, turn

NOISE = "为了把今年的工作落到实处，现将有关情况说明如下。\n"
LARGE = PLAN + NOISE * (LIGHT // len(NOISE) + 1)


@pytest.fixture(autouse=True)
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(turns, "PATIENCE", 0.01)


def test_a_second_large_document_is_sent_away_and_a_small_one_is_read() -> None:
    with turn(LIGHT + 1):
        with pytest.raises(Busy), turn(LIGHT + 1):
            pytest.fail("two large documents at once")
        with turn(LIGHT):
            pass
    with turn(LIGHT + 1):
        pass


def test_a_turn_ends_with_an_error() -> None:
    with pytest.raises(ZeroDivisionError), turn(LIGHT + 1):
        _ = 1 / 0
    with turn(LIGHT + 1):
        pass


@pytest.mark.parametrize(("address", "more"), [("/read/", {}), ("/read/export", {"format": "csv"})])
def test_who_is_sent_away_hears_when_to_come_again(address: str, more: dict[str, str]) -> None:
    visitor = Client()
    with turn(LIGHT + 1):
        refused = visitor.post(address, {"text": LARGE, **more})
        assert visitor.post(address, {"text": PLAN, **more}).status_code == 200
    assert refused.status_code == 503
    assert refused["Retry-After"] == "30"
    assert "请过半分钟" in refused.content.decode()
    assert visitor.post(address, {"text": LARGE, **more}).status_code == 200
