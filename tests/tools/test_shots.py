from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, sync_playwright

from tools import shots
from zhunsheng.faces.access import Sample
from zhunsheng.faces.permissions import TABLE

BAD_PAGE = """<!doctype html><html lang="zh-CN"><head><title>甲</title></head>
<body><main><h1>甲</h1><input name="q"><p style="width:3000px">宽</p></main></body></html>"""
GOOD_PAGE = (
    '<!doctype html><html lang="zh-CN"><head><title>甲</title></head><body><main><h1>甲</h1></main></body></html>'
)


@pytest.fixture
def page() -> Iterator[Page]:
    with sync_playwright() as playwright, shots.launched(playwright) as browser:
        yield browser.new_page()


def test_without_chromium_it_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shots, "CHROMIUM", ("no-such-browser",))
    with pytest.raises(SystemExit, match="apt install chromium"):
        shots.launched(None)  # type: ignore[arg-type]


def test_every_sample_of_the_table_is_a_state() -> None:
    names = [state.sample.name for state in shots.states()]
    assert names == [s.name for entry in TABLE.values() for s in entry.samples] + [shots.MISSING_PAGE]
    assert all(state.start.startswith("/") for state in shots.states())


@pytest.mark.browser
def test_findings_on_a_bad_page_are_reported(page: Page) -> None:
    page.set_content(BAD_PAGE)
    assert "横向多出" in shots._layout(page)[0]
    assert any("axe label" in finding for finding in shots._axe(page))


@pytest.mark.browser
def test_a_good_page_has_no_findings(page: Page) -> None:
    page.set_content(GOOD_PAGE)
    assert shots._layout(page) + shots._axe(page) == []


@pytest.mark.browser
def test_a_wrong_status_is_reported(page: Page, tmp_path: Path) -> None:
    page.route("**/*", lambda route: route.fulfill(status=200, content_type="text/html", body=GOOD_PAGE))
    report = shots.Report(tmp_path)
    state = shots.State("/x", Sample("x"), status=404)
    shots._look_at(page, "http://example.invalid", state, "x", script=True, report=report)
    assert report.wrong == ["x：回答是 200，应当是 404"]
    assert (report.pictures, report.checked) == (1, 1)
    assert (tmp_path / "x.png").stat().st_size > 0
