from __future__ import annotations

import pytest
from pytest_django import DjangoAssertNumQueries

from tests.kernel.matter import scenes
from tests.kernel.matter.conftest import Cast
from zhunsheng.kernel.matter import actions
from zhunsheng.kernel.matter.bulk import Finding, open_many, preview
from zhunsheng.kernel.matter.models import Matter
from zhunsheng.kernel.refs import Ref

ORDER = "supervision_order"


def task(number: int) -> Ref:
    return Ref("test.task", str(number), f"任务 {number}")


def test_findings_are_gathered_by_unit_and_shown_before_anything_is_opened(cast: Cast) -> None:
    findings = [
        Finding(cast.town.pk, task(1), "台账未报"),
        Finding(cast.other_town.pk, task(1), "台账未报"),
        Finding(cast.town.pk, task(2), "总结未报"),
        Finding(cast.town.pk, task(2), "总结未报"),
    ]
    planned = preview(ORDER, findings, issuer_id=cast.office.pk)
    assert [(one.unit_name, one.demands) for one in planned] == [
        ("青石县南坪镇", "1．台账未报\n2．总结未报"),
        ("青石县北关镇", "台账未报"),
    ]
    assert not Matter.objects.exists()
    opened = open_many(kind=ORDER, planned=planned, issuer_id=cast.office.pk, title="关于逾期任务", by=cast.clerk)
    assert [one.origins.count() for one in opened.matters] == [2, 1]
    assert opened.refused == ()


def test_what_is_pressed_for_already_is_left_out(cast: Cast) -> None:
    standing = scenes.drafted(cast, origins=[task(1)])
    findings = [Finding(cast.town.pk, task(1)), Finding(cast.town.pk, task(2)), Finding(cast.other_town.pk, task(1))]
    planned = preview(ORDER, findings, issuer_id=cast.office.pk)
    assert [(one.pressed, len(one.findings)) for one in planned] == [((task(1),), 1), ((), 1)]
    assert preview("rectification_notice", findings, issuer_id=cast.office.pk)[0].pressed == ()
    actions.cancel(matter=standing, reason="重", by=cast.head)
    assert preview(ORDER, findings, issuer_id=cast.office.pk)[0].pressed == ()


def test_a_plan_with_nothing_new_opens_nothing_and_a_refused_one_does_not_stop_the_others(cast: Cast) -> None:
    scenes.drafted(cast, origins=[task(1)])
    planned = preview(
        ORDER,
        [Finding(cast.town.pk, task(1)), Finding(999_999, task(3)), Finding(cast.other_town.pk, task(1))],
        issuer_id=cast.office.pk,
    )
    opened = open_many(kind=ORDER, planned=planned, issuer_id=cast.office.pk, title="t", by=cast.clerk)
    assert [one.unit_id for one in opened.matters] == [cast.other_town.pk]
    assert [said for _, said in opened.refused] == ["这个单位不在你管的范围里，不能交办给它。"]


@pytest.mark.parametrize("count", [1, 3, 30])
def test_a_preview_is_two_queries(cast: Cast, django_assert_num_queries: DjangoAssertNumQueries, count: int) -> None:
    with django_assert_num_queries(2):
        preview(ORDER, [Finding(cast.town.pk, task(number)) for number in range(count)], issuer_id=cast.office.pk)


def test_a_unit_does_not_press_itself_and_the_preview_says_who_does(cast: Cast) -> None:
    own, town = preview(
        ORDER, [Finding(cast.office.pk, task(1)), Finding(cast.town.pk, task(1))], issuer_id=cast.office.pk
    )
    assert "政府办公室" in own.barred
    assert town.barred == ""
    opened = open_many(kind=ORDER, planned=[own, town], issuer_id=cast.office.pk, title="t", by=cast.clerk)
    assert [one.unit_id for one in opened.matters] == [cast.town.pk]
    assert opened.refused == ((own.unit_name, own.barred),)
