"""Days and numbers as people type them into fields and addresses."""

from __future__ import annotations

from datetime import date

from zhunsheng.kernel.clock.typed import moment
from zhunsheng.kernel.errors import Refused


def day(text: str) -> date | None:
    """A day; ``None`` for nothing. Raises ``Refused``."""
    found = moment(text) if text.strip() else None
    if found is not None and type(found) is not date:
        raise Refused("bad_date", "只写日期，不写几时几分，例如 2026-12-01。")
    return found


def needed_day(text: str, what: str) -> date:
    """A day that must be there. Raises ``Refused``."""
    found = day(text)
    if found is None:
        raise Refused("day_missing", f"请填{what}，例如 2026-12-01。")
    return found


def number(text: str | None) -> int | None:
    """A number; ``None`` for nothing or nonsense."""
    return int(text) if text and text.isascii() and text.isdigit() and len(text) < 16 else None


def words(text: str | None, most: int = 50) -> str:
    """A few words to look for; what no database takes is left out."""
    return (text or "").replace("\0", "").strip()[:most]
