from __future__ import annotations

import pytest
from jinja2 import UndefinedError

from zhunsheng.faces.jinja import environment, thousands


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
