"""One writer of ``journal``: changes records for some seconds in a process of its own and prints how long each took.

``python -m tools.benches.writer with|without SECONDS`` says when it is ready and begins at the instant that it is told;
``drop`` and ``install`` take the triggers away and put them back.
"""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Callable
from contextlib import AbstractContextManager


def main(arguments: list[str]) -> None:
    """Do what the first argument says."""
    import django

    django.setup()
    from django.db import connection, transaction

    from zhunsheng.kernel.actor import Program
    from zhunsheng.kernel.journal import change, upgrades
    from zhunsheng.kernel.journal.dialects import dialect

    if arguments[0] == "install":
        # What was written without the triggers is entered as an upgrade enters it, so that the journal can be verified.
        with transaction.atomic():
            upgrades.install()
            upgrades.absorb()
    elif arguments[0] == "drop":
        with transaction.atomic(), connection.cursor() as cursor:
            dialect(connection).drop(cursor)
    else:
        journalled = arguments[0] == "with"
        opened = (lambda: change(Program("写手"), "登记")) if journalled else transaction.atomic
        print(json.dumps(written(opened, float(arguments[1]))))


def written(opened: Callable[[], AbstractContextManager[None]], seconds: float) -> list[float]:
    """Seconds that each transaction took: read a row, change it, add another."""
    from zhunsheng.people.models import Person

    person = Person.objects.create(name="起点")
    taken: list[float] = []
    print("ready", flush=True)
    start = float(sys.stdin.readline())
    time.sleep(max(0.0, start - time.time()))
    end = start + seconds
    while time.time() < end:
        began = time.perf_counter()
        with opened():
            one = Person.objects.get(pk=person.pk)
            one.name = f"第{len(taken)}次"
            one.save()
            Person.objects.create(name="又一人")
        taken.append(time.perf_counter() - began)
    return taken


if __name__ == "__main__":
    main(sys.argv[1:])
