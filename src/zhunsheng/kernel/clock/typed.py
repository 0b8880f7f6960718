"""Days, instants and regions as people type them."""

from __future__ import annotations

import re
from datetime import date, datetime
from typing import Final

from zhunsheng.kernel.errors import Refused

DAY: Final = r"(\d{4})(?:[-/.年](\d{1,2})[-/.月](\d{1,2})日?|(\d{2})(\d{2}))"
MOMENT: Final = re.compile(rf"{DAY}(?:[T ]*(\d{{1,2}})[:时](\d{{1,2}})分?)?", re.ASCII)
REGION: Final = re.compile(r"(?:\d{6}|\d{9}|\d{12})?", re.ASCII)
EXAMPLE: Final = "请写成 2026-09-28；按小时计算的写到几时几分，例如 2026-09-28 14:30"
NARROW: Final = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)}


def moment(text: str) -> date | datetime:
    """A day, or an instant of China Standard Time (without a zone). Raises ``Refused``."""
    match = MOMENT.fullmatch(text.translate(NARROW).strip())
    if match is None:
        raise Refused("bad_date", f"日期“{text}”认不出来。{EXAMPLE}。")
    numbers = [int(part) for part in match.groups() if part is not None]
    try:
        return datetime(*numbers) if len(numbers) > 3 else date(*numbers)  # type: ignore[arg-type]  # noqa: DTZ001
    except ValueError as error:
        raise Refused("bad_date", f"没有“{text}”这一天或者这个时刻。{EXAMPLE}。") from error


def region(text: str) -> str:
    """A division code of 6, 9 or 12 digits, or "". Raises ``Refused``."""
    code = text.translate(NARROW).strip()
    if not REGION.fullmatch(code):
        raise Refused("bad_region", f"区划代码“{text}”应当是六位、九位或者十二位数字，例如 370702；全国通用的不写。")
    return code
