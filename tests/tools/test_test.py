"""The runner of the suites: two halves, a reason for what is left out, an error for that in CI."""

from __future__ import annotations

import pytest

from tools import test as runner

Calls = list[tuple[str, tuple[str, ...], str]]


@pytest.fixture
def calls(monkeypatch: pytest.MonkeyPatch) -> Calls:
    """What was run, and on which database; everything passes."""
    made: Calls = []

    def run(module: str, *arguments: str, **environment: str) -> int:
        made.append((module, arguments, environment.get("DATABASE_URL", "-")))
        return 0

    monkeypatch.setattr(runner, "run", run)
    monkeypatch.setattr(runner, "unreachable", lambda _: "")
    return made


def test_both_halves_run_with_the_arguments_and_the_first_is_covered(calls: Calls) -> None:
    assert runner.main(["tests/kernel", "-x"]) == 0
    assert [(module, url) for module, _, url in calls] == [
        ("coverage", "-"),
        ("pytest", ""),
        ("pytest", runner.POSTGRESQL),
        ("coverage", "-"),
    ]
    assert all(arguments[-2:] == ("tests/kernel", "-x") for module, arguments, _ in calls if module == "pytest")
    assert ["--cov" in arguments for module, arguments, _ in calls if module == "pytest"] == [True, False]


@pytest.mark.parametrize(("ci", "status"), [(False, 0), (True, 1)])
def test_without_a_server_the_reason_is_said_and_ci_fails(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], calls: Calls, ci: bool, status: int
) -> None:
    monkeypatch.setattr(runner, "unreachable", lambda _: "connection refused")
    monkeypatch.setattr(runner, "CI", ci)
    assert runner.main([]) == status
    assert "PostgreSQL 连不上，这一半没有运行：connection refused" in capsys.readouterr().out
    assert [url for module, _, url in calls if module == "pytest"] == [""]


@pytest.mark.parametrize("failing", ["", runner.POSTGRESQL])
def test_either_half_fails_the_whole(monkeypatch: pytest.MonkeyPatch, calls: Calls, failing: str) -> None:
    def run(module: str, *_: str, **environment: str) -> int:
        return int(module == "pytest" and environment["DATABASE_URL"] == failing)

    monkeypatch.setattr(runner, "run", run)
    assert runner.main([]) == 1


def test_a_server_that_is_not_there_has_a_reason_in_one_line() -> None:
    reason = runner.unreachable("postgres://127.0.0.1:1/none")
    assert "refused" in reason
    assert "\n" not in reason


def test_nonsense_is_a_reason_too() -> None:
    assert runner.unreachable("垃圾")
