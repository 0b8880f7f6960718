from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from jinja2 import UndefinedError

from zhunsheng.faces.jinja import day, environment, minute, thousands, weekday


def test_text_is_escaped_and_undefined_names_are_errors() -> None:
    made = environment(autoescape=False)
    assert made.from_string("{{ words }}").render(words="<b>") == "&lt;b&gt;"
    with pytest.raises(UndefinedError):
        made.from_string("{{ nobody }}").render()


def test_addresses_and_files_by_name() -> None:
    assert environment().from_string("{{ url('portal:read') }}").render() == "/read/"
    assert environment().from_string("{{ static('zhunsheng/base.css') }}").render() == "/static/zhunsheng/base.css"


@pytest.mark.parametrize(("value", "written"), [(0, "0"), (999, "999"), (1846, "1,846"), (-1234567, "-1,234,567")])
def test_thousands(value: int, written: str) -> None:
    assert thousands(value) == written


def test_days_and_instants_are_those_of_china() -> None:
    late = datetime(2026, 11, 22, 16, 30, tzinfo=UTC)
    assert (day(late), weekday(late), minute(late)) == ("2026-11-23", "星期一", "2026-11-23 00:30")
    assert (day(date(2026, 2, 1)), weekday(date(2026, 2, 1))) == ("2026-02-01", "星期日")
    assert (day(None), minute(None)) == ("—", "—")
