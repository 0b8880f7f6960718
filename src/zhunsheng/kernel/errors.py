"""What every floor answers when it will not do something."""

from __future__ import annotations


class Refused(ValueError):
    """A request that a rule forbids. ``str(error)`` is Chinese: what is wrong and what to do; ``code`` is stable."""

    def __init__(self, code: str, message: str) -> None:
        super().__init__(message)
        self.code = code
