"""The states of plans, editions and duties. The steps between them stand in ``flow``, which imports the tables."""

from __future__ import annotations

from typing import Final

from zhunsheng.kernel.flow import State

PLAN: Final = {
    "draft": State("核对中", "new"),
    "running": State("执行中", "run"),
    "archived": State("已归档", "done", final=True),
}

EDITION: Final = {
    "draft": State("核对中", "run"),
    "consulting": State("征求意见", "wait"),
    "ready": State("待复核", "wait"),
    "published": State("已发布", "done"),
    "superseded": State("已由新版代替", "na", final=True),
    "dropped": State("已放弃", "stop", final=True),
}

DUTY: Final = {
    "new": State("未开始", "new"),
    "run": State("办理中", "run"),
    "back": State("退回", "back"),
    "head": State("待负责人确认", "wait"),
    "lead": State("待牵头单位确认", "wait"),
    "office": State("待办公室确认", "wait"),
    "done": State("已办结", "done", final=True),
    "paused": State("暂缓", "stop"),
    "cancelled": State("取消", "na", final=True),
}

WITH_UNIT: Final = ("new", "run", "back")
"""The unit has the next move."""
SUBMITTED: Final = ("head", "lead", "office")
"""Somebody has to confirm."""
OPEN: Final = (*WITH_UNIT, *SUBMITTED)
"""Not over: the unit has the next move and may be late, or has handed in and waits."""
CLOSED: Final = ("done", "cancelled")
