"""Fail when a model has changed and its migration is missing. Works in a home of its own; the database is not asked."""

from __future__ import annotations

import os
import sys
import tempfile


def main() -> int:
    """Exit status: 0 when models and migrations agree."""
    with tempfile.TemporaryDirectory(prefix="zhunsheng-migrations-") as home:
        os.environ.update(ZHUNSHENG_HOME=home, DATABASE_URL="", DJANGO_SETTINGS_MODULE="zhunsheng.settings")
        return missing()


def missing() -> int:
    """1 and what is missing on the output, or 0."""
    import django
    from django.core.management import call_command

    django.setup()
    try:
        call_command("makemigrations", check_changes=True, dry_run=True, verbosity=1)
    except SystemExit:
        print("模型改了，还没有迁移：请运行 django-admin makemigrations --settings zhunsheng.settings", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
