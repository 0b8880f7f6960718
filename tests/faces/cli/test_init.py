"""``zhunsheng init``: a county is founded once, from options, answers and passwords that nobody else sees."""

from __future__ import annotations

import argparse
import stat

import pytest
from django.contrib.auth.hashers import check_password

from tests.faces.cli.conftest import Place
from zhunsheng.faces.cli import init
from zhunsheng.faces.cli.init import OFFICES, Office
from zhunsheng.faces.cli.refusal import Refused
from zhunsheng.kernel.errors import Refused as RefusedByRule
from zhunsheng.people.models import Division, Installation, Member, MemberRole, Unit

SYSTEM = OFFICES[0]
PASSWORDS = {office.variable: f"Correct-horse-{number}" for number, office in enumerate(OFFICES)}
OPTIONS = (
    "--county 云溪县 --unit 云溪县司法局 --system zhang.wei 张伟 --security li.na 李娜 --audit wang.fang 王芳".split()
)


def test_offices_have_an_option_and_a_variable() -> None:
    assert [(office.option, office.variable) for office in OFFICES] == [
        ("--system", "ZHUNSHENG_SYSTEM_PASSWORD"),
        ("--security", "ZHUNSHENG_SECURITY_PASSWORD"),
        ("--audit", "ZHUNSHENG_AUDIT_PASSWORD"),
    ]


def test_a_county_is_founded_and_a_second_is_refused(place: Place) -> None:
    first = place.run("init", *OPTIONS, **PASSWORDS)
    assert (first.returncode, first.stderr) == (0, "")
    assert "已建好" in first.stdout
    second = place.run("init", *OPTIONS, **PASSWORDS)
    assert second.returncode == 1
    assert "已有“云溪县”，不能再次初始化" in second.stderr
    assert place.run("doctor").returncode == 0


def test_the_demo_leaves_a_founded_county_alone(place: Place) -> None:
    place.run("init", *OPTIONS, **PASSWORDS)
    refused = place.run("demo", "--no-serve")
    assert refused.returncode == 1
    assert "“云溪县”的正式数据，演示没有动它" in refused.stderr


def test_the_home_is_for_its_owner_only(place: Place) -> None:
    place.run("init", *OPTIONS, **PASSWORDS)
    assert stat.S_IMODE(place.home.stat().st_mode) == 0o700
    assert stat.S_IMODE((place.home / "secret_key").stat().st_mode) == 0o600


def test_what_is_missing_is_answered_and_init_can_be_repeated(place: Place) -> None:
    refused = place.run("init", *OPTIONS[2:], **PASSWORDS)
    assert (refused.returncode, refused.stdout) == (2, "")
    assert refused.stderr == "没有写县名，这里又没有终端可以问。请用 --county 给出。\n"
    assert place.run("init", *OPTIONS, **PASSWORDS).returncode == 0


@pytest.mark.parametrize(
    ("options", "passwords", "said"),
    [
        (OPTIONS, {**PASSWORDS, "ZHUNSHENG_AUDIT_PASSWORD": "12345"}, "密码"),
        ([*OPTIONS, "--code", "12"], PASSWORDS, "代码"),
    ],
    ids=["password", "code"],
)
def test_what_was_typed_wrongly_is_bad_input(
    place: Place, options: list[str], passwords: dict[str, str], said: str
) -> None:
    refused = place.run("init", *options, **passwords)
    assert refused.returncode == 2
    assert said in refused.stderr


