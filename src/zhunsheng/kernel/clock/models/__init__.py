"""Tables of the clock: the working-day calendar, and the clocks that run."""

from zhunsheng.kernel.clock.models.calendar import CalendarDay, CalendarStamp, YearNotice
from zhunsheng.kernel.clock.models.running import Clock, ClockMove, ClockState, Extension, Suspension

__all__ = [
    "CalendarDay",
    "CalendarStamp",
    "Clock",
    "ClockMove",
    "ClockState",
    "Extension",
    "Suspension",
    "YearNotice",
]
