"""A worker that can be started in a moment: Django is set up once, and each line on the input forks a worker.

Answers with the worker's number; the worker sends until it is killed, or until nothing is left ("drain").
"""

from __future__ import annotations

import os
import signal
import sys
import time
from importlib import import_module

import django


def main() -> None:
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)
    os.environ["DJANGO_SETTINGS_MODULE"] = "zhunsheng.settings"
    django.setup()
    import_module("zhunsheng.kernel.reminders.delivery")
    # The reminders come from the test, not from plans and matters: no source may find that nothing is wanted.
    import_module("zhunsheng.kernel.reminders.sources")._SOURCES.clear()
    print("ready", flush=True)
    for line in sys.stdin:
        child = os.fork()
        if child == 0:
            work()
            os._exit(0)
        print(child, flush=True)
        assert line


def work() -> None:
    """Rounds without end."""
    from zhunsheng.kernel.reminders.worker import Worker

    worker = Worker()
    while True:
        worker.round()
        time.sleep(0.01)


if __name__ == "__main__":
    main()
