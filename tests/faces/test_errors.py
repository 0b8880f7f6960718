from __future__ import annotations

import errno
from typing import NoReturn

import pytest
from django.core.exceptions import RequestDataTooBig, SuspiciousOperation
from django.test import Client, RequestFactory

from zhunsheng.faces import errors


def test_every_problem_says_what_why_and_what_to_do() -> None:
    request = RequestFactory().post("/x", {"show": "dark"})
    for problem in (
        errors.BAD,
        errors.FORBIDDEN,
        errors.STALE,
        errors.MISSING,
        errors.LARGE,
        errors.METHOD,
        errors.BROKEN,
        *errors.TROUBLES.values(),
    ):
        response = errors.answer(request, problem)
        content = response.content.decode()
        assert response.status_code == problem.status
        assert problem.title in content
        assert problem.why in content
        assert problem.remedy in content
        assert "请" in problem.remedy
        assert not {"非法", "失败", "系统异常"} & {problem.title, problem.why, problem.remedy}


def test_handlers_answer_with_their_status() -> None:
    request = RequestFactory().get("/x")
    assert errors.bad_request(request, SuspiciousOperation()).status_code == 400
    assert errors.bad_request(request, RequestDataTooBig()).status_code == 413
    assert errors.forbidden(request).status_code == 403
    assert errors.not_found(request).status_code == 404
    assert errors.server_error(request).status_code == 500
    assert errors.method_not_allowed(request, ["GET", "HEAD"])["Allow"] == "GET, HEAD"


def test_a_missing_page_is_answered_in_chinese(visitor: Client) -> None:
    response = visitor.get("/no-such-page")
    assert response.status_code == 404
    assert "没有这一页" in response.content.decode()


def test_a_fault_of_ours_shows_no_traceback(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("zhunsheng.faces.portal.views.read_plan", lambda _: 1 / 0)
    visitor = Client(raise_request_exception=False)
    response = visitor.post("/read/", {"text": "云溪县工作要点"})
    assert response.status_code == 500
    assert "已经记入日志" in response.content.decode()
    assert "ZeroDivisionError" not in response.content.decode()


@pytest.mark.parametrize("name", sorted(errors.SECRET))
def test_what_was_typed_is_kept_where_the_disk_is_full_unless_it_is_secret(
    monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    def full(_: object) -> NoReturn:
        raise OSError(errno.ENOSPC, "full")

    monkeypatch.setattr("zhunsheng.faces.portal.views.read_plan", full)
    visitor = Client(raise_request_exception=False)
    form = {"text": "云溪县</textarea>工作要点", "number": "７"}
    for typed, shown in ((form, True), ({**form, name: "Plum-Rain"}, False)):
        response = visitor.post("/read/", typed)
        page = response.content.decode()
        assert (response.status_code, "云溪县&lt;/textarea&gt;工作要点" in page) == (507, shown)
        assert ("再交一次</button>" in page, "Plum" in page) == (shown, False)


def test_a_page_that_was_only_opened_has_nothing_to_keep() -> None:
    assert errors.typed(RequestFactory().get("/x?text=云溪"), errors.TROUBLES["full"]) is None


def test_a_form_larger_than_the_server_takes_is_413(visitor: Client, settings: pytest.FixtureRequest) -> None:
    settings.DATA_UPLOAD_MAX_MEMORY_SIZE = 1000  # type: ignore[attr-defined]
    response = visitor.post("/read/", {"text": "字" * 1000})
    assert response.status_code == 413
    assert "50 万字" in response.content.decode()