def arguments(**given: object) -> argparse.Namespace:
    """The options as parsed."""
    empty = {
        "county": None,
        "prefecture": False,
        "code": "",
        "unit": None,
        "system": None,
        "security": None,
        "audit": None,
    }
    return argparse.Namespace(**{**empty, **given})


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ({"county": None}, "没有写县名，这里又没有终端可以问。请用 --county 给出。"),
        ({"system": None}, "没有写系统管理员的用户名，这里又没有终端可以问。请用 --system 给出。"),
        ({"county": " "}, "县名不能空着，没有建。"),
        ({"audit": ["zhang.wei", "王芳"]}, "用户名不能相同"),
        ({"audit": ["wang.fang", ""]}, "审计管理员的姓名不能空着"),
        ({"code": "12"}, "区划代码"),
    ],
)
@pytest.mark.django_db
def test_what_is_wrong_is_answered_and_nothing_is_founded(
    monkeypatch: pytest.MonkeyPatch, given: dict[str, object], expected: str
) -> None:
    for variable, password in PASSWORDS.items():
        monkeypatch.setenv(variable, password)
    people = {"system": ["zhang.wei", "张伟"], "security": ["li.na", "李娜"], "audit": ["wang.fang", "王芳"]}
    with pytest.raises((Refused, RefusedByRule), match=expected):
        init.found(arguments(**{"county": "云溪县", "unit": "云溪县司法局", **people, **given}))
    assert not Installation.objects.exists()
    assert not Division.objects.exists()


@pytest.mark.parametrize("password", ["12345", "1234567890", "password12"])
@pytest.mark.django_db
def test_a_weak_password_is_refused(monkeypatch: pytest.MonkeyPatch, password: str) -> None:
    for office in OFFICES:
        monkeypatch.setenv(office.variable, password)
    people = {"system": ["zhang.wei", "张伟"], "security": ["li.na", "李娜"], "audit": ["wang.fang", "王芳"]}
    with pytest.raises(RefusedByRule, match="密码"):
        init.found(arguments(county="云溪县", unit="云溪县司法局", **people))


def test_a_missing_password_names_its_variable(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.stdin.isatty", lambda: False)
    with pytest.raises(Refused, match="请用 环境变量 ZHUNSHENG_SYSTEM_PASSWORD 给出"):
        init.password(SYSTEM)


@pytest.fixture
def typing(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """A terminal at which these answers are typed, the passwords too."""
    answers: list[str] = []
    monkeypatch.setattr("sys.stdin.isatty", lambda: True)
    monkeypatch.setattr("builtins.input", lambda _: answers.pop(0))
    monkeypatch.setattr(init, "getpass", lambda _: answers.pop(0))
    return answers


@pytest.mark.django_db
def test_everything_can_be_typed(typing: list[str]) -> None:
    typing += ["云溪县", "云溪县司法局"]
    for username, name in (("zhang.wei", "张伟"), ("li.na", "李娜"), ("wang.fang", "王芳")):
        typing += [username, name, f"Correct-horse-1{name}", f"Correct-horse-1{name}"]
    init.found(arguments())
    assert Installation.objects.get().division == Division.objects.get(name="云溪县", kind="county")
    assert [unit.name for unit in Unit.objects.all()] == ["云溪县司法局"]
    roles = dict(MemberRole.objects.values_list("role", "member__person__name"))
    assert roles == {"system_administrator": "张伟", "security_administrator": "李娜", "audit_administrator": "王芳"}
    assert check_password("Correct-horse-1李娜", Member.objects.get(username="li.na").password)
    assert typing == []


@pytest.mark.django_db
def test_a_prefecture_can_be_founded(monkeypatch: pytest.MonkeyPatch) -> None:
    for variable, password in PASSWORDS.items():
        monkeypatch.setenv(variable, password)
    people = {"system": ["a", "甲"], "security": ["b", "乙"], "audit": ["c", "丙"]}
    init.found(arguments(county="云江市", prefecture=True, code="990100", unit="云江市司法局", **people))
    assert Division.objects.get().kind == "prefecture"


def test_a_password_is_typed_twice_until_both_agree(typing: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    typing += ["one", "two", "same", "same"]
    assert init.password(SYSTEM) == "same"
    assert capsys.readouterr().err == "两遍不一样，请重输。\n"


def test_after_three_tries_nothing_is_founded(typing: list[str]) -> None:
    typing += ["a", "b"] * 3
    with pytest.raises(Refused, match="口令三次都没有输成一样，没有建"):
        init.password(SYSTEM)
    assert typing == []


def test_a_password_from_the_environment_is_not_asked(monkeypatch: pytest.MonkeyPatch, typing: list[str]) -> None:
    monkeypatch.setenv(Office("system_administrator", "").variable, "given")
    assert init.password(SYSTEM) == "given"
