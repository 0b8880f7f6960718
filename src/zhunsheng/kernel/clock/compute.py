"""The computation of a time limit, pure: the rule, the trigger and a calendar go in, the date and its arithmetic come out.

The day (hour) on which a period begins is not counted (民事诉讼法第八十五条、行诉解释第四十八条); where the last day is a
holiday and the law says so, the period ends on the next working day.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime, time, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from zhunsheng.kernel.clock.counting import add_months, full, left_out, short, told, walk
from zhunsheng.kernel.clock.days import DAY, Calendar, weekday
from zhunsheng.kernel.clock.results import Due, Grants, Mark, Pauses, Step
from zhunsheng.kernel.clock.rules import UNITS, TimeLimit, Unit
from zhunsheng.kernel.errors import Refused

CST: Final = ZoneInfo("Asia/Shanghai")
YEARS: Final = range(1950, 2151)
COUNTED: Final = {"wd": "个工作日", "d": "日"}


@dataclass(slots=True)
class _Run:
    """A computation under way: where it has come to, what it has said, which days of the calendar it rests on."""

    rule: TimeLimit
    trigger: date
    calendar: Calendar
    paused: Mapping[date, str]
    day: date
    steps: list[Step] = field(default_factory=list)
    marks: list[Mark] = field(default_factory=list)
    rests_on: list[date] = field(default_factory=list)

    def say(self, step: Step) -> None:
        self.steps.append(step)

    def short(self, day: date) -> str:
        return short(day, self.trigger.year)

    def result(self) -> Due:
        """The finished computation; a provisional one says why."""
        years = sorted(
            {
                day.year if day.year not in self.calendar.loaded else day.year + 1
                for day in self.rests_on
                if self.calendar.unsure(day)
            }
        )
        if years:
            named = "、".join(map(str, years))
            self.say(Step("note", f"{named} 年的放假安排还没有载入，按周末和法定节假日推算，日期暂定。"))
        span = (min(self.rests_on), max(self.rests_on)) if self.rests_on else None
        return Due(self.rule, self.trigger, self.day, bool(years), tuple(self.steps), None, tuple(self.marks), span)


def compute(
    rule: TimeLimit, trigger: date | datetime, calendar: Calendar, pauses: Pauses = (), grants: Grants = ()
) -> Due:
    """The date that ``rule`` gives from ``trigger``. Raises ``Refused`` where the rule gives none."""
    _computable(rule)
    _in_range(trigger)
    pauses = tuple(pauses)
    for pause in pauses:
        if pause.end is not None and pause.end < pause.start:
            raise Refused("suspension_dates", f"中止从 {pause.start} 到 {pause.end}，止日早于起日，请核对。")
    closed = [pause for pause in pauses if pause.end is not None]
    opened = min((pause.start for pause in pauses if pause.end is None), default=None)
    found = _hours(rule, trigger, closed) if rule.unit == "h" else _days(rule, trigger, calendar, closed, grants)
    if opened is None or (found.day is not None and found.day < opened):
        return found
    start = Step("start", f"起算：{_words(trigger)}。")
    stop = Step("pause", f"{full(opened)}起中止，还没有恢复。中止，恢复后重算。", opened)
    return Due(rule, trigger, None, False, (start, stop))


def check_pauses(rule: TimeLimit, pauses: Pauses) -> None:
    """Raise ``Refused`` where the rule knows no time that may be left out."""
    if pauses and not rule.suspensions:
        raise Refused(
            "no_suspension",
            f"{rule.id}“{rule.title}”没有可以扣除的时间。确有规定的，请在本县的规则包里写上 suspensions。",
        )


def check_grants(rule: TimeLimit, grants: Grants) -> None:
    """Raise ``Refused`` for an extension without an approver, one too many, of another unit or too long."""
    for i, grant in enumerate(grants):
        if not grant.approver.strip():
            raise Refused("no_approver", "延长没有写批准人。没有批准记录的延长不算数，请写明谁批准。")
        if i >= len(rule.extensions):
            most = f"最多延长 {len(rule.extensions)} 次" if rule.extensions else "不能延长"
            raise Refused("extension_not_allowed", f"{rule.id}“{rule.title}”{most}（{rule.source}）。")
        allowed = rule.extensions[i]
        if grant.unit != allowed.unit or grant.n < 1 or (allowed.n is not None and grant.n > allowed.n):
            most = f"{allowed.n or '若干'}{UNITS[allowed.unit]}"
            raise Refused(
                "extension_too_long", f"{rule.id}第 {i + 1} 次延长至多 {most}，写的是 {grant.n}{UNITS[grant.unit]}。"
            )


def _computable(rule: TimeLimit) -> None:
    if rule.unit == "none":
        raise Refused("not_a_limit", f"{rule.id}“{rule.title}”不是一个能算出日期的期限：{rule.value}。")
    if rule.n is None and rule.unit != "date":
        example = f"rules:\n  {rule.id}: {{n: 15, unit: {rule.unit}, article: 本省规定第几条}}"
        known = "、".join(f"{value.region}（{value.n}{UNITS[value.unit or rule.unit]}）" for value in rule.regional)
        some = f"期限库里有这些地方的：{known}。" if known else ""
        raise Refused(
            "not_set",
            f"{rule.id}“{rule.title}”各地不同（{rule.article}），要由县里设定以后才能算。{some}"
            f"请在数据目录的 packs/time_limits_local.yaml 里写上本地的数，例如：\n{example}",
        )


def _in_range(trigger: date) -> None:
    if trigger.year not in YEARS:
        raise Refused("date_range", f"起算日 {trigger.year} 年不在 {YEARS[0]}—{YEARS[-1]} 年之间，请核对。")


def _days(rule: TimeLimit, trigger: date | datetime, calendar: Calendar, pauses: Pauses, grants: Grants) -> Due:
    day = local(trigger).date() if isinstance(trigger, datetime) else trigger
    run = _Run(rule, day, calendar, left_out(pauses), day)
    if rule.unit == "date":
        _fixed(run)
    elif rule.direction == "before":
        _backward(run)
    else:
        _forward(run, grants)
    return run.result()


def _forward(run: _Run, grants: Grants) -> None:
    """N days, months or years after the trigger, then the extensions, then the roll."""
    rule = run.rule
    counted = rule.first_day == "counted"
    run.say(
        Step("start", f"起算：{full(run.trigger)}，当日{'计入' if counted else '不计'}。", run.trigger, run.trigger)
    )
    if counted and rule.unit in COUNTED:
        run.day -= DAY
    legs = _legs(rule, grants)
    for i, (n, unit) in enumerate(legs):
        if i:
            run.say(Step("extend", f"延长{n}{UNITS[unit]}，接着数。"))
        _leg(run, n, unit, inclusive=counted and not i)
    if legs[-1][1] != "wd":
        _roll(run)
    run.say(Step("end", f"{'至少到' if rule.bound == 'floor' else '期满'}：{full(run.day)}。", run.day, run.day))


def _legs(rule: TimeLimit, grants: Grants) -> list[tuple[int, Unit]]:
    """Number and unit of the rule and of each extension; months after months are added up (31 Jan + 1 + 1 = 31 Mar)."""
    legs: list[tuple[int, Unit]] = [(rule.n or 0, rule.unit)]
    for grant in grants:
        if grant.unit == legs[-1][1] and grant.unit in {"m", "y"}:
            legs[-1] = (legs[-1][0] + grant.n, grant.unit)
        else:
            legs.append((grant.n, grant.unit))
    return legs


def _leg(run: _Run, n: int, unit: Unit, *, inclusive: bool) -> None:
    if unit in {"m", "y"}:
        _months(run, n, unit, inclusive=inclusive)
        return
    first = max((mark.number for mark in run.marks), default=0) + 1
    marks = list(walk(run.calendar, run.day, n, working=unit == "wd", paused=run.paused, first=first))
    _walked(run, marks, COUNTED[unit], on_calendar=unit == "wd")


def _walked(run: _Run, marks: list[Mark], unit: str, *, on_calendar: bool) -> None:
    for step in told(marks, unit, run.trigger.year):
        run.say(step)
    run.marks += marks
    run.day = marks[-1].day
    if on_calendar:
        run.rests_on += [mark.day for mark in marks if not mark.paused]


def _months(run: _Run, n: int, unit: Unit, *, inclusive: bool) -> None:
    """Months and years by the calendar; suspended days inside them are added behind."""
    start, end = run.day, add_months(run.day, n * 12 if unit == "y" else n)
    same = end.day == start.day
    words = f"{full(start)}起满{n}{UNITS[unit]}，到{full(end)}"
    if inclusive and same:
        end -= DAY
        words = f"{full(start)}起{n}{UNITS[unit]}，最后一天是{full(end)}"
    elif not same:
        words += f"（这个月没有{start.day}日，以月末为准）"
    run.say(Step("count", f"{words}。", start, end))
    run.day = end
    if any(start < day <= end for day in run.paused):
        marks = list(walk(run.calendar, start, (end - start).days, working=False, paused=run.paused))
        for step in told([mark for mark in marks if mark.paused], "日", run.trigger.year):
            run.say(step)
        run.day = marks[-1].day
        run.say(Step("count", f"不计的日子加在后面，到{full(run.day)}。", run.day, run.day))


def _roll(run: _Run, *, forward: bool = True) -> None:
    """What happens where the last day is no working day: moved, left, or left with a warning."""
    day, calendar = run.day, run.calendar
    if run.rule.roll != "yes":
        _stay(run)
        return
    run.day = calendar.on_or_after(day) if forward else calendar.on_or_before(day)
    first, last = sorted((day, run.day))
    run.rests_on += [first + timedelta(days=i) for i in range((last - first).days + 1)]
    if run.day != day:
        verb = "顺延到" if forward else "提前到"
        why = calendar.why(day)
        run.say(
            Step(
                "roll",
                f"{run.short(day)}（{weekday(day)}）{why}，{verb}{run.short(run.day)}（{weekday(run.day)}）。",
                first,
                last,
            )
        )


def _stay(run: _Run) -> None:
    """The last day stands though it is no working day; a warning names the working day before it."""
    day, calendar = run.day, run.calendar
    if run.rule.roll == "warn":
        run.rests_on.append(day)
    if calendar.works(day):
        return
    said = f"{run.short(day)}（{weekday(day)}）{calendar.why(day)}"
    if run.rule.roll == "no":
        run.say(Step("warn", f"{said}，不顺延。", day, day))
        return
    before = calendar.add(day, -1)
    remedy = f"请在前一个工作日{run.short(before)}（{weekday(before)}）前办好"
    run.say(Step("warn", f"{said}。规定没有写明顺延，{remedy}。", day, day))


def _backward(run: _Run) -> None:
    """N日前: the event's day is not counted, and by the strict reading neither is the day of the notice."""
    rule, n = run.rule, run.rule.n or 0
    run.say(Step("start", f"从{full(run.trigger)}往前数，当日不计。", run.trigger, run.trigger))
    if rule.unit in {"m", "y"}:
        run.day = add_months(run.trigger, -n * (12 if rule.unit == "y" else 1))
        run.say(Step("count", f"往前{n}{UNITS[rule.unit]}，是{full(run.day)}。", run.day, run.day))
        _roll(run, forward=False)
    else:
        _clear_days(run, n)
    run.say(Step("end", f"最迟：{full(run.day)}。", run.day, run.day))


