from __future__ import annotations

from datetime import date

import pytest

from tests.programmes.plans.conftest import settle_all
from zhunsheng.kernel.actor import Program
from zhunsheng.kernel.documents import read_document
from zhunsheng.kernel.documents.model import Document
from zhunsheng.kernel.errors import Refused
from zhunsheng.people.models import Member, Unit
from zhunsheng.programmes.plans.actions import correcting, publishing, settling
from zhunsheng.programmes.plans.actions.importing import Terms, import_plan
from zhunsheng.programmes.plans.models import Edition, Plan, Task

TITLE = "云溪县2026年普法工作要点\n\n"
ONE = "1.落实普法责任制，9月底前完成检查。（牵头单位：县司法局；责任单位：各乡镇、街道）\n"
TWO = "2.每季度组织一次以案释法活动。（责任单位：县教育局、县直有关部门）\n"
THREE = "3.建成法治文化阵地12个。（责任单位：县文旅局）\n"
FOUR = "4.组织执法人员培训，不少于60学时。（责任单位：县公安局）\n"


def written(*parts: str) -> Document:
    return read_document("".join(parts).encode(), name="方案.txt")


def publish(edition: Edition, clerk: Member, second: Member) -> Plan:
    settle_all(edition, clerk)
    Plan.objects.filter(pk=edition.plan_id).update(default_due=date(2026, 12, 31))
    publishing.hand_over(edition=edition, by=clerk)
    return publishing.publish(edition=Edition.objects.get(pk=edition.pk), by=second).plan


def test_a_document_becomes_a_draft_in_its_order(office: Unit, clerk: Member) -> None:
    found = import_plan(document=written(TITLE, ONE, TWO, THREE), name="方案.txt", office=office, by=clerk)
    assert found.outcome == "new"
    plan = found.edition.plan
    assert (plan.title, plan.year_from, plan.year_to, plan.office) == ("云溪县2026年普法工作要点", 2026, 2026, office)
    wordings = list(found.edition.wordings.all())
    assert [one.number for one in wordings] == ["1", "2", "3"]
    assert [one.start for one in wordings] == sorted(one.start for one in wordings)
    settled = dict(found.edition.names.values_list("printed", "settled"))
    assert settled["县司法局"] == "name"
    assert settled["各乡镇、街道"] == "group"
    assert settled["县直有关部门"] == ""


def test_the_same_words_again_are_known(office: Unit, clerk: Member) -> None:
    first = import_plan(document=written(TITLE, ONE), name="甲.txt", office=office, by=clerk)
    again = import_plan(document=written(TITLE, ONE), name="乙.txt", office=office, by=clerk)
    assert (again.outcome, again.edition) == ("known", first.edition)
    assert Plan.objects.count() == Edition.objects.count() == 1


def test_what_was_given_up_can_be_imported_again(office: Unit, clerk: Member) -> None:
    first = import_plan(document=written(TITLE, ONE), name="甲.txt", office=office, by=clerk)
    publishing.give_up(edition=first.edition, by=clerk, reason="弄错了")
    again = import_plan(document=written(TITLE, ONE), name="甲.txt", office=office, by=clerk)
    assert (again.outcome, again.edition.number, again.edition.plan) == ("edition", 2, first.edition.plan)


def test_while_one_edition_is_prepared_there_is_no_second(office: Unit, clerk: Member) -> None:
    import_plan(document=written(TITLE, ONE), name="甲.txt", office=office, by=clerk)
    with pytest.raises(Refused, match="还在核对") as refusal:
        import_plan(document=written(TITLE, ONE, TWO), name="乙.txt", office=office, by=clerk)
    assert refusal.value.code == "preparing"
    assert Edition.objects.count() == 1


def test_a_changed_edition_keeps_its_tasks(office: Unit, clerk: Member, second: Member) -> None:
    first = import_plan(document=written(TITLE, ONE, TWO, THREE), name="甲.txt", office=office, by=clerk).edition
    plan = publish(first, clerk, second)
    old = dict(Task.objects.filter(plan=plan).values_list("wording__number", "pk"))
    changed = TWO.replace("每季度", "每半年").replace("2.", "1.")
    document = written(TITLE.replace("要点", "要点（修订）"), changed, ONE.replace("1.", "2.", 1), FOUR)
    found = import_plan(document=document, name="乙.txt", office=office, by=clerk)
    assert (found.outcome, found.edition.plan, found.edition.number) == ("edition", plan, 2)
    now = {one.number: one for one in found.edition.wordings.all()}
    assert (now["1"].task_id, now["1"].change) == (old["2"], "changed")
    assert (now["2"].task_id, now["2"].change) == (old["1"], "same")
    assert now["4"].change == "new"
    assert now["4"].task_id not in old.values()


