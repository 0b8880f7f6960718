"""argparse that speaks Chinese: help, usage and every error."""

from __future__ import annotations

import argparse
import re
from collections.abc import Iterable
from typing import Any, Final, NoReturn

BAD_INPUT: Final = 2
# argparse has no catalogue of its own; these are its messages in Python 3.11 to 3.14.
MESSAGES: Final = (
    (r"the following arguments are required: (.+)", "还缺：{0}。"),
    (r"unrecognized arguments: (.+)", "多出了认不得的内容：{0}。"),
    (r"argument (.+?): expected (\d+) arguments", "{0} 后面要写 {1} 个值。"),
    (r"argument (.+?): expected (?:one|at least one) argument", "{0} 后面要写一个值。"),
    (r"argument (.+?): ignored explicit argument '(.*)'", "{0} 后面不写值，却写了“{1}”。"),
    (r"argument (.+?): not allowed with argument (.+)", "{0} 和 {1} 不能一起用。"),
    (r"argument (.+?): invalid choice: '(.*)' \(choose from (.+)\)", "{0} 没有“{1}”，可以写：{2}。"),
    (r"argument (.+?): invalid \w+ value: '(.*)'", "{0} 的值“{1}”写法不对。"),
)


class Formatter(argparse.RawDescriptionHelpFormatter):
    """Help with Chinese headings."""

    def add_usage(
        self,
        usage: str | None,
        actions: Iterable[argparse.Action],
        groups: Iterable[Any],  # argparse's private group class
        prefix: str | None = None,
    ) -> None:
        """The usage line, headed 用法."""
        super().add_usage(usage, actions, groups, "用法：" if prefix is None else prefix)


class Parser(argparse.ArgumentParser):
    """A parser whose users read Chinese."""

    def __init__(self, **options: Any) -> None:
        super().__init__(**{"formatter_class": Formatter, "allow_abbrev": False, **options, "add_help": False})
        self._positionals.title = "要写的"
        self._optionals.title = "选项"
        self.add_argument("-h", "--help", action="help", help="显示这份说明")

    def error(self, message: str) -> NoReturn:
        """Say what is wrong and how it is written; exit with status 2."""
        self.exit(BAD_INPUT, f"{translated(message)}\n{self.format_usage()}详见：{self.prog} --help\n")


def translated(message: str) -> str:
    """An error message of argparse in Chinese."""
    for pattern, chinese in MESSAGES:
        match = re.fullmatch(pattern, message)
        if match:
            return chinese.format(*(_named(part) for part in match.groups()))
    return f"参数写法不对（{message}）。"


def _named(part: str) -> str:
    """Lists as Chinese prints them."""
    return part.replace("', '", "、").replace(", ", "、").strip("'")
