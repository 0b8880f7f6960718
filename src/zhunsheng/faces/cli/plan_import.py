"""``zhunsheng plan import``: a plan goes into the database as a draft; what rules cannot say is left to a person."""

from __future__ import annotations

import argparse
import json
import re
import sys
from typing import TYPE_CHECKING, Final

from zhunsheng.faces.cli import incoming, runtime
from zhunsheng.faces.cli.chinese import BAD_INPUT
from zhunsheng.faces.cli.refusal import Refused

if TYPE_CHECKING:
    from argparse import _SubParsersAction

    from zhunsheng.faces.cli.chinese import Parser
    from zhunsheng.people.models import Division, Unit
    from zhunsheng.programmes.plans.actions.importing import Imported

OUTCOMES: Final = {
    "new": "已导入为新的方案，等人核对",
    "edition": "认出是已有方案的新版，已收为草稿，等人核对",
    "known": "这份文件以前导入过，没有再导入",
}


def add(verbs: _SubParsersAction[Parser]) -> None:
    """Register the verb."""
    parser = verbs.add_parser(
        "import",
        help="把方案导入数据库，成为等人核对的草稿",
        description="读一份方案，存成草稿。规则定不了的（相关部门、没写年份的期限）留给人在页面上定。"
        "同一份文件再导入一次，什么也不改，照样返回 0。",
    )
    parser.add_argument("file", metavar="文件", help="方案文件；写 - 从标准输入读")
    parser.add_argument("--year", type=int, metavar="年度", required=True, help="方案管哪一年（多年的写起始年度）")
    parser.add_argument("--to", type=int, metavar="年度", help="结束年度，只管一年的不写")
    parser.add_argument("--division", metavar="代码", required=True, help="哪个区划的方案，写现行的区划代码")
    parser.add_argument("--unit", metavar="单位", help="主管单位的全称或简称，默认是那里的依法治县办")
    parser.add_argument("--json", action="store_true", help="输出 JSON")
    parser.set_defaults(run=run)


def run(arguments: argparse.Namespace) -> int:
    """Import one document; 0 also where it is known already, 2 for what cannot be read or is no plan."""
    document = incoming.document(arguments.file)
    runtime.set_up()
    with runtime.database():
        if missing := runtime.pending():
            raise Refused(f"数据库还差 {len(missing)} 步升级，请先运行 zhunsheng upgrade。")
        from zhunsheng.kernel.actor import Program
        from zhunsheng.kernel.errors import Refused as RefusedByRule
        from zhunsheng.programmes.plans.actions.importing import Terms, import_plan

        office = _office(_division(arguments.division), arguments.unit)
        try:
            found = import_plan(
                document=document,
                name=incoming.name_of(arguments.file) or "标准输入",
                office=office,
                by=Program("命令行"),
                terms=Terms(arguments.year, arguments.to),
            )
        except RefusedByRule as error:
            raise Refused(str(error), status=BAD_INPUT if error.code in {"not_a_plan", "year"} else 1) from error
        _print(found, as_json=arguments.json)
    return 0


def _division(code: str) -> Division:
    """The division that has this code today."""
    from zhunsheng.people.models import Division

    found = Division.objects.filter(codes__code=code, codes__valid_to=None).first()
    if found is None:
        hint = "" if re.fullmatch(r"\d{6}|\d{9}|\d{12}", code) else "区划代码是 6 位、9 位或者 12 位数字。"
        raise Refused(f"没有现行代码是“{code}”的区划。{hint}请核对代码，或者先建区划。", status=BAD_INPUT)
    return found


def _office(division: Division, name: str | None) -> Unit:
    """The unit in charge: the one named, else the only one whose people prepare plans of that division."""
    from zhunsheng.people import naming
    from zhunsheng.people.models import Role, Unit

    if name:
        units = list(naming.units_named([name], division)[name])
    else:
        roles = (Role.OFFICE_CLERK, Role.OFFICE_HEAD)
        held = Unit.objects.filter(members__roles__role__in=roles, members__roles__division=division)
        units = list(held.filter(ending="", division=division).select_related("division").distinct())
    if len(units) == 1:
        return units[0]
    which = "、".join(unit.short_name for unit in units)
    if name:
        raise Refused(
            f"“{name}”在{division}有几家：{which}，请写全称。" if units else f"{division}没有“{name}”这个单位。",
            status=BAD_INPUT,
        )
    raise Refused(
        f"{division}看不出由哪家主管方案{f'（{which}）' if units else ''}，请用 --unit 写明。", status=BAD_INPUT
    )


def _print(found: Imported, *, as_json: bool) -> None:
    from zhunsheng.programmes.plans.actions.settling import lacking

    edition = found.edition
    plan, open_ = edition.plan, lacking(edition)
    waiting = list(edition.names.filter(settled="", mentions__isnull=False).distinct().order_by("pk"))
    names = [one.printed for one in waiting]
    doubts = list(edition.queries.filter(settled_by=None).exclude(code="group_unclear").order_by("start", "pk"))
    if as_json:
        content = {
            "outcome": found.outcome,
            "plan": plan.pk,
            "edition": edition.number,
            "state": edition.state,
            "title": plan.title,
            "years": [plan.year_from, plan.year_to],
            "tasks": edition.wordings.count(),
            "names": edition.names.count(),
            "waiting": {"names": names, "doubts": [one.message for one in doubts], "tasks_without_unit": open_.idle},
        }
        ascii_only = (sys.stdout.encoding or "").lower().replace("-", "") != "utf8"
        print(json.dumps(content, ensure_ascii=ascii_only, indent=2))
        return
    years = plan.year_from if plan.year_from == plan.year_to else f"{plan.year_from}—{plan.year_to}"
    print(f"{OUTCOMES[found.outcome]}：《{plan.title}》第 {edition.number} 版，{years} 年")
    print(f"任务 {edition.wordings.count()} 项，单位称谓 {edition.names.count()} 个")
    print("等人定的：" + ("；".join(open_.clauses) or "没有，可以送复核"))
    for line in [*(f"  称谓：{name}" for name in names), *(f"  存疑：{one.message}" for one in doubts)]:
        print(line)
