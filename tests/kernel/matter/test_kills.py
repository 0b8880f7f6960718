"""kill −9 in the middle of a change of the calendar: every date has moved, or none."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from django.db import connection

from tests.kernel.matter import half_way
from tests.kernel.matter.conftest import Cast
from tests.kernel.matter.scenes import issued
from tests.kernel.matter.test_moving import AFTER, BEFORE, JANUARY, load
from tests.people.acting import BY
from zhunsheng.kernel import now
from zhunsheng.kernel.clock import actions
from zhunsheng.kernel.clock.models import ClockMove, YearNotice
from zhunsheng.kernel.matter.models import Matter, MatterStep

ROOT = Path(__file__).resolve().parents[3]
pytestmark = pytest.mark.django_db(transaction=True)


def url() -> str:
    """The database under test, for another process."""
    name = connection.settings_dict["NAME"]
    if connection.vendor == "sqlite":
        return f"sqlite:///{name}"
    return os.environ["DATABASE_URL"].rpartition("/")[0] + f"/{name}"


@pytest.mark.parametrize("place", ["rows written", "moves listed", "sealing"])
def test_killed_half_way_nothing_has_moved(place: str, cast: Cast, tmp_path: Path) -> None:
    actions.seed(by=BY)
    with now.on(JANUARY):
        orders = [issued(cast) for _ in range(3)]
        steps = MatterStep.objects.count()
        environment = os.environ | {"DATABASE_URL": url(), "ZHUNSHENG_HOME": str(tmp_path)}
        command = [sys.executable, str(Path(half_way.__file__)), place]
        environment["PYTHONPATH"] = os.pathsep.join([str(ROOT), os.environ.get("PYTHONPATH", "")])
        killed = subprocess.run(command, env=environment, capture_output=True, text=True, check=False, timeout=60)
        assert (killed.returncode, killed.stdout) == (-9, "half-way\n"), killed.stderr
        assert {one.due for one in Matter.objects.all()} == {BEFORE}
        assert (MatterStep.objects.count(), ClockMove.objects.count()) == (steps, 0)
        assert not YearNotice.objects.filter(year=2027).exists()
        assert len(load()) == len(orders)
    assert {one.due for one in Matter.objects.all()} == {AFTER}
