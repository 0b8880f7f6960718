"""访问日志: reads and sign-ins that must be known. Written to the program's log until the kernel keeps a table."""

from __future__ import annotations

import logging
from typing import Literal

from django.http import HttpRequest

from zhunsheng.faces.addresses import client_address

Kind = Literal["sign_in", "sign_in_refused", "sign_out", "refusal", "export", "print"]
LOG = logging.getLogger("zhunsheng.access")


def noted(kind: Kind, request: HttpRequest, *, username: str = "", detail: str = "") -> None:
    """Note that somebody came, was refused, exported or printed; ``username`` where nobody has signed in yet."""
    who = username or (request.user.get_username() if request.user.is_authenticated else "")
    LOG.info("%s user=%r address=%s path=%r detail=%r", kind, who, client_address(request), request.path, detail)
