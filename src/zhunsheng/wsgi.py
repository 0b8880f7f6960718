"""The WSGI application, for ``zhunsheng serve`` and for other servers."""

from __future__ import annotations

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "zhunsheng.settings")
application = get_wsgi_application()
