"""kill -9 in the middle of changes: what was acknowledged is there, nothing is half there, and ``verify`` is silent."""

from __future__ import annotations

import random
import signal
import subprocess
import sys
import time

from tests.faces.cli import conftest
from tests.faces.cli.conftest import Place

KILLS = 20
WRITER = """
import os, sys, django
os.environ["DJANGO_SETTINGS_MODULE"] = "zhunsheng.settings"
django.setup()
from zhunsheng.kernel.actor import Program
from zhunsheng.kernel.journal import change
from zhunsheng.kernel.refs import Ref
from zhunsheng.people.models import Person
for number in range(10_000_000):
    with change(Program("写手"), "登记", about=[Ref("people.person", str(number), "某")]):
        first = Person.objects.create(name=f"{sys.argv[1]}-{number}-甲")
        Person.objects.create(name=f"{sys.argv[1]}-{number}-乙")
    print(number, flush=True)
"""
READER = """
import os, django
os.environ["DJANGO_SETTINGS_MODULE"] = "zhunsheng.settings"
django.setup()
from zhunsheng.people.models import Person
print(*Person.objects.order_by("id").values_list("name", flat=True), sep="\\n")
"""


def killed(place: Place, turn: int) -> int:
    """How many changes a writer acknowledged before it was killed at a random moment."""
    with subprocess.Popen(
        [sys.executable, "-c", WRITER, str(turn)], stdout=subprocess.PIPE, text=True, env=place.environment()
    ) as writer:
        assert writer.stdout
        writer.stdout.readline()
        time.sleep(random.uniform(0, 0.05))
        writer.send_signal(signal.SIGKILL)
        return 1 + sum(1 for line in writer.stdout if line.endswith("\n"))


place = conftest.place


def test_twenty_kills(place: Place) -> None:
    assert place.run("upgrade").returncode == 0
    acknowledged = {turn: killed(place, turn) for turn in range(KILLS)}
    done = subprocess.run(
        [sys.executable, "-c", READER], capture_output=True, text=True, check=True, env=place.environment()
    )
    names = set(done.stdout.split())
    for turn, count in acknowledged.items():
        assert {f"{turn}-{number}-{half}" for number in range(count) for half in "甲乙"} <= names
    assert {name.replace("甲", "乙") for name in names} == {name for name in names if name.endswith("乙")}, (
        "half a change"
    )
    verified = place.run("verify")
    assert (verified.returncode, verified.stderr) == (0, "")
    assert "来源不明" not in verified.stdout
