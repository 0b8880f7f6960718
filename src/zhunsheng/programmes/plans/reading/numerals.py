"""Chinese and Arabic numerals at places that the grammar has already found.

cn2an does the arithmetic; it is never let loose on prose, where it would read 统一 as a number.
"""

from __future__ import annotations

from decimal import Decimal
from functools import lru_cache

NUMERAL = r"(?:\d{1,15}(?:\.\d{1,9})?|[〇零一二两三四五六七八九十百千]{1,12})"
"""A number as plans print it, for use inside other patterns."""

_SIGNS = {
    **{chr(0x2460 + i): i + 1 for i in range(20)},
    **{chr(0x3251 + i): i + 21 for i in range(15)},
    **{chr(0x32B1 + i): i + 36 for i in range(15)},
    **{chr(0x2474 + i): i + 1 for i in range(20)},
    **{chr(0x2488 + i): i + 1 for i in range(20)},
    **{chr(0x3220 + i): i + 1 for i in range(10)},
    **{chr(0x2776 + i): i + 1 for i in range(10)},
}
"""①, ㉑, ⑴, ⒈, ㈠, ❶ and their like."""


@lru_cache(maxsize=4096)
def number(text: str) -> Decimal | None:
    """The value of one printed numeral (12, 12.5, 十二, 二〇二五, ①), or None if it is none."""
    if text in _SIGNS:
        return Decimal(_SIGNS[text])
    if text.isascii():
        return Decimal(text) if text.replace(".", "", 1).isdigit() else None
    import cn2an

    try:
        return Decimal(str(cn2an.cn2an(text, "smart")))
    except (ValueError, KeyError):
        return None


def whole(text: str) -> int | None:
    """The value of one printed whole number, or None."""
    value = number(text)
    return int(value) if value is not None and value == value.to_integral_value() else None
