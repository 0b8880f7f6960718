"""Django's settings. Everything that differs between installations comes from the environment (kernel/environment.py)."""

from __future__ import annotations

import os
from typing import Any

from zhunsheng.kernel import environment
from zhunsheng.kernel.database import configuration

HOME = environment.prepare(environment.home())
SECRET_KEY = environment.secret_key(HOME)
ALLOWED_HOSTS = environment.allowed_hosts()
HTTPS = environment.flag("HTTPS")
DEBUG = False

ROOT_URLCONF = "zhunsheng.urls"
WSGI_APPLICATION = "zhunsheng.wsgi.application"
DATABASES: dict[str, dict[str, Any]] = {"default": configuration(os.environ.get("DATABASE_URL", ""), HOME)}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
AUTH_USER_MODEL = "people.Member"
# How the kernel points at units without knowing the floor above it.
UNIT_MODEL = "people.Unit"

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "django_htmx",
    "zhunsheng.kernel",
    "zhunsheng.kernel.journal",
    "zhunsheng.kernel.clock",
    "zhunsheng.kernel.evidence",
    "zhunsheng.kernel.numbers",
    "zhunsheng.kernel.matter",
    "zhunsheng.kernel.reminders",
    "zhunsheng.people",
    "zhunsheng.programmes.plans",
    "zhunsheng.faces.plantext",
    "zhunsheng.faces.portal",
    "zhunsheng.faces.desk",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "zhunsheng.kernel.headers.content_security_policy",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "zhunsheng.faces.portal.limits.body_limit",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
]

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.jinja2.Jinja2",
        "APP_DIRS": True,
        "OPTIONS": {"environment": "zhunsheng.faces.jinja.environment"},
    }
]

LANGUAGE_CODE = "zh-hans"
TIME_ZONE = "Asia/Shanghai"
USE_TZ = True

STATIC_URL = "/static/"
STATIC_ROOT = HOME / "static"
STORAGES: dict[str, dict[str, Any]] = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage", "OPTIONS": {"location": HOME / "files"}},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
WHITENOISE_MAX_AGE = 3600

AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 10}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
]

SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = HTTPS
SESSION_COOKIE_AGE = 12 * 60 * 60
CSRF_COOKIE_HTTPONLY = True
CSRF_FAILURE_VIEW = "zhunsheng.faces.errors.csrf_failure"
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if HTTPS else None
SECURE_HSTS_SECONDS = 31_536_000 if HTTPS else 0
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"

# A pasted plan has up to two million characters, three bytes each, and each byte is three in a URL-encoded form.
DATA_UPLOAD_MAX_MEMORY_SIZE = 32 * 1024 * 1024
# Uploads stay in memory, so that a killed process leaves nobody's document on a disk; larger bodies are refused unread.
FILE_UPLOAD_HANDLERS = ["django.core.files.uploadhandler.MemoryFileUploadHandler"]
FILE_UPLOAD_MAX_MEMORY_SIZE = (50 + 16) * 1024 * 1024

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "{asctime} {levelname} {name} {message}", "style": "{"}},
    "handlers": {
        "console": {"class": "logging.StreamHandler", "formatter": "line"},
        # Watched, so that logrotate may move the file away under several worker processes.
        "file": {
            "class": "logging.handlers.WatchedFileHandler",
            "filename": HOME / "logs" / "zhunsheng.log",
            "encoding": "utf-8",
            "delay": True,
            "formatter": "line",
        },
    },
    "root": {"handlers": ["console", "file"], "level": "WARNING"},
}
