"""What a visitor sees when a request cannot be answered. Wired in the root ``urls.py`` as handler400 … handler500."""

from __future__ import annotations

import sys
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from django.core.exceptions import RequestDataTooBig, SuspiciousOperation
from django.http import HttpRequest, HttpResponse
from django.http.multipartparser import MultiPartParserError

from zhunsheng.faces.display import kept
from zhunsheng.faces.pages import bare
from zhunsheng.kernel.trouble import Trouble, trouble


@dataclass(frozen=True, slots=True)
class Problem:
    """An error page: what happened, why, and what to do."""

    status: int
    title: str
    why: str
    remedy: str


BAD = Problem(
    400,
    "这个请求看不懂",
    "地址或表单里有本站认不出的内容。",
    "请回到上一页再试一次；从书签进来的，请从首页重新走一遍。",
)
FORBIDDEN = Problem(
    403,
    "这一页不能这样打开",
    "本站没有给您打开这一页的权限。",
    "请从首页进入；如果您认为应当能看，请告诉网站的管理人员。",
)
STALE = Problem(
    403,
    "表单没有收下",
    "为防止别的网站冒充您提交，表单带有一枚一次性标记。标记没有对上：页面可能放得太久，或者浏览器不接受 Cookie。",
    "请先把填好的文字复制下来，再从网站的入口重新打开这张表单提交。仍不行的，请在浏览器里允许本站使用 Cookie。",
)
MISSING = Problem(404, "没有这一页", "地址可能写错了，或者这一页已经搬走。", "请核对地址，或者从首页找。")
METHOD = Problem(
    405, "这一页不能这样打开", "这个地址要用页面上的按钮提交，不能直接打开。", "请从“读方案”进入，用页面上的按钮办理。"
)
LARGE = Problem(
    413,
    "交上来的内容太大，没有读",
    "文件不能超过 50 MB，粘贴的文字不能超过 50 万字。",
    "方案的文字通常不到 1 MB：请删去文件里的图片和附件，或者只把正文粘贴过来。",
)
BUSY = Problem(
    503,
    "正忙，这一份还没有读",
    "前面有别的大文件正在读，等了十秒还没有轮到。您交来的内容没有保存。",
    "请过半分钟退回上一页再点一次，填好的还在；只要读正文的，删去附件再交会快得多。",
)
BROKEN = Problem(
    500,
    "这一步没有办成",
    "服务器在处理时出了差错，已经记入日志。您交来的内容没有保存，也没有改动别的东西。",
    "请过一会儿再试；一再如此的，请把时间和当时做的事告诉网站的管理人员。",
)
TROUBLES: Final[dict[Trouble, Problem]] = {
    "full": Problem(
        507,
        "服务器的磁盘满了，这一步没有存下",
        "服务器存不进新的内容。这一步没有办，也没有存一半；以前存下的都还在，多数页面还能看。",
        "请告诉系统管理员腾出磁盘空间，腾出以后再交一次。",
    ),
    "busy": Problem(
        503,
        "正忙，这一步没有办成",
        "别的人或者程序正占着数据库，等了一会儿还没有轮到。这一步没有存下，也没有改动别的东西。",
        "请过一分钟再交一次；一再如此的，请告诉系统管理员。",
    ),
    "away": Problem(
        503,
        "数据库暂时连不上",
        "网站和数据库断开了，多半是数据库正在重启或者维护。刚才这一步存下没有，现在不能断定。",
        "请过一两分钟打开原来的页面看一看，没有存下的再交一次；一再如此的，请告诉系统管理员。",
    ),
}
SECRET: Final = frozenset({"password", "old", "new", "again", "code"})
"""Fields that are never shown again; nor is the rest of their form."""
WAIT: Final = "60"


@dataclass(frozen=True, slots=True)
class Typed:
    """What a form brought, kept on the error page: ``words`` to be seen and copied, ``rest`` only to be handed in again."""

    words: list[tuple[str, str]]
    rest: list[tuple[str, str]]
    files: bool
    again: str


def typed(request: HttpRequest, problem: Problem) -> Typed | None:
    """``None`` where nothing was typed.

    ``again`` is where it may be handed in once more; "" where a file would be missing, or it may have been stored.
    """
    try:
        fields = [(name, text) for name, texts in request.POST.lists() for text in texts]
        files = bool(request.FILES)
    except (OSError, SuspiciousOperation, MultiPartParserError):
        return None
    if not fields or not SECRET.isdisjoint(name for name, _ in fields):
        return None
    words = [(name, text) for name, text in fields if any(ord(sign) > 0x2E7F for sign in text)]
    rest = [field for field in fields if field not in words]
    return Typed(words, rest, files, "" if files or problem is TROUBLES["away"] else request.get_full_path())


def answer(request: HttpRequest, problem: Problem) -> HttpResponse:
    """The error page. It reads nothing of the request but the cookie: the rest may be what is broken."""
    context = {"problem": problem, "typed": None}
    return bare("portal/problem.html", context, display=kept(request), status=problem.status)


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """400, or 413 where a form was larger than the server takes."""
    return answer(request, LARGE if isinstance(exception, RequestDataTooBig) else BAD)


def forbidden(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """403."""
    return answer(request, FORBIDDEN)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """403 for a form without its token (``settings.CSRF_FAILURE_VIEW``)."""
    return answer(request, STALE)


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """404."""
    return answer(request, MISSING)


def method_not_allowed(request: HttpRequest, allowed: Iterable[str]) -> HttpResponse:
    """405, with the methods that are allowed."""
    response = answer(request, METHOD)
    response["Allow"] = ", ".join(allowed)
    return response


def server_error(request: HttpRequest) -> HttpResponse:
    """507 or 503 where disk or database are the matter, with what was typed; else 500, a fault of ours."""
    found = trouble(sys.exception())
    return answer(request, BROKEN) if found is None else troubled(request, TROUBLES[found])


def troubled(request: HttpRequest, problem: Problem) -> HttpResponse:
    """The error page with what was typed: the desk's pages are not kept by the browser, going back would lose it."""
    context = {"problem": problem, "typed": typed(request, problem)}
    response = bare("portal/problem.html", context, display=kept(request), status=problem.status)
    response["Cache-Control"] = "no-store"
    response["Retry-After"] = WAIT
    return response
