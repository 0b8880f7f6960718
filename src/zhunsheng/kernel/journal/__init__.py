"""操作日志: who changed what, when and why. ``change`` is the only door through which records are changed."""

from zhunsheng.kernel.journal.changes import change

__all__ = ["change"]
