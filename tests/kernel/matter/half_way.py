"""Loads the notice of 2027 in a process of its own and is killed at the place that the argument names."""

from __future__ import annotations

import os
import signal
import sys
from typing import Any

import django


def main(place: str) -> None:
    os.environ["DJANGO_SETTINGS_MODULE"] = "zhunsheng.settings"
    django.setup()
    from tests.kernel.matter.test_moving import DOCUMENT, rows
    from zhunsheng.kernel import events
    from zhunsheng.kernel.actor import SYSTEM
    from zhunsheng.kernel.clock import actions
    from zhunsheng.kernel.journal import sealing
    from zhunsheng.kernel.matter import moving

    def die(*_: Any, **__: Any) -> None:
        print("half-way", flush=True)
        os.kill(os.getpid(), signal.SIGKILL)

    if place == "rows written":
        setattr(moving, "_written", die)  # noqa: B010 - mypy does not let a function be replaced
    elif place == "moves listed":
        events.on("calendar.moved", die)
    else:
        setattr(sealing, "seal", die)  # noqa: B010
    actions.load_notice(by=SYSTEM, year=2027, document=DOCUMENT, rows=rows())


if __name__ == "__main__":
    main(sys.argv[1])
