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
    "axes",
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
    "zhunsheng.faces.simulated.simulated_clock",
    "zhunsheng.faces.desk.sessions.Sessions",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "zhunsheng.faces.desk.sessions.Gate",
    "zhunsheng.faces.desk.accesslog.Downloads",
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

# Where reminders go beside the application; "" where they go nowhere (kernel/reminders/channels).
SMTP_URL = environment.smtp_url()
MAIL_FROM = os.environ.get("MAIL_FROM", "") or "zhunsheng@localhost"
ROBOT_HOSTS = environment.origins("ROBOT_HOSTS")
SITE_URL = "".join(environment.origins("SITE_URL")[:1])

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

# The first refuses names that are locked; the second knows members. See docs/decisions/0016-sign-in.md.
AUTHENTICATION_BACKENDS = ["axes.backends.AxesStandaloneBackend", "zhunsheng.people.backends.MemberBackend"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "zhunsheng.people.passwords.PolicyValidator"},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.Argon2PasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]

# Counted for user names, whether they exist or not; the numbers are the policy's (pack ``security``).
AXES_LOCKOUT_PARAMETERS = ["username"]
AXES_FAILURE_LIMIT = "zhunsheng.people.policy.failure_limit"
AXES_COOLOFF_TIME = "zhunsheng.people.policy.cool_off"
AXES_RESET_ON_SUCCESS = True
AXES_HANDLER = "zhunsheng.people.lockout.Handler"
AXES_RESET_COOL_OFF_ON_FAILURE_DURING_LOCKOUT = False
AXES_CLIENT_IP_CALLABLE = "zhunsheng.faces.addresses.client_address"
AXES_SENSITIVE_PARAMETERS = ["username", "ip_address", "old", "new", "again", "code", "csrfmiddlewaretoken"]
AXES_ENABLE_ADMIN = AXES_VERBOSE = False
# The sign-in page says itself what is locked (W002); locking by address would lock a whole office out (W006).
SILENCED_SYSTEM_CHECKS = ["axes.W002", "axes.W006"]

# Set by ``zhunsheng demo`` alone; ``serve`` clears it. Without it nobody enters without a password.
DEMO = environment.flag("ZHUNSHENG_DEMO")

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
# One piece of evidence; the body of its form must fit the line above.
EVIDENCE_MAX_BYTES = 50 * 1024 * 1024

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