def _clear_days(run: _Run, n: int) -> None:
    working = run.rule.unit == "wd"
    marks = list(walk(run.calendar, run.trigger, n, working=working, paused={}, step=-1))
    for step in told(marks, COUNTED[run.rule.unit], run.trigger.year, backwards=True):
        run.say(step)
    run.marks, run.day = marks, marks[-1].day
    strict = run.rule.reading == "strict"
    if strict:
        run.day = run.calendar.add(run.day, -1) if working else run.day - DAY
        said = f"办的当天也不算，留足{n}{COUNTED[run.rule.unit]}，到{full(run.day)}。"
        run.say(Step("count", said, run.day, run.day))
    if working:
        run.rests_on += [run.day + timedelta(days=i) for i in range((run.trigger - run.day).days)]
    else:
        _roll(run, forward=False)


def _fixed(run: _Run) -> None:
    """The next of the fixed days, that of the trigger included."""
    dates = [date(run.trigger.year + more, month, day) for more in (0, 1) for month, day in run.rule.dates]
    run.day = min(day for day in dates if day >= run.trigger)
    run.say(Step("start", f"起算：{full(run.trigger)}。", run.trigger, run.trigger))
    run.say(Step("count", f"固定日期：{run.rule.length}，下一个是{full(run.day)}。", run.day, run.day))
    _roll(run)
    run.say(Step("end", f"期满：{full(run.day)}。", run.day, run.day))


