"""The settings that the environment chooses, as a fresh process loads them."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings

PROGRAM = """
import json, sys
from zhunsheng import settings
print(json.dumps({name: getattr(settings, name) for name in sys.argv[1:]}, default=str))
"""


@pytest.fixture
def loaded(tmp_path: Path) -> Any:
    """Load the shipped settings with these variables and return some of them."""

    def load(*names: str, **variables: str) -> dict[str, Any]:
        environment = {**os.environ, "ZHUNSHENG_HOME": str(tmp_path), **variables}
        line = [sys.executable, "-W", "error", "-c", PROGRAM, *names]
        done = subprocess.run(line, env=environment, capture_output=True, text=True, check=True)
        return dict(json.loads(done.stdout))

    return load


def test_plain_http_on_the_loopback_by_default(loaded: Any) -> None:
    assert loaded(
        "DEBUG", "SESSION_COOKIE_SECURE", "SECURE_HSTS_SECONDS", "SECURE_PROXY_SSL_HEADER", "ALLOWED_HOSTS"
    ) == {
        "DEBUG": False,
        "SESSION_COOKIE_SECURE": False,
        "SECURE_HSTS_SECONDS": 0,
        "SECURE_PROXY_SSL_HEADER": None,
        "ALLOWED_HOSTS": ["127.0.0.1", "localhost", "[::1]"],
    }


def test_https_behind_a_proxy(loaded: Any) -> None:
    assert loaded("SESSION_COOKIE_SECURE", "CSRF_COOKIE_SECURE", "SECURE_PROXY_SSL_HEADER", HTTPS="1") == {
        "SESSION_COOKIE_SECURE": True,
        "CSRF_COOKIE_SECURE": True,
        "SECURE_PROXY_SSL_HEADER": ["HTTP_X_FORWARDED_PROTO", "https"],
    }


def test_everything_that_is_written_lies_in_the_home(loaded: Any, tmp_path: Path) -> None:
    read = loaded("STATIC_ROOT", "STORAGES", "LOGGING", "DATABASES", DATABASE_URL="")
    places = [
        read["STATIC_ROOT"],
        read["STORAGES"]["default"]["OPTIONS"]["location"],
        read["LOGGING"]["handlers"]["file"]["filename"],
        read["DATABASES"]["default"]["NAME"],
    ]
    assert all(Path(place).is_relative_to(tmp_path) for place in places)


def test_chinese_and_china_standard_time() -> None:
    assert (settings.LANGUAGE_CODE, settings.TIME_ZONE, settings.USE_TZ) == ("zh-hans", "Asia/Shanghai", True)


def test_no_django_admin_and_no_template_engine_but_jinja() -> None:
    assert "django.contrib.admin" not in settings.INSTALLED_APPS
    assert [engine["BACKEND"] for engine in settings.TEMPLATES] == ["django.template.backends.jinja2.Jinja2"]


def test_the_body_limit_comes_before_the_forms_are_read() -> None:
    order = settings.MIDDLEWARE
    assert order.index("zhunsheng.faces.portal.limits.body_limit") < order.index(
        "django.middleware.csrf.CsrfViewMiddleware"
    )
