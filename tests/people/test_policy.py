from __future__ import annotations

from datetime import timedelta
from ipaddress import ip_network
from pathlib import Path

import pytest
import yaml

from zhunsheng.kernel import packs
from zhunsheng.people import policy


def test_the_shipped_policy_is_that_of_the_second_level() -> None:
    rules = policy.current()
    assert (rules.level, rules.level_name) == ("L2", "第二级")
    assert (rules.min_length, rules.kinds, rules.name_piece, rules.remembered) == (8, 3, 3, 5)
    assert (rules.max_age_days, rules.failures, rules.lock_minutes) == (180, 5, 30)
    assert (rules.idle_minutes, rules.absolute_hours, rules.idle_account_days) == (30, 12, 90)
    assert not rules.second_factor
    assert policy.failure_limit(None, {}) == 5
    assert policy.cool_off(None) == timedelta(minutes=30)


@pytest.fixture
def pack(settings: pytest.FixtureRequest, tmp_path: Path) -> dict[str, object]:
    settings.HOME = tmp_path  # type: ignore[attr-defined]
    (tmp_path / "packs").mkdir()
    content: dict[str, object] = yaml.safe_load((packs.SHIPPED / "security.yaml").read_text("utf-8"))
    return content


def own(tmp_path: Path, content: dict[str, object]) -> None:
    (tmp_path / "packs" / "security.yaml").write_text(yaml.safe_dump(content, allow_unicode=True), encoding="utf-8")


def test_the_third_level_is_one_word_away(pack: dict[str, object], tmp_path: Path) -> None:
    own(tmp_path, {**pack, "level": "L3"})
    rules = policy.current()
    assert (rules.min_length, rules.max_age_days, rules.idle_minutes, rules.second_factor) == (10, 90, 15, True)
    assert rules.level_name == "第三级"


@pytest.mark.parametrize(
    "wrong", [{"level": "L1"}, {"idle_account_days": 0}, {"extra": 1}, {"administrator_networks": ["10.0.0.0/99"]}]
)
def test_a_policy_that_makes_no_sense_is_refused(
    pack: dict[str, object], tmp_path: Path, wrong: dict[str, object]
) -> None:
    own(tmp_path, {**pack, **wrong})
    with pytest.raises(packs.BadPack, match=r"security\.yaml"):
        policy.current()


@pytest.mark.parametrize(
    ("address", "inside"),
    [("10.20.3.4", True), ("10.21.0.0", False), ("::1", True), ("fe80::1", False), ("", False), ("x", False)],
)
def test_networks(address: str, inside: bool) -> None:
    allowed = (ip_network("10.20.0.0/16"), ip_network("::1/128"))
    assert policy.admits(allowed, address) == inside
    assert policy.admits((), address)
