"""Who does things in tests where it does not matter who, and what a refusal looks like."""

from __future__ import annotations

from contextlib import AbstractContextManager

import pytest

from zhunsheng.kernel.actor import Program
from zhunsheng.kernel.errors import Refused

BY = Program("测试")


def refused(code: str, *words: str) -> AbstractContextManager[object]:
    """A refusal with this code whose sentence contains the words."""
    return pytest.raises(Refused, check=lambda e: e.code == code and all(word in str(e) for word in words))
