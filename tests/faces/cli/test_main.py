"""The command as a whole: unknown words, broken pipes, odd terminals."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from zhunsheng.faces import cli
from zhunsheng.faces.cli import main
from zhunsheng.faces.cli.refusal import Refused
from zhunsheng.kernel.environment import Misconfigured

ENGLISH = ("error", "usage", "required", "invalid", "unrecognized", "Traceback", "optional arguments", "show this")
PLAN = "云溪县2025年法治政府建设工作要点\n\n一、依法决策\n1.完善重大行政决策程序。（县司法局牵头，县政府办公室负责）\n"


def command(*arguments: str, **environment: str) -> subprocess.CompletedProcess[bytes]:
    """Run the command in a process of its own."""
    line = [sys.executable, "-W", "error", "-m", "zhunsheng", *arguments]
    return subprocess.run(line, capture_output=True, check=False, env={**os.environ, **environment})


@pytest.mark.parametrize(
    ("arguments", "expected"),
    [
        ([], "还缺：命令。"),
        (
            ["fly"],
            "没有“fly”，可以写：demo、init、serve、worker、plan、due、doctor、upgrade、verify、backup、restore。",
        ),
        (["--fly"], "还缺：命令。"),
        (["plan"], "还缺：动作。"),
        (["plan", "write"], "没有“write”，可以写：read、import。"),
        (["plan", "read"], "还缺：文件。"),
        (["plan", "read", "a", "b"], "多出了认不得的内容：b。"),
        (["plan", "read", "a", "--jso"], "多出了认不得的内容：--jso。"),
        (["plan", "read", "a", "--json=1"], "--json 后面不写值，却写了“1”。"),
        (["init", "--county"], "--county 后面要写一个值。"),
        (["init", "--system", "only-one"], "--system 后面要写 2 个值。"),
        (["serve", "now"], "多出了认不得的内容：now。"),
    ],
)
def test_bad_input_is_answered_in_chinese_with_status_2(
    capsys: pytest.CaptureFixture[str], arguments: list[str], expected: str
) -> None:
    with pytest.raises(SystemExit) as stopped:
        main(arguments)
    answer = capsys.readouterr()
    assert stopped.value.code == 2
    assert expected in answer.err
    assert "用法：zhunsheng" in answer.err
    assert not [word for word in ENGLISH if word in answer.err + answer.out]


@pytest.mark.parametrize("name", ["", "demo", "init", "serve", "plan", "doctor", "upgrade"])
def test_help_is_chinese(capsys: pytest.CaptureFixture[str], name: str) -> None:
    with pytest.raises(SystemExit) as stopped:
        main([*filter(None, [name]), "--help"])
    answer = capsys.readouterr().out
    assert stopped.value.code == 0
    assert "用法：zhunsheng" in answer
    assert "显示这份说明" in answer
    assert not [word for word in ENGLISH if word in answer]


def test_version(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        main(["--version"])
    assert capsys.readouterr().out == "准绳 0.1.0\n"


@pytest.mark.parametrize(
    ("error", "status", "said"),
    [
        (Refused("不行，请换一个。"), 1, "不行，请换一个。\n"),
        (Refused("写错了。", status=2), 2, "写错了。\n"),
        (Misconfigured("PORT 不对。"), 2, "PORT 不对。\n"),
        (KeyboardInterrupt(), 130, ""),
        (
            PermissionError(13, "Permission denied", "/srv/a"),
            1,
            "系统不让做这一步：没有权限，请检查属主和读写权限（/srv/a：Permission denied）。\n",
        ),
        (
            OSError(28, "No space left on device"),
            1,
            "系统不让做这一步：磁盘满了，请先腾出空间（No space left on device）。\n",
        ),
        (OSError(5, "Input/output error", "/srv/a"), 1, "系统不让做这一步：Input/output error（/srv/a）。\n"),
        (OSError("没有说清"), 1, "系统不让做这一步：没有说清。\n"),
    ],
)
def test_refusals_become_a_sentence_and_a_status(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], error: BaseException, status: int, said: str
) -> None:
    def refuse(_: object) -> int:
        raise error

    monkeypatch.setattr(cli, "_run", refuse)
    assert main([]) == status
    assert capsys.readouterr().err == said


def test_a_closed_pipe_ends_quietly(tmp_path: Path) -> None:
    plan = tmp_path / "plan.txt"
    plan.write_text(PLAN + "2.加强执法监督。（县司法局负责）\n" * 3000, "utf-8")
    read, write = os.pipe()
    with subprocess.Popen(
        [sys.executable, "-m", "zhunsheng", "plan", "read", str(plan)], stdout=write, stderr=subprocess.PIPE
    ) as process:
        os.close(write)
        os.close(read)
        assert process.communicate()[1] == b""
    assert process.returncode == 141


@pytest.mark.parametrize("encoding", ["ascii", "gbk", "latin-1"])
def test_a_terminal_that_cannot_show_chinese_gets_an_answer(tmp_path: Path, encoding: str) -> None:
    plan = tmp_path / "plan.txt"
    plan.write_text(PLAN, "utf-8")
    done = command("plan", "read", str(plan), PYTHONIOENCODING=encoding)
    assert (done.returncode, done.stderr) == (0, b"")
    assert "云溪县".encode(encoding, "backslashreplace") in done.stdout


def test_the_installed_script_and_the_module_are_the_same() -> None:
    script = Path(sys.executable).with_name("zhunsheng")
    said = subprocess.run([script, "--version"], capture_output=True, check=True)
    assert said.stdout == command("--version").stdout


def test_reading_a_plan_imports_no_django(tmp_path: Path) -> None:
    plan = tmp_path / "plan.txt"
    plan.write_text(PLAN, "utf-8")
    program = (
        "import sys; from zhunsheng.faces.cli import main; status = main(sys.argv[1:]); "
        "sys.exit(status or any(name.split('.')[0] in {'django', 'gunicorn', 'psycopg'} for name in sys.modules))"
    )
    done = subprocess.run([sys.executable, "-c", program, "plan", "read", str(plan)], capture_output=True, check=False)
    assert (done.returncode, done.stderr) == (0, b"")
