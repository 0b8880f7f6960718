"""A disk that fills up under SQLite: the write fails whole, what was acknowledged stays, and room made is room used."""

from __future__ import annotations

import subprocess
import sys

import pytest

from tests.faces.cli.conftest import Place

WRITER = """
import os, resource, django
os.environ["DJANGO_SETTINGS_MODULE"] = "zhunsheng.settings"
django.setup()
from django.db import DatabaseError
from zhunsheng.faces.cli.runtime import explained
from zhunsheng.kernel.actor import Program
from zhunsheng.kernel.journal import change
from zhunsheng.people.models import Person
hard = resource.getrlimit(resource.RLIMIT_FSIZE)[1]
def write(number):
    with change(Program("写手"), "登记"):
        for half in "甲乙":
            Person.objects.create(name=f"{number}-{half}")
write(0)
resource.setrlimit(resource.RLIMIT_FSIZE, (300_000, hard))
for number in range(1, 10_000):
    try:
        write(number)
    except DatabaseError as error:
        print(number, " ".join(explained(error).split()))
        break
resource.setrlimit(resource.RLIMIT_FSIZE, (hard, hard))
write("后")
print(*Person.objects.order_by("id").values_list("name", flat=True))
"""


@pytest.mark.sqlite
def test_the_write_that_finds_no_room_fails_whole(place: Place) -> None:
    assert place.run("upgrade").returncode == 0
    done = subprocess.run(
        [sys.executable, "-c", WRITER], capture_output=True, text=True, check=True, env=place.environment()
    )
    refused, names = done.stdout.splitlines()
    number, _, words = refused.partition(" ")
    assert "数据库没有办成这一步" in words
    assert "磁盘" in words
    acknowledged = [*map(str, range(int(number))), "后"]
    assert names.split() == [f"{one}-{half}" for one in acknowledged for half in "甲乙"]
    verified = place.run("verify")
    assert (verified.returncode, "来源不明" in verified.stdout) == (0, False)
