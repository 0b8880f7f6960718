from __future__ import annotations

import pytest

from zhunsheng.kernel.actor import Program
from zhunsheng.kernel.errors import Refused
from zhunsheng.people.models import GroupPhrase, Member, Unit, UnitAlias
from zhunsheng.programmes.plans.actions import publishing, settling
from zhunsheng.programmes.plans.actions.importing import import_plan
from zhunsheng.programmes.plans.models import Edition, Plan
from zhunsheng.programmes.plans.models.plan import UNTITLED

from .test_importing import ONE, THREE, TITLE, TWO, written

OTHER = "3.建设平台，由县算力中心牵头推进。（牵头单位：县算力中心；责任单位：县直有关部门）\n"


@pytest.fixture
def edition(office: Unit, clerk: Member) -> Edition:
    return import_plan(document=written(TITLE, ONE, TWO, OTHER), name="甲", office=office, by=clerk).edition


def units(*names: str) -> list[Unit]:
    return list(Unit.objects.filter(short_name__in=names).order_by("pk"))


def test_a_group_is_decided_once_for_all_tasks(edition: Edition, clerk: Member) -> None:
    name = edition.names.get(printed="县直有关部门")
    assert name.mentions.count() == 2
    settling.settle_name(name=name, units=units("县教育局", "县财政局"), by=clerk)
    name.refresh_from_db()
    assert name.settled == "person"
    assert list(name.units.order_by("pk")) == units("县教育局", "县财政局")
    assert GroupPhrase.objects.get(phrase="县直有关部门").members.count() == 2


def test_what_was_learned_settles_the_next_plan(edition: Edition, office: Unit, clerk: Member) -> None:
    settling.settle_name(name=edition.names.get(printed="县直有关部门"), units=units("县教育局"), by=clerk)
    settling.settle_name(name=edition.names.get(printed="县算力中心"), units=units("县数据局"), by=clerk)
    assert UnitAlias.objects.filter(name="县算力中心", unit__short_name="县数据局").exists()
    document = written("云溪县2026年数据工作要点\n\n", ONE, OTHER)
    another = import_plan(document=document, name="乙", office=office, by=clerk).edition
    settled = dict(another.names.values_list("printed", "settled"))
    assert (settled["县算力中心"], settled["县直有关部门"]) == ("name", "group")


def test_what_was_not_to_be_learned_is_not(edition: Edition, clerk: Member) -> None:
    name = edition.names.get(printed="县直有关部门")
    settling.settle_name(name=name, units=units("县教育局"), by=clerk, learn=False)
    assert not GroupPhrase.objects.filter(phrase="县直有关部门").exists()


def test_a_name_can_name_no_unit(edition: Edition, clerk: Member) -> None:
    name = edition.names.get(printed="县算力中心")
    settling.settle_name(name=name, units=[], by=clerk)
    name.refresh_from_db()
    assert (name.settled, name.units.count()) == ("none", 0)


def test_units_from_elsewhere_or_ended_are_refused(edition: Edition, clerk: Member) -> None:
    name = edition.names.get(printed="县算力中心")
    ended = Unit.objects.exclude(ending="").first()
    assert ended is not None
    with pytest.raises(Refused) as refusal:
        settling.settle_name(name=name, units=[ended], by=clerk)
    assert refusal.value.code == "unit_ended"


def test_a_doubt_is_settled_in_words_by_a_person(edition: Edition, clerk: Member) -> None:
    query = edition.queries.create(code="date_unknown", message="算不出", start=0, end=3)
    for answer, by in ((" ", clerk), ("按原文", Program("命令行"))):
        with pytest.raises(Refused):
            settling.settle_query(query=query, answer=answer, by=by)
    settling.settle_query(query=query, answer="按原文", by=clerk)
    settling.settle_query(query=query, answer="改为年底", by=clerk)
    query.refresh_from_db()
    assert (query.answer, query.settled_by) == ("改为年底", clerk)


def test_what_is_lacking_is_counted(office: Unit, clerk: Member) -> None:
    edition = import_plan(document=written(TITLE, ONE, TWO, THREE), name="甲", office=office, by=clerk).edition
    edition.wordings.get(number="3").mentions.all().delete()
    edition.queries.create(code="date_unknown", message="算不出", start=0, end=3)
    found = settling.lacking(edition)
    assert (found.names, found.doubts, found.idle) == (1, 1, 1)
    assert settling.unsettled(edition) == ["1 个单位称谓没有定", "1 处存疑没有定", "1 项任务还没有单位承担"]


def test_handed_over_nothing_can_be_settled(edition: Edition, clerk: Member) -> None:
    for name in edition.names.filter(settled=""):
        settling.settle_name(name=name, units=units("县教育局"), by=clerk, learn=False)
    for query in edition.queries.filter(settled_by=None):
        settling.settle_query(query=query, answer="按原文", by=clerk)
    publishing.hand_over(edition=edition, by=clerk)
    with pytest.raises(Refused) as refusal:
        settling.settle_name(name=edition.names.get(printed="县直有关部门"), units=units("县财政局"), by=clerk)
    assert refusal.value.code == "state"


def test_a_plan_without_a_title_is_not_handed_over(edition: Edition, clerk: Member) -> None:
    Plan.objects.filter(pk=edition.plan_id).update(title=UNTITLED)
    assert settling.unsettled(Edition.objects.get(pk=edition.pk))[-1] == "方案没有标题"
