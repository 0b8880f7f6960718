"""Matters in the state that a test needs."""

from __future__ import annotations

from datetime import date
from typing import Any

from tests.kernel.matter.conftest import Cast
from zhunsheng.kernel.matter import actions
from zhunsheng.kernel.matter.models import Matter
from zhunsheng.kernel.refs import Ref

TASK = Ref("test.task", "13", "任务 13：三季度备案台账，应于9月30日报送，未报")


def drafted(cast: Cast, *, kind: str = "supervision_order", unit_id: int | None = None, **fields: Any) -> Matter:
    given = {"origins": [TASK], "title": "关于报送三季度备案台账", "demands": "补报三季度台账，并说明原因。"} | fields
    return actions.open(kind=kind, unit_id=unit_id or cast.town.pk, issuer_id=cast.office.pk, by=cast.clerk, **given)


def issued(cast: Cast, **fields: Any) -> Matter:
    return actions.issue(matter=drafted(cast, **fields), by=cast.head)


def signed(cast: Cast) -> Matter:
    return actions.sign(matter=issued(cast), by=cast.townsman)


def answered(cast: Cast, matter: Matter | None = None) -> Matter:
    made = actions.answer(matter=matter or signed(cast), text="已经补报。", evidence=[cast.paper()], by=cast.townsman)
    return made.matter


def returned(cast: Cast) -> Matter:
    return actions.send_back(matter=answered(cast), opinion="缺 2 号文回执。", by=cast.clerk)


def closed(cast: Cast) -> Matter:
    return actions.close(matter=answered(cast), opinion="材料齐全。", by=cast.clerk)


FIRST_DUE = date(2026, 12, 7)
"""Ten working days after 2026-11-23."""
