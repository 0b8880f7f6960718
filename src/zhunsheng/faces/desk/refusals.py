"""403 and 404 in the frame of the desk, for whoever has signed in; everybody else gets the plain page."""

from __future__ import annotations

from dataclasses import replace
from http import HTTPStatus

from django.http import HttpRequest, HttpResponse

from zhunsheng.faces import errors
from zhunsheng.faces.desk.accesslog import noted
from zhunsheng.faces.desk.pages import desk_page
from zhunsheng.faces.errors import Problem
from zhunsheng.kernel.errors import Refused
from zhunsheng.kernel.journal.access import AccessKind

CLOSED = Problem(
    403,
    "这一页不归你办",
    "你现在的角色不能打开这一页。这次请求已经记入访问日志。",
    "要办这件事，请找有相应角色的同事；角色不对的，请安全管理员调整。",
)
ABSENT = replace(errors.MISSING, why="地址可能写错了，这条记录可能已经移走，或者它不在你的管辖范围里。")


def forbidden(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """403, noted in the access log; an exception with words of its own says why."""
    if not _at_desk(request):
        return errors.forbidden(request, exception)
    noted(AccessKind.REFUSAL, request, detail=str(exception or ""))
    return _framed(request, replace(CLOSED, why=str(exception)) if exception and str(exception) else CLOSED)


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """404."""
    return _framed(request, ABSENT) if _at_desk(request) else errors.not_found(request, exception)


def status_of(refusal: Refused) -> int:
    """What a form that was refused is answered with: 507 where the disk is full, which nobody can mend at the form."""
    return HTTPStatus.INSUFFICIENT_STORAGE if refusal.code == "disk_full" else HTTPStatus.UNPROCESSABLE_ENTITY


def _at_desk(request: HttpRequest) -> bool:
    """Whether it is a page of the desk, and the session can be asked who looks at it."""
    return request.path.startswith("/desk/") and hasattr(request, "user") and request.user.is_authenticated


def _framed(request: HttpRequest, problem: Problem) -> HttpResponse:
    return desk_page(request, "desk/problem.html", {"problem": problem}, status=problem.status)
