"""What a check-up can find. One rule is one function that returns one finding."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

State = Literal["ok", "note", "bad"]
WORDS: dict[State, str] = {"ok": "正常", "note": "留意", "bad": "不行"}


@dataclass(frozen=True, slots=True)
class Finding:
    """One line of the check-up; ``remedy`` says how to mend what is not in order."""

    name: str
    state: State
    detail: str
    remedy: str = ""