def local(instant: datetime) -> datetime:
    """The instant in China Standard Time; one without a zone is taken to be so already."""
    return instant.astimezone(CST) if instant.tzinfo else instant.replace(tzinfo=CST)


def _hours(rule: TimeLimit, trigger: date | datetime, pauses: Pauses) -> Due:
    """Hours run on by day and night, holidays included; days of a suspension are left out whole."""
    if not isinstance(trigger, datetime):
        raise Refused("time_needed", f"{rule.id}“{rule.title}”按小时计算，请写到几时几分，例如 {trigger} 14:30。")
    start = local(trigger)
    end, steps = (
        start + timedelta(hours=rule.n or 0),
        [Step("start", f"起算：{_words(start)}。", start.date(), start.date())],
    )
    for day, reason in sorted(left_out(pauses).items()):
        begins = max(start, datetime.combine(day, time(), CST))
        lost = datetime.combine(day + DAY, time(), CST) - begins
        if begins < end and lost > timedelta():
            end += lost
            steps.append(Step("pause", f"{short(day, start.year)}（{weekday(day)}）{reason}，不计。", day, day))
    steps += [
        Step("count", f"连续计算{rule.n}小时，夜间和节假日都算。"),
        Step("end", f"期满：{_words(end)}。", end.date(), end.date()),
    ]
    return replace(Due(rule, start, end.date(), False, tuple(steps)), at=end)


def _words(instant: date | datetime) -> str:
    return f"{full(instant.date())}{instant:%H:%M}" if isinstance(instant, datetime) else full(instant)
