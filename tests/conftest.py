"""What every test relies on: in CI nothing is skipped, and marked tests run only where they can.

- ``@pytest.mark.postgresql`` and ``@pytest.mark.sqlite``: left out of the other database's run.
- ``@pytest.mark.browser``: skipped with a reason where there is no Chromium.
- With ``CI=true`` every skip is a failure: the reason is printed, and the run does not pass.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Generator, Iterable

import pytest
from django.db import connection

CI = os.environ.get("CI", "").lower() in {"1", "true"}
BROWSERS = ("chromium", "chromium-browser", "google-chrome")


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leave out the tests of the other database, skip browser tests where there is no browser."""
    other = "postgresql" if connection.vendor == "sqlite" else "sqlite"
    left_out = [item for item in items if item.get_closest_marker(other)]
    if left_out:
        config.hook.pytest_deselected(items=left_out)
        items[:] = [item for item in items if item not in left_out]
    _skip_without_browser(items)


def _skip_without_browser(items: Iterable[pytest.Item]) -> None:
    if not any(map(shutil.which, BROWSERS)):
        reason = pytest.mark.skip(reason="没有 Chromium：apt install chromium")
        for item in items:
            if item.get_closest_marker("browser"):
                item.add_marker(reason)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(
    item: pytest.Item, call: pytest.CallInfo[None]
) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """In CI a skipped test has failed."""
    report = yield
    if CI and report.skipped and not hasattr(report, "wasxfail"):
        report.outcome, report.longrepr = "failed", f"CI 里不许跳过：{report.longrepr}"
    return report


@pytest.hookimpl(wrapper=True)
def pytest_make_collect_report(
    collector: pytest.Collector,
) -> Generator[None, pytest.CollectReport, pytest.CollectReport]:
    """In CI a skipped module has failed."""
    report = yield
    if CI and report.skipped:
        report.outcome, report.longrepr = "failed", f"CI 里不许跳过：{report.longrepr}"
    return report
