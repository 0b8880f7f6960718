"""Errors of argparse, translated."""

from __future__ import annotations

import pytest

from zhunsheng.faces.cli.chinese import Parser, translated


@pytest.mark.parametrize(
    ("message", "expected"),
    [
        ("the following arguments are required: 文件, --county", "还缺：文件、--county。"),
        ("argument --port: invalid int value: 'x'", "--port 的值“x”写法不对。"),
        ("argument --a: not allowed with argument --b", "--a 和 --b 不能一起用。"),
        ("argument --a: invalid choice: 'z' (choose from x, y)", "--a 没有“z”，可以写：x、y。"),
        ("something new", "参数写法不对（something new）。"),
    ],
)
def test_messages(message: str, expected: str) -> None:
    assert translated(message) == expected


def test_every_message_of_this_python_is_known(capsys: pytest.CaptureFixture[str]) -> None:
    """The fallback, which shows English, is for later Pythons only."""
    parser = Parser(prog="zs")
    either = parser.add_mutually_exclusive_group()
    either.add_argument("--one", type=int)
    either.add_argument("--two", choices=["a", "b"])
    parser.add_argument("--many", nargs="+")
    for line in ("--one x", "--one 1 --two a", "--two c", "--many", "--none", "--one"):
        with pytest.raises(SystemExit):
            parser.parse_args(line.split())
        assert "参数写法不对（" not in capsys.readouterr().err, line


def test_subparsers_speak_chinese_too() -> None:
    parser = Parser(prog="zs")
    made = parser.add_subparsers().add_parser("go")
    assert isinstance(made, Parser)
    assert made.format_usage() == "用法：zs go [-h]\n"
