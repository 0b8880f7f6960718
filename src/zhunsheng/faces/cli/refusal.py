"""What a command answers when it does not do what was asked."""

from __future__ import annotations

from typing import Final

COMMAND: Final = ".venv/bin/zhunsheng"
"""How the command is called from the checkout, for messages that tell to run it."""


class Refused(Exception):
    """``str(error)`` is for the person at the terminal, in Chinese: what is wrong, where, what to do."""

    def __init__(self, message: str, *, status: int = 1) -> None:
        super().__init__(message)
        self.status = status
