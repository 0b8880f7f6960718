"""What every test relies on: in CI nothing is skipped, and marked tests run only where they can.

- ``@pytest.mark.postgresql`` and ``@pytest.mark.sqlite``: left out of the other database's run.
- What cannot touch the database in its own process and starts no program says the same on both: it runs on SQLite only.
- ``@pytest.mark.long``: begins first.
- ``@pytest.mark.browser``: skipped with a reason where there is no Chromium.
- ``@pytest.mark.sources``: skipped with a reason where the source documents are not at hand, and left out of such a run
  in CI: a clean machine need not have them.
- With ``CI=true`` every skip is a failure: the reason is printed, and the run does not pass.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Generator, Iterable
from pathlib import Path

import pytest
from django.db import connection
from django.test import TransactionTestCase
from hypothesis import settings

from tests.corpus.where import sources
from zhunsheng.faces.cli.checks import CHROMIUM

# How long an example takes depends on what else the machine does; it says nothing about right or wrong.
settings.register_profile("zhunsheng", deadline=None)
settings.load_profile("zhunsheng")

_fixture_teardown: Callable[[TransactionTestCase], None] = vars(TransactionTestCase)["_fixture_teardown"]


def _emptied(self: TransactionTestCase) -> None:
    """Transaction tests empty all tables when they end, which the journal would refuse."""
    from zhunsheng.kernel.journal.lifting import lifted

    with lifted():
        _fixture_teardown(self)


setattr(TransactionTestCase, "_fixture_teardown", _emptied)  # noqa: B010 - the stubs do not know it
CI = os.environ.get("CI", "").lower() in {"1", "true"}
STARTING_PROGRAMS = ("faces/cli/", "faces/desk/", "kernel/backups/", "kernel/journal/", "kernel/numbers/", "kernel/reminders/",
                     "kernel/evidence/", "kernel/test_database.py", "tools/")  # fmt: skip
"""Where tests run the program, or several of it, with a database of their own."""


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leave out the tests of what is not here by design, skip browser tests where there is no browser."""
    absent = ["postgresql" if connection.vendor == "sqlite" else "sqlite"]
    if CI and not sources().is_dir():
        absent.append("sources")
    left_out = [item for item in items if any(map(item.get_closest_marker, absent)) or _says_the_same(item)]
    items.sort(
        key=lambda item: not item.get_closest_marker("long")
    )  # two run at a time: the long ones must not be last
    if left_out:
        config.hook.pytest_deselected(items=left_out)
        items[:] = [item for item in items if item not in left_out]
    if not any(map(shutil.which, CHROMIUM)):
        _skip(items, "browser", "没有 Chromium：apt install chromium")
    if not sources().is_dir():
        _skip(items, "sources", f"没有原始文件 {sources()}：用 ZHUNSHENG_SOURCES 指明所在文件夹")


def _says_the_same(item: pytest.Item) -> bool:
    """Whether a test has run on SQLite already and could not come out otherwise here.

    pytest-django refuses the database to a test that does not ask for it; only one that starts a program reaches it.
    """
    if connection.vendor == "sqlite" or item.get_closest_marker("postgresql") or item.get_closest_marker("django_db"):
        return False
    asked = {"db", "transactional_db", "django_db_setup"} & set(getattr(item, "fixturenames", ()))
    place = item.path.relative_to(Path(__file__).parent).as_posix()
    return not asked and not place.startswith(STARTING_PROGRAMS)


def _skip(items: Iterable[pytest.Item], marker: str, reason: str) -> None:
    for item in items:
        if item.get_closest_marker(marker):
            item.add_marker(pytest.mark.skip(reason=reason))


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
