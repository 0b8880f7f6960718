"""``zhunsheng init``: an empty county, its first unit and its three administrators (三员)."""

from __future__ import annotations

import argparse
import os
import sys
from dataclasses import dataclass
from getpass import getpass
from typing import TYPE_CHECKING

from zhunsheng.faces.cli import runtime, upgrade
from zhunsheng.faces.cli.chinese import BAD_INPUT
from zhunsheng.faces.cli.refusal import COMMAND, Refused

if TYPE_CHECKING:
    from zhunsheng.faces.cli.commands import Commands
    from zhunsheng.people.installation import NewAdministrator

TRIES = 3
TAKEN = ("already_founded", "not_empty")
"""Codes of rules that speak of the database; all others speak of what was typed."""


@dataclass(frozen=True, slots=True)
class Office:
    """One of the three administrators: the value of ``people.models.Role`` (which needs Django) and its Chinese title."""

    role: str
    title: str

    @property
    def option(self) -> str:
        """The option that names the person: ``--system``."""
        return f"--{self.role.removesuffix('_administrator')}"

    @property
    def variable(self) -> str:
        """The variable with the password: ``ZHUNSHENG_SYSTEM_PASSWORD``."""
        return f"ZHUNSHENG_{self.role.removesuffix('_administrator').upper()}_PASSWORD"


OFFICES = (
    Office("system_administrator", "系统管理员"),
    Office("security_administrator", "安全管理员"),
    Office("audit_administrator", "审计管理员"),
)
PASSWORDS = "、".join(office.variable for office in OFFICES)


def add(commands: Commands) -> None:
    """Register the command."""
    parser = commands.add_parser(
        "init",
        help="建一个空的县：第一个单位和三名管理员",
        description=f"建一个空的县。没有写的会逐项问；口令只在提示后输入，或者取自\n{PASSWORDS}。",
    )
    parser.add_argument("--county", metavar="县名", help="例如 云溪县")
    parser.add_argument("--prefecture", action="store_true", help="建的是地级市，不是县")
    parser.add_argument("--code", metavar="代码", default="", help="六位区划代码，可以不写")
    parser.add_argument("--unit", metavar="单位", help="第一个单位，通常是司法局")
    for office in OFFICES:
        parser.add_argument(office.option, nargs=2, metavar=("用户名", "姓名"), help=office.title)
    parser.set_defaults(run=run)


def run(arguments: argparse.Namespace) -> int:
    """Ask for what is missing, then found the county; refuse on a database that has one."""
    runtime.set_up()
    from zhunsheng.kernel.errors import Refused as RefusedByRule

    try:
        with runtime.database():
            upgrade.migrate()
            found(arguments)
    except RefusedByRule as error:
        raise Refused(str(error), status=1 if error.code in TAKEN else BAD_INPUT) from error
    upgrade.collect()
    print(f"已建好。启动网站请运行 {COMMAND} serve，检查配置请运行 {COMMAND} doctor。")
    return 0


def found(arguments: argparse.Namespace) -> None:
    """Found the county that was named. Raises what ``people.installation.found`` raises."""
    from zhunsheng.kernel.actor import Program
    from zhunsheng.kernel.journal import change
    from zhunsheng.people import installation
    from zhunsheng.people.models import DivisionKind, Role

    installation.refuse_if_founded()
    county = _value(arguments.county, "县名", "--county")
    unit = _value(arguments.unit, "第一个单位的全称", "--unit")
    administrators = {
        Role(office.role): administrator(office, getattr(arguments, office.option[2:])) for office in OFFICES
    }
    with change(Program("命令行"), "建县"):
        installation.found(
            county=county,
            code=arguments.code,
            kind=DivisionKind.PREFECTURE if arguments.prefecture else DivisionKind.COUNTY,
            first_unit=unit,
            administrators=administrators,
        )


def administrator(office: Office, given: list[str] | None) -> NewAdministrator:
    """An administrator from the command line or from the prompt."""
    from zhunsheng.people.installation import NewAdministrator

    username = _value(given[0] if given else None, f"{office.title}的用户名", office.option)
    name = _value(given[1] if given else None, f"{office.title}的姓名", office.option)
    return NewAdministrator(username=username, name=name, password=password(office))


def password(office: Office) -> str:
    """From the environment, or typed twice; never from the command line, which others can read."""
    given = os.environ.get(office.variable, "")
    if given:
        return given
    _ensure_terminal(f"{office.title}的口令", f"环境变量 {office.variable} ")
    from zhunsheng.people import policy
    from zhunsheng.people.passwords import wording

    for _ in range(TRIES):
        typed = getpass(f"{office.title}的口令（{wording(policy.current())}；输入时不显示）：")
        if typed == getpass("再输一遍："):
            return typed
        print("两遍不一样，请重输。", file=sys.stderr)
    raise Refused(f"口令三次都没有输成一样，没有建。请重新运行 {COMMAND} init。", status=BAD_INPUT)


def _value(given: str | None, question: str, option: str) -> str:
    """What was given, or the answer at the prompt. Raises ``Refused`` for nothing."""
    if given is None:
        _ensure_terminal(question, f"{option} ")
        given = input(f"{question}：")
    if not given.strip():
        raise Refused(f"{question}不能空着，没有建。", status=BAD_INPUT)
    return given.strip()


def _ensure_terminal(question: str, remedy: str) -> None:
    if not sys.stdin.isatty():
        raise Refused(f"没有写{question}，这里又没有终端可以问。请用 {remedy}给出。", status=BAD_INPUT)
