from __future__ import annotations

import re
from pathlib import Path

import zhunsheng.faces.portal

PORTAL = Path(zhunsheng.faces.portal.__file__).parent
STATIC = PORTAL / "static" / "zhunsheng"


def test_the_style_sheets_stay_small() -> None:
    assert sum(path.stat().st_size for path in STATIC.glob("*.css")) <= 50_000


def test_nothing_is_fetched_from_elsewhere() -> None:
    for path in STATIC.iterdir():
        assert not re.search(r"https?://(?!www\.w3\.org/2000/svg)|@import|url\(", path.read_text(encoding="utf-8")), (
            path
        )


def test_templates_have_no_inline_style_or_script() -> None:
    for path in (PORTAL / "jinja2").rglob("*.html"):
        words = path.read_text(encoding="utf-8")
        assert not re.search(r"\sstyle=|\son\w+=|<script(?![^>]*\ssrc=)|\|\s*safe", words), path


def test_the_dark_look_names_every_colour_of_the_light_one() -> None:
    tokens = (STATIC / "tokens.css").read_text(encoding="utf-8")
    light, dark = tokens.partition(".dark {")[::2]
    colour = re.compile(r"(--[\w-]+): #")
    assert set(colour.findall(light)) <= set(colour.findall(dark.partition("@media print")[0]))