def test_decisions_and_corrections_are_kept(office: Unit, clerk: Member, second: Member) -> None:
    first = import_plan(document=written(TITLE, ONE, TWO, THREE), name="甲.txt", office=office, by=clerk).edition
    group = first.names.get(printed="县直有关部门")
    school = Unit.objects.get(short_name="县教育局")
    settling.settle_name(name=group, units=[school], by=clerk, learn=False)
    correcting.correct(wording=first.wordings.get(number="3"), title="法治文化阵地", product="阵地清单", by=clerk)
    correcting.set_units(
        wording=first.wordings.get(number="3"), lead=["县文旅局"], responsible=["县融媒体中心"], by=clerk
    )
    publish(first, clerk, second)
    found = import_plan(
        document=written(TITLE, "前言。\n", ONE, TWO, THREE, FOUR), name="乙.txt", office=office, by=clerk
    )
    edition = found.edition
    name = edition.names.get(printed="县直有关部门")
    assert (name.settled, list(name.units.all())) == ("person", [school])
    third = edition.wordings.get(number="3")
    assert (third.title, third.product, third.edited, third.change) == ("法治文化阵地", "阵地清单", True, "same")
    roles = {one.name.printed: (one.role, one.start) for one in third.mentions.select_related("name")}
    text = edition.source.text
    start = roles["县文旅局"][1]
    assert start is not None
    assert text[start : start + 4] == "县文旅局"
    assert roles["县融媒体中心"] == ("responsible", None)


def test_an_answered_doubt_is_not_asked_again(office: Unit, clerk: Member, second: Member) -> None:
    title = "云溪县法治建设三年行动计划（2026—2028年）\n\n"
    doubtful = "1.年底前建成信息平台。（责任单位：县数据局）\n"
    first = import_plan(document=written(title, doubtful, TWO), name="甲.txt", office=office, by=clerk).edition
    settling.settle_query(query=first.queries.get(code="year_assumed"), answer="按第一年", by=clerk)
    publish(first, clerk, second)
    again = import_plan(document=written(title, doubtful, TWO, THREE), name="乙.txt", office=office, by=clerk).edition
    assert again.queries.get(code="year_assumed").answer == "按第一年"


@pytest.mark.parametrize(
    ("year_from", "year_to", "years"),
    [(None, None, (2026, 2026)), (2026, 2028, (2026, 2028)), (2025, None, (2025, 2026))],
)
def test_years_are_as_said_else_as_read(
    office: Unit, clerk: Member, year_from: int | None, year_to: int | None, years: tuple[int, int]
) -> None:
    """A due date in September 2026 belongs to a plan of 2025 too."""
    terms = Terms(year_from, year_to)
    plan = import_plan(document=written(TITLE, ONE), name="甲", office=office, by=clerk, terms=terms).edition.plan
    assert (plan.year_from, plan.year_to) == years


def test_no_year_anywhere_is_asked_for(office: Unit, clerk: Member) -> None:
    with pytest.raises(Refused, match="哪一年") as refusal:
        import_plan(document=written("普法工作要点\n\n", ONE), name="甲", office=office, by=clerk)
    assert refusal.value.code == "year"


def test_years_in_the_wrong_order_are_refused(office: Unit, clerk: Member) -> None:
    with pytest.raises(Refused, match="早于起始年度"):
        import_plan(document=written(TITLE, ONE), name="甲", office=office, by=clerk, terms=Terms(2026, 2025))


def test_a_report_is_no_plan(office: Unit, clerk: Member) -> None:
    with pytest.raises(Refused) as refusal:
        import_plan(document=written("云溪县2025年工作总结\n\n全年办结57件。\n"), name="甲", office=office, by=clerk)
    assert refusal.value.code == "not_a_plan"
    assert not Plan.objects.exists()


def test_only_the_office_imports(office: Unit) -> None:
    stranger = Member.objects.get(username="maoyuqing")
    with pytest.raises(Refused) as refusal:
        import_plan(document=written(TITLE, ONE), name="甲", office=office, by=stranger)
    assert refusal.value.code == "right"


def test_a_command_may_import(office: Unit) -> None:
    found = import_plan(document=written(TITLE, ONE), name="甲", office=office, by=Program("命令行"))
    assert found.outcome == "new"


def test_an_archived_plan_has_no_further_edition(office: Unit, clerk: Member, second: Member) -> None:
    edition = import_plan(document=written(TITLE, ONE), name="甲", office=office, by=clerk).edition
    plan = publish(edition, clerk, second)
    Plan.objects.filter(pk=plan.pk).update(state="archived")
    with pytest.raises(Refused, match="已经归档"):
        import_plan(document=written(TITLE, ONE, TWO), name="乙", office=office, by=clerk)
