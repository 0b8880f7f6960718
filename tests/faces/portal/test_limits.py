from __future__ import annotations

import pytest
from django.http import HttpRequest, HttpResponse
from django.test import Client, RequestFactory

from zhunsheng.faces.plantext.handed_in import LARGEST_BODY
from zhunsheng.faces.portal.limits import body_limit


class Unread:
    """A body that must not be read."""

    def read(self, *_: object) -> bytes:
        raise AssertionError("the body was read")

    readline = read


def test_a_body_that_is_too_large_is_answered_before_it_is_read() -> None:
    visitor = Client(CONTENT_LENGTH=str(LARGEST_BODY + 1), **{"wsgi.input": Unread()})  # type: ignore[arg-type]
    response = visitor.get("/read/")
    assert response.status_code == 413
    assert "50 MB" in response.content.decode()


@pytest.mark.parametrize(
    ("announced", "status"), [(str(LARGEST_BODY), 200), ("", 200), ("-1", 200), ("9" * 40, 413), ("²", 200)]
)
def test_what_is_announced_decides(announced: str, status: int) -> None:
    def answer(_: HttpRequest) -> HttpResponse:
        return HttpResponse("ok")

    request = RequestFactory().post("/read/")
    request.META["CONTENT_LENGTH"] = announced
    assert body_limit(answer)(request).status_code == status
