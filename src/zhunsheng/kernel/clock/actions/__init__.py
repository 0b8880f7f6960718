"""Every change of the calendar and of clocks."""

from zhunsheng.kernel.clock.actions.calendar import clear_day, load_notice, seed, set_day
from zhunsheng.kernel.clock.actions.clocks import cancel, extend, finish, resume, start, suspend
from zhunsheng.kernel.clock.actions.recomputing import recompute

__all__ = [
    "cancel",
    "clear_day",
    "extend",
    "finish",
    "load_notice",
    "recompute",
    "resume",
    "seed",
    "set_day",
    "start",
    "suspend",
]
