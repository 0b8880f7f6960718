"""The kinds of operations, blocks and accesses."""

from __future__ import annotations

from django.db import models


class Operation(models.TextChoices):
    """What happened to a row. ``STATE`` is a row as an upgrade left it (see ``upgrades``)."""

    INSERT = "I", "新增"
    UPDATE = "U", "修改"
    DELETE = "D", "删除"
    STATE = "S", "升级后的样子"


class Source(models.TextChoices):
    """Where the rows of a block come from."""

    CHANGE = "change", "正常操作"
    UNKNOWN = "unknown", "来源不明"
    UPGRADE = "upgrade", "数据库升级"


class AccessKind(models.TextChoices):
    """Reads and attempts that must be known."""

    SIGN_IN = "sign_in", "登录"
    SIGN_IN_REFUSED = "sign_in_refused", "登录未成功"
    SIGN_OUT = "sign_out", "退出"
    UNMASK = "unmask", "查看脱敏内容"
    EXPORT = "export", "导出"
    PRINT = "print", "打印"
    REFUSAL = "refusal", "越权被拒"
    VIEW = "view", "查看"
