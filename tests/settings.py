"""The settings under test: a home of its own, quick passwords, no manifest of static files.

DATABASE_URL chooses the database (``tools/test.py`` runs the suite on SQLite and on PostgreSQL).
"""

from __future__ import annotations

import atexit
import os
import shutil
import tempfile
from pathlib import Path

TEST_HOME = Path(tempfile.mkdtemp(prefix="zhunsheng-test-"))
atexit.register(shutil.rmtree, TEST_HOME, ignore_errors=True)
os.environ["ZHUNSHENG_HOME"] = str(TEST_HOME)
for variable in (
    "HOST",
    "PORT",
    "HTTPS",
    "ALLOWED_HOSTS",
    "SECRET_KEY",
    "WEB_CONCURRENCY",
    "SMTP_URL",
    "ROBOT_HOSTS",
    "SITE_URL",
):
    os.environ.pop(variable, None)

from zhunsheng.settings import *  # noqa: E402, F403 - the home must be known before
from zhunsheng.settings import DATABASES, STORAGES  # noqa: E402

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
STORAGES["staticfiles"] = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = True
# Transaction tests empty the tables behind them (kernel/journal/lifting.py); the shipped settings must not say this.
JOURNAL_MAY_BE_EMPTIED = True

if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    # A file, not memory: pragmas, threads and other processes are tested on what is shipped.
    DATABASES["default"]["TEST"] = {"NAME": str(TEST_HOME / "test.sqlite3")}
else:
    # Two runs at the same time must not take each other's database away.
    DATABASES["default"]["TEST"] = {"NAME": f"test_zhunsheng_{os.getpid()}"}
