"""What the environment says, and what is answered when it says nonsense."""

from __future__ import annotations

import os
import stat
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zhunsheng.kernel import environment
from zhunsheng.kernel.environment import Misconfigured


def test_home_is_var_in_the_checkout(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("ZHUNSHENG_HOME")
    assert environment.home() == Path(__file__).resolve().parents[2] / "var"


def test_home_of_an_installed_package_is_in_the_users_directory(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.delenv("ZHUNSHENG_HOME")
    monkeypatch.setattr(environment, "SOURCE", tmp_path)
    assert environment.home() == Path.home() / ".zhunsheng"


def test_home_is_made_absolute_and_expanded(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("ZHUNSHENG_HOME", "data")
    assert environment.home() == tmp_path / "data"
    monkeypatch.setenv("ZHUNSHENG_HOME", "~/data")
    assert environment.home() == Path.home() / "data"


def test_home_is_prepared_for_its_owner_only(tmp_path: Path) -> None:
    home = environment.prepare(tmp_path / "a" / "b")
    assert stat.S_IMODE(home.stat().st_mode) == 0o700
    assert (home / "logs").is_dir()
    assert environment.prepare(home) == home


def test_home_under_a_file_is_refused(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(Misconfigured, match=r"数据目录 .*file/home 建不了.*ZHUNSHENG_HOME"):
        environment.prepare(tmp_path / "file" / "home")


def test_secret_key_is_made_once_and_kept_from_others(tmp_path: Path) -> None:
    key = environment.secret_key(tmp_path)
    assert len(key) >= 50
    assert environment.secret_key(tmp_path) == key
    assert stat.S_IMODE((tmp_path / "secret_key").stat().st_mode) == 0o600
    assert [path.name for path in tmp_path.iterdir()] == ["secret_key"]


def test_secret_key_of_two_homes_differs(tmp_path: Path) -> None:
    homes = [environment.prepare(tmp_path / name) for name in "ab"]
    assert len({environment.secret_key(home) for home in homes}) == 2


def test_secret_key_from_the_environment_is_not_written(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("SECRET_KEY", "x" * 50)
    assert environment.secret_key(tmp_path) == "x" * 50
    assert list(tmp_path.iterdir()) == []


def test_loser_of_a_race_reads_the_winners_key(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    winner = "w" * 60
    link = os.link

    def late(source: Path, target: Path) -> None:
        target.write_text(winner, "ascii")
        link(source, target)

    monkeypatch.setattr(os, "link", late)
    assert environment.secret_key(tmp_path) == winner
    assert [path.name for path in tmp_path.iterdir()] == ["secret_key"]


@pytest.mark.parametrize("content", [b"", b"short", "密".encode() * 40])
def test_broken_secret_key_is_refused(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "secret_key").write_bytes(content)
    with pytest.raises(Misconfigured, match="密钥文件"):
        environment.secret_key(tmp_path)


def test_secret_key_in_a_missing_home_is_refused(tmp_path: Path) -> None:
    with pytest.raises(Misconfigured, match="密钥文件"):
        environment.secret_key(tmp_path / "missing")


def test_many_threads_get_one_key(tmp_path: Path) -> None:
    environment.secret_key(tmp_path)
    with ThreadPoolExecutor(8) as pool:
        assert len(set(pool.map(environment.secret_key, [tmp_path] * 32))) == 1


def test_port_defaults_to_8000(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PORT", "")
    assert environment.port() == 8000


@pytest.mark.parametrize("given_port", ["1", "80", "8001", "65535"])
def test_port(monkeypatch: pytest.MonkeyPatch, given_port: str) -> None:
    monkeypatch.setenv("PORT", given_port)
    assert environment.port() == int(given_port)


@pytest.mark.parametrize("nonsense", ["0", "65536", "-1", "八千", "80a", "8 0", "１２３", "9" * 5000, "²"])
def test_port_nonsense_is_answered_in_chinese(monkeypatch: pytest.MonkeyPatch, nonsense: str) -> None:
    monkeypatch.setenv("PORT", nonsense)
    with pytest.raises(Misconfigured, match=r"PORT 写的是.*应当是 1 到 65535 之间的整数"):
        environment.port()


@given(st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0")))
def test_any_port_is_a_port_or_refused(text: str) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("PORT", text)
        try:
            assert 1 <= environment.port() <= 65535
        except Misconfigured as error:
            assert "PORT" in str(error)


@pytest.mark.parametrize(("given_number", "expected"), [("1", 1), ("16", 16)])
def test_workers(monkeypatch: pytest.MonkeyPatch, given_number: str, expected: int) -> None:
    monkeypatch.setenv("WEB_CONCURRENCY", given_number)
    assert environment.workers() == expected


def test_workers_default_lies_between_two_and_four(monkeypatch: pytest.MonkeyPatch) -> None:
    for cores, expected in ((1, 2), (3, 3), (64, 4), (None, 2)):
        monkeypatch.setattr(os, "cpu_count", lambda cores=cores: cores)
        assert environment.workers() == expected


@pytest.mark.parametrize("nonsense", ["0", "65", "many", "-2"])
def test_workers_nonsense_is_refused(monkeypatch: pytest.MonkeyPatch, nonsense: str) -> None:
    monkeypatch.setenv("WEB_CONCURRENCY", nonsense)
    with pytest.raises(Misconfigured, match="WEB_CONCURRENCY"):
        environment.workers()


def test_allowed_hosts_are_the_loopback_the_host_and_the_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HOST", "10.0.0.5")
    monkeypatch.setenv("ALLOWED_HOSTS", "a.example, b.example,,a.example")
    assert environment.allowed_hosts() == ["127.0.0.1", "localhost", "[::1]", "10.0.0.5", "a.example", "b.example"]


@pytest.mark.parametrize("everywhere", ["0.0.0.0", "::"])
def test_listening_everywhere_allows_no_further_name(monkeypatch: pytest.MonkeyPatch, everywhere: str) -> None:
    monkeypatch.setenv("HOST", everywhere)
    assert environment.allowed_hosts() == list(environment.LOOPBACK)


@pytest.mark.parametrize(("text", "expected"), [("1", True), ("Yes", True), ("0", False), ("no", False)])
def test_flag(monkeypatch: pytest.MonkeyPatch, text: str, expected: bool) -> None:
    monkeypatch.setenv("HTTPS", text)
    assert environment.flag("HTTPS", default=not expected) is expected


@pytest.mark.parametrize("default", [True, False])
def test_flag_unset_is_its_default(monkeypatch: pytest.MonkeyPatch, default: bool) -> None:
    monkeypatch.setenv("HTTPS", " ")
    assert environment.flag("HTTPS", default=default) is default


def test_flag_nonsense_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HTTPS", "maybe")
    with pytest.raises(Misconfigured, match="HTTPS 写的是“maybe”，应当是 1（是）或 0（否）"):
        environment.flag("HTTPS")


@pytest.mark.parametrize(
    "url", ["", "smtp://10.0.0.2", "smtps://u:p@mail.example:465", "smtp+starttls://u:p@mail.example:587"]
)
def test_a_mail_server_is_taken(monkeypatch: pytest.MonkeyPatch, url: str) -> None:
    monkeypatch.setenv("SMTP_URL", url)
    assert environment.smtp_url() == url


@pytest.mark.parametrize("url", ["mail.example", "http://mail.example", "smtp://", "smtp://u:geheim@mail.example:x"])
def test_a_mail_server_that_is_none_is_refused_without_repeating_it(monkeypatch: pytest.MonkeyPatch, url: str) -> None:
    monkeypatch.setenv("SMTP_URL", url)
    with pytest.raises(environment.Misconfigured, match="SMTP_URL") as refused:
        environment.smtp_url()
    assert "geheim" not in str(refused.value)


def test_origins(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ROBOT_HOSTS", "https://robot.example:8443/ ,http://10.0.0.8:8080,")
    assert environment.origins("ROBOT_HOSTS") == ["https://robot.example:8443", "http://10.0.0.8:8080"]
    for wrong in ("robot.example", "https://robot.example/hook", "ftp://robot.example", "https://robot.example:x"):
        monkeypatch.setenv("ROBOT_HOSTS", wrong)
        with pytest.raises(environment.Misconfigured, match="ROBOT_HOSTS"):
            environment.origins("ROBOT_HOSTS")
