"""Who does things in tests where it does not matter who."""

from __future__ import annotations

from zhunsheng.kernel.actor import Program

BY = Program("测试")
